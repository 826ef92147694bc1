import { inverseGram, solveUpper, triangularise } from './qr.ts'

/** What is to be fitted: residuals that shall be small, as a function of the parameters. */
export interface LeastSquaresProblem {
  /** Number of residuals. */
  readonly count: number
  /** Writes the residuals (model minus measurement, over its standard deviation where known). */
  residuals(parameters: Float64Array, out: Float64Array): void
  /** Writes d residual / d parameter, row-major count by parameters. Differences if left out. */
  jacobian?(parameters: Float64Array, out: Float64Array): void
  readonly start: readonly number[]
  readonly lower?: readonly number[]
  readonly upper?: readonly number[]
  /** Size of each parameter for the differences; |start|, or 1 where that is zero, if left out. */
  readonly typical?: readonly number[]
}

export interface LeastSquaresOptions {
  readonly maxIterations?: number
  /** Relative change of the parameters at which a fit is at rest. */
  readonly tolerance?: number
  /**
   * Variance of one residual: 1 where residuals are divided by known deviations. Left out, it is
   * estimated from the fit, which needs more residuals than parameters.
   */
  readonly variance?: number
}

/**
 * How a fit ended. `converged`: at rest in a minimum. `undetermined`: at rest, but the residuals do
 * not tell some parameter (`at` is its index) from the others, so there are no standard errors.
 * `not-a-number`: the residuals at the start are not finite.
 */
export interface LeastSquaresFit {
  readonly outcome: 'converged' | 'undetermined' | 'max-iterations' | 'not-a-number'
  readonly at?: number
  readonly parameters: Float64Array
  readonly residuals: Float64Array
  readonly sumOfSquares: number
  readonly degreesOfFreedom: number
  /** Row-major; rows of parameters at a bound are zero. Absent where it cannot be known. */
  readonly covariance?: Float64Array
  readonly standardErrors?: Float64Array
  /** Parameters that ended on a bound: their covariance is not estimated. */
  readonly atBound: readonly boolean[]
  readonly iterations: number
}

interface Work {
  readonly problem: LeastSquaresProblem
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly rows: number
  readonly columns: number
  readonly jacobian: Float64Array
  readonly ahead: Float64Array
  readonly behind: Float64Array
}

const differenceStep = Math.cbrt(2 ** -52)

function prepare(problem: LeastSquaresProblem): Work {
  const columns = problem.start.length
  const rows = problem.count
  const lower = Float64Array.from(problem.start, (_, j) => problem.lower?.[j] ?? -Infinity)
  const upper = Float64Array.from(problem.start, (_, j) => problem.upper?.[j] ?? Infinity)
  for (let j = 0; j < columns; j++) {
    if (!((lower[j] as number) < (upper[j] as number))) throw new Error(`bounds of parameter ${j}`)
  }
  return {
    problem,
    lower,
    upper,
    rows,
    columns,
    jacobian: new Float64Array(rows * columns),
    ahead: new Float64Array(rows),
    behind: new Float64Array(rows),
  }
}

const clamp = (x: number, low: number, high: number) => Math.min(Math.max(x, low), high)

function sumOfSquares(residuals: Float64Array): number {
  let sum = 0
  for (const residual of residuals) sum += residual * residual
  return sum
}

/** Central differences, one-sided where a bound is in the way. */
function differentiate(work: Work, at: Float64Array): void {
  const { problem, rows, columns, jacobian, ahead, behind } = work
  if (problem.jacobian !== undefined) {
    problem.jacobian(at, jacobian)
    return
  }
  const moved = Float64Array.from(at)
  for (let j = 0; j < columns; j++) {
    const x = at[j] as number
    const typical = problem.typical?.[j] ?? (Math.abs(problem.start[j] as number) || 1)
    const step = differenceStep * Math.max(Math.abs(x), typical)
    const high = Math.min(x + step, work.upper[j] as number)
    const low = Math.max(x - step, work.lower[j] as number)
    moved[j] = high
    problem.residuals(moved, ahead)
    moved[j] = low
    problem.residuals(moved, behind)
    moved[j] = x
    for (let i = 0; i < rows; i++) {
      const slope = ((ahead[i] as number) - (behind[i] as number)) / (high - low)
      jacobian[i * columns + j] = Number.isFinite(slope) ? slope : 0
    }
  }
}

