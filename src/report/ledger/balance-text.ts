import type { BalanceReport } from '../../twin/index.ts'
import type { Cell } from '../cells.ts'

/** A balance for the terminal. */
export function balanceText(_report: BalanceReport): string {
  throw new Error('not yet')
}

/** A row for each line and element, for CSV and spreadsheets. */
export function balanceTable(_report: BalanceReport): readonly (readonly Cell[])[] {
  throw new Error('not yet')
}
