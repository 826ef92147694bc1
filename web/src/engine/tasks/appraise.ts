import {
  cashFlowPeriods,
  describeConventions,
  type CashFlowPeriod,
} from '../../../../src/economics/finance/index.ts'
import { bank } from '../../../../src/databank/index.ts'
import { appraise as appraiseSolved } from '../../../../src/scenario/economics/appraise.ts'
import type { Appraisal } from '../../../../src/scenario/economics/appraisal.ts'
import type { TaskMap } from '../protocol.ts'
import { current } from '../in-hand.ts'

/** What the plant in hand costs, earns and emits, as the pages of money show it. */
export interface MoneyView {
  readonly appraisal: Appraisal
  readonly periods: readonly CashFlowPeriod[]
  /** What each convention of the cash flow means. */
  readonly conventions: readonly string[]
}

/** An appraisal, or why there is none. */
export type MoneyAnswer =
  | { readonly ok: true; readonly view: MoneyView }
  | { readonly ok: false; readonly why: string }

/** Appraises the solution in hand; asked after it was sent, so that no repaint waits for it. */
function appraise(): MoneyAnswer {
  const { plant, solution } = current()
  if (solution.status !== 'converged') {
    return { ok: false, why: 'The plant has no solution, so nothing can be said of its money.' }
  }
  const appraisal = appraiseSolved(plant, solution, { bank, breakEvens: true })
  const { cashFlow } = appraisal.finance
  const conventions = describeConventions(cashFlow.conventions).map(({ means }) => means)
  return { ok: true, view: { appraisal, periods: cashFlowPeriods(cashFlow), conventions } }
}

export const tasks = { appraise } satisfies TaskMap
