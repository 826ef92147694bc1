import type { FactorSet } from './capital-types.ts'
import { npvQgess, type QgessNpv, type QgessNpvInputs } from './finance/index.ts'
import type { LabourPosition } from './operating-types.ts'

/** What the published method does that a reader would not expect; printed with its results. */
export const qgessQuirks: readonly { readonly name: string; readonly text: string }[] = [
  {
    name: 'double installation',
    text: 'accounts named bare erected cost, erection included, are multiplied by a list that adds equipment installation (17 %) again',
  },
  {
    name: 'no range check',
    text: 'accounts are extrapolated to any size without a word',
  },
  {
    name: 'loan interest with the wrong sign',
    text: 'the worth of repayments less the principal is added to the net present value: money cheaper than the discount rate lowers it',
  },
  {
    name: 'land counted twice',
    text: 'land is in the variable cost and is added to the operating cost of the net present value once more',
  },
  {
    name: 'other plant cost counted twice',
    text: 'the capital of the net present value holds it twice in the version whose figures were published',
  },
  {
    name: 'depletion off the tax',
    text: 'percentage depletion and the production credit are taken off the tax itself, not off taxable income',
  },
  {
    name: 'credits during construction',
    text: 'the years of the production credit count from now, before anything is made',
  },
  {
    name: 'wages not moved',
    text: 'wages are dollars of whatever year is chosen; only equipment and prices follow the cost index',
  },
  {
    name: 'overhead by name',
    text: 'plant overhead is on fixed cost, power, chemicals and waste; other resources, water among them, bear none',
  },
]

/** Fractions of the method, as `data/factors` has them under `qgess.`. */
export interface QgessRules {
  readonly burden: number
  readonly maintenance: number
  readonly quality: number
  readonly sales: number
  readonly administration: number
  readonly taxes: number
  readonly overhead: number
  readonly fixedCharge: number
  readonly tascOverToc: number
}

const ruleIds = {
  burden: 'qgess.labour-burden',
  maintenance: 'qgess.maintenance',
  quality: 'qgess.quality-assurance',
  sales: 'qgess.sales-patents-research',
  administration: 'qgess.administration',
  taxes: 'qgess.property-tax-insurance',
  overhead: 'qgess.plant-overhead',
  fixedCharge: 'qgess.fixed-charge-rate',
  tascOverToc: 'qgess.tasc-over-toc',
} as const satisfies Record<keyof QgessRules, string>

/** The rules of the method from the data; asserts that they are all there. */
export function qgessRules(value: (id: string) => number | undefined): QgessRules {
  const entries = Object.entries(ruleIds).map(([name, id]) => {
    const found = value(id)
    if (found === undefined) throw new Error(`no rule ${id}`)
    return [name, found] as const
  })
  return Object.fromEntries(entries) as Record<keyof QgessRules, number>
}

/** Total plant cost: bare erected cost and every line of the list on it, and other plant cost. */
export function qgessTotalPlant(bareErected: number, factors: FactorSet, other = 0): number {
  const sum = factors.lines.reduce((total, { factor }) => total + factor, 0)
  return bareErected * (1 + sum) + other
}

/** Wages of a group of positions a year with their burden, in the basis; wages are not moved. */
export function qgessLabour(
  positions: readonly LabourPosition[],
  group: LabourPosition['group'],
  burden: number,
): number {
  return positions
    .filter((p) => p.group === group)
    .reduce((sum, p) => sum + p.perShift * p.paidHours * p.wage.value * (1 + burden), 0)
}

export interface QgessFixed {
  readonly operatingLabour: number
  readonly technicalLabour: number
  readonly maintenance: number
  readonly quality: number
  readonly sales: number
  readonly administration: number
  readonly taxes: number
  readonly total: number
}

/** Fixed operating and maintenance cost a year. */
export function qgessFixed(
  totalPlant: number,
  positions: readonly LabourPosition[],
  revenue: number,
  rules: QgessRules,
): QgessFixed {
  const operatingLabour = qgessLabour(positions, 'operating', rules.burden)
  const parts = {
    operatingLabour,
    technicalLabour: qgessLabour(positions, 'technical', rules.burden),
    maintenance: rules.maintenance * totalPlant,
    quality: rules.quality * operatingLabour,
    sales: rules.sales * revenue,
    administration: rules.administration * operatingLabour,
    taxes: rules.taxes * totalPlant,
  }
  return { ...parts, total: Object.values(parts).reduce((sum, x) => sum + x, 0) }
}

/** Plant overhead a year: on fixed cost, power, land, chemicals and waste. */
export function qgessOverhead(
  { fixed, power, chemicals, waste, land }: QgessOverheadBase,
  rules: QgessRules,
): number {
  return rules.overhead * (fixed + power + chemicals + waste + land)
}

export interface QgessOverheadBase {
  readonly fixed: number
  readonly power: number
  readonly chemicals: number
  readonly waste: number
  readonly land: number
}

/** Cost of recovering one unit of product: annualised capital and operating cost over it. */
export function qgessRecovery(
  totalPlant: number,
  operating: number,
  ratePerYear: number,
  rules: Pick<QgessRules, 'fixedCharge' | 'tascOverToc'>,
): { readonly annualised: number; readonly perUnit: number | null } {
  const annualised = rules.fixedCharge * rules.tascOverToc * totalPlant
  return { annualised, perUnit: ratePerYear > 0 ? (annualised + operating) / ratePerYear : null }
}

/** What the published net present value is made from, money of one basis. */
export interface QgessWorth {
  readonly totalPlant: number
  /** Part of `totalPlant` that is no equipment. */
  readonly otherPlant: number
  readonly fixed: number
  /** With land in it. */
  readonly variable: number
  readonly land: number
  readonly revenue: number
  readonly terms: Omit<QgessNpvInputs, 'capital' | 'operating' | 'revenue'>
  /** True for the version whose figures were published: other plant cost is capital twice. */
  readonly otherTwice: boolean
}

/** Net present value by the closed form of the method, land twice and all. */
export function qgessWorth(worth: QgessWorth): QgessNpv {
  const { totalPlant, otherPlant, fixed, variable, land, revenue, terms, otherTwice } = worth
  return npvQgess({
    ...terms,
    capital: totalPlant + (otherTwice ? otherPlant : 0),
    operating: fixed + variable + land,
    revenue,
  })
}
