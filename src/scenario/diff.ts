import { simulate, type SimulateOptions } from './simulate.ts'
import type { PlantDocument } from './plant.ts'
import type { Solution } from './solution.ts'

/** One place at which two documents differ; a side is absent where it has no such place. */
export interface Difference {
  readonly at: string
  readonly a?: Leaf
  readonly b?: Leaf
}
export type Leaf = string | number | boolean | null

export interface PlantDifference {
  /** What the two files say differently: parameters (SI), connections, specifications. */
  readonly document: readonly Difference[]
  /** What comes out differently: products, recoveries, reagents, outcome. */
  readonly results: readonly Difference[]
}

/** Relative difference below which two results count as the same. */
const same = 1e-6

/** What differs in two plants and, both solved, in their results. */
export function diffPlants(
  a: PlantDocument,
  b: PlantDocument,
  options: SimulateOptions = {},
): PlantDifference {
  return {
    document: compare(said(a), said(b), 0),
    results: compare(resulted(simulate(a, options)), resulted(simulate(b, options)), same),
  }
}

/** The plant as it is meant, without places, notes and functions. */
function said(plant: PlantDocument): unknown {
  return {
    title: plant.title,
    operatingHours: plant.operatingHours,
    extractants: Object.fromEntries(plant.extractants.map(({ name, hash }) => [name, hash])),
    units: Object.fromEntries(
      plant.units.map(({ name, op, params }) => [name, { type: op.kind, ...params }]),
    ),
    streams: Object.fromEntries(
      plant.streams.map(({ name, from, to }) => [
        name,
        `${from.unit}.${from.port} -> ${to.unit}.${to.port}`,
      ]),
    ),
    specifications: Object.fromEntries(
      plant.specifications.map(({ name, vary: { text, min, max }, until }) => [
        name,
        { vary: text, min, max, until: until.text },
      ]),
    ),
    limits: Object.fromEntries(plant.limits.map(({ name, require }) => [name, require.text])),
  }
}

function resulted(solution: Solution): unknown {
  const { status, outcome, products, recovery, reagents } = solution
  return {
    status,
    outcome: outcome === null ? null : `${outcome.name}: ${outcome.detail}`,
    products: Object.fromEntries(
      products.map(({ name, rate, purity, impurities, specification }) => [
        name,
        { 't/y': rate['t/y'], purity, impurities, specification },
      ]),
    ),
    recovery,
    reagents: Object.fromEntries(reagents.map(({ name, rate }) => [name, rate['t/y']])),
    streams: Object.fromEntries(
      Object.entries(solution.streams).map(([name, { mass, temperature }]) => [
        name,
        { 'kg/s': mass, temperature },
      ]),
    ),
  }
}

/** Leaves of two plain values that are not the same; numbers within `relative` are. */
function compare(a: unknown, b: unknown, relative: number): readonly Difference[] {
  const [left, right] = [leaves(a), leaves(b)]
  const places = [...left.keys(), ...[...right.keys()].filter((at) => !left.has(at))]
  return places.flatMap((at): Difference[] => {
    const [x, y] = [left.get(at), right.get(at)]
    if (isSame(x, y, relative)) return []
    return [{ at, ...(x === undefined ? {} : { a: x }), ...(y === undefined ? {} : { b: y }) }]
  })
}

function isSame(x: Leaf | undefined, y: Leaf | undefined, relative: number): boolean {
  if (typeof x !== 'number' || typeof y !== 'number') return x === y
  return x === y || Math.abs(x - y) <= relative * Math.max(Math.abs(x), Math.abs(y))
}

function leaves(value: unknown, at = '', found = new Map<string, Leaf>()): Map<string, Leaf> {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) leaves(item, `${at}[${i}]`, found)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      leaves(item, at === '' ? key : `${at}.${key}`, found)
    }
  } else if (isLeaf(value)) found.set(at, value)
  return found
}

function isLeaf(value: unknown): value is Leaf {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}
