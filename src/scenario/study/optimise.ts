import { boxOptimum, wholeSearch, type Optimum, type Worth } from '../../numerics/index.ts'
import type { FlowsheetSolution } from '../../flowsheet/index.ts'
import type { Condition } from '../measure.ts'
import { satisfies, toleranceOf } from '../measure-value.ts'
import { inUnit, shown, type Parameter } from './parameters.ts'
import type { Requirement, Result } from './results.ts'
import type { Move } from './moved-plant.ts'
import { isSolved, solveCase, type Study } from './what-if.ts'

/** A parameter that may be moved between bounds, SI. */
export interface Freedom {
  readonly parameter: Parameter
  readonly low: number
  readonly high: number
}

/** A part of the objective: a result in its unit, or a parameter in its, times a weight. */
export interface Term {
  readonly weight: number
  readonly of: Result | Parameter
}

export interface OptimiseRequest {
  readonly freedoms: readonly Freedom[]
  readonly terms: readonly Term[]
  readonly sense: 'minimise' | 'maximise'
  readonly requirements: readonly Requirement[]
  /** Solutions of the plant that may be asked for. */
  readonly most: number
}

export interface OptimumReport {
  readonly schema: 'didymium/optimise@1'
  readonly plant: string
  readonly outcome: 'optimal' | 'infeasible' | 'max-evaluations'
  /** What it means in words, and what to change where there is no answer. */
  readonly text: string
  readonly objective: {
    readonly text: string
    readonly before: number | null
    readonly value: number
  }
  readonly parameters: readonly {
    readonly path: string
    readonly unit: string
    readonly before: number
    readonly value: number
    readonly low: number
    readonly high: number
    readonly binds: 'low' | 'high' | null
  }[]
  readonly requirements: readonly {
    readonly requirement: string
    readonly unit: string
    readonly before: number | null
    readonly value: number
    readonly met: boolean
    readonly binds: boolean
    /** Change of the objective for each unit by which the requirement is relaxed. */
    readonly price: number
  }[]
  /** Solutions of the plant that it took, and choices of whole numbers that were compared. */
  readonly evaluations: number
  readonly choices: number
}

interface Point {
  readonly worth: Worth
  readonly values: readonly number[]
  readonly solved: FlowsheetSolution
}

interface Inner {
  readonly feasible: boolean
  readonly objective: number
  readonly miss: number
  readonly optimum: Optimum
  readonly point: Point
  readonly moves: readonly Move[]
}

const isResult = (of: Result | Parameter): of is Result => 'measure' in of

/** A requirement as a margin that shall not be negative; an equation is two. */
function marginsOf(condition: Condition, value: number): readonly number[] {
  const over = value - condition.target
  if (condition.comparison === '>=') return [over]
  return condition.comparison === '<='
    ? [-over]
    : [over + toleranceOf(condition), toleranceOf(condition) - over]
}

/** All that one search hands around. */
interface Search {
  readonly study: Study
  readonly request: OptimiseRequest
  readonly told: (done: number, objective: number) => void
  evaluations: number
}

/** What the plant answers with its freedoms set; null where it has no solution. */
function ask(search: Search, moves: readonly Move[], from?: FlowsheetSolution): Point | null {
  const { study, request } = search
  search.evaluations++
  const results = request.terms.flatMap(({ of }) => (isResult(of) ? [of.measure] : []))
  const measures = [...results, ...request.requirements.map(({ result }) => result.measure)]
  const found = solveCase(study, moves, measures, from)
  if (!isSolved(found)) return null
  const { values } = found
  let next = 0
  const sum = request.terms.reduce((total, { weight, of }) => {
    if (isResult(of)) return total + weight * of.factor * (values[next++] as number)
    const moved = moves.find(({ parameter }) => parameter.path === of.path)?.value ?? of.value
    return total + weight * inUnit(moved, of, study.plant)
  }, 0)
  const margins = request.requirements.flatMap(({ condition }, k) =>
    marginsOf(condition, values[next + k] as number),
  )
  const objective = request.sense === 'minimise' ? sum : -sum
  return { worth: { objective, margins }, values, solved: found.solved }
}

