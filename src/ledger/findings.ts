import type { LedgerFinding } from './state.ts'
import type { Ledger } from './ledger.ts'

export async function findings(ledger: Ledger, limit = 1000): Promise<readonly LedgerFinding[]> {
  throw new Error(String([ledger, limit]))
}
