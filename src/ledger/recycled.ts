import type { RecycledShare } from './account-types.ts'
import type { Ledger } from './ledger.ts'

export async function recycledShare(ledger: Ledger, lot: string): Promise<RecycledShare> {
  throw new Error(String([ledger, lot]))
}
