import type { Ledger } from '../ledger/index.ts'
import type { PlantDocument, Solution } from '../scenario/index.ts'
import { type ActualFeed, actualFeed } from './actual-feed.ts'
import { type AsCharged, solveAsCharged } from './as-charged.ts'
import { findCampaign } from './balance/campaign.ts'
import type { BalanceLine, BalanceReport, ModelledHoldUp, Quantity } from './balance/types.ts'
import type { Compared, Expectation } from './expectation-types.ts'
import { massOf, plantProduct, purityOf } from './products.ts'

export interface ExpectationOptions {
  /** Relative standard uncertainty of the model; left out: only the measured one counts. */
  readonly modelU?: number
}

/** kg by element that the circuits of a solved plant hold while it runs. */
function circuitHoldUp(solution: Solution): Readonly<Record<string, number>> {
  const held: Record<string, number> = {}
  for (const { holdUp } of Object.values(solution.units)) {
    for (const [element, kg] of Object.entries(holdUp?.elements ?? {})) {
      held[element] = (held[element] ?? 0) + kg
    }
  }
  return held
}

/**
 * Hold-up for a balance from the solved plant: what its circuits hold while they run, the same at
 * the beginning (unless they were empty) and at the end. `u` is the model's relative standard
 * uncertainty, which is the site's to state. Undefined when the plant has no solution.
 */
export function modelledHoldUp(
  solution: Solution,
  u: number,
  options: { readonly beganEmpty?: boolean } = {},
): ModelledHoldUp | undefined {
  if (solution.status !== 'converged') return undefined
  const close = circuitHoldUp(solution)
  const detail = `circuits of ${solution.title} as solved, ${solution.plant.slice(0, 12)}`
  return { open: options.beganEmpty === true ? {} : close, close, u, detail }
}

function compared(
  name: string,
  expected: Quantity | undefined,
  actual: Quantity | undefined,
): Compared {
  const both = {
    name,
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
  }
  if (expected === undefined || actual === undefined) return both
  const gap = actual.value - expected.value
  const u = actual.u === undefined ? undefined : Math.hypot(actual.u, expected.u ?? 0)
  return {
    ...both,
    ...(expected.value === 0 ? {} : { deviation: gap / expected.value }),
    ...(u === undefined || u === 0 ? {} : { z: gap / u }),
  }
}

/** Products of the plant with the lots that they are. */
function lotsByProduct(ledger: Ledger, balance: BalanceReport, { products }: Solution) {
  const found = new Map<string, BalanceLine[]>()
  const lost: string[] = []
  for (const line of balance.lines) {
    if (line.role !== 'product' && line.role !== 'by-product') continue
    const product = plantProduct(line, products, ledger.elements)
    if (product === undefined) lost.push(line.name)
    else found.set(product.name, [...(found.get(product.name) ?? []), line])
  }
  return { found, lost }
}

/** Recovery of each element to the products that the ledger calls products. */
function expectedRecoveries(
  solution: Solution,
  fedElements: Readonly<Record<string, number>>,
  lots: ReadonlyMap<string, readonly BalanceLine[]>,
): ReadonlyMap<string, number> {
  const counts = (name: string) => (lots.get(name) ?? []).every(({ role }) => role === 'product')
  const counted = new Set(
    solution.products.filter(({ name }) => counts(name)).map(({ name }) => name),
  )
  const sum = new Map<string, number>()
  for (const stream of Object.values(solution.streams)) {
    if (!counted.has(stream.to.split('.')[0] ?? '')) continue
    for (const [element, rate] of Object.entries(stream.elements)) {
      sum.set(element, (sum.get(element) ?? 0) + rate)
    }
  }
  return new Map(
    Object.keys(solution.recovery).flatMap((element) => {
      const fed = fedElements[element] ?? 0
      return fed > 0 ? [[element, (sum.get(element) ?? 0) / fed] as const] : []
    }),
  )
}

/** How a plant is solved for what was charged, be it here or on a worker thread. */
export interface ChargedPlant {
  /** SHA-256 of the plant file. */
  readonly hash: string
  /** `calendar`: hours from the start of the campaign to its end, where it has ended. */
  readonly solve: (feed: ActualFeed, calendar: number | undefined) => Promise<AsCharged>
}

/** A plant that is solved here. */
export const solvedHere = (plant: PlantDocument): ChargedPlant => ({
  hash: plant.hash,
  solve: (feed, calendar) => Promise.resolve(solveAsCharged(plant, feed, calendar)),
})

/**
 * Solves the plant with the feed as the campaign had it (mean composition of the lots charged, rate
 * as charged over the operating hours of its time) and sets what it makes beside what came of it:
 * products, purities, recoveries. The plant is at steady state: an actual recovery that counts a
 * changed hold-up is comparable, a mass of product is not quite. Undefined when there is no such
 * campaign.
 */
export async function expectation(
  ledger: Ledger,
  plant: ChargedPlant,
  campaign: string,
  balance: BalanceReport,
  options: ExpectationOptions = {},
): Promise<Expectation | undefined> {
  const found = await findCampaign(ledger, campaign)
  if (found === undefined) return undefined
  const { uri, code, start, end } = found
  const feed = actualFeed(balance)
  const hours = end === undefined || end <= start ? undefined : (end - start) / 3.6e6
  const common = { campaign: uri, code, plant: plant.hash }
  const nothing = { masses: [], purities: [], recoveries: [], holdUp: {} }
  if (!(feed.kg > 0)) {
    const detail = 'nothing was charged yet'
    return {
      ...common,
      outcome: 'failed',
      detail,
      feed: { ...feed, kept: [] },
      ...nothing,
      notes: [],
    }
  }
  const { solution, stated, kept, notes, without } = await plant.solve(feed, hours)
  if (solution?.status !== 'converged' || stated === undefined) {
    const detail = without ?? solution?.outcome?.detail ?? 'the plant has no solution'
    return { ...common, outcome: 'failed', detail, feed: { ...feed, kept }, ...nothing, notes }
  }
  const modelled = (value: number): Quantity =>
    options.modelU === undefined ? { value } : { value, u: options.modelU * Math.abs(value) }
  const { found: lots, lost } = lotsByProduct(ledger, balance, solution)
  const perKilogram = feed.kg / stated.mass
  const recoveries = expectedRecoveries(solution, stated.elements, lots)
  const balanced = new Map(balance.elements.map((one) => [one.element, one]))
  return {
    ...common,
    outcome: 'solved',
    detail: `${solution.title}, solved for ${feed.kg.toFixed(1)} kg as charged`,
    feed: { ...feed, kept },
    masses: solution.products.map(({ name, rate }) => {
      const own = lots.get(name)
      return compared(name, modelled(rate['kg/s'] * perKilogram), own && massOf(own))
    }),
    purities: solution.products.map(({ name, elements, purity }) => {
      const own = lots.get(name)
      // Of a purity the model is unsure in what is not product.
      const expected: Quantity = {
        value: purity.reoOfTreo,
        ...(options.modelU === undefined ? {} : { u: options.modelU * (1 - purity.reoOfTreo) }),
      }
      return compared(name, expected, own && purityOf(own, elements, ledger.elements))
    }),
    recoveries: [...recoveries].map(([element, value]) =>
      compared(element, modelled(value), balanced.get(element)?.recovery),
    ),
    holdUp: circuitHoldUp(solution),
    notes: [
      ...notes,
      ...lost.map((name) => `${name} is none of the products of the plant file`),
      ...(kept.length === 0
        ? []
        : [`not assayed in every lot, taken as in the plant file: ${kept.join(', ')}`]),
    ],
  }
}
