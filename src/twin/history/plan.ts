/**
 * What truly happened in a made-up history, before anybody weighs or analyses it: deliveries with
 * their composition, campaigns with what they were charged with and what came of them.
 */
import type { Random } from '../../numerics/index.ts'
import { followed, type Masses, type Recipe, type Routes, routesOf } from './routes.ts'

export type FeedType = 'hard-disk' | 'motor' | 'swarf'

/** A delivery as it is: masses in kg, fractions of the mass as received. */
export interface Delivery {
  readonly type: FeedType
  readonly kg: number
  readonly content: Masses
  /** Water and oil, fractions of the mass as received. */
  readonly moisture: number
  readonly oil: number
  /** ms since 1970. */
  readonly time: number
}

/** What came out of a campaign at one outlet. */
export interface Drawn {
  readonly unit: string
  readonly kg: number
  readonly content: Masses
}

export interface PlannedCampaign {
  /** C-2026-07: the seventh to start in that year. */
  readonly code: string
  readonly start: number
  readonly end: number
  readonly deliveries: readonly Delivery[]
  readonly drawn: readonly Drawn[]
  readonly holdUp: Drawn
}

export interface Plan {
  readonly from: number
  readonly to: number
  readonly campaigns: readonly PlannedCampaign[]
  /** Delivered and not charged when the history ends. */
  readonly stock: readonly Delivery[]
}

/** kg that the laboratory takes of every delivery: it never gets into the plant. */
export const sampleKg = 0.25

export const hour = 3_600_000
export const day = 24 * hour

/** Assays of the plant file's feeds: fractions of what is neither water nor oil. */
const typical: Readonly<Record<FeedType, Masses>> = {
  'hard-disk': { Nd: 0.228, Pr: 0.033, Dy: 0.012, Fe: 0.626, Co: 0.015, B: 0.009, Ni: 0.006 },
  motor: magnetsOfMotors(),
  swarf: { Nd: 0.222, Pr: 0.054, Dy: 0.019, Tb: 0.0025, Fe: 0.63, B: 0.0095, Co: 0.011 },
}

function magnetsOfMotors(): Masses {
  const main = { Nd: 0.233, Pr: 0.057, Dy: 0.02, Tb: 0.003, Fe: 0.64, B: 0.01, Co: 0.012 }
  const traces = { Ho: 0.00004, Gd: 0.0012, Sm: 0.0001, La: 0.0001, Ce: 0.0002, Y: 0.00003 }
  return { ...main, ...traces, Al: 0.003, Cu: 0.0015, Ni: 0.003 }
}

/** How much lots of one type differ: relative standard deviation by element. */
const spread: Masses = { Nd: 0.02, Pr: 0.05, Dy: 0.1, Tb: 0.12, Fe: 0.008, Co: 0.08, Ni: 0.15 }
const otherwise = 0.12

const sizes: Readonly<Record<FeedType, readonly [number, number]>> = {
  'hard-disk': [110, 150],
  motor: [180, 235],
  swarf: [50, 75],
}

function delivery(type: FeedType, time: number, chance: Random): Delivery {
  const [low, high] = sizes[type]
  const isSwarf = type === 'swarf'
  const moisture = isSwarf ? chance.between(0.12, 0.18) : 0
  const oil = isSwarf ? chance.between(0.04, 0.06) : 0
  const content: Record<string, number> = {}
  for (const [element, fraction] of Object.entries(typical[type])) {
    const factor = 1 + (spread[element] ?? otherwise) * Math.max(-2, Math.min(2, chance.normal()))
    content[element] = fraction * factor * (1 - moisture - oil)
  }
  return { type, kg: chance.between(low, high), content, moisture, oil, time }
}

/** Deliveries for one campaign, 8 to 33 days before it starts, in working hours. */
function deliveriesFor(start: number, chance: Random): readonly Delivery[] {
  const counts: Readonly<Record<FeedType, number>> = {
    'hard-disk': chance.integer(2, 3),
    motor: chance.uniform() < 0.75 ? 3 : 4,
    swarf: chance.uniform() < 0.85 ? 1 : 0,
  }
  const time = () => {
    const date = Math.floor((start - chance.between(8, 33) * day) / day) * day
    return date + Math.round(chance.between(8 * 60, 16 * 60)) * 60_000
  }
  return (['hard-disk', 'motor', 'swarf'] as const)
    .flatMap((type) => Array.from({ length: counts[type] }, () => delivery(type, time(), chance)))
    .sort((a, b) => a.time - b.time)
}

function recipeOf(deliveries: readonly Delivery[]): Recipe {
  const total = deliveries.reduce((kg, lot) => kg + lot.kg, 0)
  const share = (type: FeedType) =>
    deliveries.reduce((kg, lot) => kg + (lot.type === type ? lot.kg : 0), 0) / total
  return { hardDisk: share('hard-disk'), motor: share('motor'), swarf: share('swarf') }
}

