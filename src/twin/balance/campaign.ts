import type { Ledger } from '../../ledger/index.ts'
import type { BalanceOptions, BalanceReport } from './types.ts'

/** Undefined when there is no such campaign (URI or code). */
export async function campaignBalance(
  _ledger: Ledger,
  _campaign: string,
  _options: BalanceOptions & { readonly isSynthetic?: boolean } = {},
): Promise<BalanceReport | undefined> {
  throw new Error('not yet')
}
