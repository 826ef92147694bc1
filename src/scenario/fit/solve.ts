import { measuredDistribution, type MeasuredRow, type Shakeout } from '../../chemistry/index.ts'
import { leastSquares, lnNormal, median } from '../../numerics/index.ts'
import { answersAt, guessedAnswers, predicted, sensitivities } from './equations.ts'
import type { FitMeasure } from './measures.ts'
import type { FitProblem } from './problem.ts'

/** The parameters that describe the measurements best, and how well they are known. */
export interface Solved {
  readonly outcome: 'converged' | 'undetermined' | 'max-iterations'
  /** The parameter that the measurements do not tell from the others. */
  readonly undetermined?: number
  readonly parameters: Float64Array
  readonly atBound: readonly boolean[]
  readonly answers: readonly Shakeout[]
  /** Model less measurement over the standard deviation, by measure. */
  readonly residuals: Float64Array
  /** Standard deviation of each measure as weighted. */
  readonly sigma: Float64Array
  /** d residual / d parameter, row-major. */
  readonly jacobian: Float64Array
  /** Of the parameters, at the errors as weighted; times `variance` it is the answer. */
  readonly covariance?: Float64Array
  /** Sum of squares over degrees of freedom, limits of detection apart; NaN without any. */
  readonly reduced: number
  readonly degreesOfFreedom: number
  /** Every measurement states its error, so the errors of the parameters follow from them. */
  readonly stated: boolean
  /** What the covariance is scaled by: `reduced`, or 1 where stated errors explain the scatter. */
  readonly variance: number
}

/** Residual of one measure and its derivative to the predicted value. */
function residualOf({ value, limit }: FitMeasure, prediction: number, sigma: number) {
  const z = (prediction - value) / sigma
  if (limit === undefined) return { residual: z, slope: 1 / sigma }
  // Tobit: minus twice the log of the chance of a value beyond the limit, as a square.
  const side = limit === 'below' ? -1 : 1
  const chance = lnNormal(side * z)
  const root = Math.sqrt(Math.max(-2 * chance.value, 0))
  return root < 1e-8
    ? { residual: 0, slope: 0 }
    : { residual: -side * root, slope: chance.slope / (root * sigma) }
}

/**
 * Levels that make the model agree in the middle with each element's measurements: first at the
 * composition that the measurements tell, then at the equilibrium that the model has there.
 */
function startOf(problem: FitProblem): Start {
  const start = problem.parameters.map((parameter) => parameter.start)
  const move = (gapOf: (measure: FitMeasure) => number) => {
    let largest = 0
    for (const [j, { name, low, high }] of problem.parameters.entries()) {
      const [element, level] = name.split('.')
      if (level !== problem.model.level.name) continue
      const own = problem.measures.filter((m) => m.element === element && m.limit === undefined)
      const middle = median(own.map(gapOf).filter(Number.isFinite))
      if (!Number.isFinite(middle)) continue
      largest = Math.max(largest, Math.abs(middle))
      start[j] = Math.min(Math.max((start[j] as number) - middle, low), high)
    }
    return largest
  }
  const guesses = guessedAnswers(problem, start)
  let answers: readonly Shakeout[] = guesses
  const gapAt = (m: FitMeasure) => {
    return distributionGap(m, predicted(m, answers[m.row] as Shakeout), problem)
  }
  const D = (m: FitMeasure) => answers[m.row]?.D[m.element ?? ''] ?? Number.NaN
  move((m) => {
    const measured = measuredDistribution(problem.rows[m.row] as MeasuredRow, m.element ?? '')
    return measured === undefined ? Number.NaN : Math.log10(D(m) / measured)
  })
  for (let turn = 0; turn < 8; turn++) {
    answers = answersAt(problem, start, answers)
    if (move(gapAt) < 0.05) break
  }
  return { start, answers }
}

