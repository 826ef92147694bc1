import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Account } from '../../../ledger/index.ts'
import { type Refused, refuse, refused } from '../../errors.ts'
import { accountOf, dropKeys, hasAdministrator } from '../../ledger/accounts.ts'
import { notAllowed, tooMany } from '../../ledger/admit.ts'
import { audit } from '../../ledger/audit.ts'
import { type LedgerEnv, ledgerRoute } from '../../ledger/env.ts'
import { hashPassword, isPassword } from '../../ledger/password.ts'
import { ledgerRefusals } from '../../ledger/refusals.ts'
import { json, jsonBody } from '../../schemas.ts'
import {
  accountListSchema,
  accountName,
  accountSchema,
  changedAccountSchema,
  newAccountSchema,
} from './schemas.ts'

/** A token works for somebody; who may come in is for people to say. */
const byToken = 'change accounts with a token'

/** An account as others may see it. */
const shown = ({ passwordHash: _, ...account }: Account) => account

export const listAccounts = ledgerRoute({
  needs: 'accounts',
  route: createRoute({
    method: 'get',
    path: '/api/accounts',
    summary: 'Accounts, without their passwords',
    responses: { 200: json(accountListSchema, 'accounts'), ...ledgerRefusals() },
  }),
  handler: async (c) => {
    const accounts = await c.var.ledger.store.accounts()
    return c.json({ accounts: accounts.map(shown) }, 200)
  },
})

export const addAccount = ledgerRoute({
  needs: 'accounts',
  route: createRoute({
    method: 'post',
    path: '/api/accounts',
    summary: 'Makes an account; the first one, of an administrator, closes an open ledger',
    request: { body: jsonBody(newAccountSchema) },
    responses: {
      201: json(accountSchema, 'the account'),
      ...ledgerRefusals('conflict', 'last-administrator'),
    },
  }),
  handler: async (c) => {
    const { ledger, actor, serving } = c.var
    const { password, ...asked } = c.req.valid('json')
    const done = { action: 'account create', subject: asked.name, detail: asked.role }
    if (actor.via === 'token') {
      await audit(c, { ...done, outcome: 'forbidden' })
      return refuse(c, notAllowed(actor, byToken))
    }
    const passwordHash = await hashPassword(password, serving.ledger.passwordCosts)
    const account = { ...asked, passwordHash, isActive: true, createdAt: ledger.now() }
    const why = await serving.ledger.changing(async () => {
      const accounts = await ledger.store.accounts()
      if (accounts.some(({ name }) => name === asked.name)) return nameTaken
      if (!hasAdministrator(accounts, account)) return nobodyFirst
      await ledger.store.putAccount(account)
      return undefined
    })
    await audit(c, { ...done, outcome: why?.code ?? 'accepted' })
    return why === undefined ? c.json(shown(account), 201) : refuse(c, why)
  },
})

const nobodyLeft = (message: string) =>
  refused('last-administrator', message, 'an active account with the role administrator')

const nobodyFirst = nobodyLeft('the first account must be one of an administrator')
const nameTaken = refused('conflict', 'there is an account of that name', 'another name')

type Changes = z.infer<typeof changedAccountSchema>

/** Why an account may not be changed so by who asks; undefined where it may. */
async function forbidden(
  c: Context<LedgerEnv>,
  account: Account,
  changes: Changes,
): Promise<Refused<'not-allowed' | 'wrong-password' | 'last-administrator'> | number | undefined> {
  const { actor, serving, address } = c.var
  const { limiters, passwordCosts } = serving.ledger
  const isOwn = actor.account === account.name
  if (actor.via === 'token') return notAllowed(actor, byToken)
  const isAdministrator = actor.role === 'administrator'
  if (!isAdministrator && !isOwn) return notAllowed(actor, 'change accounts of others')
  if (!isAdministrator && (changes.role ?? changes.isActive) !== undefined) {
    return notAllowed(actor, 'change roles')
  }
  if (isOwn && changes.password !== undefined) {
    const wait = await limiters.signIn(account.name, address)
    if (wait !== undefined) return wait
    const old = changes.oldPassword ?? ''
    if (!(await isPassword(old, account.passwordHash, passwordCosts))) {
      return refused('wrong-password', 'the old password is wrong', 'oldPassword')
    }
    await limiters.signedIn(account.name, address)
  }
  return undefined
}

