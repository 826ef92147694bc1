/** The value below which a share `p` of the sorted values lies, interpolated; asserts a value. */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  const last = sorted.length - 1
  if (last < 0) throw new Error('a quantile of no values')
  const place = Math.min(last, Math.max(0, p * last))
  const low = Math.floor(place)
  const value = sorted[low] as number
  return value + (place - low) * ((sorted[Math.min(last, low + 1)] as number) - value)
}

/**
 * Mean of the lowest share of the sorted values (conditional value at risk, expected shortfall:
 * R. T. Rockafellar and S. Uryasev, J. Banking Finance 26 (2002) 1443); the value on the edge
 * counts with the part of it that the share takes. Asserts a value and a share above 0, at most 1.
 */
export function tailMean(sorted: ArrayLike<number>, share: number): number {
  const count = share * sorted.length
  if (!(count > 0 && share <= 1)) throw new Error(`a tail of ${share} of ${sorted.length} values`)
  let sum = 0
  for (let i = 0; i < count; i++) sum += Math.min(1, count - i) * (sorted[i] as number)
  return sum / count
}

export interface Moments {
  readonly mean: number
  /** Standard deviation with n - 1; 0 for a single value. */
  readonly deviation: number
}

export function moments(values: ArrayLike<number>): Moments {
  const n = values.length
  let mean = 0
  for (let i = 0; i < n; i++) mean += (values[i] as number) / n
  let squares = 0
  for (let i = 0; i < n; i++) squares += ((values[i] as number) - mean) ** 2
  return { mean, deviation: n > 1 ? Math.sqrt(squares / (n - 1)) : 0 }
}

/** Indices in ascending order of their values. */
function ascending(values: ArrayLike<number>): Uint32Array {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i)
  return order.sort((a, b) => (values[a] as number) - (values[b] as number))
}

/** Values in their order, to be compared with several others. */
export interface Ranked {
  /** Indices in ascending order of the values. */
  readonly order: Uint32Array
  /** Rank of each value from 1; equal values share the mean of their ranks. */
  readonly ranks: Float64Array
}

export function ranked(values: ArrayLike<number>): Ranked {
  const order = ascending(values)
  const ranks = new Float64Array(order.length)
  for (let from = 0; from < order.length; ) {
    let to = from + 1
    const value = values[order[from] as number]
    while (to < order.length && values[order[to] as number] === value) to++
    for (let i = from; i < to; i++) ranks[order[i] as number] = (from + 1 + to) / 2
    from = to
  }
  return { order, ranks }
}

/**
 * Rank correlation (C. Spearman, Am. J. Psychol. 15 (1904) 72): -1 to 1; 0 where one side does not
 * vary.
 */
export function rankCorrelation({ ranks: x }: Ranked, { ranks: y }: Ranked): number {
  if (x.length !== y.length) throw new Error(`${x.length} values against ${y.length}`)
  const [mx, my] = [moments(x), moments(y)]
  if (!(mx.deviation > 0 && my.deviation > 0)) return 0
  let sum = 0
  for (let i = 0; i < x.length; i++) {
    sum += ((x[i] as number) - mx.mean) * ((y[i] as number) - my.mean)
  }
  return sum / ((x.length - 1) * mx.deviation * my.deviation)
}

/**
 * First-order Sobol index of an input from any sample, without further runs: the share of the
 * variance of the output that goes when the input is known, from the covariance of outputs that
 * are neighbours in the order of the input. F. Gamboa, P. Gremaud, T. Klein and A. Lagnoux,
 * Bernoulli 28 (2022) 2343. The error falls with the root of the number of values.
 */
export function firstOrderIndex({ order }: Ranked, output: ArrayLike<number>): number {
  const n = order.length
  const { mean, deviation } = moments(output)
  if (n < 2 || !(deviation > 0)) return 0
  let sum = 0
  for (let i = 0; i < n; i++) {
    const here = output[order[i] as number] as number
    const next = output[order[(i + 1) % n] as number] as number
    sum += (here - mean) * (next - mean)
  }
  return sum / ((n - 1) * deviation ** 2)
}

export interface SobolIndices {
  /** Share of the variance that goes when this input alone is known. */
  readonly first: number
  /** Share that stays when all others are known: with every interaction that it takes part in. */
  readonly total: number
}

/**
 * Sobol indices of one input from the outputs at points A, at independent points B, and at A with
 * this input's column from B. First order: A. Saltelli et al., Comput. Phys. Commun. 181 (2010)
 * 259; total: M. J. W. Jansen, Comput. Phys. Commun. 117 (1999) 35. Zero where nothing varies.
 */
export function sobolIndices(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  mixed: ArrayLike<number>,
): SobolIndices {
  const n = a.length
  if (b.length !== n || mixed.length !== n) throw new Error('outputs of unequal number')
  const all = Float64Array.from({ length: 2 * n }, (_, i) => (i < n ? a[i] : b[i - n]) as number)
  const { mean, deviation } = moments(all)
  if (!(deviation > 0)) return { first: 0, total: 0 }
  let [first, total] = [0, 0]
  for (let i = 0; i < n; i++) {
    first += ((b[i] as number) - mean) * ((mixed[i] as number) - (a[i] as number))
    total += ((a[i] as number) - (mixed[i] as number)) ** 2
  }
  const variance = deviation ** 2
  return { first: first / n / variance, total: total / (2 * n) / variance }
}

/**
 * Lower triangular factor of a covariance matrix (row-major n by n), so that factor times
 * independent deviates has that covariance; `undefined` if the matrix is not one. Rows that are
 * zero, or follow from others, are accepted.
 */
export function covarianceFactor(covariance: Float64Array, n: number): Float64Array | undefined {
  const factor = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    const own = covariance[i * n + i] as number
    if (!(own >= 0)) return undefined
    for (let j = 0; j <= i; j++) {
      let rest = covariance[i * n + j] as number
      const other = Math.sqrt(covariance[j * n + j] as number)
      for (let k = 0; k < j; k++) {
        rest -= (factor[i * n + k] as number) * (factor[j * n + k] as number)
      }
      const pivot = factor[j * n + j] as number
      if (i === j) {
        if (rest < -1e-8 * own) return undefined
        factor[i * n + i] = Math.sqrt(Math.max(0, rest))
      } else if (pivot > 1e-8 * other) factor[i * n + j] = rest / pivot
      else if (Math.abs(rest) > 1e-6 * Math.sqrt(own) * other) return undefined
    }
  }
  return factor
}
