import type { Genealogy, GenealogyOptions } from './genealogy-types.ts'
import type { Ledger } from './ledger.ts'

export async function genealogy(
  ledger: Ledger,
  lot: string,
  options: GenealogyOptions,
): Promise<Genealogy> {
  throw new Error(String([ledger, lot, options]))
}