/** Writes the changes, unless nobody would be left to administer. */
async function keep(
  { ledger, serving }: LedgerEnv['Variables'],
  { name, password, ...changes }: Omit<Changes, 'oldPassword'> & { readonly name: string },
): Promise<{ readonly before: Account; readonly after: Account } | typeof nobodyFirst> {
  const { changing, passwordCosts } = serving.ledger
  const hash = password === undefined ? undefined : await hashPassword(password, passwordCosts)
  return changing(async () => {
    const accounts = await ledger.store.accounts()
    const before = accounts.find((one) => one.name === name)
    if (before === undefined) throw new Error('an account has gone, which none does')
    const after = {
      ...before,
      fullName: changes.fullName ?? before.fullName,
      role: changes.role ?? before.role,
      isActive: changes.isActive ?? before.isActive,
      passwordHash: hash ?? before.passwordHash,
    }
    if (!hasAdministrator(accounts, after)) return nobodyLeft('nobody would be left to administer')
    await ledger.store.putAccount(after)
    return { before, after }
  })
}

export const changeAccount = ledgerRoute({
  needs: 'self',
  route: createRoute({
    method: 'patch',
    path: '/api/accounts/{name}',
    summary: 'Changes an account: its password, its role, or closes it',
    description:
      'A changed password ends the other sign-ins of the account; one that an administrator sets, ' +
      'a changed role and closing it end its tokens as well.',
    request: {
      params: z.object({ name: accountName.openapi({ param: { name: 'name', in: 'path' } }) }),
      body: jsonBody(changedAccountSchema),
    },
    responses: {
      200: json(accountSchema, 'the account as it is now'),
      ...ledgerRefusals('not-found', 'wrong-password', 'last-administrator'),
    },
  }),
  handler: async (c) => {
    const { ledger, actor } = c.var
    const { name } = c.req.valid('param')
    const changes = c.req.valid('json')
    const { password, oldPassword: _, ...rest } = changes
    const said = [...Object.keys(rest), ...(password === undefined ? [] : ['password'])]
    const done = { action: 'account change', subject: name, detail: said.join(' ') }
    const account = await accountOf(ledger, name)
    if (account === undefined) {
      if (actor.role !== 'administrator') return refuse(c, notAllowed(actor, 'change accounts'))
      return refuse(c, refused('not-found', 'no account of that name'))
    }
    const why = await forbidden(c, account, changes)
    if (typeof why === 'number') return tooMany(c, why)
    if (why !== undefined) {
      await audit(c, { ...done, outcome: why.code })
      return refuse(c, why)
    }
    const kept = await keep(c.var, {
      ...rest,
      name,
      ...(password === undefined ? {} : { password }),
    })
    if ('code' in kept) {
      await audit(c, { ...done, outcome: kept.code })
      return refuse(c, kept)
    }
    await endKeys(c, kept.before, kept.after)
    await audit(c, { ...done, outcome: 'accepted' })
    return c.json(shown(kept.after), 200)
  },
})

/** Ends what came in by what an account was before it was changed. */
async function endKeys(c: Context<LedgerEnv>, before: Account, after: Account) {
  const { ledger, actor } = c.var
  const isOwn = actor.account === before.name
  const hasNewPassword = after.passwordHash !== before.passwordHash
  const isLess = !after.isActive || after.role !== before.role
  if (isLess || (hasNewPassword && !isOwn)) {
    await ledger.store.removeKeys({ account: before.name })
  } else if (hasNewPassword) {
    await dropKeys(ledger, before.name, 'session', actor.key?.secretHash)
  }
}
