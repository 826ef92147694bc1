import { createRoute } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { deleteCookie, setCookie } from 'hono/cookie'
import { refuse, refused } from '../../errors.ts'
import { accountOf, isOpenTo, signIn, signInLife } from '../../ledger/accounts.ts'
import { signInCookie, tooMany, whoAsks } from '../../ledger/admit.ts'
import { audit } from '../../ledger/audit.ts'
import { type Actor, type LedgerEnv, ledgerRoute } from '../../ledger/env.ts'
import { isPassword } from '../../ledger/password.ts'
import { ledgerRefusals } from '../../ledger/refusals.ts'
import { json, jsonBody } from '../../schemas.ts'
import { whoOf } from '../ledger/info.ts'
import { signInSchema, signInStateSchema } from './schemas.ts'

const path = '/api/session'

async function stateFor(c: Context<LedgerEnv>, me: Actor | undefined) {
  const { ledger, serving } = c.var
  return {
    me: me === undefined ? null : whoOf(me),
    isOpen: await isOpenTo(ledger, serving.ledger.isLoopback),
    hasAccounts: (await ledger.store.accounts()).length > 0,
  }
}

export const readSignIn = ledgerRoute({
  needs: 'nothing',
  route: createRoute({
    method: 'get',
    path,
    summary: 'Who I am, and whether there is anything to sign in to',
    responses: {
      200: json(signInStateSchema, 'who asks'),
      ...ledgerRefusals(),
    },
  }),
  handler: async (c) => c.json(await stateFor(c, await whoAsks(c, c.var.ledger)), 200),
})

/** The cookie that keeps a browser signed in: no script reads it, no other page sends it. */
function keepSignedIn(c: Context<LedgerEnv>, secret: string) {
  setCookie(c, signInCookie(c.var.serving.ledger.port()), secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'Strict',
    secure: c.req.header('x-forwarded-proto') === 'https',
    maxAge: signInLife.most / 1000,
  })
}

export const startSignIn = ledgerRoute({
  needs: 'nothing',
  route: createRoute({
    method: 'post',
    path,
    summary: 'Signs in: leaves a cookie with the browser',
    request: { body: jsonBody(signInSchema) },
    responses: {
      200: json(signInStateSchema, 'signed in'),
      ...ledgerRefusals('wrong-password'),
    },
  }),
  handler: async (c) => {
    const { ledger, serving, address } = c.var
    const { limiters, passwordCosts } = serving.ledger
    const { password, name: typed } = c.req.valid('json')
    const name = typed.trim().toLowerCase()
    const wait = await limiters.signIn(name, address)
    if (wait !== undefined) return tooMany(c, wait)
    const account = await accountOf(ledger, name)
    const isRight = await isPassword(password, account?.passwordHash, passwordCosts)
    // What was typed as a name may be somebody's password: an unknown one is not kept.
    const who = { account: account?.name ?? 'nobody', role: account?.role ?? ('viewer' as const) }
    const at = { time: ledger.now(), ...who, action: 'sign-in', subject: who.account }
    if (account === undefined || !isRight || !account.isActive) {
      await ledger.store.audit({ ...at, outcome: 'wrong-password', detail: address })
      return refuse(c, refused('wrong-password', 'name or password is wrong'))
    }
    await limiters.signedIn(name, address)
    const { secret, expiresAt } = await signIn(ledger, account)
    await ledger.store.audit({ ...at, outcome: 'accepted', detail: address })
    keepSignedIn(c, secret)
    const { fullName, role } = account
    const key = { secretHash: '', expiresAt }
    const me: Actor = { account: account.name, fullName, role, via: 'sign-in', key }
    return c.json(await stateFor(c, me), 200)
  },
})

export const endSignIn = ledgerRoute({
  needs: 'self',
  route: createRoute({
    method: 'delete',
    path,
    summary: 'Signs out',
    responses: { 204: { description: 'signed out' }, ...ledgerRefusals() },
  }),
  handler: async (c) => {
    const { ledger, actor, serving } = c.var
    if (actor.via === 'sign-in' && actor.key !== undefined) {
      await ledger.store.removeKeys({ secretHash: actor.key.secretHash })
      await audit(c, { action: 'sign-out', subject: actor.account, outcome: 'accepted' })
    }
    deleteCookie(c, signInCookie(serving.ledger.port()), { path: '/' })
    return c.body(null, 204)
  },
})
