/**
 * What queries have read of a ledger and computed from it is kept in memory until an event touches
 * it, so that the next query need not read it again. What another process has written is noticed:
 * then everything is read anew.
 */
import type { Composition } from './composition.ts'
import type { LotState } from './state.ts'
import type { LedgerStore, Projection } from './store.ts'

/** What a lot was made of, and its samples. */
export interface Links {
  readonly parents: readonly { readonly lot: string; readonly mg: number }[]
  readonly samples: readonly string[]
}

interface Kept {
  upTo: number
  readonly states: Map<string, LotState>
  readonly links: Map<string, Links>
  readonly compositions: Map<string, Composition>
  /** Lots whose links or composition depend on a lot. */
  readonly dependents: Map<string, Set<string>>
}

/** As long as nothing was projected since it was handed out, what is kept there stays. */
export interface Remembered {
  readonly states: ReadonlyMap<string, LotState>
  readonly links: ReadonlyMap<string, Links>
  readonly compositions: ReadonlyMap<string, Composition>
  readonly keepState: (state: LotState) => void
  /** `on`: every lot that they were found by. */
  readonly keepLinks: (lot: string, links: Links, on: readonly string[]) => void
  readonly keepComposition: (composition: Composition) => void
}

const mostLots = 30_000
const byStore = new WeakMap<LedgerStore, Kept>()

const fresh = (upTo: number): Kept => ({
  upTo,
  states: new Map(),
  links: new Map(),
  compositions: new Map(),
  dependents: new Map(),
})

function clear(kept: Kept): void {
  kept.states.clear()
  kept.links.clear()
  kept.compositions.clear()
  kept.dependents.clear()
}

/** What is remembered of a store whose derived tables are as they are now. */
export async function remembered(store: LedgerStore): Promise<Remembered> {
  const upTo = await store.projected()
  const before = byStore.get(store)
  const kept = before?.upTo === upTo ? before : fresh(upTo)
  byStore.set(store, kept)
  if (kept.states.size > mostLots) clear(kept)
  const isSame = () => kept.upTo === upTo
  return {
    states: kept.states,
    links: kept.links,
    compositions: kept.compositions,
    keepState: (state) => {
      if (isSame()) kept.states.set(state.uri, state)
    },
    keepLinks: (lot, links, on) => {
      if (!isSame()) return
      kept.links.set(lot, links)
      for (const other of on) {
        const dependents = kept.dependents.get(other)
        if (dependents === undefined) kept.dependents.set(other, new Set([lot]))
        else dependents.add(lot)
      }
    },
    keepComposition: (composition) => {
      if (isSame()) kept.compositions.set(composition.lot, composition)
    },
  }
}

/** Forgets a lot, and what depends on it. */
function touch(kept: Kept, lot: string): void {
  const seen = new Set([lot])
  const open = [lot]
  kept.states.delete(lot)
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    kept.links.delete(at)
    kept.compositions.delete(at)
    for (const dependent of kept.dependents.get(at) ?? []) {
      if (seen.has(dependent)) continue
      seen.add(dependent)
      open.push(dependent)
    }
  }
}

/** Takes note of what was written into the derived tables. */
export function learn(store: LedgerStore, { from, upTo, lots, refolded }: Projection): void {
  const kept = byStore.get(store)
  if (kept === undefined) return
  if (kept.upTo !== from) {
    byStore.delete(store)
    return
  }
  for (const uri of refolded) touch(kept, uri)
  for (const { uri } of lots) touch(kept, uri)
  kept.upTo = upTo
}
