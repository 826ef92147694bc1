import { createRoute } from '@hono/zod-openapi'
import { catchUp, siteOf } from '../../../ledger/index.ts'
import { isOpenTo } from '../../ledger/accounts.ts'
import type { Actor } from '../../ledger/env.ts'
import { ledgerRoute } from '../../ledger/env.ts'
import { mayAll } from '../../ledger/may.ts'
import { ledgerRefusals } from '../../ledger/refusals.ts'
import { json } from '../../schemas.ts'
import { ledgerSchema } from './schemas.ts'

/** Who asks, as they are told. */
export const whoOf = ({ account, fullName, role, via, key }: Actor) => ({
  account,
  fullName,
  role,
  via,
  expiresAt: key?.expiresAt ?? null,
})

const mostFindings = 1000

export const ledgerInfo = ledgerRoute({
  needs: 'read',
  route: createRoute({
    method: 'get',
    path: '/api/ledger',
    summary: 'The ledger: whose it is, how much it holds, and what I may do',
    responses: { 200: json(ledgerSchema, 'the ledger'), ...ledgerRefusals() },
  }),
  handler: async (c) => {
    const { ledger, actor, serving } = c.var
    const { store } = ledger
    await catchUp(ledger)
    const head = await store.head()
    const none = { offset: 0, limit: 1 }
    const lots = await store.searchLots(none)
    const inStock = await store.searchLots({ ...none, inStock: true })
    return c.json(
      {
        site: await siteOf(ledger.store),
        head,
        counts: {
          events: head.seq,
          lots: lots.total,
          lotsInStock: inStock.total,
          campaigns: (await store.campaigns({})).length,
          findings: (await store.findings(mostFindings)).length,
        },
        database: store.kind,
        isOpen: await isOpenTo(ledger, serving.ledger.isLoopback),
        me: whoOf(actor),
        may: mayAll(actor.role),
        now: ledger.now(),
      },
      200,
    )
  },
})
