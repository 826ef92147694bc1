import { createRoute, z } from '@hono/zod-openapi'
import { siteOf, uriOf } from '../../../ledger/index.ts'
import {
  type BalanceOptions,
  type BalanceReport,
  campaignBalance,
  type Drift,
  drift,
  type Expectation,
  expectation,
  modelledHoldUp,
  periodBalance,
} from '../../../twin/index.ts'
import { refuse, refused } from '../../errors.ts'
import type { OpenLedger } from '../../ledger/door.ts'
import { ledgerRoute } from '../../ledger/env.ts'
import { ledgerRefusals } from '../../ledger/refusals.ts'
import type { LedgerServing } from '../../ledger/serving.ts'
import { json } from '../../schemas.ts'
import { balanceSchema, driftSchema, expectationSchema } from './documents.ts'
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
  plant: reference('a plant file whose circuits say the hold-up; of a campaign').optional(),
  holdUpU: share("relative standard uncertainty of that hold-up, which is the site's to say"),
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

/** Hold-up in the circuits by a plant file; nothing where nobody asks for it. */
async function heldBy(serving: LedgerServing, asked: z.infer<typeof balanceQuery>) {
  const { plant: name, holdUpU } = asked
  if (name === undefined || holdUpU === undefined) return { key: '', held: {} }
  const plant = await serving.plants.named(name)
  if ('code' in plant) return plant
  const held = modelledHoldUp(plant.solution, holdUpU)
  return { key: plant.key, held: held === undefined ? {} : { modelledHoldUp: held } }
}

/** The balance that is asked for, or why there is none. */
export async function balanceFor(
  ledger: OpenLedger,
  serving: LedgerServing,
  asked: z.infer<typeof balanceQuery>,
): Promise<BalanceReport | typeof unclear | typeof noCampaign> {
  const { campaign, from, to, place } = asked
  const site = await siteOf(ledger.store)
  const modelled = await heldBy(serving, asked)
  if ('code' in modelled) return modelled
  const { key, held } = modelled
  const options = { ...optionsOf(asked), ...held, isSynthetic: site.isSynthetic }
  const question = `balance ${key} ${JSON.stringify(asked)}`
  if (campaign !== undefined) {
    const compute = () => campaignBalance(ledger, campaign, options)
    return (await serving.reports.get(ledger, question, compute)) ?? noCampaign
  }
  if (from === undefined || to === undefined || to <= from) return unclear
  const places = place === undefined ? {} : { places: [uriOf(site, 'place', place)] }
  return serving.reports.get(ledger, question, () =>
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
    const found = await balanceFor(ledger, serving.ledger, c.req.valid('query'))
    return 'code' in found ? refuse(c, found) : c.json(found, 200)
  },
})

const expectationQuery = optionsQuery.extend({
  campaign: reference('a campaign'),
  plant: reference('a plant file; left out: the one that the campaign names').optional(),
})

/** What a plant file makes of a campaign's feed, beside what came of it; or why nobody can say. */
async function expectedOf(
  ledger: OpenLedger,
  serving: LedgerServing,
  asked: z.infer<typeof expectationQuery>,
): Promise<Expectation | typeof noCampaign> {
  const { campaign, plant: named, ...rest } = asked
  const balance = await balanceFor(ledger, serving, { ...rest, campaign })
  if ('code' in balance) return noCampaign
  const uri = balance.campaign ?? campaign
  const [found] = await ledger.store.campaigns({ uris: [uri] })
  const name = named ?? found?.plant
  if (name === undefined) {
    return refused('not-found', 'the campaign names no plant file', 'plant= and its name')
  }
  const plant = await serving.plants.named(name)
  if ('code' in plant) return plant
  const question = `expectation ${plant.key} ${JSON.stringify(asked)}`
  const compute = () => expectation(ledger, plant, uri, balance)
  return (await serving.reports.get(ledger, question, compute)) ?? noCampaign
}

export const readExpectation = ledgerRoute({
  needs: 'read',
  route: createRoute({
    method: 'get',
    path: '/api/ledger/expectation',
    summary: 'What the solved plant makes of the feed of a campaign, beside what came of it',
    request: { query: expectationQuery },
    responses: {
      200: json(expectationSchema, 'expected and actual'),
      ...ledgerRefusals('not-found'),
    },
  }),
  handler: async (c) => {
    const { ledger, serving } = c.var
    const found = await expectedOf(ledger, serving.ledger, c.req.valid('query'))
    return 'message' in found ? refuse(c, found) : c.json(found, 200)
  },
})

export const driftQuery = optionsQuery.extend({
  from: timeText.optional(),
  to: timeText.optional(),
  last: count(500, 100).openapi({ description: 'campaigns at most, the last ones' }),
  learnFrom: count(100, 12).openapi({ description: 'of how many the limits are learnt' }),
  plant: reference('a plant file to hold every campaign against').optional(),
})

/** Lets others be answered between two campaigns. */
const breathe = () => new Promise((done) => setImmediate(done))

/** Drift over the campaigns that have ended. */
export async function driftFor(
  ledger: OpenLedger,
  serving: LedgerServing,
  asked: z.infer<typeof driftQuery>,
): Promise<Drift | typeof noCampaign> {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, last, learnFrom } = asked
  const { massU, assayU, elements, plant } = asked
  const found = plant === undefined ? undefined : await serving.plants.named(plant)
  if (found !== undefined && 'code' in found) return found
  const question = `drift ${found?.key ?? ''} ${JSON.stringify(asked)}`
  return serving.reports.get(ledger, question, async () => {
    const campaigns = (await ledger.store.campaigns({}))
      .filter(({ start, end }) => end !== undefined && start >= from && start < to)
      .sort((a, b) => a.start - b.start)
      .slice(-Math.max(1, last))
    const balances: BalanceReport[] = []
    const expectations: Expectation[] = []
    for (const { uri } of campaigns) {
      const of = { massU, assayU, elements, campaign: uri }
      const balance = await balanceFor(ledger, serving, of)
      if (!('code' in balance)) balances.push(balance)
      await breathe()
      if (plant === undefined) continue
      const expected = await expectedOf(ledger, serving, { ...of, plant })
      if (!('message' in expected)) expectations.push(expected)
    }
    return drift(balances, expectations, { learnFrom })
  })
}

export const readDrift = ledgerRoute({
  needs: 'read',
  route: createRoute({
    method: 'get',
    path: '/api/ledger/drift',
    summary: 'Recoveries and gaps over campaigns, with control limits',
    request: { query: driftQuery },
    responses: { 200: json(driftSchema, 'the drift'), ...ledgerRefusals('not-found') },
  }),
  handler: async (c) => {
    const { ledger, serving } = c.var
    const found = await driftFor(ledger, serving.ledger, c.req.valid('query'))
    return 'code' in found ? refuse(c, found) : c.json(found, 200)
  },
})