function charged(deliveries: readonly Delivery[]): Masses {
  const sum = (element: string) =>
    deliveries.reduce((kg, lot) => kg + (lot.kg - sampleKg) * (lot.content[element] ?? 0), 0)
  return Object.fromEntries(followed.map((element) => [element, sum(element)]))
}

const fractions = (masses: Masses, kg: number): Masses =>
  Object.fromEntries(Object.entries(masses).map(([element, mass]) => [element, mass / kg]))
const total = (masses: Masses) => Object.values(masses).reduce((sum, kg) => sum + kg, 0)

/**
 * What comes of a campaign: every followed element that went in leaves by an outlet or stays in the
 * circuits, by the shares of the solved plant.
 */
function outcome(deliveries: readonly Delivery[], before: Masses, routes: Routes, chance: Random) {
  const feed = charged(deliveries)
  const level = Math.max(0.93, Math.min(1.07, chance.normal(1, 0.03)))
  const held: Record<string, number> = {}
  const passing: Record<string, number> = {}
  for (const element of followed) {
    const lost = routes.outlets.reduce(
      (share, outlet) => share + (outlet.isBefore ? (outlet.share[element] ?? 0) : 0),
      0,
    )
    const reaching = (feed[element] ?? 0) * (1 - lost) + (before[element] ?? 0)
    // A circuit that is being filled holds back only part of what reaches it.
    const stays = Math.min((routes.held[element] ?? 0) * level, 0.6 * reaching)
    held[element] = stays
    passing[element] = lost < 1 ? (reaching - stays) / (1 - lost) : 0
  }
  const drawn = routes.outlets.map(({ unit, share, gross, isBefore }): Drawn => {
    const from = isBefore ? feed : passing
    const masses = Object.fromEntries(
      followed.map((element) => [element, (share[element] ?? 0) * (from[element] ?? 0)]),
    )
    const kg = total(masses) * gross
    return { unit, kg, content: fractions(masses, kg) }
  })
  const swarf = deliveries.reduce((kg, lot) => kg + (lot.type === 'swarf' ? lot.kg : 0), 0)
  const oil = { unit: 'waste-oil', kg: swarf * routes.oil, content: {} }
  const heldKg = routes.heldGross * level
  return {
    drawn: swarf > 0 ? [...drawn, oil] : drawn,
    holdUp: { unit: 'hold-up', kg: heldKg, content: fractions(held, heldKg) },
    held,
  }
}

/** Days from the beginning of a history to its first campaign, and between their starts. */
const lead = 35
const interval = 695 / 60
/** Hours that a campaign runs: 30 of them a year make the 6,000 h of the plant. */
const campaignHours = 204
/** Campaigns that are run by the plant as solved for their mixture: about a quarter of a year. */
const perRecipe = 8

/**
 * Plans a history of so many days that ends at `to` (ms since 1970). `plant` is the text of the
 * Belfast demonstration plant. Nothing but the seed of `chance` decides. Says how far it is.
 */
export function planHistory(
  plant: string,
  { to, days }: { readonly to: number; readonly days: number },
  chance: Random,
  progress?: (done: number, total: number) => void,
): Plan {
  const from = to - days * day
  const count = Math.max(1, Math.floor((days - lead) / interval + 1e-9))
  const starts = Array.from({ length: count + 1 }, (_, k) => {
    return Math.floor((from + (lead + k * interval) * day) / day) * day + 6 * hour
  })
  const deliveries = starts.map((start) => deliveriesFor(start, chance))
  const campaigns: PlannedCampaign[] = []
  const numbers = new Map<number, number>()
  let held: Masses = {}
  let routes: Routes | undefined
  for (let index = 0; index < count; index++) {
    progress?.(index, count)
    const lots = deliveries[index] ?? []
    if (routes === undefined || index % perRecipe === 0) {
      const recipe = recipeOf(deliveries.slice(index, Math.min(count, index + perRecipe)).flat())
      routes = routesOf(plant, recipe, routes?.state)
    }
    const { drawn, holdUp, held: left } = outcome(lots, held, routes, chance)
    held = left
    const start = starts[index] ?? from
    const end = start + campaignHours * hour
    const year = new Date(start).getUTCFullYear()
    numbers.set(year, (numbers.get(year) ?? 0) + 1)
    const code = `C-${year}-${String(numbers.get(year)).padStart(2, '0')}`
    campaigns.push({ code, start, end, deliveries: lots, drawn, holdUp })
  }
  const stock = (deliveries[count] ?? []).filter(({ time }) => time < to)
  return { from, to, campaigns, stock }
}
