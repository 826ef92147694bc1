export type {
  CashFlow,
  CashFlowPeriod,
  ColumnName,
  LoanAccount,
} from './cash-flow-types.ts'
export { columnNames, financingColumns, projectColumns } from './cash-flow-types.ts'
export type { Conventions } from './conventions.ts'
export type { Debt } from './debt.ts'
export type { DepreciationRule, MacrsClass } from './depreciation.ts'
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
export type {
  BreakEven,
  BreakEvens,
  Cover,
  InternalRate,
  Metrics,
  Payback,
} from './metrics-types.ts'
export type { LossRule, TaxRule } from './tax.ts'
