export * from './reconcile/types.ts'
export * from './balance/types.ts'
export * from './expectation-types.ts'
export { reconcile } from './reconcile/reconcile.ts'
export { campaignBalance } from './balance/campaign.ts'
export { periodBalance } from './balance/period.ts'
export { drift, type DriftOptions } from './drift.ts'
export type { ActualFeed } from './actual-feed.ts'
export { type AsCharged, solveAsCharged, solveAsFiled } from './as-charged.ts'
export {
  type ChargedPlant,
  expectation,
  type ExpectationOptions,
  modelledHoldUp,
  solvedHere,
} from './expectation.ts'
export {
  demoHistory,
  type History,
  type HistoryRequest,
  type PlantedError,
} from './history/history.ts'