/** The best of the continuous freedoms for a choice of the whole ones. */
function inner(search: Search, whole: readonly number[], best?: Inner): Inner {
  const { study, request } = search
  const wholes = request.freedoms.filter(({ parameter }) => parameter.whole)
  const smooth = request.freedoms.filter(({ parameter }) => !parameter.whole)
  const chosen = wholes.map(({ parameter }, k): Move => ({ parameter, value: whole[k] as number }))
  const movesAt = (point: readonly number[]) => [
    ...smooth.map(({ parameter, low, high }, k): Move => {
      const u = point[k] as number
      return { parameter, value: u <= 0 ? low : u >= 1 ? high : low + u * (high - low) }
    }),
    ...chosen,
  ]
  const known = new Map<string, Point>()
  let from = best?.point.solved ?? study.base.solved
  const worth = (point: readonly number[]) => {
    const found = ask(search, movesAt(point), from)
    if (found === null) return null
    // Slopes start from the point that they are slopes of; another point becomes the start.
    known.set(point.join(), found)
    from = found.solved
    search.told(search.evaluations, found.worth.objective)
    return found.worth
  }
  const place = ({ parameter, low, high }: Freedom) => (parameter.value - low) / (high - low)
  const start = best === undefined ? smooth.map(place) : best.optimum.point
  const left = Math.max(2, request.most - search.evaluations)
  const optimum = boxOptimum(
    { worth, start },
    { evaluations: left, ...(best === undefined ? {} : { radius: 0.05 }) },
  )
  const point = known.get(optimum.point.join())
  const nowhere: Point = {
    worth: optimum.worth,
    values: [],
    solved: from,
  }
  return {
    feasible: optimum.outcome === 'optimal' || keeps(request, point),
    objective: optimum.worth.objective,
    miss: point === undefined ? Number.POSITIVE_INFINITY : missOf(request, point),
    optimum,
    point: point ?? nowhere,
    moves: movesAt(optimum.point),
  }
}

const valueOf = ({ terms }: OptimiseRequest, { values }: Point, requirement: number) =>
  values[terms.filter(({ of }) => isResult(of)).length + requirement] ?? Number.NaN

const keeps = (request: OptimiseRequest, point: Point | undefined) =>
  point !== undefined &&
  request.requirements.every(({ condition }, k) =>
    satisfies(condition, valueOf(request, point, k), toleranceOf(condition)),
  )

/** Worst relative miss of a requirement. */
const missOf = (request: OptimiseRequest, point: Point) =>
  request.requirements.reduce((worst, { condition }, k) => {
    const margins = marginsOf(condition, valueOf(request, point, k))
    const size = Math.max(Math.abs(condition.target), 1e-9)
    return Math.max(worst, -Math.min(...margins) / size)
  }, 0)

/**
 * Moves parameters of a plant within bounds to the least or greatest objective that keeps the
 * requirements: continuous parameters by sequential quadratic programming on differences, whole
 * ones by descent around it. Specifications of the plant are held all the while. Says what binds
 * and what it costs; where nothing keeps the requirements, what is nearest.
 */
export function optimise(
  study: Study,
  request: OptimiseRequest,
  told: (done: number, objective: number) => void = () => undefined,
): OptimumReport {
  const search: Search = { study, request, told, evaluations: 0 }
  const before = ask(search, [])
  const wholes = request.freedoms.filter(({ parameter }) => parameter.whole)
  const ranges = wholes.map(({ parameter, low, high }) => ({ start: parameter.value, low, high }))
  const found = wholeSearch(ranges, (whole, best?: Inner) => {
    if (search.evaluations < request.most) return inner(search, whole, best)
    return best ?? inner(search, whole)
  })
  const isCut = search.evaluations >= request.most || !found.isComplete
  return reportOf(search, found.answer, before, found.tried, isCut)
}