/** log10 of predicted over measured D that a measure stands for. */
function distributionGap(measure: FitMeasure, prediction: number, problem: FitProblem): number {
  const { of, element = '', row, value } = measure
  if (of === 'D') return (prediction - value) / Math.LN10
  const { feed, organicFeed, phaseRatio } = problem.rows[row] as FitProblem['rows'][number]
  const total = (feed[element] ?? 0) + phaseRatio * (organicFeed?.[element] ?? 0)
  const ratio = (lnAmount: number) => {
    const part = Math.exp(lnAmount) * (of === 'organic' ? phaseRatio : 1)
    const share = Math.min(Math.max(part / total, 1e-6), 1 - 1e-6)
    return of === 'organic' ? share / (1 - share) : (1 - share) / share
  }
  return Math.log10(ratio(prediction) / ratio(value))
}

/** Where a search begins: parameters, and the equilibria at parameters near by. */
interface Start {
  readonly start: readonly number[]
  readonly answers: readonly Shakeout[]
}

function minimise(problem: FitProblem, from: Start, sigma: Float64Array) {
  const { measures, parameters } = problem
  const count = parameters.length
  let last: { at: Float64Array; answers: readonly Shakeout[] } | undefined
  const answersFor = (at: Float64Array) => {
    if (last === undefined || last.at.some((x, j) => x !== at[j])) {
      last = { at: at.slice(), answers: answersAt(problem, at, (last ?? from).answers) }
    }
    return last.answers
  }
  const each = (at: Float64Array, use: (m: number, residual: number, slope: number) => void) => {
    const answers = answersFor(at)
    for (const [m, measure] of measures.entries()) {
      const prediction = predicted(measure, answers[measure.row] as Shakeout)
      const { residual, slope } = residualOf(measure, prediction, sigma[m] as number)
      use(m, residual, slope)
    }
  }
  const jacobianAt = (at: Float64Array, out: Float64Array) => {
    sensitivities(problem, at, answersFor(at), out)
    each(at, (m, _, slope) => {
      for (let j = 0; j < count; j++) {
        const value = (out[m * count + j] as number) * slope
        out[m * count + j] = Number.isFinite(value) ? value : 0
      }
    })
  }
  const found = leastSquares(
    {
      count: measures.length,
      residuals: (at, out) => each(at, (m, residual) => void (out[m] = residual)),
      jacobian: jacobianAt,
      start: from.start,
      lower: parameters.map(({ low }) => low),
      upper: parameters.map(({ high }) => high),
    },
    { variance: 1, tolerance: 1e-8, maxIterations: 200 },
  )
  const jacobian = new Float64Array(measures.length * count)
  jacobianAt(found.parameters, jacobian)
  return { found, jacobian, answers: answersFor(found.parameters) }
}

/** Standard deviations of the groups with a scatter of their own, from the residuals of a fit. */
function rescaled(problem: FitProblem, { residuals, sigma, degreesOfFreedom }: Solved) {
  const { scatter = 'common' } = problem.request
  const nameOf = ({ source, element = 'pH' }: FitMeasure) =>
    scatter === 'source' ? source : scatter === 'element' ? element : ''
  const groups = new Map<string, { squares: number; count: number }>()
  for (const [m, measure] of problem.measures.entries()) {
    if (measure.stated || measure.limit !== undefined) continue
    const name = nameOf(measure)
    const group = groups.get(name) ?? { squares: 0, count: 0 }
    group.squares += (residuals[m] as number) ** 2
    group.count += 1
    groups.set(name, group)
  }
  const exact = problem.measures.filter(({ limit }) => limit === undefined).length
  // Each group pays its share of the parameters; no group is believed to be exact.
  const share = Math.max(degreesOfFreedom, 1) / Math.max(exact, 1)
  return sigma.map((value, m) => {
    const measure = problem.measures[m] as FitMeasure
    const group = measure.stated ? undefined : groups.get(nameOf(measure))
    if (group === undefined || group.count < 3) return value
    return value * Math.min(Math.max(Math.sqrt(group.squares / (group.count * share)), 0.05), 50)
  })
}

/** Above this the stated errors do not explain the scatter (one in a hundred, about). */
function mostReduced(degrees: number): number {
  // Wilson's and Hilferty's normal approximation of chi squared.
  const k = 2 / (9 * degrees)
  return (1 - k + 2.326 * Math.sqrt(k)) ** 3
}

