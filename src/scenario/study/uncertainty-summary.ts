import { moments, quantile } from '../../numerics/index.ts'
import { satisfies, toleranceOf } from '../measure-value.ts'
import { failuresOf, influencesOf, sampleDraws, still } from './influences.ts'
import type { FailureCount, Influence } from './influences.ts'
import { inUnit } from './parameters.ts'
import type { Result } from './results.ts'
import type { Draw, UncertaintyPlan } from './uncertainty.ts'
import { solveCase, isSolved, type Study } from './what-if.ts'

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
  const { design } = plan.request
  const known = sampleDraws(values, plan.inputs.length, design)
  const sample = Float64Array.from(known, (i) => values[i] as number)
  const sorted = sample.toSorted()
  const [p10, p50, p90] = [0.1, 0.5, 0.9].map((p) =>
    sorted.length > 0 ? quantile(sorted, p) : Number.NaN,
  ) as [number, number, number]
  const { mean, deviation } = moments(sample)
  const varies = deviation > still * Math.abs(mean)
  const paths = plan.inputs.map(({ parameter }) => parameter.path)
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
    influences: varies ? influencesOf(paths, inputs, values, design) : [],
  }
}
