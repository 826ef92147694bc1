import type { BalanceReport } from './balance/types.ts'
import type {
  ControlLimits,
  Drift,
  DriftPoint,
  DriftSeries,
  Expectation,
} from './expectation-types.ts'

export interface DriftOptions {
  /** How many of the first campaigns the limits are learnt from; 12 if left out. */
  readonly learnFrom?: number
  /** Limits that are given instead: by `recovery Nd`, `gap Nd`. */
  readonly limits?: Readonly<Record<string, ControlLimits>>
}

/** Slack and decision interval of the cumulative sums, in standard deviations. */
const [slack, decision] = [0.5, 5]

const method =
  'Individuals chart: mean and three standard deviations, these from the mean moving range over 1.128; ' +
  'tabular cumulative sums with K = 0.5 and H = 5 standard deviations, begun anew after a point beyond the limits ' +
  '(D. C. Montgomery, Introduction to Statistical Quality Control, chapters 6 and 9)'

const leastRecovery = 0.1

type Value = Pick<DriftPoint, 'campaign' | 'code' | 'time' | 'value'>

/** Mean and standard deviation of points in order: mean moving range over d2 of two. */
function learnt(values: readonly Value[]): ControlLimits | undefined {
  if (values.length < 3) return undefined
  const mean = values.reduce((sum, { value }) => sum + value, 0) / values.length
  const ranges = values
    .slice(1)
    .map(({ value }, k) => Math.abs(value - (values[k]?.value ?? value)))
  const sigma = ranges.reduce((sum, range) => sum + range, 0) / ranges.length / 1.128
  return sigma > 0 ? { mean, sigma } : undefined
}

/** Points with their cumulative sums and what they signal. */
function charted(
  values: readonly Value[],
  limits: ControlLimits | undefined,
): readonly DriftPoint[] {
  let [upper, lower] = [0, 0]
  return values.map((point) => {
    if (limits === undefined) return { ...point, upper, lower }
    const z = (point.value - limits.mean) / limits.sigma
    upper = Math.max(0, upper + z - slack)
    lower = Math.max(0, lower - z - slack)
    const signal =
      z > 3
        ? 'above'
        : z < -3
          ? 'below'
          : upper > decision
            ? 'drifts up'
            : lower > decision
              ? 'drifts down'
              : undefined
    const sums = { upper, lower }
    // What the limits have shown is not counted into a drift: the sums begin anew.
    if (Math.abs(z) > 3) [upper, lower] = [0, 0]
    return { ...point, ...sums, ...(signal === undefined ? {} : { signal }) }
  })
}

function seriesOf(
  what: DriftSeries['what'],
  element: string,
  values: readonly Value[],
  options: DriftOptions,
): DriftSeries | undefined {
  if (values.length === 0) return undefined
  const { learnFrom = 12 } = options
  const given = options.limits?.[`${what} ${element}`]
  const first = values.slice(0, learnFrom)
  const limits = given ?? learnt(first)
  return {
    what,
    element,
    ...(limits === undefined ? {} : { limits }),
    learnt: given === undefined && limits !== undefined ? first.length : 0,
    points: charted(values, limits),
  }
}

/**
 * How recoveries and gaps move over campaigns, in order of time: the recovery as its relative
 * deviation from what the plant was expected to give where there is an expectation, the gap as a
 * share of what went in. Points whose gap cannot be judged for want of an assay or the hold-up are
 * left out and counted.
 */
export function drift(
  balances: readonly BalanceReport[],
  expectations: readonly Expectation[] = [],
  options: DriftOptions = {},
): Drift {
  const ordered = balances.toSorted((a, b) => a.from - b.from)
  const expected = new Map(expectations.map((one) => [one.campaign, one]))
  const elements = [...new Set(ordered.flatMap((b) => b.elements.map(({ element }) => element)))]
  let leftOut = 0
  const series = elements.flatMap((element) => {
    const gaps: Value[] = []
    const recoveries: Value[] = []
    for (const balance of ordered) {
      const own = balance.elements.find((one) => one.element === element)
      if (own === undefined) continue
      const campaign = balance.campaign ?? balance.title
      const code = balance.title.replace(/^Campaign /, '')
      const point = { campaign, code, time: balance.from }
      if (own.isComplete && own.in.value > 0) {
        gaps.push({ ...point, value: own.gap.value / own.in.value })
      } else leftOut++
      const model = expected.get(campaign)?.recoveries.find(({ name }) => name === element)
      const actual = own.recovery?.value
      if (expectations.length === 0 && actual !== undefined) {
        recoveries.push({ ...point, value: actual })
      }
      if (model?.expected !== undefined && model.expected.value > 0 && actual !== undefined) {
        const { value } = model.expected
        recoveries.push({ ...point, value: (actual - value) / value })
      }
    }
    // Of what is no product there is no recovery to speak of.
    const isProduct = recoveries.some(
      ({ value }) => expectations.length > 0 || value >= leastRecovery,
    )
    const what = expectations.length === 0 ? 'recovery' : 'recovery against expected'
    return [
      isProduct ? seriesOf(what, element, recoveries, options) : undefined,
      seriesOf('gap', element, gaps, options),
    ]
  })
  return {
    isSynthetic: balances.some(({ isSynthetic }) => isSynthetic),
    series: series.filter((one) => one !== undefined),
    method,
    notes:
      leftOut === 0 ? [] : [`${leftOut} gaps are left out: an assay or the hold-up is not known`],
  }
}
