import { brent, normalQuantile } from '../../numerics/index.ts'

/** ln Gamma(k / 2) of a whole k > 0, from Gamma(1/2) = sqrt(pi), Gamma(1) = 1 by recurrence. */
function lnGammaHalf(k: number): number {
  let sum = k % 2 === 0 ? 0 : 0.5 * Math.log(Math.PI)
  for (let n = k % 2 === 0 ? 2 : 1; n < k; n += 2) sum += Math.log(n / 2)
  return sum
}

/** Lower share P(a, x) by its series (DLMF 8.11.4), good for x < a + 1. */
function lowerSeries(a: number, x: number): number {
  let [term, sum] = [1 / a, 1 / a]
  for (let n = 1; n < 10_000; n++) {
    term *= x / (a + n)
    sum += term
    if (term < 1e-17 * sum) break
  }
  return sum
}

/** Upper share Q(a, x) by its continued fraction (DLMF 8.9.2) after Lentz, good for x > a + 1. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = 1e300
  let d = 1 / b
  let fraction = d
  for (let n = 1; n < 10_000; n++) {
    const by = -n * (n - a)
    b += 2
    d = 1 / (by * d + b)
    c = b + by / c
    fraction *= c * d
    if (Math.abs(c * d - 1) < 1e-15) break
  }
  return fraction
}

/** Probability that chi-squared with so many degrees of freedom (whole, > 0) exceeds a value. */
export function chiSquaredTail(value: number, degrees: number): number {
  if (!(value > 0)) return 1
  const [a, x] = [degrees / 2, value / 2]
  const front = Math.exp(a * Math.log(x) - x - lnGammaHalf(degrees))
  const tail = x < a + 1 ? 1 - front * lowerSeries(a, x) : front * upperFraction(a, x)
  return Math.min(1, Math.max(0, tail))
}

/** The value that chi-squared exceeds with a probability; 0 < probability < 1 (asserted). */
export function chiSquaredLimit(probability: number, degrees: number): number {
  if (!(probability > 0 && probability < 1 && degrees > 0)) throw new Error('no such limit')
  const gap = (lnValue: number) => chiSquaredTail(Math.exp(lnValue), degrees) - probability
  const root = brent(gap, -60, Math.log(degrees + 2000), { tolerance: 1e-13 })
  return 'x' in root ? Math.exp(root.x) : Number.POSITIVE_INFINITY
}

/**
 * |z| that one of n independent tests exceeds with probability alpha where nothing is wrong
 * (Z. Sidak, J. Am. Stat. Assoc. 62 (1967) 626).
 */
export function sidakLimit(alpha: number, n: number): number {
  if (n < 1) return Number.POSITIVE_INFINITY
  return -normalQuantile(-Math.expm1(Math.log1p(-alpha) / n) / 2)
}
