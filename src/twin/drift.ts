import type { BalanceReport } from './balance/types.ts'
import type { ControlLimits, Drift, Expectation } from './expectation-types.ts'

export interface DriftOptions {
  /** How many of the first campaigns the limits are learnt from; 12 if left out. */
  readonly learnFrom?: number
  /** Limits that are given instead: by `recovery Nd`, `gap Nd`. */
  readonly limits?: Readonly<Record<string, ControlLimits>>
}

/** How recoveries and gaps move over campaigns; those with an expectation as deviation from it. */
export function drift(
  _balances: readonly BalanceReport[],
  _expectations: readonly Expectation[] = [],
  _options: DriftOptions = {},
): Drift {
  throw new Error('not yet')
}
