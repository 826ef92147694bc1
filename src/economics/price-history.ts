import { brent } from '../numerics/index.ts'

/** A price at a time, years: 2024.5 for the average of 2024. */
export interface PricePoint {
  readonly at: number
  readonly price: number
}

/** What a history says of a mean-reverting price: a prior, because points are few. */
export interface HistoryFit {
  readonly volatility: number
  readonly halfLife: number
  /** What it returns to. */
  readonly level: number
  /** Standard error of ln of that level. */
  readonly levelError: number
  readonly points: number
  readonly from: number
  readonly to: number
  /** The likelihood has no summit: the half-life is the bound that it ran against. */
  readonly atBound: boolean
}

/** Fewest points of which a history may be read. */
const fewest = 5

/** Half-lives that a history can tell: a quarter of its usual spacing to its own length. */
function bounds(points: readonly PricePoint[]) {
  const length = (points.at(-1)?.at ?? 0) - (points[0]?.at ?? 0)
  return [(0.25 * length) / (points.length - 1), length] as const
}

/** ln likelihood of the points at a half-life, level and volatility at their best for it. */
function profile(points: readonly PricePoint[], halfLife: number) {
  const rate = Math.LN2 / halfLife
  const steps = points.slice(1).map(({ at, price }, k) => {
    const before = points[k] as PricePoint
    const kept = Math.exp(-rate * (at - before.at))
    // Variance of the step for a volatility of one.
    const spread = (1 - kept ** 2) / (2 * rate)
    return { kept, spread, gone: Math.log(price) - kept * Math.log(before.price) }
  })
  let [above, below] = [0, 0]
  for (const { kept, spread, gone } of steps) {
    above += ((1 - kept) * gone) / spread
    below += (1 - kept) ** 2 / spread
  }
  const level = above / below
  const squares = steps.reduce(
    (sum, { kept, spread, gone }) => sum + (gone - (1 - kept) * level) ** 2 / spread,
    0,
  )
  const volatility = Math.sqrt(squares / steps.length)
  const width = steps.reduce((sum, { spread }) => sum + Math.log(spread), 0)
  const error = volatility / Math.sqrt(below)
  return { level, error, volatility, ln: -steps.length * Math.log(volatility) - 0.5 * width }
}

/**
 * Volatility and half-life of a mean-reverting price from points at any times, by maximum
 * likelihood of the exact process; `undefined` of fewer than five points or of a constant price.
 * The half-life of so few points is uncertain by a factor of some, and comes out too short rather
 * than too long.
 */
export function fitHistory(given: readonly PricePoint[]): HistoryFit | undefined {
  const points = given.filter(({ price }) => price > 0).toSorted((a, b) => a.at - b.at)
  const [first, last] = [points[0], points.at(-1)]
  if (points.length < fewest || first === undefined || last === undefined) return undefined
  if (points.some(({ at }, k) => at === points[k - 1]?.at)) return undefined
  if (points.every(({ price }) => price === first.price)) return undefined
  const [low, high] = bounds(points)
  const ln = (halfLife: number) => profile(points, halfLife).ln
  // Slope of the likelihood with ln half-life, whose root nearest the best of a scan is taken.
  const scan = Array.from({ length: 60 }, (_, k) => low * (high / low) ** (k / 59))
  const best = scan.reduce((one, other) => (ln(other) > ln(one) ? other : one))
  const at = scan.indexOf(best)
  const slope = (x: number) => ln(Math.exp(x + 1e-5)) - ln(Math.exp(x - 1e-5))
  const atBound = at === 0 || at === scan.length - 1
  const root = atBound
    ? undefined
    : brent(slope, Math.log(scan[at - 1] as number), Math.log(scan[at + 1] as number), {
        tolerance: 1e-9,
      })
  const halfLife = root !== undefined && 'x' in root ? Math.exp(root.x) : best
  const { level, error, volatility } = profile(points, halfLife)
  return {
    volatility,
    halfLife,
    level: Math.exp(level),
    levelError: error,
    points: points.length,
    from: first.at,
    to: last.at,
    atBound,
  }
}

/** Points of one a year: the mean of all that fall into it, at its middle. */
export function yearly(points: readonly PricePoint[]): readonly PricePoint[] {
  const years = new Map<number, number[]>()
  for (const { at, price } of points) {
    const year = Math.floor(at)
    years.set(year, [...(years.get(year) ?? []), price])
  }
  return [...years].map(([year, prices]) => ({
    at: year + 0.5,
    price: prices.reduce((sum, price) => sum + price, 0) / prices.length,
  }))
}

/**
 * How the changes of one price follow those of another, in logarithms between years that both
 * have: the slope, and the volatility of what is left; `undefined` of fewer than five changes.
 */
export function followed(
  leader: readonly PricePoint[],
  follower: readonly PricePoint[],
): { readonly power: number; readonly correlation: number; readonly changes: number } | undefined {
  const other = new Map(follower.map(({ at, price }) => [at, price]))
  const both = leader
    .flatMap(({ at, price }) => {
      const second = other.get(at)
      return second === undefined ? [] : [{ at, first: Math.log(price), second: Math.log(second) }]
    })
    .toSorted((a, b) => a.at - b.at)
  const changes = both.slice(1).map((point, k) => {
    const before = both[k] as (typeof both)[number]
    const years = Math.sqrt(point.at - before.at)
    return [(point.first - before.first) / years, (point.second - before.second) / years] as const
  })
  if (changes.length < fewest) return undefined
  const sum = (of: (x: number, y: number) => number) =>
    changes.reduce((total, [x, y]) => total + of(x, y), 0)
  const [xx, xy, yy] = [sum((x) => x * x), sum((x, y) => x * y), sum((_, y) => y * y)]
  if (!(xx > 0 && yy > 0)) return undefined
  return { power: xy / xx, correlation: xy / Math.sqrt(xx * yy), changes: changes.length }
}