function reportOf(
  search: Search,
  { optimum, point, moves, feasible }: Inner,
  before: Point | null,
  choices: number,
  isCut: boolean,
): OptimumReport {
  const { study, request, evaluations } = search
  const sign = request.sense === 'minimise' ? 1 : -1
  const outcome = !feasible ? 'infeasible' : isCut ? 'max-evaluations' : 'optimal'
  const parameters = request.freedoms.map(({ parameter, low, high }) => {
    const value = moves.find((m) => m.parameter.path === parameter.path)?.value ?? parameter.value
    const near = 1e-4 * (high - low)
    const binds = value <= low + near ? 'low' : value >= high - near ? 'high' : null
    const [a, b, c, d] = [parameter.value, value, low, high].map((v) =>
      inUnit(v, parameter, study.plant),
    ) as [number, number, number, number]
    return {
      path: parameter.path,
      unit: parameter.unit,
      before: a,
      value: b,
      low: c,
      high: d,
      binds,
    } as const
  })
  let row = 0
  const requirements = request.requirements.map(({ condition, result }, k) => {
    const value = valueOf(request, point, k)
    const count = condition.comparison === '=' ? 2 : 1
    const own = optimum.prices.slice(row, row + count)
    row += count
    // Where nothing is feasible a price is that of the miss, not of the requirement.
    const price = feasible ? own.reduce((sum, p) => sum + p, 0) : 0
    return {
      requirement: condition.text,
      unit: result.unit,
      before: before === null ? null : valueOf(request, before, k) * result.factor,
      value: value * result.factor,
      met: satisfies(condition, value, toleranceOf(condition)),
      binds: price > 0,
      price: (-sign * price) / result.factor,
    }
  })
  return {
    schema: 'didymium/optimise@1',
    plant: study.plant.hash,
    outcome,
    text: sentence(search, outcome, parameters, requirements),
    objective: {
      text: request.terms.map(termText).join(' + '),
      before: before === null ? null : sign * before.worth.objective,
      value: sign * point.worth.objective,
    },
    parameters,
    requirements,
    evaluations,
    choices,
  }
}

const termText = ({ weight, of }: Term) => {
  const name = isResult(of) ? of.text : of.path
  const unit = of.unit === '' ? '' : ` (${of.unit})`
  return weight === 1 ? `${name}${unit}` : `${weight} * ${name}${unit}`
}

function sentence(
  { request, study }: Search,
  outcome: OptimumReport['outcome'],
  parameters: OptimumReport['parameters'],
  requirements: OptimumReport['requirements'],
): string {
  const at = parameters.flatMap(({ path, binds }, k) => {
    const freedom = request.freedoms[k]
    if (binds === null || freedom === undefined) return []
    const bound = binds === 'low' ? freedom.low : freedom.high
    return [
      `${path} at its ${binds === 'low' ? 'lower' : 'upper'} bound ${shown(bound, freedom.parameter, study.plant)}`,
    ]
  })
  const missed = requirements.filter(({ met }) => !met)
  if (outcome === 'infeasible') {
    if (missed.some(({ value }) => Number.isNaN(value))) {
      return 'the plant has no solution where the search begins: bounds around what the file says'
    }
    const which = missed.map(({ requirement, value, unit }) => {
      const reached = `${Number(value.toPrecision(6))}${unit === '' ? '' : ` ${unit}`}`
      return `${requirement} (${reached} is reached)`
    })
    const where = at.length > 0 ? `; ${at.join(', ')}: widen it` : '; free another parameter'
    return `nothing within the bounds keeps ${which.join(' and ')}${where}, or ask for less`
  }
  const binding = requirements.filter(({ binds }) => binds).map(({ requirement }) => requirement)
  const all = [...binding, ...at]
  const what = all.length === 0 ? 'nothing binds' : `what binds: ${all.join('; ')}`
  return outcome === 'optimal' ? what : `stopped before the end (--evaluations); ${what}`
}
