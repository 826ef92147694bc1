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
  return { subject, plan, values: drawnRisks(subject.study, plan), horizon, shapes }
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

/** What a draw moves. */
function pointOf(prepared: PreparedRisk, draw: number): RiskPoint {
  const { plan, values } = prepared
  const { inputs } = plan
  const n = inputs.length
  const own = new Map(inputs.map(({ name }, k) => [name, values[draw * n + k] as number]))
  const moves = inputs.flatMap(({ parameter, name }, k): readonly Move[] => {
    if (parameter === undefined || name === outputName) return []
    return [{ parameter, value: values[draw * n + k] as number }]
  })
  return {
    moves,
    output: own.get(outputName) ?? 1,
    grants: own.get(grantsName) ?? 1,
    prices: pricesOf(prepared, draw, own),
  }
}

function pricesOf(
  { plan, shapes, horizon: { years } }: PreparedRisk,
  draw: number,
  own: ReadonlyMap<string, number>,
): PriceFactors {
  const { inputs, prices, request } = plan
  const paths: Record<string, FactorPath> = {}
  for (const [factor, shape] of shapes) {
    const name = factorName(factor)
    const level = own.get(name)
    if (level === undefined) continue
    const k = inputs.findIndex((input) => input.name === name)
    const sample = sampleOf(draw, k, inputs.length, request.design)
    const chance = chanceOf(request.seed, `${name} within`, sample)
    const deviates = Array.from({ length: years + 1 }, () => chance.normal())
    paths[factor] = drawnPath(shape, level, deviates)
  }
  const [when, strength] = [own.get(policyName), own.get(policyStrengthName)]
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
