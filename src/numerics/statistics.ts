import { brent } from './root.ts'

/** Stirling's series (DLMF 5.11.1): Bernoulli numbers over 2k (2k - 1), k from 1. */
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360, 1 / 156]

/** ln Gamma(x), x > 0: small x are first carried up, Gamma(x) = Gamma(x + 1) / x. */
function lnGamma(x: number): number {
  let [z, product] = [x, 1]
  for (; z < 12; z++) product *= z
  const series = stirling.reduceRight((sum, term) => sum / (z * z) + term, 0) / z
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product)
}

/** The continued fraction of the incomplete beta function by Lentz's method (DLMF 8.17.22). */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  const away = (value: number) => (Math.abs(value) < tiny ? tiny : value)
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    for (const term of [even, odd]) {
      d = 1 / away(1 + term * d)
      c = away(1 + term / c)
      fraction *= c * d
    }
    if (Math.abs(c * d - 1) < 1e-15) break
  }
  return fraction
}

/** Regularised incomplete beta function I_x(a, b), 0 <= x <= 1. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const scale = lnGamma(a + b) - lnGamma(a) - lnGamma(b) + a * Math.log(x) + b * Math.log1p(-x)
  return x < (a + 1) / (a + b + 2)
    ? (Math.exp(scale) * betaFraction(x, a, b)) / a
    : 1 - (Math.exp(scale) * betaFraction(1 - x, b, a)) / b
}

/** Probability that Student's t with so many degrees of freedom is beyond +-t, both sides. */
function studentTails(t: number, degrees: number): number {
  return incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5)
}

/** The t that Student's distribution exceeds, on both sides together, with a probability. */
export function studentLimit(probability: number, degrees: number): number {
  if (!(probability > 0 && probability < 1 && degrees > 0)) throw new Error('no such limit')
  const gap = (lnT: number) => Math.log(studentTails(Math.exp(lnT), degrees) / probability)
  const root = brent(gap, -40, 690, { tolerance: 1e-13 })
  return 'x' in root ? Math.exp(root.x) : Number.POSITIVE_INFINITY
}

/** Probability that a ratio of two mean squares exceeds F by chance alone (Fisher's test). */
export function ratioTail(F: number, above: number, below: number): number {
  return F <= 0 ? 1 : incompleteBeta(below / (below + above * F), below / 2, above / 2)
}

/**
 * ln of the normal distribution function and its derivative. Below -6 the continued fraction of
 * Mills' ratio (DLMF 7.9.1), above it the complementary error function by the same fraction.
 */
export function lnNormal(z: number): { readonly value: number; readonly slope: number } {
  const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)
  if (z < -2) {
    const mills = millsRatio(-z)
    return { value: -0.5 * z * z - 0.5 * Math.log(2 * Math.PI) + Math.log(mills), slope: 1 / mills }
  }
  const probability = z > 2 ? 1 - density * millsRatio(z) : normalBySeries(z, density)
  return { value: Math.log(probability), slope: density / probability }
}

/** (1 - Phi(z)) / phi(z) for z > 1. */
function millsRatio(z: number): number {
  let fraction = z
  for (let k = 200; k >= 1; k--) fraction = z + k / fraction
  return 1 / fraction
}

/** Phi(z) = 1/2 + phi(z) (z + z^3/3 + z^5/15 ...), |z| up to 2 and some. */
function normalBySeries(z: number, density: number): number {
  let [term, sum] = [z, z]
  for (let k = 3; k < 100; k += 2) {
    term *= (z * z) / k
    sum += term
  }
  return 0.5 + density * sum
}

/** The middle of some numbers; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : 0.5 * (upper + (sorted[middle - 1] ?? Number.NaN))
}
