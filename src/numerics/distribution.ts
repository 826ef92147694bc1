import { normalQuantile } from './normal.ts'
import { lnNormal } from './statistics.ts'

/** How a number that is not known is spread. */
export type Distribution =
  /** Normal, and nothing outside of `low` to `high`; these may be infinite. */
  | {
      readonly kind: 'normal'
      readonly mean: number
      readonly deviation: number
      readonly low: number
      readonly high: number
    }
  /** ln is normal; one value in ten lies below `p10` and one above `p90`, both above zero. */
  | { readonly kind: 'lognormal'; readonly p10: number; readonly p90: number }
  | {
      readonly kind: 'triangular'
      readonly low: number
      readonly mode: number
      readonly high: number
    }
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  /** `yes` with a probability, otherwise `no`. */
  | {
      readonly kind: 'either'
      readonly probability: number
      readonly yes: number
      readonly no: number
    }

/** The standard normal deviate that a tenth lies above. */
const tenth = normalQuantile(0.9)

/** Share of a standard normal distribution below a deviate. */
export function shareBelow(z: number): number {
  if (Math.abs(z) > 37) return z > 0 ? 1 : 0
  return Math.exp(lnNormal(z).value)
}

/** The nearest shares to 0 and 1 whose normal deviate is finite. */
const inside = (u: number) => Math.min(1 - 1e-16, Math.max(1e-300, u))

/**
 * The value below which a share of the distribution lies, as a function of that share, 0 < u < 1
 * (asserted). The triangular one by inversion of its two quadratic halves.
 */
export function quantileOf(of: Distribution): (u: number) => number {
  const plain = plainQuantile(of)
  return (u) => {
    if (!(u > 0 && u < 1)) throw new Error(`no quantile of ${u}`)
    return plain(u)
  }
}

function plainQuantile(of: Distribution): (u: number) => number {
  switch (of.kind) {
    case 'normal':
      return cutNormal(of)
    case 'lognormal': {
      const [a, b] = [Math.log(of.p10), Math.log(of.p90)]
      return (u) => Math.exp(0.5 * (a + b) + ((b - a) / (2 * tenth)) * normalQuantile(u))
    }
    case 'triangular': {
      const { low, mode, high } = of
      const width = high - low
      if (!(width > 0)) return () => mode
      return (u) =>
        u * width < mode - low
          ? low + Math.sqrt(u * width * (mode - low))
          : high - Math.sqrt((1 - u) * width * (high - mode))
    }
    case 'uniform':
      return (u) => of.low + (of.high - of.low) * u
    case 'either':
      return (u) => (u > 1 - of.probability ? of.yes : of.no)
  }
}

function cutNormal(of: Extract<Distribution, { kind: 'normal' }>): (u: number) => number {
  const { mean, deviation, low, high } = of
  const within = (value: number) => Math.min(high, Math.max(low, value))
  if (!(deviation > 0)) return () => within(mean)
  const below = shareBelow((low - mean) / deviation)
  const share = shareBelow((high - mean) / deviation) - below
  return (u) => within(mean + deviation * normalQuantile(inside(below + share * u)))
}
