import {
  cashFlow,
  drawnJump,
  drawnPath,
  metrics,
  pathShape,
  priceFactors,
  type CashFlowInputs,
  type FactorPath,
  type JumpDrawn,
  type PathShape,
  type PriceFactors,
} from '../../economics/index.ts'
import type { Appraisal } from '../economics/appraisal.ts'
import { appraise } from '../economics/appraise.ts'
import { measureValue } from '../measure-value.ts'
import { chanceOf, sampleOf } from '../study/chance.ts'
import { solvedPlant } from '../solved-plant.ts'
import type { Move } from '../study/moved-plant.ts'
import type { Parameter } from '../study/parameters.ts'
import { measuredOf, solveMoved } from '../study/what-if.ts'
import { figureKinds, footprintOf, type Drawn, type RiskValue } from './figures.ts'
import { factorName, grantsName, outputName, policyName, policyStrengthName } from './inputs.ts'
import { drawnRisks, type RiskSubject } from './plan.ts'
import { containedName } from './price-model.ts'
import type { RiskCase, RiskMeasure, RiskPlan } from './types.ts'

/** The calendar years that prices are drawn for: those of all plants that are compared. */
export interface Horizon {
  readonly from: number
  readonly years: number
}

/** A plant with everything that its draws need. */
export interface PreparedRisk {
  readonly subject: RiskSubject
  readonly plan: RiskPlan
  /** Draws by inputs. */
  readonly values: Float64Array
  readonly horizon: Horizon
  readonly shapes: ReadonlyMap<string, PathShape>
  /** Place of each input among the inputs, by name. */
  readonly places: ReadonlyMap<string, number>
  /** Inputs that are parameters of the plant. */
  readonly moving: readonly { readonly parameter: Parameter; readonly place: number }[]
}

/** What moves in one case; as written where it is empty. */
export interface RiskPoint {
  readonly moves: readonly Move[]
  /** Output sold over the solved one. */
  readonly output: number
  /** Share of the grants that is paid. */
  readonly grants: number
  /** Price over deck by product and year of the horizon. */
  readonly prices: PriceFactors
}

/** From the first spend of the first plant to the last year of operation of the last. */
export function horizonOf(subjects: readonly RiskSubject[]): Horizon {
  const spans = subjects.map(({ appraisal }) => {
    const { firstYear, spend, life } = appraisal.finance.inputs
    return [firstYear, firstYear + spend.length + Math.ceil(life)] as const
  })
  const from = Math.min(...spans.map(([first]) => first))
  return { from, years: Math.max(...spans.map(([, end]) => end)) - from }
}

export function prepareRisk(subject: RiskSubject, plan: RiskPlan, horizon: Horizon): PreparedRisk {
  const { factors } = plan.prices.model
  const shapes = new Map(
    factors.map((factor) => [factor.name, pathShape(factor, horizon.years)] as const),
  )
  const places = new Map(plan.inputs.map(({ name }, place) => [name, place] as const))
  const moving = plan.inputs.flatMap(({ name, parameter }, place) =>
    parameter === undefined || name === outputName ? [] : [{ parameter, place }],
  )
  const values = drawnRisks(subject.study, plan)
  return { subject, plan, values, horizon, shapes, places, moving }
}

/** Solves, appraises and measures one draw; a draw without a solution says why. */
export function solveRisk(prepared: PreparedRisk, draw: number): RiskCase {
  const { subject, plan, horizon } = prepared
  return caseAt(subject, measuresOf(plan), pointOf(prepared, draw), horizon)
}

/** All that is measured in a draw: the measures, then those of the requirements. */
const measuresOf = ({ measures, requirements }: RiskPlan): readonly RiskMeasure[] => [
  ...measures,
  ...requirements.map(({ measure }) => measure),
]

/** The number that a draw gives an input; undefined where there is no such input. */
function drawnFor(name: string, { plan, values, places }: PreparedRisk, draw: number) {
  const place = places.get(name)
  return place === undefined ? undefined : values[draw * plan.inputs.length + place]
}

/** What a draw moves. */
function pointOf(prepared: PreparedRisk, draw: number): RiskPoint {
  const { plan, values, moving } = prepared
  const first = draw * plan.inputs.length
  return {
    moves: moving.map(({ parameter, place }) => ({
      parameter,
      value: values[first + place] as number,
    })),
    output: drawnFor(outputName, prepared, draw) ?? 1,
    grants: drawnFor(grantsName, prepared, draw) ?? 1,
    prices: pricesOf(prepared, draw),
  }
}

