/** Pictures of the ledger: genealogy, balances, drift, time line, inventory. */
export { drawBalance } from './balance.ts'
export { drawDrift } from './drift.ts'
export { drawGenealogy } from './genealogy.ts'
export { drawInventory } from './inventory.ts'
export { drawTimeline } from './timeline.ts'
