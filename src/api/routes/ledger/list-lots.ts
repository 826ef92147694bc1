import { createRoute, z } from '@hono/zod-openapi'
import { catchUp, lotKinds, type LotState, siteOf, uriOf } from '../../../ledger/index.ts'
import { ledgerRoute } from '../../ledger/env.ts'
import { ledgerRefusals } from '../../ledger/refusals.ts'
import { json } from '../../schemas.ts'
import { count, lotPageSchema, timeText, yes } from './schemas.ts'

const mostLots = 500

const query = z.object({
  text: z
    .string()
    .max(200)
    .optional()
    .openapi({ description: 'part of a code, URI or description' }),
  kind: z
    .string()
    .max(200)
    .optional()
    .openapi({ description: `one or several, with commas: ${lotKinds.join(', ')}` }),
  product: z.string().max(200).optional(),
  place: z.string().max(500).optional(),
  stock: yes,
  from: timeText.optional(),
  to: timeText.optional(),
  offset: count(100_000_000, 0),
  limit: count(mostLots, 50),
})

/** A lot as a line of a list. */
function lotRow(state: LotState): z.infer<typeof lotPageSchema>['lots'][number] {
  return {
    uri: state.uri,
    code: state.master?.code ?? state.uri,
    master: state.master ?? null,
    mg: state.mg,
    places: { ...state.places },
    firstTime: state.first.time,
    lastTime: state.last.time,
    isAssayed: state.assays.length > 0,
    isShipped: state.shipments.at(-1)?.direction === 'out',
    findings: state.findings.length,
  }
}

/** Bounds of a span of time, as the store takes them. */
export const rangeOf = (from: number | undefined, to: number | undefined) => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
})

export const listLots = ledgerRoute({
  needs: 'read',
  route: createRoute({
    method: 'get',
    path: '/api/ledger/lots',
    summary: 'Lots by text, kind, product, place, stock and time, the newest first',
    request: { query },
    responses: { 200: json(lotPageSchema, 'a page of lots'), ...ledgerRefusals() },
  }),
  handler: async (c) => {
    const { text, kind, product, place, stock, from, to, offset, limit } = c.req.valid('query')
    const { ledger } = c.var
    await catchUp(ledger)
    const site = await siteOf(ledger.store)
    const kinds = kind?.split(',').filter((one) => one !== '')
    const isTimed = from !== undefined || to !== undefined
    const { lots, total } = await ledger.store.searchLots({
      ...(text === undefined ? {} : { text }),
      ...(kinds === undefined ? {} : { kinds }),
      ...(product === undefined ? {} : { product }),
      ...(place === undefined ? {} : { place: uriOf(site, 'place', place) }),
      ...(stock === undefined ? {} : { inStock: stock }),
      ...(isTimed ? { first: rangeOf(from, to) } : {}),
      offset,
      limit,
    })
    return c.json({ lots: lots.map((one) => lotRow(one)), total, offset }, 200)
  },
})
