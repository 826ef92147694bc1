import { costFiles } from './costs.generated.ts'
import { loadCosts, type CostBank } from './load-costs.ts'

export * from './load-costs.ts'

let bank: CostBank | undefined

/** The built-in money data, read on first use: a program that only solves does without. */
export function costBank(): CostBank {
  bank ??= loadCosts(costFiles())
  return bank
}
