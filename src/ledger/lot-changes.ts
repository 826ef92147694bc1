/** What events that are not written yet would make of lots. */
import type { Known } from './command.ts'
import type { Effects } from './effects.ts'
import { effectsOf } from './effects-of.ts'
import { foldLot } from './fold.ts'
import { compareOrder, partsOf } from './part.ts'
import type { LedgerStore, NewRecord } from './store.ts'
import { codeOf } from './uris.ts'

/** A lot before and after; a mass of undefined: there is no such lot. */
export interface LotChange {
  readonly lot: string
  readonly code: string
  readonly kind: string | undefined
  readonly before: Readonly<Record<string, number>> | undefined
  readonly after: Readonly<Record<string, number>> | undefined
  /** Results of laboratories that it has then, and had before. */
  readonly assays: { readonly before: number; readonly after: number }
}

/**
 * Every lot that the records touch, with its mass by place (mg) before and after. A lot with later
 * events is folded from the history that was known for the command.
 */
export async function lotChanges(
  store: LedgerStore,
  known: Known,
  records: readonly NewRecord[],
): Promise<readonly LotChange[]> {
  const effects = records.map(effectsOf).sort(compareOrder)
  const lots = new Set(effects.flatMap((one) => [...partsOf(one).keys()]))
  for (const uri of known.history?.keys() ?? []) lots.add(uri)
  const states = await store.lots([...lots])
  return [...lots].map((lot): LotChange => {
    const own: readonly Effects[] = effects.filter((one) => partsOf(one).has(lot))
    const history = known.history?.get(lot)
    const before = states.get(lot)
    const after =
      history === undefined
        ? foldLot(lot, own, before).state
        : foldLot(lot, [...history, ...own]).state
    const master = after?.master ?? before?.master
    return {
      lot,
      code: master?.code ?? codeOf(lot),
      kind: master?.kind,
      before: before?.places,
      after: after?.places,
      assays: { before: before?.assays.length ?? 0, after: after?.assays.length ?? 0 },
    }
  })
}
