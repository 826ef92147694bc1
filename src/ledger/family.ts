/** Lots that say something of what others consist of: their samples, and what they were made of. */
import type { Flow } from './effects.ts'
import type { LotState } from './state.ts'
import type { LedgerStore } from './store.ts'

export interface Family {
  readonly states: ReadonlyMap<string, LotState>
  /** Lots that a lot was split from or blended of, with mg; nothing for lots made otherwise. */
  readonly parents: ReadonlyMap<string, readonly { readonly lot: string; readonly mg: number }[]>
  readonly samples: ReadonlyMap<string, readonly string[]>
}

/** Splits of splits further back than this are not looked for. */
const generations = 60

interface Gathering {
  readonly states: Map<string, LotState>
  readonly parents: Map<string, readonly { readonly lot: string; readonly mg: number }[]>
  readonly samples: Map<string, string[]>
}

const isOneEvent = ({ node, event }: Flow) => node === event

function groupBy(flows: readonly Flow[], key: (flow: Flow) => string): Map<string, Flow[]> {
  const groups = new Map<string, Flow[]>()
  for (const flow of flows) {
    const group = groups.get(key(flow))
    if (group === undefined) groups.set(key(flow), [flow])
    else group.push(flow)
  }
  return groups
}

/** All that came of a lot, mg, without what was shipped and came back. */
export const broughtIn = ({ came, shipments }: LotState): number =>
  shipments.reduce((sum, { direction, mg }) => sum - (direction === 'back' ? mg : 0), came)

/** What a lot was split from or blended of; nothing when part of it came from elsewhere. */
function parentsOf(
  state: LotState | undefined,
  made: readonly Flow[],
  byNode: ReadonlyMap<string, readonly Flow[]>,
): readonly { readonly lot: string; readonly mg: number }[] {
  const mass = made.reduce((sum, { mg }) => sum + mg, 0)
  const came = state === undefined ? 0 : broughtIn(state)
  if (made.length === 0 || !made.every(isOneEvent) || came > mass) return []
  const parts = new Map<string, number>()
  for (const { node, mg } of made) {
    const inputs = (byNode.get(node) ?? []).filter(({ direction }) => direction === 'in')
    const all = inputs.reduce((sum, input) => sum + input.mg, 0)
    for (const input of inputs) {
      const share = all > 0 ? input.mg / all : 1 / inputs.length
      parts.set(input.lot, (parts.get(input.lot) ?? 0) + mg * share)
    }
  }
  return [...parts].map(([lot, mg]) => ({ lot, mg }))
}

/** Lots of which a few were asked for are loaded once. */
async function load(store: LedgerStore, lots: Iterable<string>, known: Gathering): Promise<void> {
  const unseen = [...new Set(lots)].filter((lot) => !known.states.has(lot))
  if (unseen.length === 0) return
  for (const [uri, state] of await store.lots(unseen)) known.states.set(uri, state)
}

/** Looks at some lots; answers with the lots that these were made of and that are to be next. */
async function gatherRound(
  store: LedgerStore,
  lots: readonly string[],
  known: Gathering,
): Promise<readonly string[]> {
  await load(store, lots, known)
  const mine = await store.flowsWith(lots)
  const nodes = [...new Set(mine.filter(isOneEvent).map(({ node }) => node))]
  const all = nodes.length === 0 ? [] : await store.flowsOf(nodes)
  const outs = all.filter(({ direction }) => direction === 'out')
  await load(
    store,
    outs.map(({ lot }) => lot),
    known,
  )
  const byNode = groupBy(all, ({ node }) => node)
  const byLot = groupBy(mine, ({ lot }) => lot)
  const outsByNode = groupBy(outs, ({ node }) => node)
  const isSample = (uri: string) => known.states.get(uri)?.master?.kind === 'sample'
  for (const lot of lots) {
    const of = byLot.get(lot) ?? []
    const made = of.filter(({ direction }) => direction === 'out')
    known.parents.set(lot, parentsOf(known.states.get(lot), made, byNode))
    const from = of.filter(({ direction }) => direction === 'in')
    const taken = from.flatMap(({ node }) => outsByNode.get(node) ?? []).map((flow) => flow.lot)
    known.samples.set(lot, [...new Set(taken.filter(isSample))])
  }
  const next = lots.flatMap((lot) => (known.parents.get(lot) ?? []).map((parent) => parent.lot))
  return [...new Set(next)].filter((lot) => !known.parents.has(lot))
}

/** The lots, their samples, and all that they were split from or blended of. */
export async function familyOf(store: LedgerStore, lots: readonly string[]): Promise<Family> {
  const known: Gathering = { states: new Map(), parents: new Map(), samples: new Map() }
  let next: readonly string[] = [...new Set(lots)]
  for (let round = 0; next.length > 0 && round < generations; round++) {
    next = await gatherRound(store, next, known)
  }
  return known
}
