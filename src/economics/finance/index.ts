export { breakEven, breakEvens, projectNpv, withOnePrice, withPricesTimes } from './break-even.ts'
export { cashFlow } from './cash-flow.ts'
export type { CashFlow, CashFlowPeriod, ColumnName, LoanAccount } from './cash-flow-types.ts'
export { columnNames, financingColumns, projectColumns } from './cash-flow-types.ts'
export type { Conventions, ConventionSet } from './conventions.ts'
export {
  completeConventions,
  conventionChoices,
  conventionSets,
  defaultConventions,
  describeConventions,
} from './conventions.ts'
export type { Debt } from './debt.ts'
export type { DepreciationRule, MacrsClass } from './depreciation.ts'
export { depreciationShares } from './depreciation.ts'
export type { Funding, FundingFloors, FundingMix, FundingRequest } from './funding.ts'
export { findFunding, fundingMap, fundingMix } from './funding.ts'
export { cashFlowPeriods, discountFactors, flowRate, presentValue } from './discount.ts'
export type {
  CapitalPart,
  CashFlowInputs,
  Grant,
  Inflation,
  OneOff,
  ProductionCredit,
  Replacement,
  Royalty,
  RunningCost,
  WorkingCapital,
} from './inputs.ts'
export { metrics, paybackOf } from './metrics.ts'
export type {
  BreakEven,
  BreakEvens,
  Cover,
  InternalRate,
  Metrics,
  Payback,
} from './metrics-types.ts'
export type { QgessNpv, QgessNpvInputs } from './qgess-npv.ts'
export { npvQgess, seriesWorth } from './qgess-npv.ts'
export { internalRate } from './rate-of-return.ts'
export type { LossRule, TaxRule } from './tax.ts'
export { cashFlowTroubles } from './troubles.ts'
