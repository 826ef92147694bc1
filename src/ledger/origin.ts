import type { OriginReport } from './account-types.ts'
import type { Ledger } from './ledger.ts'

export async function originOf(ledger: Ledger, lot: string): Promise<OriginReport> {
  throw new Error(String([ledger, lot]))
}
