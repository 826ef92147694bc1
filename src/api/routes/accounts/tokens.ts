import { createRoute, z } from '@hono/zod-openapi'
import type { Key } from '../../../ledger/index.ts'
import { refuse, refused } from '../../errors.ts'
import { accountOf, makeToken } from '../../ledger/accounts.ts'
import { notAllowed } from '../../ledger/admit.ts'
import { audit } from '../../ledger/audit.ts'
import type { OpenLedger } from '../../ledger/door.ts'
import { type Actor, ledgerRoute } from '../../ledger/env.ts'
import { ledgerRefusals } from '../../ledger/refusals.ts'
import { json, jsonBody } from '../../schemas.ts'
import { madeTokenSchema, newTokenSchema, tokenListSchema } from './schemas.ts'

/** The name of a token: enough of its hash to tell it from others, and nothing to come in with. */
const idOf = (secretHash: string) => secretHash.slice(0, 24)

const shown = ({ secretHash, account, label, role, createdAt, expiresAt }: Key) => ({
  id: idOf(secretHash),
  account,
  label,
  role,
  createdAt,
  expiresAt,
})

/** Tokens that somebody may see and revoke: the own ones; of an administrator all. */
async function tokensFor(ledger: OpenLedger, actor: Actor): Promise<readonly Key[]> {
  const isAll = actor.role === 'administrator'
  const keys = await ledger.store.keys({
    now: ledger.now(),
    ...(isAll ? {} : { account: actor.account }),
  })
  return keys.filter(({ kind }) => kind === 'token')
}

export const listTokens = ledgerRoute({
  needs: 'tokens',
  route: createRoute({
    method: 'get',
    path: '/api/tokens',
    summary: 'My API tokens; those of everybody for an administrator',
    responses: { 200: json(tokenListSchema, 'tokens'), ...ledgerRefusals() },
  }),
  handler: async (c) => {
    const tokens = await tokensFor(c.var.ledger, c.var.actor)
    return c.json({ tokens: tokens.map(shown) }, 200)
  },
})

export const addToken = ledgerRoute({
  needs: 'tokens',
  route: createRoute({
    method: 'post',
    path: '/api/tokens',
    summary: 'Makes an API token for a program; its secret is said this once',
    request: { body: jsonBody(newTokenSchema) },
    responses: { 201: json(madeTokenSchema, 'the token'), ...ledgerRefusals('not-found') },
  }),
  handler: async (c) => {
    const { ledger, actor } = c.var
    const asked = c.req.valid('json')
    const name = asked.account ?? actor.account
    const done = { action: 'token create', subject: name, detail: asked.label }
    const refusal =
      actor.via === 'token'
        ? 'make a token with a token'
        : name !== actor.account && actor.role !== 'administrator'
          ? 'make a token for others'
          : undefined
    if (refusal !== undefined) {
      await audit(c, { ...done, outcome: 'forbidden' })
      return refuse(c, notAllowed(actor, refusal))
    }
    const account = await accountOf(ledger, name)
    if (account === undefined || !account.isActive) {
      return refuse(c, refused('not-found', `no account ${name}`, 'POST /api/accounts first'))
    }
    const role = asked.role ?? account.role
    const { label, days } = asked
    const made = await makeToken(ledger, account, { role, label, days })
    if (made === undefined) {
      await audit(c, { ...done, outcome: 'forbidden' })
      return refuse(c, notAllowed(actor, `a token as ${role} for an account as ${account.role}`))
    }
    await audit(c, { ...done, outcome: 'accepted' })
    return c.json({ ...shown(made.key), secret: made.secret }, 201)
  },
})

export const removeToken = ledgerRoute({
  needs: 'tokens',
  route: createRoute({
    method: 'delete',
    path: '/api/tokens/{id}',
    summary: 'Revokes an API token',
    request: {
      params: z.object({
        id: z
          .string()
          .max(64)
          .openapi({ param: { name: 'id', in: 'path' } }),
      }),
    },
    responses: {
      204: { description: 'it is good for nothing now' },
      ...ledgerRefusals('not-found'),
    },
  }),
  handler: async (c) => {
    const { ledger, actor } = c.var
    const { id } = c.req.valid('param')
    const found = (await tokensFor(ledger, actor)).find((key) => idOf(key.secretHash) === id)
    if (found === undefined) return refuse(c, refused('not-found', 'no such token of yours'))
    await ledger.store.removeKeys({ secretHash: found.secretHash })
    await audit(c, {
      action: 'token revoke',
      subject: found.account,
      outcome: 'accepted',
      detail: found.label,
    })
    return c.body(null, 204)
  },
})