/** Parameters on a bound that the fit would push further out. */
function held(work: Work, at: Float64Array, residuals: Float64Array): boolean[] {
  const { rows, columns, jacobian } = work
  return Array.from(at, (x, j) => {
    const [low, high] = [work.lower[j] as number, work.upper[j] as number]
    if (x > low && x < high) return false
    let gradient = 0
    for (let i = 0; i < rows; i++) {
      gradient += (jacobian[i * columns + j] as number) * (residuals[i] as number)
    }
    return x <= low ? gradient >= 0 : gradient <= 0
  })
}

/** Norms of the Jacobian's columns: the natural scale of every parameter. */
function columnNorms({ rows, columns, jacobian }: Work): Float64Array {
  const norms = new Float64Array(columns)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      norms[j] = (norms[j] as number) + (jacobian[i * columns + j] as number) ** 2
    }
  }
  return norms.map(Math.sqrt)
}

/** The damped step over the free parameters: least squares of [J; sqrt(damping) D] s = [-r; 0]. */
function dampedStep(
  work: Work,
  residuals: Float64Array,
  scale: Float64Array,
  fixed: readonly boolean[],
  damping: number,
): Float64Array {
  const { rows, columns, jacobian } = work
  const a = new Float64Array((rows + columns) * columns)
  const b = new Float64Array(rows + columns)
  for (let i = 0; i < rows; i++) {
    b[i] = -(residuals[i] as number)
    for (let j = 0; j < columns; j++) {
      const at = i * columns + j
      a[at] = fixed[j] ? 0 : (jacobian[at] as number) / (scale[j] as number)
    }
  }
  const root = Math.sqrt(damping)
  for (let j = 0; j < columns; j++) a[(rows + j) * columns + j] = fixed[j] ? 1 : root
  triangularise(a, rows + columns, columns, b)
  const step = b.slice(0, columns)
  if (!solveUpper(a, columns, step)) step.fill(0)
  return step.map((value, j) => value / (scale[j] as number))
}

/** Covariance of the free parameters; an index instead where one is not determined. */
function covariance(
  work: Work,
  fixed: readonly boolean[],
  variance: number,
): Float64Array | number {
  const { rows, columns } = work
  const free = fixed.flatMap((isFixed, j) => (isFixed ? [] : [j]))
  const norms = columnNorms(work)
  const flat = free.find((j) => norms[j] === 0)
  if (flat !== undefined) return flat
  const n = free.length
  const a = new Float64Array(rows * n)
  for (let i = 0; i < rows; i++) {
    for (const [k, j] of free.entries()) {
      a[i * n + k] = (work.jacobian[i * columns + j] as number) / (norms[j] as number)
    }
  }
  triangularise(a, rows, n, new Float64Array(rows))
  for (const [k, j] of free.entries()) {
    if (Math.abs(a[k * n + k] as number) < 1e-12) return j
  }
  const gram = inverseGram(a, n)
  const full = new Float64Array(columns * columns)
  for (const [k, j] of free.entries()) {
    for (const [l, m] of free.entries()) {
      const scaled = (gram?.[k * n + l] ?? 0) / ((norms[j] as number) * (norms[m] as number))
      full[j * columns + m] = variance * scaled
    }
  }
  return full
}

