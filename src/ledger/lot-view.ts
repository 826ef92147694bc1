import type { LotView } from './care-types.ts'
import type { Ledger } from './ledger.ts'

export async function lotView(ledger: Ledger, ref: string): Promise<LotView | undefined> {
  throw new Error(String([ledger, ref]))
}
