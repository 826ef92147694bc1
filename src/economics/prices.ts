import { quantileOf } from '../numerics/index.ts'

/**
 * Price paths. The logarithm of price over deck is a sum of common factors (didymium, the heavy
 * elements, power), each an Ornstein-Uhlenbeck process that returns to the deck (G. E. Uhlenbeck
 * and L. S. Ornstein, Phys. Rev. 36 (1930) 823; for commodities E. S. Schwartz, J. Finance 52
 * (1997) 923, model 1), and of one policy event. Factors are independent: prices are correlated
 * because they follow the same ones.
 */
export interface PriceFactor {
  readonly name: string
  /** Standard deviation that ln price gains in a short time, per square root of a year. */
  readonly volatility: number
  /** Years in which a departure from the deck halves. */
  readonly halfLife: number
  /** ln of price over deck at the start: 0 where the deck is today's price. */
  readonly start: number
  /** Standard deviation of ln of the level that it returns to, over the deck. */
  readonly level: number
}

/** An event that moves prices at once and wears off: an export control, an embargo, its end. */
export interface PolicyJump {
  /** Times a year that it is expected, while it has not come; it comes once at most. */
  readonly perYear: number
  /** Price over price without it when it comes: one in ten is below `p10`, one above `p90`. */
  readonly p10: number
  readonly p90: number
  /** Years in which the logarithm of its effect halves; infinite for one that stays. */
  readonly halfLife: number
  /** What power of it each factor takes. */
  readonly moves: Readonly<Record<string, number>>
}

export interface PriceModel {
  readonly factors: readonly PriceFactor[]
  /** With what power each price follows each factor; a price that is not named stays. */
  readonly follows: Readonly<Record<string, Readonly<Record<string, number>>>>
  readonly jump?: PolicyJump
  /** Whether the deck is the mean or the median of the prices without the event. */
  readonly deckIs: 'mean' | 'median'
}

/** Price over deck in each year from the first, for each price that follows a factor. */
export type PriceFactors = Readonly<Record<string, Float64Array>>

/** A path of one factor. */
export interface FactorPath {
  /** Logarithm of price over deck in each year. */
  readonly ln: Float64Array
  /** Variance of that logarithm over the paths that it is one of, by year. */
  readonly spread: Float64Array
}

/** The event as it comes in one path: years from the start, and price over price without it. */
export interface JumpDrawn {
  readonly at: number
  readonly ratio: number
}

/** Prices are annual averages, taken as those of mid-year: 0.5, 1.5 ... years from the start. */
const middle = (year: number) => year + 0.5

/** Rate of return to the deck, per year. */
const reversion = ({ halfLife }: PriceFactor) => Math.LN2 / halfLife

/**
 * Variance of ln price over deck around its level, `years` from the start. The limit of an infinite
 * half-life is that of a random walk.
 */
export function variance(factor: PriceFactor, years: number): number {
  const { volatility } = factor
  const rate = 2 * reversion(factor)
  return volatility ** 2 * (rate * years < 1e-9 ? years : -Math.expm1(-rate * years) / rate)
}

/** How much of the way to its level a factor has gone. */
const gone = (factor: PriceFactor, years: number) => -Math.expm1(-reversion(factor) * years)

/** What all paths of a factor over so many years have in common. */
export interface PathShape {
  readonly factor: PriceFactor
  /** ln of price over deck that is expected in each year. */
  readonly expected: Float64Array
  /** How far each year lies from it where the average of the years is one deviation high. */
  readonly lean: Float64Array
  /** Standard deviation of the sum of the years. */
  readonly ofSum: number
  /** Variance of each year. */
  readonly spread: Float64Array
  /** How a path comes from one year to the next: what stays of the last, and what is new. */
  readonly stays: Float64Array
  readonly shock: Float64Array
  /** How much of the way to its level it has gone in each year. */
  readonly gone: Float64Array
}

