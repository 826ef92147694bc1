/**
 * A made-up history of the Belfast demonstration plant: two years of deliveries, campaigns, assays
 * and shipments that fit what the solved plant makes of its feed, weighed and analysed with the
 * uncertainty that is stated, with three corrections and a few errors that nobody has noticed.
 */
import { random } from '../../numerics/index.ts'
import type { Site } from '../../ledger/index.ts'
import { campaignActs, type CampaignStory, lotCode } from './campaign-acts.ts'
import { delivered, type FeedLot } from './feed-acts.ts'
import { openMemory } from './memory.ts'
import { demonstrationSite } from './names.ts'
import { day, type Delivery, type Plan, planHistory } from './plan.ts'
import { inTwo, storeActs } from './store-acts.ts'
import { type Act, type Captured, tellAll } from './teller.ts'

export interface HistoryRequest {
  /** Text of plants/belfast-demonstration.yaml. */
  readonly plant: string
  /** The same seed tells the same history. */
  readonly seed: number
  /** When it ends, ms since 1970. */
  readonly to: number
  /** How long it is; two years are 730 days. */
  readonly days: number
  /** Who is said to have captured it. */
  readonly by: string
  readonly sha256: (text: string) => string
  /** Hears of the campaigns that were solved. */
  readonly progress?: (done: number, total: number) => void
}

/** An error in the figures of a campaign that its balance should find. */
export interface PlantedError {
  readonly campaign: string
  readonly lot: string
  readonly what: 'mass' | 'assay'
  readonly element: string
}

export interface History {
  readonly site: Site
  readonly campaigns: number
  readonly planted: readonly PlantedError[]
  /** What was captured, in the order of time. Throws nothing but a mistake of ours. */
  readonly captured: () => Generator<Captured, void>
}

/** Campaigns in which something is wrong that nobody puts right; one in a short history. */
function plantedIn(count: number): {
  readonly mass?: number
  readonly feed?: number
  readonly residue?: number
} {
  if (count < 2) return {}
  if (count < 8) return { mass: 1 }
  return {
    mass: Math.floor(count * 0.28),
    feed: Math.floor(count * 0.55),
    residue: Math.floor(count * 0.8),
  }
}

/** F-2026-0017: numbered by year in the order of arrival. */
function feedCodes(deliveries: readonly Delivery[]): ReadonlyMap<Delivery, string> {
  const counts = new Map<number, number>()
  return new Map(
    [...deliveries]
      .sort((a, b) => a.time - b.time)
      .map((delivery) => {
        const year = new Date(delivery.time).getUTCFullYear()
        const number = (counts.get(year) ?? 0) + 1
        counts.set(year, number)
        return [delivery, `F-${year}-${String(number).padStart(4, '0')}`] as const
      }),
  )
}

const isMotor = ({ type }: Delivery) => type === 'motor'

/** Which delivery somebody got wrong, and how. */
function slipsOf(plan: Plan): ReadonlyMap<Delivery, FeedLot['slip']> {
  const count = plan.campaigns.length
  const of = (index: number) => plan.campaigns[index]?.deliveries ?? []
  const slips = new Map<Delivery, FeedLot['slip']>()
  const mistyped = of(Math.floor(count * 0.45)).find(({ kg }) => kg > 115 && kg < 199)
  if (mistyped !== undefined) slips.set(mistyped, 'mistyped weight')
  const twice = of(Math.floor(count * 0.65)).find((one) => one !== mistyped)
  if (twice !== undefined) slips.set(twice, 'noted twice')
  const { feed } = plantedIn(count)
  const misread = feed === undefined ? undefined : of(feed).find(isMotor)
  if (misread !== undefined) slips.set(misread, { Dy: 2 })
  return slips
}

/** kg of a drum that was not taken off. */
const drum = 14

function storyOf(
  plan: Plan,
  index: number,
  feed: readonly string[],
  plantHash: string,
): CampaignStory {
  const planned = plan.campaigns[index]
  if (planned === undefined) throw new Error(`there is no campaign ${index}`)
  const before = plan.campaigns[index - 1]
  const { mass, residue } = plantedIn(plan.campaigns.length)
  const late = plan.campaigns.length < 8 ? 0 : Math.floor(plan.campaigns.length * 0.4)
  return {
    code: planned.code,
    planned,
    feed,
    plantHash,
    ...(before === undefined ? {} : { before: lotCode(before.code, 'hold-up') }),
    ...(index === mass ? { heavy: { 'didymium-oxide': drum } } : {}),
    ...(index === residue ? { misread: { 'iron-residue': { Nd: 10 } } } : {}),
    ...(index === late ? { wrongAssay: 'neodymium-oxide' } : {}),
  }
}

function plantedErrors(plan: Plan, codes: ReadonlyMap<Delivery, string>): readonly PlantedError[] {
  const { mass, feed, residue } = plantedIn(plan.campaigns.length)
  const errors: PlantedError[] = []
  const of = (index: number | undefined) => plan.campaigns[index ?? -1]
  const [heavy, misread, slipped] = [of(mass), of(feed), of(residue)]
  if (heavy !== undefined) {
    const lot = lotCode(heavy.code, 'didymium-oxide')
    errors.push({ campaign: heavy.code, lot, what: 'mass', element: 'Nd' })
  }
  const motor = misread?.deliveries.find(isMotor)
  if (misread !== undefined && motor !== undefined) {
    const lot = codes.get(motor) ?? ''
    errors.push({ campaign: misread.code, lot, what: 'assay', element: 'Dy' })
  }
  if (slipped !== undefined) {
    const lot = lotCode(slipped.code, 'iron-residue')
    errors.push({ campaign: slipped.code, lot, what: 'assay', element: 'Nd' })
  }
  return errors
}

/** The history that a seed tells. Solves the plant a few times; nothing else takes long before. */
export function demoHistory(request: HistoryRequest): History {
  const { plant, seed, to, days, by, sha256, progress } = request
  const chance = random(seed)
  const plan = planHistory(plant, { to, days }, chance.split(), progress)
  const codes = feedCodes([
    ...plan.campaigns.flatMap(({ deliveries }) => deliveries),
    ...plan.stock,
  ])
  const slips = slipsOf(plan)
  const plantHash = sha256(plant)
  const feeds = [...codes].map(([delivery, code]): { time: number; act: Act } => {
    const slip = slips.get(delivery)
    const feed = { code, delivery, ...(slip === undefined ? {} : { slip }) }
    return { time: delivery.time, act: delivered(feed, chance.split()) }
  })
  const campaigns = plan.campaigns.flatMap(({ deliveries }, index) => {
    const feed = deliveries.map((one) => codes.get(one) ?? '')
    return campaignActs(storyOf(plan, index, feed, plantHash), chance.split())
  })
  const halves = plan.campaigns.flatMap(({ code, end }, index) =>
    index % 20 === 10 ? [{ time: end + 8 * day, act: inTwo(lotCode(code, 'didymium-oxide')) }] : [],
  )
  const acts = [...feeds, ...campaigns, ...storeActs(plan, chance.split()), ...halves]
  return {
    site: demonstrationSite,
    campaigns: plan.campaigns.length,
    planted: plantedErrors(plan, codes),
    captured: () => tellAll(openMemory(demonstrationSite, by, sha256), acts, to),
  }
}
