import {
  compileDistribution,
  type Covariance,
  type ExtractantSet,
  leastMeasured,
  type MeasuredRow,
  shakeout,
} from '../../chemistry/index.ts'
import { studentLimit } from '../../numerics/index.ts'
import { type FitPicture, pictureOf } from './isotherms.ts'
import { bySource, fittedMeasures, repeatsOf, warningsOf } from './judge.ts'
import type { FittedMeasure, Repeats, SourceFit } from './judge.ts'
import { covarianceOf, makeSet } from './make-set.ts'
import { elementsOf, type Skipped, sourceOf } from './measures.ts'
import { type FitProblem, keyOf, poseFit, type Problem } from './problem.ts'
import type { FitRequest } from './request.ts'
import { type Solved, solveFit } from './solve.ts'

export { extractantSetText } from './make-set.ts'
export { fittableModels } from './models.ts'
export type { FitPicture } from './isotherms.ts'
export type { FittedMeasure, SourceFit } from './judge.ts'
export type { FitRequest, Separation } from './request.ts'
export { readFitOptions, type FitOptions } from './options.ts'
export { readShakeoutTable } from './shakeout-table.ts'
export type { AddFinding, ShakeoutReading, TableLine } from './shakeout-table.ts'

/** A number of the set as fitted. */
export interface FittedNumber {
  /** `Nd.a`, `power`, or `Nd/Pr` for a separation factor that is held within limits. */
  readonly name: string
  readonly value: number
  /** Absent at a bound, and where the tests do not tell it. */
  readonly standardError?: number
  /** 95 % interval by Student's t. */
  readonly interval?: readonly [number, number]
  readonly atBound: boolean
}

/** One source predicted from a fit to all others. */
export interface LeftOut extends SourceFit {
  /** Why an element cannot be predicted without this source; then the figures are NaN. */
  readonly refused?: string
}

export interface Fit {
  readonly outcome: Solved['outcome']
  readonly set: ExtractantSet
  readonly numbers: readonly FittedNumber[]
  readonly covariance?: Covariance
  readonly correlation?: Covariance
  readonly degreesOfFreedom: number
  /** Residuals over errors, root mean square with degrees of freedom. */
  readonly scatter: number
  /** Errors of the numbers follow from stated errors, or from the scatter of the residuals. */
  readonly errors: 'stated' | 'scatter'
  readonly measures: readonly FittedMeasure[]
  readonly sources: readonly SourceFit[]
  /** Empty with one source. */
  readonly leftOut: readonly LeftOut[]
  /** With a separation factor held: the same without it held, and each source fitted alone. */
  readonly unconstrained: readonly SourceFit[]
  readonly alone: readonly SourceFit[]
  readonly repeats?: Repeats
  readonly picture: FitPicture
  readonly skipped: readonly Skipped[]
  readonly warnings: readonly string[]
}

export type FitAnswer =
  | { readonly ok: true; readonly fit: Fit }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Told what a fit is at: share done and words. */
export type FitProgress = (done: number, text: string) => void

/**
 * Constants of a distribution model from shake-out tests: weighted nonlinear least squares with
 * bounds, standard errors and covariance, residuals by source, each source predicted from the
 * others, outliers, and what the tests cannot tell. `source` names the fit in the set that it
 * makes. Refuses rows and wishes that do not go together, or too few measurements, with what to
 * change.
 */
export function fitConstants(
  rows: readonly MeasuredRow[],
  request: FitRequest,
  source: string,
  progress: FitProgress = () => undefined,
): FitAnswer {
  progress(0.1, `fitting ${rows.length} tests`)
  const answer = fitted(rows, request)
  if (!answer.ok) return answer
  const { problem, solved, measures } = answer
  const covariance = covarianceOf(problem, solved)
  const repeats = repeatsOf(problem, solved)
  const sources = [...new Set(problem.rows.map(sourceOf))]
  const leftOut =
    sources.length < 2
      ? []
      : sources.flatMap((name, k) => {
          progress(0.4 + (0.4 * k) / sources.length, `fitting without ${name}`)
          return withoutSource(problem, name)
        })
  const held = (request.separations ?? []).length > 0
  progress(0.9, 'judging')
  const fit: Fit = {
    outcome: solved.outcome,
    set: makeSet(problem, solved, source),
    numbers: numbersOf(problem, solved, covariance),
    ...(covariance === undefined ? {} : { covariance, correlation: correlationOf(covariance) }),
    degreesOfFreedom: solved.degreesOfFreedom,
    scatter: Math.sqrt(solved.reduced),
    errors: solved.stated && solved.variance === 1 ? 'stated' : 'scatter',
    measures,
    sources: bySource(problem.rows, solved.answers, problem.elements, leastOf(request)),
    leftOut,
    unconstrained: held ? refitted(problem.rows, { ...request, separations: [] }) : [],
    alone: sources.length < 2 ? [] : sources.flatMap((name) => alone(problem, name)),
    ...(repeats === undefined ? {} : { repeats }),
    picture: pictureOf(problem, solved),
    skipped: problem.skipped,
    warnings: warningsOf(problem, solved, measures),
  }
  progress(1, '')
  return { ok: true, fit }
}

