import { type MeasuredRow, measuredDistribution } from '../../chemistry/index.ts'
import { median, ratioTail, studentLimit } from '../../numerics/index.ts'
import { predicted } from './equations.ts'
import { imbalances, sourceOf } from './measures.ts'
import type { FitProblem } from './problem.ts'
import type { Solved } from './solve.ts'

/** One measured number beside what the fit says. */
export interface FittedMeasure {
  readonly place: string
  readonly source: string
  readonly of: 'D' | 'aqueous' | 'organic' | 'pH'
  readonly element?: string
  /** mol/L, D or pH. */
  readonly measured: number
  readonly limit?: 'below' | 'above'
  readonly predicted: number
  /** log10 of predicted over measured; a difference for pH. */
  readonly deviation: number
  /** Over the standard deviation of a residual, the row itself left out of it (externally). */
  readonly studentised: number
  readonly outlier: boolean
}

/** Variances of the residuals left by the fit, and the ones a row would have if it were new. */
function studentised(problem: FitProblem, solved: Solved): readonly number[] {
  const count = problem.parameters.length
  const { residuals, jacobian, covariance, degreesOfFreedom: degrees, reduced, stated } = solved
  return problem.measures.map(({ limit }, m) => {
    if (limit !== undefined || covariance === undefined || !(degrees > 1)) return 0
    let leverage = 0
    for (let j = 0; j < count; j++) {
      for (let k = 0; k < count; k++) {
        const both = (jacobian[m * count + j] as number) * (jacobian[m * count + k] as number)
        leverage += both * (covariance[j * count + k] as number)
      }
    }
    const kept = Math.max(1 - leverage, 1e-9)
    const r = residuals[m] as number
    const others = (reduced * degrees - (r * r) / kept) / (degrees - 1)
    const variance = stated ? Math.max(solved.variance, 1) : others
    return r / Math.sqrt(kept * Math.max(variance, 1e-30))
  })
}

/** A robust standard deviation (from the median size), of residuals of one element. */
function robustScatter(problem: FitProblem, solved: Solved) {
  const groups = new Map<string, number[]>()
  const nameOf = (m: number) => {
    const { element = 'pH', of, source } = problem.measures[m] as FitProblem['measures'][number]
    return `${element} ${of} ${source}`
  }
  for (const [m, { limit }] of problem.measures.entries()) {
    if (limit !== undefined) continue
    const sizes = groups.get(nameOf(m)) ?? []
    sizes.push(Math.abs(solved.residuals[m] as number))
    groups.set(nameOf(m), sizes)
  }
  // 1.4826 times the median size is the standard deviation of normal errors.
  const scatter = new Map(
    [...groups].map(([name, sizes]) => [
      name,
      sizes.length < 8 ? Number.POSITIVE_INFINITY : 1.4826 * median(sizes),
    ]),
  )
  return (m: number) => scatter.get(nameOf(m)) ?? Number.POSITIVE_INFINITY
}

/**
 * Every measured number with its prediction. An outlier is one whose residual would come once in
 * twenty such tables by chance (Bonferroni on Student's t), or is four robust deviations of its own
 * element and source away: one wild number hides behind the scatter that it makes itself.
 */
export function fittedMeasures(problem: FitProblem, solved: Solved): readonly FittedMeasure[] {
  const t = studentised(problem, solved)
  const scatter = robustScatter(problem, solved)
  const exact = problem.measures.filter(({ limit }) => limit === undefined).length
  const degrees = solved.degreesOfFreedom - 1
  const most = degrees > 0 ? studentLimit(0.05 / exact, degrees) : Number.POSITIVE_INFINITY
  return problem.measures.map((measure, m) => {
    const { of, element, source, limit } = measure
    const row = problem.rows[measure.row] as MeasuredRow
    const answer = solved.answers[measure.row] as Solved['answers'][number]
    const prediction = predicted(measure, answer)
    const gap = prediction - measure.value
    const plain = (value: number) => (of === 'pH' ? value : Math.exp(value))
    const wild = Math.abs(solved.residuals[m] as number) > 4 * scatter(m)
    return {
      place: row.place,
      source,
      of,
      ...(element === undefined ? {} : { element }),
      measured: plain(measure.value),
      ...(limit === undefined ? {} : { limit }),
      predicted: plain(prediction),
      deviation: of === 'pH' ? gap : gap / Math.LN10,
      studentised: t[m] as number,
      outlier: limit === undefined && (Math.abs(t[m] as number) > most || wild),
    }
  })
}

/** How well the D of one element are met in the rows of one source. */
export interface SourceFit {
  readonly source: string
  readonly element: string
  readonly count: number
  /** Root mean square and mean of log10 of predicted over measured D. */
  readonly rms: number
  readonly bias: number
}

