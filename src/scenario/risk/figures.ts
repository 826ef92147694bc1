import type { CashFlow, InternalRate, Metrics } from '../../economics/finance/index.ts'
import type { CostBasis } from '../../economics/index.ts'
import type { Appraisal } from '../economics/appraisal.ts'

/** A figure of one draw: none where nothing can be said, `never` for what never comes back. */
export type RiskValue = number | null | 'never'

/** What a draw is read from: the appraisal, and the money as it came in this draw. */
export interface Drawn {
  readonly appraisal: Appraisal
  readonly cashFlow: CashFlow
  readonly metrics: Metrics
  /** Output sold over the solved one; absent: 1. */
  readonly output?: number
}

export const moneyFigures = [
  'npv',
  'irr',
  'payback',
  'equity-npv',
  'equity-irr',
  'dscr',
  'llcr',
  'levelised-cost',
  'capital',
  'operating-cost',
  'revenue',
  'peak-funding',
] as const
export type MoneyFigure = (typeof moneyFigures)[number]

interface FigureKind {
  readonly title: string
  /** In money of the basis. */
  readonly unit: (basis: CostBasis) => string
  readonly factor: number
  readonly better: 'more' | 'less'
  readonly of: (drawn: Drawn) => RiskValue
}

const million = ({ currency }: CostBasis) => `M${currency}`
const millionAYear = (basis: CostBasis) => `${million(basis)}/y`
const perKg = ({ currency }: CostBasis) => `${currency}/kg`
const finite = (value: number | undefined): RiskValue =>
  value !== undefined && Number.isFinite(value) ? value : null

function rateOf(rate: InternalRate): RiskValue {
  if (rate.outcome === 'found') return rate.rate
  return rate.outcome === 'none' && rate.why === 'never-earned' ? 'never' : null
}

/** Mean over the years in which the plant sells. */
function revenueAYear({ cashFlow: { columns, perYear } }: Drawn): number {
  const revenue = columns.revenue.filter((amount) => amount > 0)
  return (revenue.reduce((sum, amount) => sum + amount, 0) / revenue.length) * perYear
}

export const figureKinds: Readonly<Record<MoneyFigure, FigureKind>> = {
  npv: {
    title: 'Net present value',
    unit: million,
    factor: 1e-6,
    better: 'more',
    of: ({ metrics }) => finite(metrics.projectNpv),
  },
  irr: {
    title: 'Internal rate of return',
    unit: () => '%',
    factor: 100,
    better: 'more',
    of: ({ metrics }) => rateOf(metrics.projectIrr),
  },
  payback: {
    title: 'Payback from operation',
    unit: () => 'y',
    factor: 1,
    better: 'less',
    of: ({ metrics: { payback } }) => {
      if (payback.outcome === 'found') return payback.fromOperation
      return payback.outcome === 'never' ? 'never' : null
    },
  },
  'equity-npv': {
    title: 'Net present value to equity',
    unit: million,
    factor: 1e-6,
    better: 'more',
    of: ({ metrics }) => finite(metrics.equityNpv),
  },
  'equity-irr': {
    title: 'Internal rate of return to equity',
    unit: () => '%',
    factor: 100,
    better: 'more',
    of: ({ metrics }) => rateOf(metrics.equityIrr),
  },
  dscr: {
    title: 'Least debt service cover',
    unit: () => '',
    factor: 1,
    better: 'more',
    of: ({ metrics }) => finite(metrics.cover?.least),
  },
  llcr: {
    title: 'Loan life cover',
    unit: () => '',
    factor: 1,
    better: 'more',
    of: ({ metrics }) => finite(metrics.cover?.llcr),
  },
  'levelised-cost': {
    title: 'Levelised cost',
    unit: perKg,
    factor: 1,
    better: 'less',
    of: ({ metrics }) => finite(metrics.levelised.perKg),
  },
  capital: {
    title: 'Fixed capital',
    unit: million,
    factor: 1e-6,
    better: 'less',
    of: ({ appraisal }) => finite(appraisal.capital.totals.fixed),
  },
  'operating-cost': {
    title: 'Operating cost',
    unit: millionAYear,
    factor: 1e-6,
    better: 'less',
    of: ({ appraisal }) => finite(appraisal.operating.perYear),
  },
  revenue: {
    title: 'Revenue, mean of the years of operation',
    unit: millionAYear,
    factor: 1e-6,
    better: 'more',
    of: (drawn) => finite(revenueAYear(drawn)),
  },
  'peak-funding': {
    title: 'Peak funding',
    unit: million,
    factor: 1e-6,
    better: 'less',
    of: ({ metrics }) => finite(metrics.peakFunding),
  },
}

/**
 * kg CO2e per kg of a product; none where the footprint is not known. What is not recovered was
 * made all the same: fewer kg carry what is emitted.
 */
export function footprintOf(
  { appraisal: { footprint }, output = 1 }: Drawn,
  product: string,
): RiskValue {
  if ('missing' in footprint) return null
  const found = footprint.perProduct.find(({ name }) => name === product)
  return found === undefined ? null : finite(found.kgCO2ePerKg / output)
}
