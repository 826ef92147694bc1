/** Lots that say something of what others consist of: their samples, and what they were made of. */
import type { Flow } from './effects.ts'
import { remembered, type Links, type Remembered } from './remembered.ts'
import type { LotState } from './state.ts'
import type { LedgerStore } from './store.ts'

export interface Family {
  readonly states: ReadonlyMap<string, LotState>
  readonly links: ReadonlyMap<string, Links>
  readonly memory: Remembered
}

/** Splits of splits further back than this are not looked for. */
const generations = 60

interface Gathering {
  readonly states: Map<string, LotState>
  readonly links: Map<string, Links>
  readonly memory: Remembered
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
): Links['parents'] {
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

/** Loads those lots that are not known yet. */
async function load(store: LedgerStore, lots: Iterable<string>, known: Gathering): Promise<void> {
  const unseen: string[] = []
  for (const lot of new Set(lots)) {
    if (known.states.has(lot)) continue
    const state = known.memory.states.get(lot)
    if (state === undefined) unseen.push(lot)
    else known.states.set(lot, state)
  }
  if (unseen.length === 0) return
  for (const [uri, state] of await store.lots(unseen)) {
    known.states.set(uri, state)
    known.memory.keepState(state)
  }
}

/** Finds what lots were made of, and their samples, by the flows that they are in. */
async function link(store: LedgerStore, lots: readonly string[], known: Gathering): Promise<void> {
  if (lots.length === 0) return
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
    const from = of.filter(({ direction }) => direction === 'in')
    const taken = from.flatMap(({ node }) => outsByNode.get(node) ?? []).map((flow) => flow.lot)
    const links = {
      parents: parentsOf(known.states.get(lot), made, byNode),
      samples: [...new Set(taken.filter(isSample))],
    }
    known.links.set(lot, links)
    known.memory.keepLinks(lot, links, [...taken, ...links.parents.map((parent) => parent.lot)])
  }
}

/** Looks at some lots; answers with the lots that these were made of and that are to be next. */
async function gatherRound(
  store: LedgerStore,
  lots: readonly string[],
  known: Gathering,
): Promise<readonly string[]> {
  await load(store, lots, known)
  const unlinked: string[] = []
  const samples: string[] = []
  for (const lot of lots) {
    const links = known.memory.links.get(lot)
    if (links === undefined) unlinked.push(lot)
    else {
      known.links.set(lot, links)
      samples.push(...links.samples)
    }
  }
  await load(store, samples, known)
  await link(store, unlinked, known)
  const next = lots.flatMap((lot) => known.links.get(lot)?.parents ?? [])
  return [...new Set(next.map(({ lot }) => lot))].filter((lot) => !known.links.has(lot))
}

/** States of lots, those that are remembered without asking the store. */
export async function statesOf(
  store: LedgerStore,
  lots: readonly string[],
): Promise<ReadonlyMap<string, LotState>> {
  const memory = await remembered(store)
  const known: Gathering = { states: new Map(), links: new Map(), memory }
  await load(store, lots, known)
  return known.states
}

/** The lots, their samples, and all that they were split from or blended of. */
export async function familyOf(store: LedgerStore, lots: readonly string[]): Promise<Family> {
  const memory = await remembered(store)
  const known: Gathering = { states: new Map(), links: new Map(), memory }
  let next: readonly string[] = [...new Set(lots)]
  for (let round = 0; next.length > 0 && round < generations; round++) {
    next = await gatherRound(store, next, known)
  }
  return known
}
