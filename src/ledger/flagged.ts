import type { Flag } from './care-types.ts'
import type { Ledger } from './ledger.ts'

export async function flagged(ledger: Ledger, limit = 1000): Promise<readonly Flag[]> {
  throw new Error(String([ledger, limit]))
}