/** The fit, without its outliers where that is asked: they are sought again after each time. */
function fitted(rows: readonly MeasuredRow[], request: FitRequest) {
  const leaveOut = new Set(request.leaveOut)
  for (let turn = 0; ; turn++) {
    const posed = poseFit(rows, { ...request, leaveOut })
    if (!posed.ok) return posed
    const { problem } = posed
    const solved = solveFit(problem)
    const measures = fittedMeasures(problem, solved)
    const outliers = measures.filter(({ outlier }) => outlier)
    if (request.leaveOutOutliers !== true || outliers.length === 0 || turn === mostTurns) {
      return { ok: true, problem, solved, measures } as const
    }
    for (const { place } of outliers) leaveOut.add(place)
  }
}

const mostTurns = 5

const leastOf = ({ leastD = leastMeasured }: FitRequest) => leastD

function numbersOf(problem: FitProblem, solved: Solved, covariance: Covariance | undefined) {
  const { set, t } = {
    set: problem.setAt(solved.parameters),
    t: solved.degreesOfFreedom > 0 ? studentLimit(0.05, solved.degreesOfFreedom) : 0,
  }
  // Stated errors are known: the normal limit.
  const limit = solved.stated && solved.variance === 1 ? studentLimit(0.05, 1e7) : t
  const numbers = problem.quantities
    .filter(({ terms }) => terms.length > 0)
    .map((quantity): FittedNumber => {
      const { element, name } = quantity
      const record = element === undefined ? set.constants : set.parameters[element]
      const value = record?.[name]?.value ?? Number.NaN
      const at = covariance?.names.indexOf(keyOf(quantity)) ?? -1
      const error = at < 0 ? 0 : Math.sqrt(covariance?.matrix[at]?.[at] ?? 0)
      const atBound = solved.atBound[quantity.terms[0]?.[0] ?? -1] === true
      if (!(error > 0)) return { name: keyOf(quantity), value, atBound }
      const interval = [value - limit * error, value + limit * error] as const
      return { name: keyOf(quantity), value, standardError: error, interval, atBound }
    })
  return [...numbers, ...ratiosOf(problem, solved, limit)]
}

/** The separation factors that are held within limits; their parameter is a logarithm. */
function ratiosOf(problem: FitProblem, solved: Solved, limit: number): readonly FittedNumber[] {
  const n = problem.parameters.length
  return problem.parameters.flatMap(({ name }, j) => {
    if (!name.includes('/')) return []
    const log = solved.parameters[j] as number
    const error = Math.sqrt(solved.variance * (solved.covariance?.[j * n + j] ?? 0))
    const [value, atBound] = [10 ** log, solved.atBound[j] === true]
    if (!(error > 0)) return [{ name, value, atBound }]
    const interval = [10 ** (log - limit * error), 10 ** (log + limit * error)] as const
    return [{ name, value, standardError: value * Math.LN10 * error, interval, atBound }]
  })
}

function correlationOf({ names, matrix }: Covariance): Covariance {
  const deviation = matrix.map((row, j) => Math.sqrt(row[j] ?? 0))
  const scaled = matrix.map((row, j) =>
    row.map((value, k) => {
      const product = (deviation[j] as number) * (deviation[k] as number)
      return product > 0 ? value / product : j === k ? 1 : 0
    }),
  )
  return { names, matrix: scaled }
}

/** By source and element after another fit to some rows; empty where that fit is refused. */
function refitted(rows: readonly MeasuredRow[], request: FitRequest): readonly SourceFit[] {
  const posed = poseFit(rows, request)
  if (!posed.ok) return []
  const { problem } = posed
  const { answers } = solveFit(problem)
  return bySource(problem.rows, answers, problem.elements, leastOf(request))
}

/** One source fitted by itself, for the elements that it measured. */
function alone({ rows, request, elements }: FitProblem, name: string): readonly SourceFit[] {
  const own = rows.filter((row) => sourceOf(row) === name)
  const measured = elements.filter((el) =>
    own.some((r) => r.measured.some((m) => m.element === el)),
  )
  return refitted(own, { ...request, elements: measured, separations: [] })
}

/** The rows of one source predicted by a fit to the others. */
function withoutSource(problem: FitProblem, name: string): readonly LeftOut[] {
  const { rows, request, elements } = problem
  const own = rows.filter((row) => sourceOf(row) === name)
  const others = rows.filter((row) => sourceOf(row) !== name)
  const measured = elements.filter((el) =>
    others.some((row) => row.measured.some((m) => m.element === el)),
  )
  const asked = elements.filter((el) => own.some((r) => r.measured.some((m) => m.element === el)))
  const refuse = (element: string, refused: string): LeftOut => {
    return { source: name, element, count: 0, rms: Number.NaN, bias: Number.NaN, refused }
  }
  const separations = (request.separations ?? []).filter(
    ({ over, under }) => measured.includes(over) && measured.includes(under),
  )
  const posed = poseFit(others, { ...request, elements: measured, separations })
  if (!posed.ok) {
    const why = posed.problems[0]?.message ?? 'the others do not suffice'
    return asked.map((element) => refuse(element, why))
  }
  const set = posed.problem.setAt(solveFit(posed.problem).parameters)
  const known = own.filter((row) => elementsOf(row).every((el) => el in set.parameters))
  const answers = known.map((row) => shakeout(row, compileDistribution(set, elementsOf(row))))
  const found = bySource(known, answers, measured, leastOf(request))
  const lost = asked.filter((el) => !found.some(({ element }) => element === el))
  return [...found, ...lost.map((el) => refuse(el, 'no other source measured it'))]
}
