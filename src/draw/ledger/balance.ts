import type { BalanceReport } from '../../twin/index.ts'
import type { ChartLook } from '../money/chart-types.ts'

/** Closing chart: what came in and out of each element, and the gap with its uncertainty. */
export function drawBalance(_report: BalanceReport, _look?: ChartLook): string {
  throw new Error('not yet')
}
