import { anderson, groupedAnderson } from './anderson.ts'
import { direct } from './direct.ts'
import { groupedSecant } from './grouped.ts'
import type { FixedPointMethod } from './method.ts'
import { wegstein } from './wegstein.ts'

export type { FixedPointMethod, Knowledge, Visit } from './method.ts'
export { ignorance, learn, withoutPlace } from './method.ts'
export { boundedStep, type StepBounds } from './bounded.ts'
export { anderson, direct, groupedAnderson, groupedSecant, wegstein }

/** Every method for `x = g(x)`; one file a method. */
export const fixedPointMethods: readonly FixedPointMethod[] = [
  direct,
  wegstein,
  groupedSecant,
  anderson,
  groupedAnderson,
]
