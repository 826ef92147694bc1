import type { Certificate, Specification } from './certificate-types.ts'
import type { Ledger } from './ledger.ts'

export async function certificateOf(
  ledger: Ledger,
  lot: string,
  specifications: readonly Specification[],
): Promise<Certificate> {
  throw new Error(String([ledger, lot, specifications]))
}
