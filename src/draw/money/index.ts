/** Charts of money, odds and footprints as SVG text; light enough for a page. */
export { drawBreakdown } from './breakdown.ts'
export { drawCashFlow } from './cash-flow.ts'
export type * from './chart-types.ts'
export { drawComparison } from './comparison.ts'
export { drawFootprint } from './footprint.ts'
export { drawOdds } from './odds.ts'
export { drawSwings } from './swings.ts'