function pricesOf(prepared: PreparedRisk, draw: number): PriceFactors {
  const { inputs, prices, request } = prepared.plan
  const { years } = prepared.horizon
  const paths: Record<string, FactorPath> = {}
  for (const [factor, shape] of prepared.shapes) {
    const name = factorName(factor)
    const level = drawnFor(name, prepared, draw)
    if (level === undefined) continue
    const k = prepared.places.get(name) ?? -1
    const sample = sampleOf(draw, k, inputs.length, request.design)
    const chance = chanceOf(request.seed, `${name} within`, sample)
    const deviates = new Float64Array(years + 1)
    for (let year = 0; year <= years; year++) deviates[year] = chance.normal()
    paths[factor] = drawnPath(shape, level, deviates)
  }
  const when = drawnFor(policyName, prepared, draw)
  const strength = drawnFor(policyStrengthName, prepared, draw)
  const { jump } = prices.model
  const isComing = jump !== undefined && when !== undefined && strength !== undefined
  const event: JumpDrawn | undefined = isComing ? drawnJump(jump, when, strength) : undefined
  if (Object.keys(paths).length === 0 && event === undefined) return {}
  return priceFactors(prices.model, years, paths, event)
}

/** The plant with numbers moved, solved, appraised and measured; or why it has no solution. */
export function caseAt(
  { study, data }: RiskSubject,
  measures: readonly RiskMeasure[],
  point: RiskPoint,
  horizon: Horizon,
): RiskCase {
  const moved = solveMoved(study, point.moves)
  if ('outcome' in moved) {
    const { outcome, unit, detail } = moved
    return { outcome, unit, detail }
  }
  const measured = measuredOf(moved, study.bank)
  const appraisal = appraise(moved.plant, solvedPlant(moved.solved, measured), { data })
  const drawn = drawnMoney(appraisal, point, horizon)
  const values = measures.map(({ of }): RiskValue => {
    if (of.kind === 'money') return figureKinds[of.figure].of(drawn)
    if (of.kind === 'footprint') return footprintOf(drawn, of.product)
    const value = measureValue(of.measure, measured)
    return Number.isFinite(value) ? value : null
  })
  return { values }
}

/** The money of a case: the cash flow anew where prices, output or grants move. */
function drawnMoney(appraisal: Appraisal, point: RiskPoint, horizon: Horizon): Drawn {
  const { inputs } = appraisal.finance
  const moved = movedInputs(inputs, appraisal.operating.lines, point, horizon)
  if (moved === inputs) {
    const { cashFlow: flow, metrics: known } = appraisal.finance
    return { appraisal, cashFlow: flow, metrics: known }
  }
  const flow = cashFlow(moved)
  return { appraisal, cashFlow: flow, metrics: metrics(flow), output: point.output }
}

/** Cash-flow inputs with prices by year, output and grants moved; the same where nothing is. */
function movedInputs(
  inputs: CashFlowInputs,
  lines: Appraisal['operating']['lines'],
  { prices, output, grants }: RiskPoint,
  { from, years }: Horizon,
): CashFlowInputs {
  const isPriced = Object.keys(prices).length > 0
  if (!isPriced && output === 1 && grants === 1) return inputs
  const first = inputs.firstYear - from
  const own = (name: string) => prices[name]?.subarray(Math.min(first, years - 1))
  return {
    ...inputs,
    sales: inputs.sales.map((sale) => {
      const factors = own(sale.product)
      const ratePerYear = sale.ratePerYear * output
      if (factors === undefined) return { ...sale, ratePerYear }
      const { market } = sale
      const at = (year: number) =>
        typeof market === 'number'
          ? market
          : (market[Math.min(year, market.length - 1)] ?? Number.NaN)
      return { ...sale, ratePerYear, market: Array.from(factors, (f, year) => f * at(year)) }
    }),
    costs: inputs.costs.map((cost) => {
      const factors = own(cost.name) ?? (cost.name === 'feed' ? feedFactors(lines, own) : undefined)
      return factors === undefined ? cost : { ...cost, factors }
    }),
    ...(inputs.grants === undefined || grants === 1
      ? {}
      : { grants: inputs.grants.map((grant) => ({ ...grant, amount: grant.amount * grants })) }),
  }
}

/** What the feed costs over its cost at the deck, by year, where it is paid by what it contains. */
function feedFactors(
  lines: Appraisal['operating']['lines'],
  own: (name: string) => Float64Array | undefined,
): Float64Array | undefined {
  const feeds = lines.filter(({ group }) => group === 'feed')
  const total = feeds.reduce((sum, { amount }) => sum + amount, 0)
  const moving = feeds.flatMap(({ name, amount }) => {
    const factors = own(containedName(name.split(': ')[1] ?? ''))
    return factors === undefined ? [] : [{ share: amount / total, factors }]
  })
  const [first] = moving
  if (first === undefined || total === 0) return undefined
  return first.factors.map((_, year) =>
    moving.reduce((sum, { share, factors }) => sum + share * ((factors[year] as number) - 1), 1),
  )
}
