import type { CostBasis } from '../basis.ts'
import type { Conventions } from './conventions.ts'

/**
 * The money of every period, in the order in which it is printed. Signs as cash: what comes in is
 * positive, what goes out negative; `depreciation` and `taxableIncome` are no cash and are not
 * part of any sum.
 */
export const columnNames = [
  'capital',
  'replacements',
  'oneOffs',
  'workingCapital',
  'grants',
  'revenue',
  'royalties',
  'variableCosts',
  'fixedCosts',
  'credits',
  'tax',
  'depreciation',
  'taxableIncome',
  'draws',
  'fees',
  'interest',
  'principal',
  'taxShield',
] as const

export type ColumnName = (typeof columnNames)[number]

/** Columns that add up to the flow of the project, before any loan. */
export const projectColumns = [
  'capital',
  'replacements',
  'oneOffs',
  'workingCapital',
  'grants',
  'revenue',
  'royalties',
  'variableCosts',
  'fixedCosts',
  'credits',
  'tax',
] as const satisfies readonly ColumnName[]

/** Columns that lead from the flow of the project to that of the equity. */
export const financingColumns = [
  'draws',
  'fees',
  'interest',
  'principal',
  'taxShield',
] as const satisfies readonly ColumnName[]

/** One loan over the periods. */
export interface LoanAccount {
  readonly name: string
  /** Sum of the draws, interest and fees that were added to it not included. */
  readonly amount: number
  /** What is owed at the end of each period. */
  readonly balance: Float64Array
  /** Interest and principal paid in each period, positive. */
  readonly service: Float64Array
  /** Service cover to which a sculpted loan was shaped. */
  readonly sculptedTo?: number
}

/** A cash flow by year or quarter, with and without loans; money of `basis`, inflated if asked. */
export interface CashFlow {
  readonly basis: CostBasis
  readonly step: 'year' | 'quarter'
  /** Periods in a year: 1 or 4. */
  readonly perYear: number
  /** Number of periods, of which `construction` come before the planned start of operation. */
  readonly length: number
  readonly construction: number
  /** Calendar year of the first spend. */
  readonly firstYear: number
  readonly columns: Readonly<Record<ColumnName, Float64Array>>
  /** Sum of `projectColumns`: before any loan, after the tax that a plant without loans pays. */
  readonly project: Float64Array
  /** Project and financing: what the owners put in and take out. */
  readonly equity: Float64Array
  /** kg that are sold in each period and count as output. */
  readonly output: Float64Array
  /** Revenue of products that do not count as output, a part of the column of that name. */
  readonly otherRevenue: Float64Array
  /** Price level of each period over that of the amounts: 1 where prices are constant. */
  readonly priceLevel: Float64Array
  readonly loans: readonly LoanAccount[]
  /** Expenditure that may be depreciated, what was, and what never will be. */
  readonly depreciation: {
    readonly base: number
    readonly deducted: number
    readonly unrelieved: number
  }
  /** Losses and credits that were still waiting for a profit at the end. */
  readonly unusedLosses: number
  readonly unusedCredits: number
  /** kg for which no tier of a contract had room, over the whole life. */
  readonly unsold: readonly { readonly product: string; readonly kg: number }[]
  readonly conventions: Conventions
  readonly discountRate: number
  readonly equityDiscountRate: number
  /** General inflation, a year; 0 in constant prices. */
  readonly inflation: number
  readonly warnings: readonly string[]
}

/** One period as a record, to print or to send. */
export interface CashFlowPeriod {
  /** 1 for the first period. */
  readonly period: number
  /** `2026` or `2026 Q1`. */
  readonly label: string
  readonly columns: Readonly<Record<ColumnName, number>>
  readonly project: number
  readonly equity: number
  readonly cumulative: number
  readonly output: number
  /** Present value of one unit of money of this period. */
  readonly discountFactor: number
}
