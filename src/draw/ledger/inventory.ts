import type { InventoryReport } from '../../ledger/index.ts'
import type { ChartLook } from '../money/chart-types.ts'

/** What is at each place, by kind of lot. */
export function drawInventory(
  _report: InventoryReport,
  _options: { readonly isSynthetic: boolean; readonly look?: ChartLook },
): string {
  throw new Error('not yet')
}
