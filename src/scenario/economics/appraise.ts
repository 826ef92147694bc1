import { oxideOf, rareEarthSymbols } from '../../chemistry/index.ts'
import { costBank, type CostBank } from '../../databank/costs.ts'
import { bank as builtIn, type Databank } from '../../databank/index.ts'
import {
  capacityEstimate,
  cashFlow,
  cashFlowTroubles,
  breakEvens,
  estimateOperating,
  estimatePlant,
  metrics,
  qgessEstimate,
  qgessRules,
  salesLine,
  type CapitalEstimate,
  type CashFlowInputs,
  type FootprintData,
  type OperatingEstimate,
  type PriceLevels,
  type RunningCost,
  type SalesLine,
  type SolvedPlant,
} from '../../economics/index.ts'
import { onDemand } from '../../numerics/index.ts'
import { atomicWeights } from '../build.ts'
import type { PlantDocument } from '../plant.ts'
import { appraisalSchema, type Appraisal, type Gap } from './appraisal.ts'
import { accuracyOf, capitalInputs } from './construct.ts'
import { footprintData, footprintOf } from './footprint-of.ts'
import { cashFlowInputs } from './fund.ts'
import { operatingInputs, staffOf } from './run.ts'
import { salesOf, type SoldProduct } from './sell.ts'
import { saidAbout, sayingsOf, type Terms } from './terms.ts'

/** What appraisals are made with, whatever the plant: prices, factors, oxides. */
export interface AppraisalData {
  readonly bank: Databank
  readonly costs: CostBank
  readonly levels: PriceLevels
  /** kg of oxide per kg of rare earth. */
  readonly oxideFactors: Readonly<Record<string, number>>
  readonly footprint: FootprintData
}

export interface AppraiseOptions {
  /** Made once for many appraisals; that of the built-in prices if left out. */
  readonly data?: AppraisalData
  /** The data that the plant was solved with; the built-in databank if left out. */
  readonly bank?: Databank
  /** Looks for the prices at which the plant breaks even: many cash flows. */
  readonly breakEvens?: boolean
}

/** Makes ready what every appraisal with these data needs. */
export function appraisalData(
  costs: CostBank = costBank(),
  bank: Databank = builtIn,
): AppraisalData {
  const index = costs.indices.get('CEPCI')
  if (index === undefined) throw new Error('data/factors: no cost index CEPCI')
  return {
    bank,
    costs,
    levels: { index, exchange: [...costs.exchange.values()] },
    oxideFactors: oxideFactorsOf(bank),
    footprint: footprintData(costs, bank),
  }
}

let usual: AppraisalData | undefined

/** The prices that come with the program, made ready on first use. */
function usualData(bank: Databank): AppraisalData {
  if (usual?.bank !== bank) usual = appraisalData(costBank(), bank)
  return usual
}

function oxideFactorsOf(bank: Databank): Readonly<Record<string, number>> {
  const weights = atomicWeights(bank)
  const oxygen = weights.get('O') ?? Number.NaN
  const factors = rareEarthSymbols.flatMap((element) => {
    const [form, weight] = [oxideOf(element), weights.get(element)]
    if (form === undefined || weight === undefined) return []
    return [[element, 1 + (form.oxygen * oxygen) / (form.metal * weight)] as const]
  })
  return Object.fromEntries(factors)
}

/**
 * What a solved plant costs, earns and emits, by its `economics` section and, where that is silent,
 * by the data, which is said. Pure and quick: no solving, no search unless break-evens are asked
 * for. What has no price or factor is a gap, never zero.
 */
export function appraise(
  plant: PlantDocument,
  solution: SolvedPlant,
  options: AppraiseOptions = {},
): Appraisal {
  const data = options.data ?? usualData(options.bank ?? builtIn)
  const terms = termsOf(plant, data)
  const sold = salesOf(solution, terms)
  const lines = sold.map(({ sale }) => salesLine(sale))
  const { capital, operating } = estimated(solution, lines, data, terms)
  const inputs = cashFlowInputs(
    {
      fixedCapital: capital.totals.fixed,
      workingCapital: capital.totals.workingCapital,
      sales: sold.map(({ sale }) => sale),
      costs: runningCosts(operating),
    },
    terms,
  )
  // A draw of a risk run reads what it asks for alone: the rest is made when it is read.
  const finance = financeOf(inputs, options.breakEvens === true)
  const sales = onDemand(() => salesPart(withOrigins(lines, sold), operating.reo))
  const footprint = onDemand(() => emitted(plant, solution, lines, data))
  const defaults = onDemand(() => unique(terms.defaults, ({ path }) => path))
  const gaps = onDemand(() => [...terms.gaps, ...gapsOf(capital, operating)])
  const staff = onDemand(() => staffOf({ ...terms, defaults: [] }))
  const assumptions = onDemand(() =>
    unique(
      [...terms.assumptions, ...capital.assumptions, ...operating.assumptions],
      ({ text }) => text,
    ),
  )
  const warnings = onDemand(() => [...capital.warnings, ...troublesOf(finance)])
  return {
    schema: appraisalSchema,
    // The hash of a plant is computed when it is asked for: not in every draw.
    get plant() {
      return plant.hash
    },
    title: plant.title,
    basis: terms.basis,
    capital,
    operating,
    get staff() {
      return staff()
    },
    get sales() {
      return sales()
    },
    finance,
    get footprint() {
      return footprint()
    },
    get assumptions() {
      return assumptions()
    },
    get defaults() {
      return defaults()
    },
    get gaps() {
      return gaps()
    },
    get warnings() {
      return warnings()
    },
  }
}