/** By source and element, over the rows that the fit used: D as measured, or from the phases. */
export function bySource(
  rows: readonly MeasuredRow[],
  answers: Solved['answers'],
  elements: readonly string[],
  leastD: number,
): readonly SourceFit[] {
  const groups = new Map<string, { source: string; element: string; gaps: number[] }>()
  for (const [index, row] of rows.entries()) {
    for (const element of elements) {
      const measured = measuredDistribution(row, element)
      const D = answers[index]?.D[element]
      if (measured === undefined || D === undefined || measured < leastD) continue
      const source = sourceOf(row)
      const key = `${source}\n${element}`
      const group = groups.get(key) ?? { source, element, gaps: [] }
      group.gaps.push(Math.log10(D / measured))
      groups.set(key, group)
    }
  }
  return [...groups.values()].map(({ source, element, gaps }) => {
    const mean = (of: (gap: number) => number) =>
      gaps.reduce((sum, gap) => sum + of(gap), 0) / gaps.length
    const rms = Math.sqrt(mean((gap) => gap * gap))
    return { source, element, count: gaps.length, rms, bias: mean((gap) => gap) }
  })
}

/** Repeated tests: how much of the scatter is error, and whether the model misses more. */
export interface Repeats {
  readonly tests: number
  readonly degreesOfFreedom: number
  /** Standard deviation of one repeat over the errors as weighted. */
  readonly scatter: number
  /** Probability that a model which is right misses by as much as this one. */
  readonly probability: number
}

/** Fisher's test of lack of fit against the pure error of repeats; undefined without repeats. */
export function repeatsOf(problem: FitProblem, solved: Solved): Repeats | undefined {
  const groups = new Map<string, number[]>()
  for (const [m, { row, of, element, limit }] of problem.measures.entries()) {
    if (limit !== undefined) continue
    const { extractant, hydrogenFeed, phaseRatio, feed, organicFeed, pH, saponified, sulfate } =
      problem.rows[row] as MeasuredRow
    const imposed = hydrogenFeed === undefined ? pH : undefined
    const conditions = [extractant, hydrogenFeed, phaseRatio, feed, organicFeed, imposed]
    const key = JSON.stringify([of, element, conditions, saponified, sulfate])
    const group = groups.get(key) ?? []
    group.push(solved.residuals[m] as number)
    groups.set(key, group)
  }
  let [squares, degrees, tests] = [0, 0, 0]
  for (const group of groups.values()) {
    if (group.length < 2) continue
    const mean = group.reduce((sum, r) => sum + r, 0) / group.length
    squares += group.reduce((sum, r) => sum + (r - mean) ** 2, 0)
    degrees += group.length - 1
    tests += group.length
  }
  const missed = solved.degreesOfFreedom - degrees
  if (degrees < 2 || missed < 1 || squares === 0) return undefined
  const total = solved.reduced * solved.degreesOfFreedom
  const F = (total - squares) / missed / (squares / degrees)
  const probability = ratioTail(F, missed, degrees)
  return { tests, degreesOfFreedom: degrees, scatter: Math.sqrt(squares / degrees), probability }
}

/** What the fit cannot know and what of the table is suspect, in sentences. */
export function warningsOf(
  problem: FitProblem,
  solved: Solved,
  fitted: readonly FittedMeasure[],
): readonly string[] {
  return [
    ...unknowable(problem, solved),
    ...strained(problem),
    ...scatterWarnings(problem, solved),
    ...fitted.filter(({ outlier }) => outlier).map(outlierText),
    ...imbalances(problem.rows).map(
      ({ place, element, gap }) =>
        `${place}: the ${element} of both phases is ${(100 * Math.abs(gap)).toFixed(0)} % ` +
        `${gap > 0 ? 'more' : 'less'} than what was brought: an assay or the phase ratio is wrong`,
    ),
    ...troubled(problem, solved),
  ]
}

function outlierText({ place, of, element = '', measured, predicted, studentised }: FittedMeasure) {
  const what = `${element} ${of}`.trim()
  return (
    `${place}: ${what} ${measured.toPrecision(4)} is an outlier (fit ${predicted.toPrecision(4)}, ` +
    `${Math.abs(studentised).toFixed(1)} deviations); look it up, or --leave-out ${place}`
  )
}

/** Parameters at a bound. */
function bounded(problem: FitProblem, solved: Solved): string[] {
  return problem.parameters.flatMap(({ name, low, learn }, j) => {
    if (solved.atBound[j] !== true || j === solved.undetermined) return []
    const value = solved.parameters[j] as number
    const isLow = value <= low
    const bound = Number((name.includes('/') ? 10 ** value : value).toPrecision(4))
    return (
      `${name} ended on its ${isLow ? 'lower' : 'upper'} bound ${bound}: the tests ask for ` +
      `${isLow ? 'less' : 'more'}; its error is not estimated. Widen the bound if that is ` +
      `possible, or add ${learn}`
    )
  })
}

