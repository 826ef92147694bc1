/** How a search for a root ended. `iterations` counts evaluations of the function. */
export type RootResult =
  | { readonly outcome: 'converged'; readonly x: number; readonly iterations: number }
  | { readonly outcome: 'not-bracketed'; readonly atLow: number; readonly atHigh: number }
  | {
      readonly outcome: 'max-iterations'
      /** The root lies between these. */
      readonly low: number
      readonly high: number
      readonly x: number
      readonly iterations: number
    }
  | { readonly outcome: 'not-a-number'; readonly x: number }

export interface RootOptions {
  /** Absolute width of the bracket at which the root is known well enough. */
  readonly tolerance?: number
  /** The same relative to the root; never taken below four rounding units. */
  readonly relative?: number
  readonly maxIterations?: number
}

const rounding = 2 ** -52

function settings(options: RootOptions) {
  return {
    absolute: options.tolerance ?? 0,
    relative: Math.max(options.relative ?? 0, 4 * rounding),
    most: options.maxIterations ?? 200,
  }
}

/**
 * A root of a continuous function between two points at which its signs differ, after R. P. Brent,
 * *Algorithms for Minimization without Derivatives* (1973), chapter 4: inverse quadratic
 * interpolation while it gains, bisection when it does not. Never leaves the bracket.
 */
export function brent(
  f: (x: number) => number,
  low: number,
  high: number,
  options: RootOptions = {},
): RootResult {
  const { absolute, relative, most } = settings(options)
  let a = low
  let b = high
  let fa = f(a)
  let fb = f(b)
  if (Number.isNaN(fa)) return { outcome: 'not-a-number', x: a }
  if (Number.isNaN(fb)) return { outcome: 'not-a-number', x: b }
  if (fa !== 0 && fb !== 0 && fa > 0 === fb > 0) {
    return { outcome: 'not-bracketed', atLow: fa, atHigh: fb }
  }
  let [c, fc] = [a, fa]
  let step = b - a
  let before = step
  for (let iterations = 2; iterations <= most; iterations++) {
    if (fb > 0 === fc > 0) {
      ;[c, fc] = [a, fa]
      step = b - a
      before = step
    }
    if (Math.abs(fc) < Math.abs(fb)) {
      ;[a, b, c] = [b, c, b]
      ;[fa, fb, fc] = [fb, fc, fb]
    }
    const tolerance = 0.5 * (absolute + relative * Math.abs(b))
    const middle = 0.5 * (c - b)
    if (fb === 0 || Math.abs(middle) <= tolerance) return { outcome: 'converged', x: b, iterations }
    const tried = Math.abs(before) >= tolerance && Math.abs(fa) > Math.abs(fb)
    const jump = tried ? interpolate(a, b, c, fa, fb, fc) : middle
    const useful =
      tried &&
      jump * middle > 0 &&
      Math.abs(jump) < Math.min(1.5 * Math.abs(middle), 0.5 * Math.abs(before))
    before = useful ? step : middle
    step = useful ? jump : middle
    a = b
    fa = fb
    b += Math.abs(step) > tolerance ? step : Math.sign(middle) * tolerance
    fb = f(b)
    if (Number.isNaN(fb)) return { outcome: 'not-a-number', x: b }
  }
  const other = fb > 0 === fc > 0 ? a : c
  return {
    outcome: 'max-iterations',
    low: Math.min(b, other),
    high: Math.max(b, other),
    x: b,
    iterations: most,
  }
}

/** The step from b to the root of the curve through two or three points. */
function interpolate(a: number, b: number, c: number, fa: number, fb: number, fc: number): number {
  const s = fb / fa
  if (a === c) return ((c - b) * s) / (s - 1)
  const q = fa / fc
  const r = fb / fc
  const above = s * ((c - b) * q * (q - r) - (b - a) * (r - 1))
  const below = (q - 1) * (r - 1) * (s - 1)
  return -above / below
}

/**
 * A root by Newton steps that are kept inside a shrinking bracket: a step that leaves it, or that
 * gains too little, is replaced by a bisection. The signs at `low` and `high` must differ.
 * `evaluate` answers with the value and the slope at x.
 */
export function newton(
  evaluate: (x: number) => readonly [value: number, slope: number],
  low: number,
  high: number,
  options: RootOptions & { readonly start?: number } = {},
): RootResult {
  const { absolute, relative, most } = settings(options)
  const [atLow] = evaluate(low)
  const [atHigh] = evaluate(high)
  if (Number.isNaN(atLow)) return { outcome: 'not-a-number', x: low }
  if (Number.isNaN(atHigh)) return { outcome: 'not-a-number', x: high }
  if (atLow === 0) return { outcome: 'converged', x: low, iterations: 2 }
  if (atHigh === 0) return { outcome: 'converged', x: high, iterations: 2 }
  if (atLow > 0 === atHigh > 0) return { outcome: 'not-bracketed', atLow, atHigh }
  let [below, above] = atLow < 0 ? [low, high] : [high, low]
  const start = options.start ?? 0.5 * (low + high)
  let x = Math.min(Math.max(start, Math.min(low, high)), Math.max(low, high))
  let last = Math.abs(high - low)
  for (let iterations = 3; iterations <= most; iterations++) {
    const [value, slope] = evaluate(x)
    if (Number.isNaN(value)) return { outcome: 'not-a-number', x }
    if (value === 0) return { outcome: 'converged', x, iterations }
    if (value < 0) below = x
    else above = x
    const tolerance = absolute + relative * Math.abs(x)
    let next = x - value / slope
    const inside = next > Math.min(below, above) && next < Math.max(below, above)
    if (!inside || Math.abs(next - x) > 0.5 * last) next = 0.5 * (below + above)
    last = Math.abs(next - x)
    x = next
    if (last <= tolerance || Math.abs(above - below) <= tolerance) {
      return { outcome: 'converged', x, iterations }
    }
  }
  const [lower, upper] = below < above ? [below, above] : [above, below]
  return { outcome: 'max-iterations', low: lower, high: upper, x, iterations: most }
}