export function pathShape(factor: PriceFactor, years: number): PathShape {
  const rate = reversion(factor)
  const at = Array.from({ length: years }, (_, year) => middle(year))
  const steps = at.map((a, year) => a - (at[year - 1] ?? 0))
  const covariance = (a: number, b: number) =>
    variance(factor, Math.min(a, b)) * Math.exp(-rate * Math.abs(a - b)) +
    factor.level ** 2 * gone(factor, a) * gone(factor, b)
  const withAll = at.map((a) => at.reduce((sum, b) => sum + covariance(a, b), 0))
  const ofSum = Math.sqrt(withAll.reduce((sum, one) => sum + one, 0))
  return {
    factor,
    expected: Float64Array.from(at, (a) => factor.start * Math.exp(-rate * a)),
    lean: Float64Array.from(withAll, (one) => (ofSum > 0 ? one / ofSum : 0)),
    ofSum,
    spread: Float64Array.from(at, (a) => covariance(a, a)),
    stays: Float64Array.from(steps, (step) => Math.exp(-rate * step)),
    shock: Float64Array.from(steps, (step) => Math.sqrt(variance(factor, step))),
    gone: Float64Array.from(at, (a) => gone(factor, a)),
  }
}

/**
 * A path whose average over the years lies `level` standard deviations from its expectation, and
 * within that runs by one more deviate a year and a last one for what it returns to. With
 * independent standard normal numbers it has the exact distribution of the process at these times,
 * no difference scheme; the level is what a project feels.
 */
export function drawnPath(
  shape: PathShape,
  level: number,
  deviates: ArrayLike<number>,
): FactorPath {
  const { factor, lean, ofSum, spread, stays, shock, gone: towards } = shape
  const { ln } = typicalPath(shape, level)
  if (!(ofSum > 0)) return { ln, spread }
  const years = ln.length
  let [value, sum] = [0, 0]
  const reached = factor.level * (deviates[years] as number)
  const within = new Float64Array(years)
  for (let year = 0; year < years; year++) {
    const fresh = (shock[year] as number) * (deviates[year] as number)
    value = (stays[year] as number) * value + fresh
    const whole = value + reached * (towards[year] as number)
    within[year] = whole
    sum += whole
  }
  // A path conditioned on its sum: what its own sum would say of each year is taken off.
  for (let year = 0; year < years; year++) {
    const own = ((lean[year] as number) * sum) / ofSum
    ln[year] = (ln[year] as number) + (within[year] as number) - own
  }
  return { ln, spread }
}

/** The mean of all paths of a level: what "didymium at its P90" means for a whole life. */
export function typicalPath({ expected, lean }: PathShape, level: number): FactorPath {
  return {
    ln: expected.map((mean, year) => mean + level * (lean[year] as number)),
    spread: lean.map((one) => one * one),
  }
}

/** The event from two numbers in (0, 1): when it comes (perhaps never) and how strong. */
export function drawnJump({ perYear, p10, p90 }: PolicyJump, when: number, strength: number) {
  const at = perYear > 0 ? -Math.log(when) / perYear : Number.POSITIVE_INFINITY
  const ratio = quantileOf({ kind: 'lognormal', p10, p90 })(strength)
  return { at, ratio } satisfies JumpDrawn
}

/** Share of the event's logarithm that acts in a year: none before it, all at first, then less. */
function acting({ halfLife }: PolicyJump, { at }: JumpDrawn, year: number): number {
  const age = middle(year) - at
  return age < 0 ? 0 : Math.exp(-Math.LN2 * (age / halfLife))
}

/**
 * Price over deck by year from the paths of the factors; one without a path stays at the deck.
 * Where the deck is the mean, paths are lowered by half their variance, so that a long average over
 * draws is the deck; the event comes on top of it.
 */
export function priceFactors(
  { factors, follows, jump, deckIs }: PriceModel,
  years: number,
  paths: Readonly<Record<string, FactorPath>>,
  drawn?: JumpDrawn,
): PriceFactors {
  const shift = deckIs === 'mean' ? 0.5 : 0
  const prices: Record<string, Float64Array> = {}
  for (const [price, powers] of Object.entries(follows)) {
    const ln = new Float64Array(years)
    let jumps = 0
    for (const { name } of factors) {
      const [power, path] = [powers[name] ?? 0, paths[name]]
      jumps += power * (jump?.moves[name] ?? 0)
      if (power === 0 || path === undefined) continue
      for (let year = 0; year < years; year++) {
        const lowered = shift * power ** 2 * (path.spread[year] as number)
        ln[year] = (ln[year] as number) + power * (path.ln[year] as number) - lowered
      }
    }
    if (jump !== undefined && drawn !== undefined) {
      const strength = jumps * Math.log(drawn.ratio)
      for (let year = 0; year < years; year++) {
        ln[year] = (ln[year] as number) + strength * acting(jump, drawn, year)
      }
    }
    prices[price] = ln.map(Math.exp)
  }
  return prices
}