/** Parameters at a bound, not determined, or determined only together. */
function unknowable(problem: FitProblem, solved: Solved): string[] {
  const { covariance } = solved
  const said = bounded(problem, solved)
  const n = problem.parameters.length
  const lost =
    solved.undetermined === undefined ? undefined : problem.parameters[solved.undetermined]
  if (lost !== undefined) {
    said.push(
      `${lost.name} (${lost.about}) cannot be told from the others by these tests: fix it ` +
        `(--fix ${lost.name}=...), or add ${lost.learn}`,
    )
  }
  if (covariance === undefined) return said
  const deviation = (j: number) => Math.sqrt(covariance[j * n + j] as number)
  for (const [j, one] of problem.parameters.entries()) {
    if (one.name.includes('.')) continue
    const twins = problem.parameters.filter((_, k) => {
      const product = deviation(j) * deviation(k)
      const r = product > 0 ? (covariance[j * n + k] as number) / product : 0
      return k !== j && Math.abs(r) > 0.95
    })
    if (twins.length === 0) continue
    said.push(
      `${one.name} and ${twins.map(({ name }) => name).join(', ')} are known only together ` +
        `(correlation above 0.95): use them together, and for each alone add ${one.learn}`,
    )
  }
  const scale = Math.sqrt(solved.variance)
  for (const [j, { name, span, learn }] of problem.parameters.entries()) {
    const error = deviation(j) * scale
    const isLevel = name.endsWith(`.${problem.model.level.name}`)
    if (!(error > (isLevel ? 0.15 : 0.1 * span))) continue
    const factor = isLevel ? ` (a factor of ${(10 ** error).toFixed(1)} in D)` : ''
    said.push(`${name} is known to ${error.toPrecision(2)} only${factor}: add ${learn}`)
  }
  return said
}

/** Constants of a base set belong to its own powers; fitted ones leave them behind. */
function strained({ request, elements, parameters, model }: FitProblem): string[] {
  const { base } = request
  const kept = Object.keys(base?.parameters ?? {}).filter((el) => !elements.includes(el))
  const names = model.shared.map(({ name }) => name)
  const moved = parameters.filter(({ name }) => names.includes(name)).map(({ name }) => name)
  const changed = names.filter((name) => {
    const asked = request.fix?.[name]
    return asked !== undefined && asked !== (base?.constants[name]?.value ?? asked)
  })
  const all = [...moved, ...changed]
  if (kept.length === 0 || all.length === 0) return []
  return [
    `${all.join(', ')} is not as in ${base?.id ?? 'the base'}, so the constants of ${kept.join(' ')} ` +
      'that are kept from it no longer give its D: fit them too, or leave that number as it is',
  ]
}

function scatterWarnings(problem: FitProblem, solved: Solved): string[] {
  const { stated, degreesOfFreedom: degrees, reduced, variance } = solved
  const said: string[] = []
  if (degrees === 0) {
    said.push(
      'as many measurements as unknowns: the fit goes through every point and no error can be ' +
        'estimated; measure more, or state the errors of the measurements',
    )
  } else if (degrees < 5 && !stated) {
    said.push(
      `only ${degrees} more measurements than unknowns: the intervals are wide because the scatter ` +
        'itself is hardly known',
    )
  }
  if (stated && variance > 1) {
    said.push(
      `the residuals are ${Math.sqrt(reduced).toFixed(1)} times the stated errors: these are too ` +
        'small or the model misses something; the errors of the constants are scaled up by that',
    )
  }
  const repeats = repeatsOf(problem, solved)
  if (repeats !== undefined && repeats.probability < 0.01) {
    said.push(
      `the fit misses repeated tests by more than they differ among themselves (probability ` +
        `${repeats.probability.toPrecision(1)} by chance): the model lacks something that the tests ` +
        'vary; free a slope or a power, or split the range',
    )
  }
  const kinds = new Set(problem.measures.map(({ of }) => of))
  if (!stated && kinds.size > 1) {
    said.push(
      `${[...kinds].join(', ')} are weighed against each other by assumed errors where none is ` +
        'stated; columns such as "Nd D ± %" state them',
    )
  }
  return said
}

function troubled(problem: FitProblem, { answers }: Solved): string[] {
  const said = new Map<string, string[]>()
  for (const [index, { outcome }] of answers.entries()) {
    if (outcome === 'converged') continue
    const places = said.get(outcome) ?? []
    places.push(problem.rows[index]?.place ?? '')
    said.set(outcome, places)
  }
  return [...said].map(
    ([outcome, places]) => `${places.slice(0, 5).join(', ')}: ${outcome.replaceAll('-', ' ')}`,
  )
}
