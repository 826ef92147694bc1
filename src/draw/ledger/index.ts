/** Pictures of the ledger: balances, drift, time line. */
export { drawBalance } from './balance.ts'
export { drawDrift } from './drift.ts'
export { drawTimeline } from './timeline.ts'
