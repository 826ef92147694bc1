import { moments, quantile, tailMean } from '../../numerics/index.ts'
import { failuresOf, influencesOf, sampleDraws, still } from '../study/influences.ts'
import type { PreparedRisk } from './draw.ts'
import { baseCase, tornadoOf, valueAt, type Swing } from './tornado.ts'
import type {
  RiskCase,
  RiskCaseSummary,
  RiskDifference,
  RiskDraw,
  RiskInput,
  RiskMeasure,
  RiskSpread,
  RiskSummary,
} from './types.ts'

/**
 * Puts the draws of a run together; they may come in any order, each once. `swings`: by case, what
 * every input does alone (`swingOf`).
 */
export function summariseRisk(
  cases: readonly PreparedRisk[],
  draws: readonly RiskDraw[],
  swings: readonly (readonly Swing[])[],
): RiskSummary {
  const [first] = cases
  if (first === undefined) throw new Error('a summary of no plant')
  const { request } = first.plan
  const { currency, year } = first.subject.appraisal.basis
  const all = cases.flatMap(({ plan }) => plan.inputs)
  const summaries = cases.map((prepared, k) =>
    caseSummary(
      prepared,
      draws.map(({ draw, cases: of }) => ({ draw, of: of[k] as RiskCase })),
      swings[k] ?? [],
    ),
  )
  return {
    schema: 'didymium/risk@1',
    design: request.design,
    seed: request.seed,
    draws: draws.length,
    currency,
    year,
    inputs: [...new Map(all.map((input) => [input.name, listed(input)])).values()],
    fixed: [...new Set(cases.flatMap(({ plan }) => plan.fixed))],
    assumptions: [...new Set(cases.flatMap(({ plan }) => plan.assumptions))],
    cases: summaries,
    differences: cases.length === 2 ? differencesOf(cases, draws) : [],
  }
}

const listed = ({ name, kind, origin, text, basis }: RiskInput) => ({
  name,
  kind,
  origin,
  text,
  basis,
})

/** One draw of one plant. */
interface CaseDraw {
  readonly draw: number
  readonly of: RiskCase
}

function caseSummary(
  prepared: PreparedRisk,
  draws: readonly CaseDraw[],
  swings: readonly Swing[],
): RiskCaseSummary {
  const { subject, plan } = prepared
  const base = baseCase(prepared)
  const failures = failuresOf(draws.map(({ of }) => of))
  return {
    name: subject.name,
    plant: subject.study.plant.hash,
    set: subject.set,
    gaps: subject.appraisal.gaps,
    solved: draws.filter(({ of }) => 'values' in of).length,
    failures,
    spreads: plan.measures.map((measure, at) => spreadOf(prepared, draws, measure, at, base)),
    requirements: requirementsOf(prepared, draws),
    tornado: tornadoOf(prepared, base, swings),
  }
}

/**
 * Values of one measure by draw in its unit: NaN where there is none, and beyond all numbers on the
 * bad side for what never comes.
 */
export function riskValues(
  { factor, better }: RiskMeasure,
  at: number,
  draws: readonly CaseDraw[],
  count: number,
): Float64Array {
  const values = new Float64Array(count).fill(Number.NaN)
  const worst = better === 'more' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  for (const { draw, of } of draws) {
    const value = 'values' in of ? (of.values[at] ?? null) : null
    if (value !== null) values[draw] = value === 'never' ? worst : value * factor
  }
  return values
}

/** The numbers of a measure in every case, over the draws that have one. */
export function riskSamples(
  cases: readonly PreparedRisk[],
  draws: readonly RiskDraw[],
  name: string,
): readonly { readonly name: string; readonly values: Float64Array }[] {
  return cases.map(({ subject, plan }, k) => {
    const at = plan.measures.findIndex((measure) => measure.name === name)
    const measure = plan.measures[at]
    const own = draws.map(({ draw, cases: of }) => ({ draw, of: of[k] as RiskCase }))
    const values =
      measure === undefined ? new Float64Array() : riskValues(measure, at, own, plan.draws)
    return { name: subject.name, values: values.filter(Number.isFinite) }
  })
}

const orNull = (value: number) => (Number.isFinite(value) ? value : null)

