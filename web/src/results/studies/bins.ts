/** A histogram: `counts[k]` values stand from `from + k * width` to `from + (k + 1) * width`. */
export interface Bins {
  readonly from: number
  readonly width: number
  readonly counts: readonly number[]
  /** Values so far below and above the others that they have no bar. */
  readonly below: number
  readonly above: number
}

/** Bars at most. */
const mostBars = 40

/**
 * Bins of values. Those farther from P10 and P90 than these are from each other are only counted:
 * bars for them would press all others into one. A target stands on the border of two bars.
 */
export function binned(values: Float64Array, targets: readonly number[] = []): Bins {
  const sorted = values.toSorted()
  const n = sorted.length
  const at = (k: number) => sorted[Math.min(n - 1, Math.max(0, k))] as number
  if (n === 0) return { from: 0, width: 1, counts: [], below: 0, above: 0 }
  const size = Math.max(Math.abs(at(0)), Math.abs(at(n - 1)))
  // Below the solver's closure a spread is none.
  if (!(at(n - 1) - at(0) > 1e-9 * size)) {
    return { from: at(0), width: Math.max(1e-9, 1e-3 * size), counts: [n], below: 0, above: 0 }
  }
  const [p10, p90] = [at(Math.floor(0.1 * n)), at(Math.floor(0.9 * n))]
  const reach = p90 - p10 > 1e-9 * size ? p90 - p10 : at(n - 1) - at(0)
  const low = Math.max(at(0), p10 - reach)
  const high = Math.min(at(n - 1), p90 + reach)
  const wanted = Math.min(mostBars, Math.max(5, Math.ceil(1.5 * Math.sqrt(n))))
  const width = (high - low) / wanted
  const edge = targets.find((target) => target > low && target < high)
  const from = edge === undefined ? low : edge - Math.ceil((edge - low) / width) * width
  const count = Math.max(1, Math.ceil((high - from) / width - 1e-9))
  const counts = Array.from({ length: count }, () => 0)
  let [below, above] = [0, 0]
  for (const value of sorted) {
    if (value < low) below++
    else if (value > high) above++
    else {
      const k = Math.min(count - 1, Math.max(0, Math.floor((value - from) / width)))
      counts[k] = (counts[k] ?? 0) + 1
    }
  }
  return { from, width, counts, below, above }
}
