import type { Drift } from '../../twin/index.ts'
import type { ChartLook } from '../money/chart-types.ts'

/** Control charts, one panel a series. */
export function drawDrift(_drift: Drift, _look?: ChartLook): string {
  throw new Error('not yet')
}
