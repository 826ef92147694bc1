import type { InventoryOptions, InventoryReport } from './inventory-types.ts'
import type { Ledger } from './ledger.ts'

export async function inventory(
  ledger: Ledger,
  options: InventoryOptions = {},
): Promise<InventoryReport> {
  throw new Error(String([ledger, options]))
}
