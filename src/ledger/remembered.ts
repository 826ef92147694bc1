/**
 * What queries have read of a ledger and computed from it is kept in memory until an event touches
 * it, so that the next query need not read it again. What another process has written is noticed:
 * then everything is read anew.
 */
import type { Flag } from './care-types.ts'
import type { Composition } from './composition.ts'
import type { LedgerFinding, LotState } from './state.ts'
import type { LedgerStore, Projection } from './store.ts'

/** What a lot was made of, and its samples. */
export interface Links {
  readonly parents: readonly { readonly lot: string; readonly mg: number }[]
  readonly samples: readonly string[]
}

/** Results that came after a lot had left, by the event of its shipment. */
export type Late = ReadonlyMap<string, Flag['changes']>

interface Kept {
  upTo: number
  readonly states: Map<string, LotState>
  readonly links: Map<string, Links>
  readonly compositions: Map<string, Composition>
  readonly late: Map<string, Late>
  /** What is wrong with campaigns, and the campaigns that each lot was charged to or drawn from. */
  readonly campaigns: Map<string, readonly LedgerFinding[]>
  readonly members: Map<string, Set<string>>
  /** Lots whose links or composition depend on a lot. */
  readonly dependents: Map<string, Set<string>>
}

/** As long as nothing was projected since it was handed out, what is kept there stays. */
export interface Remembered {
  readonly states: ReadonlyMap<string, LotState>
  readonly links: ReadonlyMap<string, Links>
  readonly compositions: ReadonlyMap<string, Composition>
  readonly late: ReadonlyMap<string, Late>
  readonly campaigns: ReadonlyMap<string, readonly LedgerFinding[]>
  readonly keepState: (state: LotState) => void
  /** `on`: every lot that they were found by. */
  readonly keepLinks: (lot: string, links: Links, on: readonly string[]) => void
  readonly keepComposition: (composition: Composition) => void
  readonly keepLate: (lot: string, late: Late) => void
  /** `of`: every lot in its flows. */
  readonly keepCampaign: (
    uri: string,
    findings: readonly LedgerFinding[],
    of: readonly string[],
  ) => void
}

const mostLots = 30_000
/** Of these only names are kept. */
const mostMembers = 300_000
const byStore = new WeakMap<LedgerStore, Kept>()

const fresh = (upTo: number): Kept => ({
  upTo,
  states: new Map(),
  links: new Map(),
  compositions: new Map(),
  late: new Map(),
  campaigns: new Map(),
  members: new Map(),
  dependents: new Map(),
})

function clear(kept: Kept): void {
  kept.states.clear()
  kept.links.clear()
  kept.compositions.clear()
  kept.late.clear()
  kept.dependents.clear()
}

function add(to: Map<string, Set<string>>, key: string, value: string): void {
  const known = to.get(key)
  if (known === undefined) to.set(key, new Set([value]))
  else known.add(value)
}

/** What is remembered of a store whose derived tables are as they are now. */
export async function remembered(store: LedgerStore): Promise<Remembered> {
  const upTo = await store.projected()
  const before = byStore.get(store)
  const kept = before?.upTo === upTo ? before : fresh(upTo)
  byStore.set(store, kept)
  if (kept.states.size > mostLots) clear(kept)
  if (kept.members.size > mostMembers) {
    kept.campaigns.clear()
    kept.members.clear()
  }
  const isSame = () => kept.upTo === upTo
  return {
    states: kept.states,
    links: kept.links,
    compositions: kept.compositions,
    late: kept.late,
    campaigns: kept.campaigns,
    keepState: (state) => {
      if (isSame()) kept.states.set(state.uri, state)
    },
    keepLinks: (lot, links, on) => {
      if (!isSame()) return
      kept.links.set(lot, links)
      for (const other of on) add(kept.dependents, other, lot)
    },
    keepComposition: (composition) => {
      if (isSame()) kept.compositions.set(composition.lot, composition)
    },
    keepLate: (lot, late) => {
      // Without its composition nobody would notice that it changed.
      if (isSame() && kept.compositions.has(lot)) kept.late.set(lot, late)
    },
    keepCampaign: (uri, findings, of) => {
      if (!isSame()) return
      kept.campaigns.set(uri, findings)
      for (const lot of of) add(kept.members, lot, uri)
    },
  }
}

/** Forgets a lot, and what depends on it. */
function touch(kept: Kept, lot: string): void {
  const seen = new Set([lot])
  const open = [lot]
  kept.states.delete(lot)
  for (const campaign of kept.members.get(lot) ?? []) kept.campaigns.delete(campaign)
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    kept.links.delete(at)
    kept.compositions.delete(at)
    kept.late.delete(at)
    for (const dependent of kept.dependents.get(at) ?? []) {
      if (seen.has(dependent)) continue
      seen.add(dependent)
      open.push(dependent)
    }
  }
}

/** Takes note of what was written into the derived tables. */
export function learn(store: LedgerStore, projection: Projection): void {
  const { from, upTo, lots, refolded, flows, campaigns, withdrawn } = projection
  const kept = byStore.get(store)
  if (kept === undefined) return
  if (kept.upTo !== from) {
    byStore.delete(store)
    return
  }
  for (const uri of refolded) touch(kept, uri)
  for (const { uri } of lots) touch(kept, uri)
  for (const { node } of flows) kept.campaigns.delete(node)
  for (const { uri } of campaigns) kept.campaigns.delete(uri)
  for (const uri of withdrawn) kept.campaigns.delete(uri)
  kept.upTo = upTo
}
