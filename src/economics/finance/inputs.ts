import type { CostBasis } from '../basis.ts'
import type { Ramp, Sale } from '../sales.ts'
import type { Conventions } from './conventions.ts'
import type { DepreciationRule } from './depreciation.ts'
import type { Debt } from './debt.ts'
import type { TaxRule } from './tax.ts'

/** A part of the fixed capital with its tax treatment; spent as the construction schedule says. */
export interface CapitalPart {
  readonly name: string
  /** Money, in the price level of the appraisal, positive. */
  readonly amount: number
  readonly depreciation: DepreciationRule
  /** Shares of the amount by year of construction; absent: the plant's. */
  readonly spend?: readonly number[]
}

/** A running cost. A cost that depends on the output follows the ramp. */
export interface RunningCost {
  readonly name: string
  /** Money a year at full output; negative for a fee that is received. */
  readonly amount: number
  readonly variable: boolean
  /** Absent: the plant's ramp for a variable cost, from the first day in full for a fixed one. */
  readonly ramp?: Ramp
  /** Change over inflation, a year. */
  readonly escalation?: number
  /** Factor on the amount by project year, as a price path gives it; the last one holds on. */
  readonly factors?: ArrayLike<number>
}

/** Something that is paid once: start-up, a bond, the clearing of the site at the end. */
export interface OneOff {
  readonly name: string
  /** Money, positive when paid, negative when received (salvage). */
  readonly amount: number
  /** Years after the first spend, or `end`: in the last period. */
  readonly at: number | 'end'
  /** Written off at once against tax, depreciated, or neither (a deposit, land). */
  readonly treatment: 'expense' | 'none' | DepreciationRule
}

/** Equipment, organic, resin or refractory that is bought anew every so many years. */
export interface Replacement {
  readonly name: string
  readonly amount: number
  readonly everyYears: number
  readonly treatment: 'expense' | DepreciationRule
}

export interface Grant {
  readonly name: string
  /** Money, positive. Grants are fixed sums: they are not escalated. */
  readonly amount: number
  /** Years after the first spend, and the share that is paid then; shares add up to 1. */
  readonly milestones: readonly { readonly at: number; readonly share: number }[]
  /** Lowers the sum that may be depreciated, is income of the year, or is free of tax. */
  readonly treatment: 'reduces-base' | 'income' | 'untaxed'
}

export interface Royalty {
  readonly name: string
  /** Share of the revenue. */
  readonly share: number
  /** Only from these products; absent: from all. */
  readonly products?: readonly string[]
}

/** A credit for producing, such as the share of production cost of 26 USC 45X. */
export interface ProductionCredit {
  readonly name: string
  /** Share of the running costs. */
  readonly shareOfCost?: number
  /** Money per kg of output that is sold; it rises with inflation where `indexed`. */
  readonly perKg?: number
  readonly indexed?: boolean
  /** Calendar year and the share still given then; 1 before the first, 0 after the last. */
  readonly phaseOut?: readonly { readonly year: number; readonly share: number }[]
  /** Paid out whatever the tax, or only as far as there is tax to pay (the rest is carried on). */
  readonly treatment: 'paid' | 'against-tax'
}

/** Working capital: all the parts that are given are added. */
export interface WorkingCapital {
  /** Money that is put in before the start of operation: first fills, hold-up, cash. */
  readonly amount?: number
  /** Share of the fixed capital, put in before the start of operation. */
  readonly shareOfCapital?: number
  /** Days of sales that customers owe. */
  readonly receivableDays?: number
  /** Days of running cost that lie in stock. */
  readonly inventoryDays?: number
  /** Days of running cost that suppliers lend. */
  readonly payableDays?: number
  /** Share that comes back in the last period; absent: 1. What does not is a loss. */
  readonly returned?: number
}

/** Price changes a year; those that are absent are the general one. Absent: constant prices. */
export interface Inflation {
  readonly general: number
  readonly revenue?: number
  readonly operating?: number
  readonly capital?: number
  /** Years between the price level of the amounts and the first spend; absent: 0. */
  readonly yearsBefore?: number
}

/** All that a cash flow is made of: plain data, to be printed, compared or sent to a worker. */
export interface CashFlowInputs {
  /** For example USD of 2024; every amount below is money of it. */
  readonly basis: CostBasis
  readonly step: 'year' | 'quarter'
  /** Calendar year of the first spend: royalties, credits and phase-outs are dated by it. */
  readonly firstYear: number
  /** Shares of the fixed capital by year of construction, for example 0.1, 0.6, 0.3. */
  readonly spend: readonly number[]
  /** Years of production. */
  readonly life: number
  /** Years by which production begins late; money goes out and loans are served as planned. */
  readonly delay?: number
  readonly ramp: Ramp
  readonly capital: readonly CapitalPart[]
  readonly sales: readonly Sale[]
  readonly costs: readonly RunningCost[]
  readonly oneOffs?: readonly OneOff[]
  readonly replacements?: readonly Replacement[]
  readonly grants?: readonly Grant[]
  readonly royalties?: readonly Royalty[]
  readonly credits?: readonly ProductionCredit[]
  readonly workingCapital?: WorkingCapital
  readonly inflation?: Inflation
  readonly tax: TaxRule
  readonly debt?: readonly Debt[]
  /** A year: 0.075 is 7.5 %. */
  readonly discountRate: number
  /** For the equity; absent: the same. */
  readonly equityDiscountRate?: number
  /** Absent: the default ones. All are printed with the result. */
  readonly conventions?: Partial<Conventions>
}
