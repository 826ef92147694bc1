import type { Custody } from './account-types.ts'
import type { Ledger } from './ledger.ts'

export async function custodyOf(ledger: Ledger, lot: string): Promise<Custody> {
  throw new Error(String([ledger, lot]))
}