function finish(
  work: Work,
  options: LeastSquaresOptions,
  at: Float64Array,
  residuals: Float64Array,
  iterations: number,
  atRest: boolean,
): LeastSquaresFit {
  differentiate(work, at)
  const atBound = held(work, at, residuals)
  const degreesOfFreedom = work.rows - atBound.filter((isHeld) => !isHeld).length
  const squares = sumOfSquares(residuals)
  const fit = {
    outcome: atRest ? 'converged' : 'max-iterations',
    parameters: at,
    residuals,
    sumOfSquares: squares,
    degreesOfFreedom,
    atBound,
    iterations,
  } as const
  if (degreesOfFreedom < 0) return { ...fit, outcome: 'undetermined', at: atBound.indexOf(false) }
  const estimated = degreesOfFreedom > 0 ? squares / degreesOfFreedom : undefined
  const variance = options.variance ?? estimated
  const spread = covariance(work, atBound, variance ?? 0)
  if (typeof spread === 'number') return { ...fit, outcome: 'undetermined', at: spread }
  if (variance === undefined) return fit
  const n = work.columns
  const standardErrors = at.map((_, j) => Math.sqrt(spread[j * n + j] as number))
  return { ...fit, covariance: spread, standardErrors }
}

/**
 * The parameters with the least sum of squared residuals: Levenberg's and Marquardt's damped
 * Gauss-Newton steps (J. J. More, *The Levenberg-Marquardt algorithm*, Lecture Notes in Mathematics
 * 630 (1978) 105) with damping by gain ratio, and bounds by projection: a parameter that is pushed
 * against its bound is held there for the step.
 */
export function leastSquares(
  problem: LeastSquaresProblem,
  options: LeastSquaresOptions = {},
): LeastSquaresFit {
  const work = prepare(problem)
  const { lower, upper, columns } = work
  const tolerance = options.tolerance ?? 1e-11
  const most = options.maxIterations ?? 500
  let at = Float64Array.from(problem.start, (x, j) => clamp(x, lower[j] ?? x, upper[j] ?? x))
  let residuals = new Float64Array(work.rows)
  problem.residuals(at, residuals)
  let squares = sumOfSquares(residuals)
  if (!Number.isFinite(squares)) {
    const atBound = problem.start.map(() => false)
    const degreesOfFreedom = work.rows - columns
    return {
      outcome: 'not-a-number',
      parameters: at,
      residuals,
      sumOfSquares: squares,
      degreesOfFreedom,
      atBound,
      iterations: 0,
    }
  }
  const scale = new Float64Array(columns)
  let damping = 1e-3
  let stale = true
  // Steps that change the sum by no more than rounding: still steps towards the minimum.
  let rests = 0
  let fixed: boolean[] = []
  for (let iteration = 1; iteration <= most; iteration++) {
    if (stale) {
      differentiate(work, at)
      const norms = columnNorms(work)
      for (let j = 0; j < columns; j++)
        scale[j] = Math.max(scale[j] as number, norms[j] as number) || 1
      fixed = held(work, at, residuals)
    }
    const step = dampedStep(work, residuals, scale, fixed, damping)
    const next = at.map((x, j) =>
      clamp(x + (step[j] as number), lower[j] as number, upper[j] as number),
    )
    const trial = new Float64Array(work.rows)
    problem.residuals(next, trial)
    const found = sumOfSquares(trial)
    let [moved, size] = [0, 0]
    for (let j = 0; j < columns; j++) {
      moved += ((scale[j] as number) * ((next[j] as number) - (at[j] as number))) ** 2
      size += ((scale[j] as number) * (at[j] as number)) ** 2
    }
    const small = Math.sqrt(moved) <= tolerance * (Math.sqrt(size) + tolerance)
    const gained = squares - found
    const level = Math.abs(gained) <= 1e-14 * squares
    stale = gained > 0 || level
    rests = level ? rests + 1 : 0
    if (stale) {
      damping = Math.max(damping * (gained > 0.5 * squares || damping < 1 ? 0.2 : 0.5), 1e-15)
      ;[at, residuals, squares] = [next, trial, found]
    } else damping *= 4
    if (small || rests > 2 || squares === 0 || damping > 1e20) {
      return finish(work, options, at, residuals, iteration, true)
    }
  }
  return finish(work, options, at, residuals, most, false)
}
