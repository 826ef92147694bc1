import { factor, solveFactoredMatrix } from '../numerics/index.ts'
import type { Sheet } from './footprint-lines.ts'
import type { FootprintPlant } from './footprint-types.ts'
import { unitOf } from './lines.ts'

/** Shares of a unit's emissions by product, in the order asked for; they sum to 1. */
export type UnitShares = ReadonlyMap<string, Float64Array>

interface Edge {
  readonly from: string
  readonly to: string
  /** kg/s */
  readonly mass: number
  /** kg/s of rare earths */
  readonly rareEarth: number
}

/** Units from which a product is reached along lines that carry rare earth. */
function upstreamOf(products: readonly string[], edges: readonly Edge[]): ReadonlySet<string> {
  const reached = new Set(products)
  for (let grown = true; grown; ) {
    grown = false
    for (const { from, to, rareEarth } of edges) {
      if (rareEarth <= 0 || !reached.has(to) || reached.has(from)) continue
      reached.add(from)
      grown = true
    }
  }
  return reached
}

function by(edges: readonly Edge[], end: 'from' | 'to'): ReadonlyMap<string, readonly Edge[]> {
  const groups = new Map<string, Edge[]>()
  for (const edge of edges) groups.set(edge[end], [...(groups.get(edge[end]) ?? []), edge])
  return groups
}

/** Where the emissions of each unit go next, as shares: on to products, or back to senders. */
function stepsOf(
  plant: FootprintPlant,
  products: readonly string[],
  edges: readonly Edge[],
): ReadonlyMap<string, readonly (readonly [to: string, share: number])[]> {
  const forward = upstreamOf(products, edges)
  const bought = new Set(plant.reagents.map(({ name }) => name))
  const [leaving, reaching] = [by(edges, 'from'), by(edges, 'to')]
  const steps = new Map<string, readonly (readonly [string, number])[]>()
  for (const unit of Object.keys(plant.units)) {
    if (products.includes(unit)) continue
    const next = forward.has(unit)
      ? (leaving.get(unit) ?? [])
          .filter(({ to, rareEarth }) => forward.has(to) && rareEarth > 0)
          .map(({ to, rareEarth }) => [to, rareEarth] as const)
      : (reaching.get(unit) ?? [])
          .filter(({ from, mass }) => mass > 0 && !bought.has(from))
          .map(({ from, mass }) => [from, mass] as const)
    const total = next.reduce((sum, [, weight]) => sum + weight, 0)
    steps.set(
      unit,
      next.map(([to, weight]) => [to, weight / total] as const),
    )
  }
  return steps
}

/** Units from which the steps end at a product at all. */
function ending(
  steps: ReadonlyMap<string, readonly (readonly [string, number])[]>,
  products: readonly string[],
): ReadonlySet<string> {
  const ends = new Set(products)
  for (let grown = true; grown; ) {
    grown = false
    for (const [unit, next] of steps) {
      if (ends.has(unit) || !next.some(([to]) => ends.has(to))) continue
      ends.add(unit)
      grown = true
    }
  }
  return ends
}

/**
 * Sub-division by section from the flowsheet itself. What a unit emits follows the rare earth that
 * leaves it towards products, in proportion to its mass; a loss carries nothing. A unit from which
 * no rare earth reaches a product (effluent, off-gas, residues) serves the units that send to it,
 * and hands what it emits back to them by mass. With recycles these shares are the solution of a
 * linear system: x = S x + products, one column a product. Units that serve nobody share as
 * `otherwise` says. `products` are names of product units; others among them are taken as losses.
 */
export function sectionShares(
  { plant }: Sheet,
  products: readonly string[],
  otherwise: Float64Array,
): UnitShares {
  const edges = Object.values(plant.streams).map(({ from, to, mass, elements }): Edge => {
    const rareEarth = plant.rareEarths.reduce((sum, element) => sum + (elements[element] ?? 0), 0)
    return { from: unitOf(from), to: unitOf(to), mass, rareEarth }
  })
  const steps = stepsOf(plant, products, edges)
  const ends = ending(steps, products)
  const units = [...steps.keys()].filter((unit) => ends.has(unit))
  const row = new Map(units.map((unit, i) => [unit, i]))
  const column = new Map(products.map((name, k) => [name, k]))
  const n = units.length
  const width = products.length
  const matrix = new Float64Array(n * n)
  const right = new Float64Array(n * width)
  for (const [i, unit] of units.entries()) {
    matrix[i * n + i] = 1
    const next = (steps.get(unit) ?? []).filter(([to]) => ends.has(to))
    const total = next.reduce((sum, [, share]) => sum + share, 0)
    for (const [to, share] of next) {
      const [j, k] = [row.get(to), column.get(to)]
      if (k !== undefined) right[i * width + k] = (right[i * width + k] as number) + share / total
      else if (j !== undefined) matrix[i * n + j] = (matrix[i * n + j] as number) - share / total
    }
  }
  const pivots = new Int32Array(n)
  const singular = factor(matrix, n, pivots) >= 0
  if (!singular) solveFactoredMatrix(matrix, n, pivots, right, width)
  const shares = new Map<string, Float64Array>()
  for (const unit of Object.keys(plant.units)) {
    const i = row.get(unit)
    const k = column.get(unit)
    if (k !== undefined)
      shares.set(
        unit,
        Float64Array.from(products, (_, j) => (j === k ? 1 : 0)),
      )
    else if (i === undefined || singular) shares.set(unit, otherwise)
    else shares.set(unit, right.slice(i * width, (i + 1) * width))
  }
  return shares
}