function once(problem: FitProblem, from: Start, sigma: Float64Array): Solved {
  const { found, jacobian, answers } = minimise(problem, from, sigma)
  const { measures } = problem
  const free = found.atBound.filter((isHeld) => !isHeld).length
  const isExact = ({ limit }: FitMeasure) => limit === undefined
  const degreesOfFreedom = measures.filter(isExact).length - free
  const squares = found.residuals.reduce(
    (sum, r, m) => (isExact(measures[m] as FitMeasure) ? sum + r * r : sum),
    0,
  )
  const reduced = degreesOfFreedom > 0 ? squares / degreesOfFreedom : Number.NaN
  const stated = measures.every((measure) => measure.stated)
  const explained = stated && !(reduced > mostReduced(degreesOfFreedom))
  return {
    outcome: found.outcome === 'not-a-number' ? 'max-iterations' : found.outcome,
    ...(found.outcome === 'undetermined' ? { undetermined: found.at ?? 0 } : {}),
    parameters: found.parameters,
    atBound: found.atBound,
    answers,
    residuals: found.residuals,
    sigma,
    jacobian,
    ...(found.covariance === undefined ? {} : { covariance: found.covariance }),
    reduced,
    degreesOfFreedom,
    stated,
    variance: explained ? 1 : reduced,
  }
}

/**
 * Weighted least squares of a posed problem. Where groups have a scatter of their own, or limits of
 * detection stand beside numbers without a stated error, the weights come from the residuals of the
 * fit before, until they stand. A parameter that ran to its bound for want of tests leaves the
 * whole undetermined.
 */
export function solveFit(problem: FitProblem): Solved {
  const solved = settled(problem)
  if (solved.outcome !== 'converged') return solved
  // An error as wide as what is allowed: the tests say nothing, and a bound is no answer.
  const lost = problem.parameters.findIndex(
    ({ span }, j) => solved.atBound[j] === true && !(errorIfFree(problem, solved, j) < 0.25 * span),
  )
  return lost < 0 ? solved : { ...solved, outcome: 'undetermined', undetermined: lost }
}

function settled(problem: FitProblem): Solved {
  const sigma = Float64Array.from(problem.measures, (measure) => measure.sigma)
  let solved = once(problem, startOf(problem), sigma)
  const { scatter = 'common' } = problem.request
  const hasLimits = problem.measures.some(({ limit }) => limit !== undefined)
  if (scatter === 'common' && !hasLimits) return solved
  for (let turn = 0; turn < 12 && solved.degreesOfFreedom > 0 && !solved.stated; turn++) {
    const next = rescaled(problem, solved)
    const moved = next.reduce(
      (most, value, m) => Math.max(most, Math.abs(Math.log(value / (solved.sigma[m] as number)))),
      0,
    )
    if (moved < 5e-3) break
    solved = once(problem, { start: [...solved.parameters], answers: solved.answers }, next)
  }
  return solved
}

/** The standard error that a parameter would have if it were free, all others being free too. */
function errorIfFree(problem: FitProblem, { jacobian, variance }: Solved, j: number): number {
  const [rows, n] = [problem.measures.length, problem.parameters.length]
  const column = (k: number) =>
    Float64Array.from({ length: rows }, (_, m) => jacobian[m * n + k] as number)
  const dot = (a: Float64Array, b: Float64Array) =>
    a.reduce((sum, x, m) => sum + x * (b[m] as number), 0)
  const basis: Float64Array[] = []
  // Gram and Schmidt, the parameter in question last.
  const without = (v: Float64Array) => {
    let rest = v
    for (const unit of [...basis, ...basis]) {
      const part = dot(rest, unit)
      rest = rest.map((x, m) => x - part * (unit[m] as number))
    }
    return rest
  }
  for (let k = 0; k < n; k++) {
    if (k === j) continue
    const [whole, rest] = [column(k), without(column(k))]
    const size = Math.sqrt(dot(rest, rest))
    if (size > 1e-9 * Math.sqrt(dot(whole, whole))) basis.push(rest.map((x) => x / size))
  }
  const rest = without(column(j))
  return Math.sqrt(variance / dot(rest, rest))
}
