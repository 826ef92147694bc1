import type { Drift, Expectation } from '../../twin/index.ts'

/** Expected against actual, for the terminal. */
export function expectationText(_expectation: Expectation): string {
  throw new Error('not yet')
}

/** Drift over campaigns, for the terminal. */
export function driftText(_drift: Drift): string {
  throw new Error('not yet')
}
