import { brent } from '../../numerics/index.ts'
import type { InternalRate } from './metrics-types.ts'

/** Sum of flow times v^i: the present value at the first flow, v = (1 + rate)^(-1 / perYear). */
function worth(flow: Float64Array, v: number): number {
  let sum = 0
  for (let i = flow.length - 1; i >= 0; i--) sum = sum * v + (flow[i] as number)
  return sum
}

function signChanges(flow: Float64Array): number {
  let changes = 0
  let sign = 0
  for (const x of flow) {
    if (x === 0) continue
    const now = Math.sign(x)
    if (sign !== 0 && now !== sign) changes++
    sign = now
  }
  return changes
}

/** One change of sign of the running sums, from spent to earned. */
function sumsChangeOnce(flow: Float64Array): boolean {
  let sum = 0
  let changes = 0
  let below = false
  for (let i = 0; i < flow.length; i++) {
    sum += flow[i] as number
    if (sum < 0 !== below) changes++
    below = sum < 0
  }
  return changes === 2 && !below
}

/** Rates between which roots are sought, a year; finer where returns usually lie. */
const grid: readonly number[] = [
  ...Array.from({ length: 19 }, (_, k) => -0.99 + 0.04 * k),
  ...Array.from({ length: 250 }, (_, k) => -0.25 + 0.005 * k),
  ...Array.from({ length: 90 }, (_, k) => 1.1 ** k),
]

/** Newton steps from a usual return; falls back on the grid when they wander. */
function quickRoot(flow: Float64Array, perYear: number): number | undefined {
  let v = 1.15 ** (-1 / perYear)
  for (let round = 0; round < 30; round++) {
    let sum = 0
    let slope = 0
    let size = 0
    for (let i = flow.length - 1; i >= 0; i--) {
      slope = slope * v + sum
      sum = sum * v + (flow[i] as number)
      size = size * v + Math.abs(flow[i] as number)
    }
    if (slope === 0) return undefined
    const step = sum / slope
    v -= step
    if (!(v > 0 && v < 4)) return undefined
    if (Math.abs(step) <= 4e-16 * v || Math.abs(sum) <= 1e-15 * size) return v ** -perYear - 1
  }
  return undefined
}

function gridRoots(flow: Float64Array, perYear: number): number[] {
  const at = (rate: number) => worth(flow, (1 + rate) ** (-1 / perYear))
  const roots: number[] = []
  let before = at(grid[0] as number)
  for (let k = 1; k < grid.length; k++) {
    const [low, high] = [grid[k - 1] as number, grid[k] as number]
    const now = at(high)
    // A zero on a grid point belongs to the cell on its left.
    if (before !== 0 && (now === 0 || before > 0 !== now > 0)) {
      const found = brent(at, low, high, { tolerance: 1e-15 })
      if (found.outcome === 'converged') roots.push(found.x)
    }
    before = now
  }
  return roots
}

/**
 * The internal rate of return of a flow, a year. Where the signs of the flow change once there is
 * one root (Descartes), where those of its running sums do there is one above zero (C. J. Norstrom,
 * J. Financial and Quantitative Analysis 7 (1972) 1835). Else all roots between -99 % and 4,800
 * times are sought on a grid of half per cents; a pair of roots closer than that is not seen.
 * `inflation` gives the rate over inflation beside it, (1 + rate) / (1 + inflation) - 1.
 */
export function internalRate(flow: Float64Array, perYear: number, inflation = 0): InternalRate {
  const changes = signChanges(flow)
  if (changes === 0) {
    const spent = flow.some((x) => x < 0)
    return { outcome: 'none', why: spent ? 'never-earned' : 'never-invested' }
  }
  // Money that comes first and is paid for ever after is a loan: what it costs is no return.
  if (changes === 1 && (flow.find((x) => x !== 0) ?? 0) > 0) {
    return { outcome: 'none', why: 'never-earned' }
  }
  const found = (rate: number): InternalRate => ({
    outcome: 'found',
    rate,
    real: (1 + rate) / (1 + inflation) - 1,
  })
  const once = changes === 1
  const onceAbove = !once && sumsChangeOnce(flow)
  if (once || onceAbove) {
    const quick = quickRoot(flow, perYear)
    if (quick !== undefined && (once || quick > 0)) return found(quick)
  }
  // With a cost at the end there is often a second root far below zero: it is not in question.
  const roots = gridRoots(flow, perYear).filter((rate) => !onceAbove || rate > 0)
  const [only] = roots
  if (only === undefined) return { outcome: 'none', why: 'no-rate-found' }
  return roots.length === 1 ? found(only) : { outcome: 'several', rates: roots }
}
