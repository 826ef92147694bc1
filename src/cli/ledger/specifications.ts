import type { Specification } from '../../ledger/index.ts'
import { bank } from '../../databank/index.ts'

/** Every specification of the data, by id. */
export async function knownSpecifications(): Promise<readonly Specification[]> {
  return bank.specifications
}
