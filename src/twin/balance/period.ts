import type { Ledger } from '../../ledger/index.ts'
import type { BalanceOptions, BalanceReport } from './types.ts'

/** From, inclusive, to, exclusive, ms since 1970; of the whole site, or of some places (URIs). */
export async function periodBalance(
  _ledger: Ledger,
  _period: { readonly from: number; readonly to: number; readonly places?: readonly string[] },
  _options: BalanceOptions & { readonly isSynthetic?: boolean } = {},
): Promise<BalanceReport> {
  throw new Error('not yet')
}
