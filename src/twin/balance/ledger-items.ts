import {
  type Assay,
  contentsOf,
  type Ledger,
  type LotMaster,
  type LotState,
} from '../../ledger/index.ts'
import { balanceOf } from './balance-of.ts'
import { type Draft, type Item, massUOf, peerKey, sideOf } from './draft.ts'
import type { BalanceOptions, BalanceReport, BalanceRole } from './types.ts'

/** A lot's mass in one role, before anything else of it is known. */
export interface Amount {
  readonly role: BalanceRole
  readonly lot: string
  readonly mg: number
  readonly time: number
}

/** Amounts of one lot in one role together, those of nothing left out. */
function together(amounts: readonly Amount[]): readonly Amount[] {
  const found = new Map<string, Amount>()
  for (const amount of amounts) {
    const key = `${amount.role} ${amount.lot}`
    const before = found.get(key)
    found.set(key, before === undefined ? amount : { ...amount, mg: before.mg + amount.mg })
  }
  return [...found.values()].filter(({ mg }) => mg !== 0)
}

/** Below this share of all mass a lot cannot open a gap: samples, mostly. */
const negligible = 1e-4

/** In words, how many lots were too small to ask for the uncertainty of their mass. */
export const smallNote = (small: number): readonly string[] =>
  small === 0
    ? []
    : [
        `${small} lots of less than 0.01 % of all mass state no uncertainty: all of it is taken for that`,
      ]

/** The amounts with what the ledger knows of their lots. */
export async function itemsOf(
  ledger: Ledger,
  amounts: readonly Amount[],
  options: BalanceOptions,
): Promise<{
  readonly items: readonly Item[]
  readonly assays: readonly Assay[]
  /** Lots so small that all of their mass stands for its uncertainty, which nobody has stated. */
  readonly small: number
}> {
  const merged = together(amounts)
  const total = merged.reduce((sum, { mg }) => sum + Math.abs(mg), 0)
  let small = 0
  const uris = [...new Set(merged.map(({ lot }) => lot))]
  const [states, contents] = await Promise.all([ledger.store.lots(uris), contentsOf(ledger, uris)])
  const items = merged.map((amount): Item => {
    const { role, lot, mg, time } = amount
    const state = states.get(lot)
    const stated = massUOf(state, mg, time, options)
    const isSmall = stated === undefined && Math.abs(mg) < negligible * total
    if (isSmall) small++
    const massU = isSmall ? Math.abs(mg) / 1e6 : stated
    return {
      role,
      side: sideOf(role),
      lot,
      mg,
      ...(state?.master === undefined ? {} : { master: state.master }),
      ...(massU === undefined ? {} : { massU }),
      contents: contents.get(lot) ?? [],
    }
  })
  const sources = new Set(items.flatMap((item) => item.contents.map(({ from }) => from)))
  const others = [...sources].filter((uri) => !states.has(uri))
  const further =
    others.length === 0 ? new Map<string, LotState>() : await ledger.store.lots(others)
  const assays = [...states.values(), ...further.values()].flatMap((state) => state.assays)
  return { items, assays, small }
}

const mostPeers = 60

/** Fractions of other lots of the kinds and products of a draft, the latest before it first. */
async function peersOf(ledger: Ledger, draft: Draft): Promise<NonNullable<Draft['peers']>> {
  const own = new Set(draft.items.map(({ lot }) => lot))
  const groups = new Map<string, LotMaster>()
  for (const { master } of draft.items) {
    if (master !== undefined) groups.set(peerKey(master, '') ?? '', master)
  }
  const peers = new Map<string, number[]>()
  for (const master of groups.values()) {
    const { lots } = await ledger.store.searchLots({
      kinds: [master.kind],
      ...(master.product === undefined ? {} : { product: master.product }),
      offset: 0,
      limit: mostPeers,
    })
    const others = lots.filter((lot) => !own.has(lot.uri) && lot.master?.product === master.product)
    const contents = await contentsOf(
      ledger,
      others.map(({ uri }) => uri),
    )
    for (const list of contents.values()) {
      for (const { element, fraction, isBelow } of list) {
        const key = peerKey(master, element)
        if (key === undefined || isBelow) continue
        peers.set(key, [...(peers.get(key) ?? []), fraction])
      }
    }
  }
  return peers
}

/**
 * The balance of a draft. Where it finds something grossly wrong, lots of the same kind and product
 * elsewhere in the ledger help to tell which of several measurements it is.
 */
export async function judged(
  ledger: Ledger,
  draft: Draft,
  options: BalanceOptions,
): Promise<BalanceReport> {
  const first = balanceOf(draft, options)
  if (first.reconciliation?.outcome !== 'gross-error') return first
  return balanceOf({ ...draft, peers: await peersOf(ledger, draft) }, options)
}
