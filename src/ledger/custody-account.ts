import type { CustodyAccount, CustodyAccountQuery } from './account-types.ts'
import type { Ledger } from './ledger.ts'

export async function custodyAccount(
  ledger: Ledger,
  query: CustodyAccountQuery,
): Promise<CustodyAccount> {
  throw new Error(String([ledger, query]))
}
