import type { Weighing } from './lot.ts'
import { standardOf } from './readings.ts'

/**
 * Relative standard uncertainty of a lot's mass by its newest weighing that says one; undefined:
 * nobody has said.
 */
export function relativeMassUncertainty(of: {
  readonly weighings: readonly Weighing[]
}): number | undefined {
  for (const weighing of [...of.weighings].reverse()) {
    const u = standardOf(weighing)
    if (u !== undefined && weighing.mg > 0) return u / weighing.mg
  }
  return undefined
}
