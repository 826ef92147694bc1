import type { Campaign } from '../../ledger/index.ts'
import type { ChartLook } from '../money/chart-types.ts'

/** Campaigns as bars over time, a row for each place. */
export function drawTimeline(
  _campaigns: readonly Campaign[],
  _options: { readonly now: number; readonly isSynthetic: boolean; readonly look?: ChartLook },
): string {
  throw new Error('not yet')
}