function spreadOf(
  { plan, values: inputs }: PreparedRisk,
  draws: readonly CaseDraw[],
  measure: RiskMeasure,
  at: number,
  base: RiskCase,
): RiskSpread {
  const { design, tail } = plan.request
  const values = riskValues(measure, at, draws, plan.draws)
  const n = plan.inputs.length
  const answered = sampleDraws(values, n, design, (value) => !Number.isNaN(value))
  const sorted = Float64Array.from(answered, (i) => values[i] as number).toSorted()
  const numbers = sorted.filter(Number.isFinite)
  const { mean, deviation } = moments(numbers)
  const varies = deviation > still * Math.abs(mean)
  const at_ = (p: number) => (sorted.length > 0 ? orNull(between(sorted, p)) : null)
  const isKnown = numbers.length > 0
  const names = plan.inputs.map(({ name }) => name)
  return {
    measure: measure.name,
    title: measure.title,
    unit: measure.unit,
    better: measure.better,
    base: valueAt(base, at, measure),
    mean: isKnown ? mean : null,
    deviation: isKnown ? (varies ? deviation : 0) : null,
    p10: at_(0.1),
    p50: at_(0.5),
    p90: at_(0.9),
    cvar: sorted.length > 0 ? orNull(worstMean(sorted, tail, measure.better)) : null,
    tail,
    never: sorted.length - numbers.length,
    belowZero: sorted.length > 0 ? sorted.filter((value) => value < 0).length / sorted.length : 0,
    count: sorted.length,
    influences: varies ? influencesOf(names, inputs, values, design) : [],
  }
}

/** A quantile that does not make a number of one number and one that is infinite. */
function between(sorted: Float64Array, p: number): number {
  const value = quantile(sorted, p)
  if (!Number.isNaN(value)) return value
  return sorted[Math.round(p * (sorted.length - 1))] as number
}

/** Mean of the worst share: the lowest values of what is good, the highest of what is bad. */
function worstMean(sorted: Float64Array, tail: number, better: RiskMeasure['better']): number {
  if (better === 'more') return tailMean(sorted, tail)
  return -tailMean(sorted.map((value) => -value).toSorted(), tail)
}

/** Share of all draws that meet a condition; a draw without an answer does not. */
function requirementsOf({ plan }: PreparedRisk, draws: readonly CaseDraw[]) {
  return plan.requirements.map(({ text, measure, comparison, bound }, k) => {
    const values = riskValues(measure, plan.measures.length + k, draws, plan.draws)
    const meets = (value: number) => {
      if (comparison === '>') return value > bound
      if (comparison === '>=') return value >= bound
      return comparison === '<' ? value < bound : value <= bound
    }
    const met = values.filter((value) => Number.isFinite(value) && meets(value)).length
    return { requirement: text, met: draws.length > 0 ? met / draws.length : 0 }
  })
}

/** The second plant less the first, on every measure that both have. */
function differencesOf(
  cases: readonly PreparedRisk[],
  draws: readonly RiskDraw[],
): readonly RiskDifference[] {
  const [first, second] = cases as readonly [PreparedRisk, PreparedRisk]
  const places = second.plan.measures.map(({ name }) => name)
  return first.plan.measures.flatMap((measure, at): readonly RiskDifference[] => {
    const place = places.indexOf(measure.name)
    if (place < 0) return []
    const columns = [at, place].map((own, k) =>
      riskValues(
        measure,
        own,
        draws.map(({ draw, cases: of }) => ({ draw, of: of[k] as RiskCase })),
        first.plan.draws,
      ),
    ) as [Float64Array, Float64Array]
    return differenceOf(measure, columns, first)
  })
}

function differenceOf(
  measure: RiskMeasure,
  [one, other]: readonly [Float64Array, Float64Array],
  { plan }: PreparedRisk,
): readonly RiskDifference[] {
  const gaps = other.map((value, i) => value - (one[i] as number))
  const known = sampleDraws(gaps, plan.inputs.length, plan.request.design)
  if (known.length === 0) return []
  const of = (values: Float64Array) => Float64Array.from(known, (i) => values[i] as number)
  const [difference, a, b] = [of(gaps), of(one), of(other)]
  const sorted = difference.toSorted()
  const [p10, p50, p90] = [0.1, 0.5, 0.9].map((p) => quantile(sorted, p)) as [
    number,
    number,
    number,
  ]
  const isBetter = (gap: number) => (measure.better === 'more' ? gap > 0 : gap < 0)
  return [
    {
      measure: measure.name,
      unit: measure.unit,
      mean: moments(difference).mean,
      p10,
      p50,
      p90,
      better: difference.filter(isBetter).length / difference.length,
      count: difference.length,
      correlation: correlationOf(a, b),
    },
  ]
}

/** Pearson's; 0 where one does not vary. */
function correlationOf(a: Float64Array, b: Float64Array): number {
  const [x, y] = [moments(a), moments(b)]
  if (!(x.deviation > 0 && y.deviation > 0)) return 0
  const sum = a.reduce((s, value, i) => s + (value - x.mean) * ((b[i] as number) - y.mean), 0)
  return sum / ((a.length - 1) * x.deviation * y.deviation)
}
