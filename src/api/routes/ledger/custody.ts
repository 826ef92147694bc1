import { createRoute, z } from '@hono/zod-openapi'
import { custodyAccount, siteOf, uriOf } from '../../../ledger/index.ts'
import { refuse, refused } from '../../errors.ts'
import { ledgerRoute } from '../../ledger/env.ts'
import { ledgerRefusals } from '../../ledger/refusals.ts'
import { json } from '../../schemas.ts'
import { custodyAccountSchema } from './documents.ts'
import { timeText } from './schemas.ts'

const day = 24 * 3_600_000

const query = z.object({
  element: z.string().regex(/^[A-Z][a-z]?$/),
  class: z.enum(['pre-consumer', 'post-consumer', 'primary']),
  method: z.enum(['mass-balance-rolling-average', 'mass-balance-credits']),
  places: z
    .string()
    .max(4000)
    .default('')
    .openapi({ description: 'the boundary: codes or URIs with commas; left out: the whole site' }),
  from: timeText,
  to: timeText,
  conversionFactor: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(1)
    .openapi({ description: 'mass of the element out as product per mass in' }),
  carriedMg: z.coerce.number().int().min(0).default(0),
  lastsDays: z.coerce.number().positive().optional().openapi({ description: 'of a credit' }),
})

export const readCustody = ledgerRoute({
  needs: 'read',
  route: createRoute({
    method: 'get',
    path: '/api/ledger/custody',
    summary: 'The mass-balance account of one characteristic: earned, claimed, left',
    request: { query },
    responses: { 200: json(custodyAccountSchema, 'the account'), ...ledgerRefusals() },
  }),
  handler: async (c) => {
    const { ledger } = c.var
    const { places, carriedMg, lastsDays, ...asked } = c.req.valid('query')
    if (asked.to <= asked.from) return refuse(c, refused('bad-request', 'to is not after from'))
    const site = await siteOf(ledger.store)
    const named = places.split(',').filter((one) => one !== '')
    const boundary = named.length > 0 ? named : (site.places ?? []).map(({ code }) => code)
    const account = await custodyAccount(ledger, {
      ...asked,
      places: boundary.map((place) => uriOf(site, 'place', place)),
      carried: carriedMg,
      ...(lastsDays === undefined ? {} : { lastsFor: lastsDays * day }),
    })
    return c.json(account, 200)
  },
})
