import type { Ledger } from '../ledger/index.ts'
import type { PlantDocument } from '../scenario/index.ts'
import type { BalanceReport } from './balance/types.ts'
import type { Expectation } from './expectation-types.ts'

export interface ExpectationOptions {
  /** Relative standard uncertainty of what the model says; left out: only the measured one counts. */
  readonly modelU?: number
}

/** Solves the plant with the feed as the campaign had it. Undefined when there is no such campaign. */
export async function expectation(
  _ledger: Ledger,
  _plant: PlantDocument,
  _campaign: string,
  _balance: BalanceReport,
  _options: ExpectationOptions = {},
): Promise<Expectation | undefined> {
  throw new Error('not yet')
}
