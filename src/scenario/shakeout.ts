import {
  compileDistribution,
  type ExtractantSet,
  missingElements,
  type ShakeoutRow,
  type ShakeoutTable,
  shakeoutTable,
} from '../chemistry/index.ts'
import { bank as builtIn, type Databank } from '../databank/index.ts'

export type ShakeoutAnswer =
  | ({ readonly ok: true; readonly set: ExtractantSet } & ShakeoutTable)
  | { readonly ok: false; readonly message: string }

/**
 * Batch equilibrium of every row with one extractant set: predicted D, pH and loading, and the rms
 * of log10 D against the measured values. Refuses a set that lacks an element of the rows.
 */
export function predictShakeouts(
  id: string,
  rows: readonly ShakeoutRow[],
  bank: Databank = builtIn,
): ShakeoutAnswer {
  const set = bank.extractants.get(id)
  if (set === undefined) {
    return { ok: false, message: `no extractant set "${id}"; the list: didymium data` }
  }
  const elements = [...new Set(rows.flatMap((row) => Object.keys(row.feed)))]
  const missing = missingElements(set, elements)
  if (missing.length > 0) {
    return { ok: false, message: `${id} has no constants for ${missing.join(', ')}` }
  }
  return { ok: true, set, ...shakeoutTable(rows, compileDistribution(set, elements)) }
}
