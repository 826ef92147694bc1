import { inUnit, type Parameter } from './parameters.ts'
import type { Result } from './results.ts'
import type { Move } from './moved-plant.ts'
import { isSolved, solveCase, type Case, type Study } from './what-if.ts'

/** A derivative of a result to a parameter, in the units of both. */
export interface Slope {
  readonly result: string
  /** Null where a case that it needs has no solution. */
  readonly slope: number | null
  /** What the derivative may be off by: the difference of two step lengths. */
  readonly error: number
  /** Per cent of the result per per cent of the parameter; null where one of them is zero. */
  readonly elasticity: number | null
  /** The result with the parameter moved down and up by `move`; null without a solution. */
  readonly low: number | null
  readonly high: number | null
}

export interface ParameterSensitivity {
  readonly parameter: string
  readonly unit: string
  readonly value: number
  /** Its move for `low` and `high`: its standard uncertainty, or a share of its value. */
  readonly move: number
  readonly slopes: readonly Slope[]
  /** Why a case has no solution; empty where all have. */
  readonly failures: readonly string[]
}

/** Derivatives and moves of results, all in the units beside them. */
export interface Sensitivity {
  readonly schema: 'didymium/sensitivity@1'
  readonly plant: string
  readonly results: readonly {
    readonly result: string
    readonly unit: string
    readonly base: number
  }[]
  readonly parameters: readonly ParameterSensitivity[]
}

/** Step of the differences as a share of the parameter: long against the solver's closure. */
const differenceStep = 1e-3

/** What a parameter is measured by where it is moved by a share of itself. */
function sizeOf({ value, min, max, deviation }: Parameter): number {
  if (value !== 0) return Math.abs(value)
  const span = max - min
  return deviation ?? (Number.isFinite(span) ? span : 1)
}

/**
 * Derivatives of results to parameters by central differences at two step lengths, extrapolated
 * (L. F. Richardson, Phil. Trans. R. Soc. A 210 (1911) 307), their disagreement as the error;
 * whole numbers by one up and one down. Every parameter is also moved as far as it is uncertain, or
 * by the share `by` of its value. `told` hears of each parameter that is done.
 */
export function sensitivity(
  study: Study,
  parameters: readonly Parameter[],
  results: readonly Result[],
  by: number,
  told: (done: number) => void = () => undefined,
): Sensitivity {
  const { plant } = study
  const base = valuesOf(solveCase(study, [], measuresOf(results)), results)
  return {
    schema: 'didymium/sensitivity@1',
    plant: plant.hash,
    results: results.map(({ text, unit }, k) => ({
      result: text,
      unit,
      base: base[k] ?? Number.NaN,
    })),
    parameters: parameters.map((parameter, k) => {
      const found = ofParameter(study, parameter, results, base, by)
      told(k + 1)
      return found
    }),
  }
}

const measuresOf = (results: readonly Result[]) => results.map(({ measure }) => measure)

/** Values in the units of the results; NaN where there is none. */
function valuesOf(found: Case, results: readonly Result[]): readonly number[] {
  return results.map(({ factor }, k) =>
    isSolved(found) ? (found.values[k] as number) * factor : Number.NaN,
  )
}

/** A point beside the base that differences are made with. */
interface Beside {
  readonly at: number
  readonly values: readonly number[]
}

function ofParameter(
  study: Study,
  parameter: Parameter,
  results: readonly Result[],
  base: readonly number[],
  by: number,
): ParameterSensitivity {
  const { plant } = study
  const failures = new Set<string>()
  const solve = (value: number): Beside => {
    if (value === parameter.value) return { at: value, values: base }
    const found = solveCase(study, [{ parameter, value }], measuresOf(results))
    if (!isSolved(found)) failures.add(found.detail)
    return { at: value, values: valuesOf(found, results) }
  }
  const { value, min, max, whole } = parameter
  const within = (at: number) => Math.min(max, Math.max(min, at))
  const share = by * sizeOf(parameter)
  const move = whole ? Math.max(1, Math.round(share)) : (parameter.deviation ?? share)
  const [low, high] = [solve(within(value - move)), solve(within(value + move))]
  const steps = whole ? [1] : [differenceStep, differenceStep / 2].map((s) => s * sizeOf(parameter))
  const pairs = steps.map((h) => [solve(within(value - h)), solve(within(value + h))] as const)
  const here = { at: value, values: base }
  const inUnits = (si: number) =>
    inUnit(value + si, parameter, plant) - inUnit(value, parameter, plant)
  const scale = inUnits(1)
  const slopes = results.map(({ text }, k): Slope => {
    const found = pairs.map(([below, above]) => difference(below, here, above, k))
    const { slope, error } = extrapolated(found)
    const elasticity = (slope * value) / (base[k] as number)
    return {
      result: text,
      slope: orNull(slope / scale),
      error: Math.abs(error / scale),
      elasticity: orNull(elasticity),
      low: orNull(low.values[k] as number),
      high: orNull(high.values[k] as number),
    }
  })
  return {
    parameter: parameter.path,
    unit: parameter.unit,
    value: inUnit(value, parameter, plant),
    move: inUnits(move),
    slopes,
    failures: [...failures],
  }
}

const orNull = (value: number) => (Number.isFinite(value) ? value : null)

/** Slope between two points, or between one and the base where the other is none. */
function difference(below: Beside, here: Beside, above: Beside, k: number): number {
  const known = [below, here, above].filter(({ values }) => Number.isFinite(values[k]))
  const [first, last] = [known[0], known.at(-1)]
  if (first === undefined || last === undefined || first.at === last.at) return Number.NaN
  return ((last.values[k] as number) - (first.values[k] as number)) / (last.at - first.at)
}

/** The slope for a step of length zero, from those of a step and of half of it. */
function extrapolated([whole = Number.NaN, half]: readonly number[]) {
  if (half === undefined) return { slope: whole, error: 0 }
  const slope = (4 * half - whole) / 3
  return { slope, error: slope - half }
}

/** One row of a case table: what was set, and what came of it. */
export interface CaseRow {
  readonly moves: readonly Move[]
  /** In the units of the results; empty where there is no solution. */
  readonly values: readonly (number | null)[]
  readonly outcome: string
  /** Why there is no solution; empty where there is one. */
  readonly detail: string
}

/** Solves case after case, each from the one before it that had a solution. */
export function solveCases(
  study: Study,
  cases: readonly (readonly Move[])[],
  results: readonly Result[],
  told: (done: number) => void = () => undefined,
): readonly CaseRow[] {
  let from = study.base.solved
  return cases.map((moves, k) => {
    const found = solveCase(study, moves, measuresOf(results), from)
    told(k + 1)
    if (!isSolved(found)) return { moves, values: [], outcome: found.outcome, detail: found.detail }
    from = found.solved
    const values = valuesOf(found, results).map(orNull)
    return { moves, values, outcome: found.outcome, detail: '' }
  })
}
