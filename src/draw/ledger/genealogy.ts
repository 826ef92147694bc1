import type { Genealogy } from '../../ledger/index.ts'
import type { ChartLook } from '../money/chart-types.ts'

/** Lots and campaigns as a graph, left to right in time, the lot asked for marked. */
export async function drawGenealogy(
  _genealogy: Genealogy,
  _options: { readonly isSynthetic: boolean; readonly look?: ChartLook },
): Promise<string> {
  throw new Error('not yet')
}