function financeOf(inputs: CashFlowInputs, withBreakEvens: boolean): Appraisal['finance'] {
  const flow = onDemand(() => cashFlow(inputs))
  const measured = onDemand(() => metrics(flow()))
  return {
    inputs,
    get cashFlow() {
      return flow()
    },
    get metrics() {
      return measured()
    },
    ...(withBreakEvens ? { breakEvens: breakEvens(inputs) } : {}),
  }
}

function troublesOf({ inputs, cashFlow: flow }: Appraisal['finance']): Appraisal['warnings'] {
  return [
    ...cashFlowTroubles(inputs).map((text) => ({ rank: 1 as const, at: 'finance', text })),
    ...flow.warnings.map((text) => ({ rank: 2 as const, at: 'finance', text })),
  ]
}

function salesPart(lines: readonly SalesLine[], reo: number): Appraisal['sales'] {
  const perYear = lines.reduce((sum, { amount }) => sum + amount, 0)
  return { lines, perYear, perKgReo: reo > 0 ? perYear / reo : null }
}

/** The footprint with the value of the products at what they are sold for. */
function emitted(
  plant: PlantDocument,
  solution: SolvedPlant,
  lines: readonly SalesLine[],
  data: AppraisalData,
): Appraisal['footprint'] {
  const prices = Object.fromEntries(
    lines.map(({ product, amount, ratePerYear }) => [product, amount / ratePerYear]),
  )
  const answer = footprintOf(plant, solution, { prices }, data.footprint)
  return answer.outcome === 'computed'
    ? answer.footprint
    : { missing: answer.problems.map(({ message }) => message).join('; ') }
}

function termsOf(plant: PlantDocument, { costs, levels }: AppraisalData): Terms {
  const { economics } = plant
  const sayings = sayingsOf(plant)
  const { currency, year } = economics.basis
  return {
    plant,
    economics,
    bank: costs,
    basis: { currency, year },
    levels,
    said: (path) => saidAbout(path, sayings),
    assumptions: [...sayings].flatMap(([at, { assumption: text }]) =>
      text === undefined ? [] : [{ at, text }],
    ),
    defaults: [],
    gaps: [],
  }
}

/** Capital and operating cost by the method that the section names. */
function estimated(
  solution: SolvedPlant,
  sold: readonly SalesLine[],
  data: AppraisalData,
  terms: Terms,
): { readonly capital: CapitalEstimate; readonly operating: OperatingEstimate } {
  const { oxideFactors } = data
  const { method } = terms.economics.estimate
  const { totalPlant: _, ...operating } = operatingInputs(solution, sold, 0, oxideFactors, terms)
  const capital = method === 'scaled' ? scaled(solution, terms) : undefined
  if (capital !== undefined) {
    const totalPlant = capital.totals.totalPlant
    return { capital, operating: estimateOperating(solution, { ...operating, totalPlant }) }
  }
  const inputs = capitalInputs(solution, data.costs.correlations, oxideFactors, terms)
  const both = { capital: inputs, operating }
  if (method !== 'qgess') return estimatePlant(solution, both)
  return qgessEstimate(
    solution,
    both,
    qgessRules((id) => terms.bank.rules.get(id)?.value),
  )
}

/** Capital from an anchor plant; undefined, with the gap, where that cannot be. */
function scaled(solution: SolvedPlant, terms: Terms): CapitalEstimate | undefined {
  const { anchor: id, exponent, workingCapital } = terms.economics.estimate
  const { anchors } = terms.bank
  const [anchor, accuracy] = [anchors.get(id ?? ''), accuracyOf(5, terms)]
  const capacity = solution.products.reduce(
    (sum, { rate, purity }) =>
      sum + rate['kg/s'] * purity.treoInProduct * 3600 * solution.operatingHours,
    0,
  )
  const known = [...anchors.keys()].join(', ')
  if (anchor === undefined) {
    const why = `no anchor plant of that id; there is ${known}`
    terms.gaps.push({ part: 'capital', what: `anchor ${id ?? ''}`, why })
    return undefined
  }
  const estimate = capacityEstimate({
    basis: terms.basis,
    levels: terms.levels,
    anchor,
    capacity,
    exponent,
    accuracy,
    ...(workingCapital === undefined ? {} : { workingCapital: { fraction: workingCapital } }),
  })
  if (!('missing' in estimate)) return estimate
  terms.gaps.push({ part: 'capital', what: `scaling from ${anchor.title}`, why: estimate.missing })
  return undefined
}

/** Running costs by group: what varies with the output, and what does not. */
function runningCosts({ lines }: OperatingEstimate): readonly RunningCost[] {
  const groups = new Map<string, { name: string; amount: number; variable: boolean }>()
  for (const { group, variable, amount } of lines) {
    const key = `${group} ${variable}`
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { name: group, amount, variable })
    else known.amount += amount
  }
  return [...groups.values()]
}

const withOrigins = (lines: readonly SalesLine[], sold: readonly SoldProduct[]) =>
  lines.map((line, k) => ({ ...line, how: [line.how, sold[k]?.how].filter(Boolean).join('; ') }))

/** The first item of each key. */
function unique<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  const found = new Map<string, T>()
  for (const item of items) if (!found.has(key(item))) found.set(key(item), item)
  return [...found.values()]
}

const gapsOf = (capital: CapitalEstimate, operating: OperatingEstimate): readonly Gap[] => [
  ...capital.unpriced.map((gap) => ({ part: 'capital' as const, ...gap })),
  ...operating.gaps.map((gap) => ({ part: 'operating' as const, ...gap })),
]
