import { createRoute, z } from '@hono/zod-openapi'
import { siteOf, uriOf } from '../../../ledger/index.ts'
import {
  type BalanceOptions,
  type BalanceReport,
  campaignBalance,
  drift,
  periodBalance,
} from '../../../twin/index.ts'
import { refuse, refused } from '../../errors.ts'
import type { OpenLedger } from '../../ledger/door.ts'
import { ledgerRoute } from '../../ledger/env.ts'
import { ledgerRefusals } from '../../ledger/refusals.ts'
import type { Reports } from '../../ledger/reports.ts'
import { json } from '../../schemas.ts'
import { balanceSchema, driftSchema } from './documents.ts'
import { count, reference, timeText } from './schemas.ts'

const share = (what: string) =>
  z.coerce.number().min(0).max(1).optional().openapi({ description: what })

const optionsQuery = z.object({
  massU: share('relative standard uncertainty of masses that state none'),
  assayU: share('relative standard uncertainty of assays that state none'),
  assayCorrelation: share('correlation of assays of one element between lots of a product'),
  elements: z.string().max(200).optional().openapi({ description: 'Nd,Pr,...; all if left out' }),
})

export const balanceQuery = optionsQuery.extend({
  campaign: reference('a campaign').optional(),
  from: timeText.optional(),
  to: timeText.optional(),
  place: reference('a place; of a period').optional(),
})

function optionsOf(asked: z.infer<typeof optionsQuery>): BalanceOptions {
  const { massU, assayU, assayCorrelation, elements } = asked
  const named = elements?.split(',').map((one) => one.trim()) ?? []
  return {
    ...(massU === undefined ? {} : { massU }),
    ...(assayU === undefined ? {} : { assayU }),
    ...(assayCorrelation === undefined ? {} : { assayCorrelation }),
    ...(named.length === 0 ? {} : { elements: named }),
  }
}

const unclear = refused('bad-request', 'of what?', 'campaign=, or from= and to=')
const noCampaign = refused('not-found', 'no such campaign', 'a code of /api/ledger/campaigns')

/** The balance that is asked for, or why there is none. */
export async function balanceFor(
  ledger: OpenLedger,
  reports: Reports,
  asked: z.infer<typeof balanceQuery>,
): Promise<BalanceReport | typeof unclear | typeof noCampaign> {
  const { campaign, from, to, place } = asked
  const site = await siteOf(ledger.store)
  const options = { ...optionsOf(asked), isSynthetic: site.isSynthetic }
  const question = `balance ${JSON.stringify(asked)}`
  if (campaign !== undefined) {
    const compute = () => campaignBalance(ledger, campaign, options)
    return (await reports.get(ledger, question, compute)) ?? noCampaign
  }
  if (from === undefined || to === undefined || to <= from) return unclear
  const places = place === undefined ? {} : { places: [uriOf(site, 'place', place)] }
  return reports.get(ledger, question, () =>
    periodBalance(ledger, { from, to, ...places }, options),
  )
}

export const readBalance = ledgerRoute({
  needs: 'read',
  route: createRoute({
    method: 'get',
    path: '/api/ledger/balance',
    summary: 'In, out and unaccounted by element: of a campaign, or of a period',
    request: { query: balanceQuery },
    responses: { 200: json(balanceSchema, 'the balance'), ...ledgerRefusals('not-found') },
  }),
  handler: async (c) => {
    const { ledger, serving } = c.var
    const found = await balanceFor(ledger, serving.ledger.reports, c.req.valid('query'))
    return 'code' in found ? refuse(c, found) : c.json(found, 200)
  },
})

export const driftQuery = optionsQuery.extend({
  from: timeText.optional(),
  to: timeText.optional(),
  last: count(500, 100).openapi({ description: 'campaigns at most, the last ones' }),
  learnFrom: count(100, 12).openapi({ description: 'of how many the limits are learnt' }),
})

/** Drift over the campaigns that have ended. */
export async function driftFor(
  ledger: OpenLedger,
  reports: Reports,
  asked: z.infer<typeof driftQuery>,
) {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, last, learnFrom } = asked
  const options = optionsOf(asked)
  return reports.get(ledger, `drift ${JSON.stringify(asked)}`, async () => {
    const campaigns = (await ledger.store.campaigns({}))
      .filter(({ start, end }) => end !== undefined && start >= from && start < to)
      .sort((a, b) => a.start - b.start)
      .slice(-Math.max(1, last))
    const balances: BalanceReport[] = []
    const rest = { massU: options.massU, assayU: options.assayU, elements: asked.elements }
    for (const { uri } of campaigns) {
      const balance = await balanceFor(ledger, reports, { ...rest, campaign: uri })
      if (!('code' in balance)) balances.push(balance)
    }
    return drift(balances, [], { learnFrom })
  })
}

export const readDrift = ledgerRoute({
  needs: 'read',
  route: createRoute({
    method: 'get',
    path: '/api/ledger/drift',
    summary: 'Recoveries and gaps over campaigns, with control limits',
    request: { query: driftQuery },
    responses: { 200: json(driftSchema, 'the drift'), ...ledgerRefusals() },
  }),
  handler: async (c) => {
    const { ledger, serving } = c.var
    return c.json(await driftFor(ledger, serving.ledger.reports, c.req.valid('query')), 200)
  },
})
