import type { Content } from './lot.ts'
import type { Ledger } from './ledger.ts'

export async function contentsOf(
  ledger: Ledger,
  lots: readonly string[],
): Promise<ReadonlyMap<string, readonly Content[]>> {
  throw new Error(String([ledger, lots]))
}
