import { drawnJump, priceFactors, typicalPath, type PriceFactors } from '../../economics/index.ts'
import { normalQuantile, quantileOf } from '../../numerics/index.ts'
import type { PlantDocument } from '../plant.ts'
import { shown } from '../study/parameters.ts'
import { caseAt, type PreparedRisk, type RiskPoint } from './draw.ts'
import { factorName, grantsName, outputName, policyName, policyStrengthName } from './inputs.ts'
import type { RiskCase, RiskInput, RiskMeasure, Tornado, TornadoBar } from './types.ts'

const asWritten: RiskPoint = { moves: [], output: 1, grants: 1, prices: {} }

/** One end of a bar: what moves, and how it is named. */
interface End {
  readonly point: RiskPoint
  readonly text: string
}

const tenths = [0.1, 0.9] as const

/** A price factor through a whole life: the mean of its paths whose level lies there. */
function priceEnd(prepared: PreparedRisk, factor: string, share: number): End {
  const { plan, shapes, horizon } = prepared
  const shape = shapes.get(factor)
  if (shape === undefined) return { point: asWritten, text: '' }
  const path = typicalPath(shape, normalQuantile(share))
  const prices = priceFactors(plan.prices.model, horizon.years, { [factor]: path })
  const mean = meanOf(prices, plan.prices.model.follows, factor)
  const text = `deck x ${mean.toFixed(2)}`
  return { point: { ...asWritten, prices }, text }
}

/** Mean over the years of the first price that follows the factor plainly. */
function meanOf(
  prices: PriceFactors,
  follows: Readonly<Record<string, Readonly<Record<string, number>>>>,
  factor: string,
): number {
  const plain = Object.keys(follows).find((name) => follows[name]?.[factor] === 1)
  const any = Object.keys(follows).find((name) => Object.hasOwn(follows[name] ?? {}, factor))
  const ratios = prices[plain ?? any ?? '']
  return ratios === undefined ? Number.NaN : ratios.reduce((s, r) => s + r, 0) / ratios.length
}

/** The event: that it never comes, and that it comes in the middle of its time and strength. */
function policyEnds({ plan, horizon }: PreparedRisk): readonly [End, End] {
  const { model } = plan.prices
  const { jump } = model
  const never = { point: asWritten, text: 'never' }
  if (jump === undefined) return [never, never]
  const event = drawnJump(jump, 0.5, 0.5)
  const prices = priceFactors(model, horizon.years, {}, event)
  const text = `after ${event.at.toFixed(1)} y, x ${event.ratio.toFixed(2)}`
  return [never, { point: { ...asWritten, prices }, text }]
}

function ends(prepared: PreparedRisk, input: RiskInput): readonly [End, End] {
  const { name, parameter, distribution } = input
  const factor = [...prepared.shapes.keys()].find((known) => factorName(known) === name)
  if (factor !== undefined) {
    return [priceEnd(prepared, factor, tenths[0]), priceEnd(prepared, factor, tenths[1])]
  }
  if (name === policyName) return policyEnds(prepared)
  if (name === grantsName) {
    return [
      { point: { ...asWritten, grants: 0 }, text: 'not paid' },
      { point: asWritten, text: 'paid' },
    ]
  }
  const quantile = quantileOf(distribution)
  const { plant } = prepared.subject.study
  const end = (share: number): End => {
    const value = parameter?.whole === true ? Math.round(quantile(share)) : quantile(share)
    if (parameter === undefined || name === outputName) {
      return { point: { ...asWritten, output: value }, text: value.toPrecision(3) }
    }
    const moves = [{ parameter, value }]
    return { point: { ...asWritten, moves }, text: rounded(value, parameter, plant) }
  }
  return [end(tenths[0]), end(tenths[1])]
}

const rounded = (
  value: number,
  parameter: NonNullable<RiskInput['parameter']>,
  plant: PlantDocument,
) => shown(Number(value.toPrecision(4)), parameter, plant)

/** An input moved alone to its P10 and its P90, all others as written. */
export type Swing = readonly [low: SwingEnd, high: SwingEnd]

interface SwingEnd {
  readonly text: string
  readonly found: RiskCase
}

/** The inputs that are moved alone. */
export const swinging = ({ plan }: PreparedRisk): readonly RiskInput[] =>
  plan.inputs.filter(({ name }) => name !== policyStrengthName)

/** Moves one of `swinging` alone, by its place there: two solutions. */
export function swingOf(prepared: PreparedRisk, place: number): Swing {
  const { subject, plan, horizon } = prepared
  const input = swinging(prepared)[place]
  if (input === undefined) throw new Error(`no input ${place} to be moved alone`)
  const end = ({ point, text }: End) => ({
    text,
    found: caseAt(subject, plan.measures, point, horizon),
  })
  const [low, high] = ends(prepared, input)
  return [end(low), end(high)]
}

/** What the inputs moved alone do to every measure, the greatest first; a swing each. */
export function tornadoOf(
  prepared: PreparedRisk,
  base: RiskCase,
  swings: readonly Swing[],
): readonly Tornado[] {
  const inputs = swinging(prepared)
  return prepared.plan.measures.map((measure, at): Tornado => {
    const own = valueAt(base, at, measure)
    const bars = swings.map(([low, high], place): TornadoBar => {
      const { name, kind } = inputs[place] as RiskInput
      return {
        input: name,
        kind,
        low: low.text,
        high: high.text,
        atLow: valueAt(low.found, at, measure),
        atHigh: valueAt(high.found, at, measure),
      }
    })
    const length = ({ atLow, atHigh }: TornadoBar) => {
      const found = [atLow, atHigh, own].filter((value) => value !== null)
      return found.length === 0 ? 0 : Math.max(...found) - Math.min(...found)
    }
    return {
      measure: measure.name,
      unit: measure.unit,
      base: own,
      bars: bars.toSorted((a, b) => length(b) - length(a)),
    }
  })
}

/** A measure of a case in its unit; null where it has no number. */
export function valueAt(of: RiskCase, at: number, { factor }: RiskMeasure): number | null {
  const value = 'values' in of ? of.values[at] : null
  return typeof value === 'number' ? value * factor : null
}

/** The plant as written, on the measures of its plan and those of the requirements. */
export function baseCase({ subject, plan, horizon }: PreparedRisk): RiskCase {
  const measures = [...plan.measures, ...plan.requirements.map(({ measure }) => measure)]
  return caseAt(subject, measures, asWritten, horizon)
}
