import {
  firstOrderIndex,
  moments,
  quantile,
  rankCorrelation,
  sobolIndices,
} from '../../numerics/index.ts'
import { satisfies, toleranceOf } from '../measure-value.ts'
import { inUnit } from './parameters.ts'
import type { Result } from './results.ts'
import type { Draw, UncertaintyPlan } from './uncertainty.ts'
import { solveCase, isSolved, type Study } from './what-if.ts'

/** How much of a result one input explains. */
export interface Influence {
  readonly input: string
  /** Spearman's, -1 to 1: whether the result rises or falls with the input. */
  readonly rankCorrelation: number
  /** First-order Sobol index: share of the variance that goes when this input alone is known. */
  readonly firstOrder: number
  /** Total Sobol index, with interactions; by the design `saltelli` only. */
  readonly total?: number
}

export interface ResultSpread {
  readonly result: string
  /** Unit of the numbers below. */
  readonly unit: string
  /** What the plant as written answers. */
  readonly base: number | null
  readonly mean: number
  /** 0 where nothing is left but the solver's closure. */
  readonly deviation: number
  readonly p10: number
  readonly p50: number
  readonly p90: number
  /** Draws that have a value. */
  readonly count: number
  /** Strongest first; none where the result does not vary. */
  readonly influences: readonly Influence[]
}

export interface FailureCount {
  readonly outcome: string
  readonly unit: string
  readonly count: number
  /** In the words of the first draw that ended so. */
  readonly detail: string
}

/** What the draws say, all numbers in the units beside them. */
export interface UncertaintySummary {
  readonly schema: 'didymium/uncertainty@1'
  readonly plant: string
  readonly design: string
  readonly seed: number
  readonly draws: number
  readonly solved: number
  /** Draws without a solution, by outcome, most frequent first. */
  readonly failures: readonly FailureCount[]
  readonly inputs: readonly {
    readonly path: string
    readonly value: number
    readonly deviation: number
    readonly unit: string
    readonly origin: 'stated' | 'given' | 'assumed'
  }[]
  /** Constants and assays that nobody gives an uncertainty for. */
  readonly fixed: readonly string[]
  readonly results: readonly ResultSpread[]
  /** Share of all draws that meet a condition; a draw without a solution does not. */
  readonly requirements: readonly { readonly requirement: string; readonly met: number }[]
}

/** Puts the draws of a plan together; they may come in any order, each once. */
export function summarise(
  study: Study,
  plan: UncertaintyPlan,
  inputs: Float64Array,
  draws: readonly Draw[],
): UncertaintySummary {
  const { plant } = study
  const solved = draws.filter((d) => 'values' in d)
  const base = baseValues(study, plan)
  const met = plan.requirements.map((condition, k) => {
    const at = plan.results.length + k
    const kept = solved.filter(({ values }) => {
      const value = values[at] ?? null
      return value !== null && satisfies(condition, value, toleranceOf(condition))
    })
    return { requirement: condition.text, met: draws.length > 0 ? kept.length / draws.length : 0 }
  })
  return {
    schema: 'didymium/uncertainty@1',
    plant: plant.hash,
    design: plan.request.design,
    seed: plan.request.seed,
    draws: draws.length,
    solved: solved.length,
    failures: failuresOf(draws),
    inputs: plan.inputs.map(({ parameter, deviation, origin }) => {
      const { path, value, unit } = parameter
      const centre = inUnit(value, parameter, plant)
      const spread = inUnit(value + deviation, parameter, plant) - centre
      return { path, value: centre, deviation: spread, unit, origin }
    }),
    fixed: plan.fixed,
    results: plan.results.map((result, k) => spreadOf(result, k, plan, inputs, draws, base[k])),
    requirements: met,
  }
}

function baseValues(study: Study, { results }: UncertaintyPlan): readonly number[] {
  const found = solveCase(
    study,
    [],
    results.map(({ measure }) => measure),
  )
  return isSolved(found) ? found.values : []
}

function failuresOf(draws: readonly Draw[]): readonly FailureCount[] {
  const counts = new Map<string, FailureCount>()
  for (const draw of draws) {
    if ('values' in draw) continue
    const { outcome, unit, detail } = draw
    const key = `${outcome} ${unit}`
    const known = counts.get(key) ?? { outcome, unit, count: 0, detail }
    counts.set(key, { ...known, count: known.count + 1 })
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)
}

/** Values of one result by draw, in its unit; NaN where there is none. */
export function valuesOf({ factor }: Result, at: number, draws: readonly Draw[], count: number) {
  const values = new Float64Array(count).fill(Number.NaN)
  for (const draw of draws) {
    const value = 'values' in draw ? (draw.values[at] ?? null) : null
    if (value !== null) values[draw.draw] = value * factor
  }
  return values
}

function spreadOf(
  result: Result,
  at: number,
  plan: UncertaintyPlan,
  inputs: Float64Array,
  draws: readonly Draw[],
  base: number | undefined,
): ResultSpread {
  const values = valuesOf(result, at, draws, plan.draws)
  const isSaltelli = plan.request.design === 'saltelli'
  const row = plan.inputs.length + 2
  // Of a row of `saltelli` only A and B are samples of the inputs as they are distributed.
  const known = [...values.keys()].filter(
    (i) => Number.isFinite(values[i]) && (!isSaltelli || i % row < 2),
  )
  const sample = Float64Array.from(known, (i) => values[i] as number)
  const sorted = sample.toSorted()
  const n = plan.inputs.length
  const influences = plan.inputs.map(({ parameter }, k): Influence => {
    const input = Float64Array.from(known, (i) => inputs[i * n + k] as number)
    const share = isSaltelli ? saltelli(values, k, row) : undefined
    return {
      input: parameter.path,
      rankCorrelation: known.length > 1 ? rankCorrelation(input, sample) : 0,
      firstOrder: share?.first ?? firstOrderIndex(input, sample),
      ...(share === undefined ? {} : { total: share.total }),
    }
  })
  const [p10, p50, p90] = [0.1, 0.5, 0.9].map((p) =>
    sorted.length > 0 ? quantile(sorted, p) : Number.NaN,
  ) as [number, number, number]
  const { mean, deviation } = moments(sample)
  const varies = deviation > still * Math.abs(mean)
  const strength = (i: Influence) => i.total ?? Math.max(i.firstOrder, i.rankCorrelation ** 2)
  return {
    result: result.text,
    unit: result.unit,
    base: base === undefined || !Number.isFinite(base) ? null : base * result.factor,
    mean,
    deviation: varies ? deviation : 0,
    p10,
    p50,
    p90,
    count: sample.length,
    influences: varies ? influences.sort((a, b) => strength(b) - strength(a)) : [],
  }
}

/** Below this share of its size a result does not vary: what is left is the solver's closure. */
const still = 1e-8

/** Indices of one input from the rows of which A, B and the mixture all have a value. */
function saltelli(values: Float64Array, input: number, row: number) {
  const columns: [number[], number[], number[]] = [[], [], []]
  for (let start = 0; start < values.length; start += row) {
    const three = [0, 1, input + 2].map((part) => values[start + part] as number)
    if (!three.every(Number.isFinite)) continue
    for (const [k, value] of three.entries()) columns[k]?.push(value)
  }
  return sobolIndices(...columns)
}
