import type { InventoryReport } from '../../ledger/index.ts'
import type { Cell } from '../cells.ts'

/** What is there, by place and element, for the terminal. */
export function inventoryText(
  _report: InventoryReport,
  _options: { readonly isSynthetic: boolean },
): string {
  throw new Error('not yet')
}

/** A row for each lot at each place, for CSV and spreadsheets. */
export function inventoryTable(_report: InventoryReport): readonly (readonly Cell[])[] {
  throw new Error('not yet')
}
