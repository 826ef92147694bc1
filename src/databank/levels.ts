import { levelFiles } from './levels.generated.ts'
import { loadCosts, type CostBank } from './load-costs.ts'

let bank: Pick<CostBank, 'indices' | 'exchange'> | undefined

/** Cost index and exchange rates alone: what reading a plant needs of the money data. */
export function costLevels(): Pick<CostBank, 'indices' | 'exchange'> {
  bank ??= loadCosts(levelFiles())
  return bank
}
