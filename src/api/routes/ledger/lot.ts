import { createRoute, z } from '@hono/zod-openapi'
import {
  genealogy,
  inventory,
  lotKinds,
  lotView,
  type Site,
  siteOf,
  uriOf,
} from '../../../ledger/index.ts'
import { refuse } from '../../errors.ts'
import { ledgerRoute } from '../../ledger/env.ts'
import { lotNamed, noLot } from '../../ledger/lots.ts'
import { ledgerRefusals } from '../../ledger/refusals.ts'
import { json } from '../../schemas.ts'
import { genealogySchema, inventorySchema, lotViewSchema } from './documents.ts'
import { count, reference, timeText, yes } from './schemas.ts'

export const readLot = ledgerRoute({
  needs: 'read',
  route: createRoute({
    method: 'get',
    path: '/api/ledger/lot',
    summary: 'Everything there is to say of one lot',
    request: { query: z.object({ ref: reference('a lot') }) },
    responses: { 200: json(lotViewSchema, 'the lot'), ...ledgerRefusals('not-found') },
  }),
  handler: async (c) => {
    const { ref } = c.req.valid('query')
    const lot = await lotNamed(c.var.ledger, ref)
    const view = lot === undefined ? undefined : await lotView(c.var.ledger, lot)
    return view === undefined ? refuse(c, noLot(ref)) : c.json(view, 200)
  },
})

/** Steps and flows of a genealogy that one answer holds. */
const mostDepth = 100
const mostFlows = 20_000

export const genealogyQuery = z.object({
  lot: reference('a lot'),
  direction: z.enum(['up', 'down']).default('up').openapi({ description: 'from, or into, what' }),
  depth: count(mostDepth, 30),
  limit: count(mostFlows, 2000).openapi({ description: 'flows at most' }),
  shares: yes.openapi({ description: '0: nodes and edges only' }),
})

export const readGenealogy = ledgerRoute({
  needs: 'read',
  route: createRoute({
    method: 'get',
    path: '/api/ledger/genealogy',
    summary: 'What a lot came from, or what became of it, with shares by mass of element',
    request: { query: genealogyQuery },
    responses: { 200: json(genealogySchema, 'the genealogy'), ...ledgerRefusals('not-found') },
  }),
  handler: async (c) => {
    const { lot: ref, direction, depth, limit, shares = true } = c.req.valid('query')
    const lot = await lotNamed(c.var.ledger, ref)
    if (lot === undefined) return refuse(c, noLot(ref))
    return c.json(await genealogy(c.var.ledger, lot, { direction, depth, limit, shares }), 200)
  },
})

export const inventoryQuery = z.object({
  at: timeText.optional(),
  place: reference('a place').optional(),
  kind: z
    .string()
    .max(200)
    .optional()
    .openapi({ description: `of ${lotKinds.join(', ')}` }),
})

/** What of a question `inventory` takes. */
export function inventoryOptions(site: Site, asked: z.infer<typeof inventoryQuery>) {
  const { at, place, kind } = asked
  const named = kind?.split(',') ?? []
  const kinds = lotKinds.filter((one) => named.includes(one))
  return {
    ...(at === undefined ? {} : { at }),
    ...(place === undefined ? {} : { place: uriOf(site, 'place', place) }),
    ...(kinds.length === 0 ? {} : { kinds }),
  }
}

export const readInventory = ledgerRoute({
  needs: 'read',
  route: createRoute({
    method: 'get',
    path: '/api/ledger/inventory',
    summary: 'What is there by place, lot and element, now or at a past time',
    request: { query: inventoryQuery },
    responses: { 200: json(inventorySchema, 'the inventory'), ...ledgerRefusals() },
  }),
  handler: async (c) => {
    const { ledger } = c.var
    const asked = inventoryOptions(await siteOf(ledger.store), c.req.valid('query'))
    return c.json(await inventory(ledger, asked), 200)
  },
})
