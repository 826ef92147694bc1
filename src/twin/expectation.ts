import type { Ledger } from '../ledger/index.ts'
import {
  type PlantDocument,
  simulateWarm,
  type Simulation,
  type Solution,
} from '../scenario/index.ts'
import { actualFeed, fedWith, statedFeed } from './actual-feed.ts'
import { findCampaign } from './balance/campaign.ts'
import type { BalanceLine, BalanceReport, ModelledHoldUp, Quantity } from './balance/types.ts'
import type { Compared, Expectation } from './expectation-types.ts'
import { massOf, plantProduct, purityOf } from './products.ts'

export interface ExpectationOptions {
  /** Relative standard uncertainty of the model; left out: only the measured one counts. */
  readonly modelU?: number
}

/** The plant as its file has it, solved once for all campaigns that are held against it. */
const solvedFiles = new WeakMap<PlantDocument, Simulation>()

function solvedFile(plant: PlantDocument): Simulation {
  const known = solvedFiles.get(plant)
  if (known !== undefined) return known
  const solved = simulateWarm(plant)
  solvedFiles.set(plant, solved)
  return solved
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
 * Hold-up for a balance from the plant file: what its circuits hold while they run, the same at the
 * beginning (unless they were empty) and at the end. `u` is the model's relative standard
 * uncertainty, which is the site's to state. Undefined when the plant has no solution.
 */
export function modelledHoldUp(
  plant: PlantDocument,
  u: number,
  options: { readonly beganEmpty?: boolean } = {},
): ModelledHoldUp | undefined {
  const { solution } = solvedFile(plant)
  if (solution.status !== 'converged') return undefined
  const close = circuitHoldUp(solution)
  const detail = `circuits of ${solution.title} as solved, ${solution.plant.slice(0, 12)}`
  return { open: options.beganEmpty === true ? {} : close, close, u, detail }
}

interface Solved {
  readonly solution?: Solution
  /** Why there is none. */
  readonly without?: string
  readonly kept: readonly string[]
  readonly notes: readonly string[]
}

/** Shares of elements and rate by which the feed of a campaign differs from the file's. */
function solvedAsCharged(
  plant: PlantDocument,
  balance: BalanceReport,
  hours: number | undefined,
): Solved {
  const file = solvedFile(plant)
  if (file.solution.status !== 'converged') return { solution: file.solution, kept: [], notes: [] }
  const stated = statedFeed(plant, file.solution)
  if (!(stated.mass > 0))
    return { kept: [], notes: [], without: 'the plant file has no unit of type feed' }
  const actual = actualFeed(balance)
  const factors = new Map<string, number>()
  const kept: string[] = []
  const notes: string[] = []
  for (const [element, rate] of Object.entries(stated.elements)) {
    const fraction = actual.fractions[element]
    if (fraction === undefined) kept.push(element)
    else if (rate > 0) factors.set(element, (fraction * stated.mass) / rate)
  }
  for (const [element, fraction] of Object.entries(actual.fractions)) {
    if ((stated.elements[element] ?? 0) === 0 && fraction > 0) {
      notes.push(
        `${element} was charged and the plant file knows none: it is not in what is expected`,
      )
    }
  }
  const rate = hours === undefined ? undefined : actual.kg / (hours * 3600) / stated.mass
  const tries = rate === undefined ? [1] : [rate, 1]
  for (const factor of tries) {
    const { solution } = simulateWarm(fedWith(plant, factor, factors), { warm: file.state })
    if (solution.status === 'converged') return { solution, kept, notes }
    const why = solution.outcome?.detail ?? 'no solution'
    const at = `${(factor * 100).toFixed(0)} % of the plant's rate`
    notes.push(
      `at ${at} there is no solution (${why})${factor === 1 ? '' : '; taken at its own rate'}`,
    )
    if (factor === 1) return { solution, kept, notes }
  }
  return { solution: file.solution, kept, notes }
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
  plant: PlantDocument,
  solution: Solution,
  lots: ReadonlyMap<string, readonly BalanceLine[]>,
): ReadonlyMap<string, number> {
  const { elements } = statedFeed(plant, solution)
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
      const fed = elements[element] ?? 0
      return fed > 0 ? [[element, (sum.get(element) ?? 0) / fed] as const] : []
    }),
  )
}

/**
 * Solves the plant with the feed as the campaign had it (mean composition of the lots charged, rate
 * as charged over the operating hours of its time) and sets what it makes beside what came of it:
 * products, purities, recoveries. The plant is at steady state: an actual recovery that counts a
 * changed hold-up is comparable, a mass of product is not quite. Undefined when there is no such
 * campaign.
 */
export async function expectation(
  ledger: Ledger,
  plant: PlantDocument,
  campaign: string,
  balance: BalanceReport,
  options: ExpectationOptions = {},
): Promise<Expectation | undefined> {
  const found = await findCampaign(ledger, campaign)
  if (found === undefined) return undefined
  const { uri, code, start, end } = found
  const feed = actualFeed(balance)
  const operating = plant.operatingHours / 8766
  const hours = end === undefined || end <= start ? undefined : ((end - start) / 3.6e6) * operating
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
  const { solution, kept, notes, without } = solvedAsCharged(plant, balance, hours)
  if (solution?.status !== 'converged') {
    const detail = without ?? solution?.outcome?.detail ?? 'the plant has no solution'
    return { ...common, outcome: 'failed', detail, feed: { ...feed, kept }, ...nothing, notes }
  }
  const modelled = (value: number): Quantity =>
    options.modelU === undefined ? { value } : { value, u: options.modelU * Math.abs(value) }
  const { found: lots, lost } = lotsByProduct(ledger, balance, solution)
  const perKilogram = feed.kg / statedFeed(plant, solution).mass
  const recoveries = expectedRecoveries(plant, solution, lots)
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
