/**
 * What a worker thread loads where the program runs from its sources: teaches the thread to read
 * TypeScript first, because a thread of Node 20 does not inherit that. The built package loads
 * `task.js` and does not contain this file.
 */
import { register } from 'tsx/esm/api'

register()
export const {
  runDraws,
  runRisks,
  runSwing,
  summariseDraws,
  solvePlant,
  planDraws,
  findOptimum,
  findSlopes,
  solveCharged,
} = await import('./task.ts')
