import { arrivalsOf, sharesDown, sharesUp, type ElementShares } from './shares.ts'
import type { ElementFlows } from './circuit.ts'
import { composer } from './compose.ts'
import { courseOf, relevant, type Course } from './course.ts'
import type { Flow } from './effects.ts'
import { broughtIn, familyOf, statesOf } from './family.ts'
import type {
  Genealogy,
  GenealogyEdge,
  GenealogyEnd,
  GenealogyNode,
  GenealogyOptions,
  Shares,
} from './genealogy-types.ts'
import type { Ledger } from './ledger.ts'
import type { Campaign, Content } from './lot.ts'
import type { LotState } from './state.ts'
import { codeOf } from './uris.ts'

/** A genealogy with the records that it was made of. */
export interface Trace {
  readonly genealogy: Genealogy
  readonly states: ReadonlyMap<string, LotState>
  readonly campaigns: ReadonlyMap<string, Campaign>
}

type ContentsOf = (lot: string) => readonly Content[]

/** Shares below this are none. */
const least = 1e-12

/** Nodes into which one lot only goes: whatever comes out is of that lot, whatever it holds. */
function singles(course: Course): Uint8Array {
  const only = new Int32Array(course.nodes.length).fill(-1)
  course.flows.forEach(({ direction }, i) => {
    if (direction !== 'in') return
    const n = course.node[i] as number
    const x = course.lot[i] as number
    only[n] = only[n] === -1 || only[n] === x ? x : -2
  })
  return Uint8Array.from(only, (x) => (x >= 0 ? 1 : 0))
}

/** What each flow carries of an element. */
function elementFlows(
  course: Course,
  element: string,
  contents: readonly (readonly Content[])[],
  single: Uint8Array,
  direction: 'up' | 'down',
): ElementFlows {
  const size = course.flows.length
  const of = {
    known: new Float64Array(size),
    more: new Float64Array(size),
    isKnown: new Uint8Array(size),
  }
  const fractions = contents.map((list) => {
    const found = list.find((one) => one.element === element)
    if (found !== undefined) return found.isBelow ? { more: found.fraction } : found
    const others = list.reduce((sum, one) => sum + (one.isBelow ? 0 : one.fraction), 0)
    return { more: Math.max(0, 1 - others) }
  })
  course.flows.forEach((flow, i) => {
    const isSingle = single[course.node[i] as number] === 1
    const isSplit = isSingle && flow.node === flow.event
    if (isSplit || (isSingle && direction === 'up')) {
      const counts = flow.direction === 'in' || (isSplit && direction === 'down')
      of.known[i] = counts ? flow.mg : 0
      of.isKnown[i] = counts ? 1 : 0
      return
    }
    const fraction = fractions[course.lot[i] as number]
    if (fraction === undefined) return
    if ('more' in fraction) of.more[i] = flow.mg * fraction.more
    else {
      of.known[i] = flow.mg * fraction.fraction
      of.isKnown[i] = 1
    }
  })
  return of
}

/** Elements that a lot, or else what it is linked with, is known to hold. */
function elementsOf(start: readonly Content[], others: readonly (readonly Content[])[]): string[] {
  const below = new Set(start.filter((one) => one.isBelow).map((one) => one.element))
  const named = [start, ...others].flatMap((list) =>
    list.filter((one) => !one.isBelow && one.fraction > 0).map((one) => one.element),
  )
  return [...new Set(named)].filter((element) => !below.has(element)).sort()
}

function sharesAt(at: number, all: readonly (readonly [string, Float64Array])[]): Shares {
  const shares: Record<string, number> = {}
  for (const [element, list] of all) {
    const share = Math.min(1, list[at] as number)
    if (share > least) shares[element] = share
  }
  return shares
}

interface Walk {
  readonly course: Course
  readonly isOn: Uint8Array
  readonly start: number
  readonly byElement: readonly (readonly [string, ElementShares])[]
}

function walkOf(
  course: Course,
  lot: string,
  direction: 'up' | 'down',
  contentsOf: ContentsOf | undefined,
  states: ReadonlyMap<string, LotState>,
): Walk {
  const isOn = relevant(course, lot, direction)
  const start = course.lots.indexOf(lot)
  if (contentsOf === undefined || start < 0) return { course, isOn, start, byElement: [] }
  const contents = course.lots.map(contentsOf)
  const onLots = new Set(course.lot.filter((_, i) => isOn[i] === 1))
  const linked = contents.filter((_, x) => onLots.has(x))
  const single = singles(course)
  const cameOf = (uri: string) => {
    const state = states.get(uri)
    return state === undefined ? 0 : broughtIn(state)
  }
  const arrivals = arrivalsOf(course, cameOf)
  const byElement = elementsOf(contentsOf(lot), linked).map((element) => {
    const of = elementFlows(course, element, contents, single, direction)
    const shares =
      direction === 'up'
        ? sharesUp(course, start, of, arrivals)
        : sharesDown(course, start, of, arrivals, cameOf(lot))
    return [element, shares] as const
  })
  return { course, isOn, start, byElement }
}

/** Steps between lots from the start, over the flows that are on the way. */
function depthsOf({ course, isOn, start }: Walk, direction: 'up' | 'down') {
  const lotDepth = new Map<number, number>([[start, 0]])
  const nodeDepth = new Map<number, number>()
  const entering = direction === 'up' ? 'out' : 'in'
  const byLot = new Map<number, number[]>()
  const byNode = new Map<number, number[]>()
  course.flows.forEach((flow, i) => {
    if (isOn[i] !== 1) return
    const [map, key, to] =
      flow.direction === entering
        ? [byLot, course.lot[i] as number, course.node[i] as number]
        : [byNode, course.node[i] as number, course.lot[i] as number]
    const list = map.get(key)
    if (list === undefined) map.set(key, [to])
    else list.push(to)
  })
  let lots = [start]
  for (let depth = 0; lots.length > 0; depth++) {
    const nodes = lots.flatMap((x) => byLot.get(x) ?? []).filter((n) => !nodeDepth.has(n))
    for (const n of nodes) nodeDepth.set(n, depth)
    lots = [...new Set(nodes)].flatMap((n) => byNode.get(n) ?? []).filter((x) => !lotDepth.has(x))
    for (const x of lots) lotDepth.set(x, depth + 1)
    lots = [...new Set(lots)]
  }
  return { lotDepth, nodeDepth }
}

function edgesOf({ course, isOn }: Walk): GenealogyEdge[] {
  const edges = new Map<string, GenealogyEdge>()
  course.flows.forEach(({ direction, lot, node, mg, time }, i) => {
    if (isOn[i] !== 1) return
    const [from, to] = direction === 'in' ? [lot, node] : [node, lot]
    const key = `${from} ${to}`
    const before = edges.get(key)
    edges.set(key, { from, to, mg: (before?.mg ?? 0) + mg, time: before?.time ?? time })
  })
  return [...edges.values()]
}

/** A lot as a node of the drawing. */
function lotNode(
  uri: string,
  state: LotState | undefined,
  depth: number,
  shares: Shares,
): GenealogyNode {
  const { kind, product, code } = state?.master ?? {}
  return {
    uri,
    type: 'lot',
    code: code ?? codeOf(uri),
    ...(kind === undefined ? {} : { kind }),
    ...(product === undefined ? {} : { product }),
    time: state?.first.time ?? 0,
    ...(state === undefined ? {} : { mg: state.mg }),
    depth,
    shares,
  }
}

function nodesOf(
  walk: Walk,
  direction: 'up' | 'down',
  states: ReadonlyMap<string, LotState>,
  campaigns: ReadonlyMap<string, Campaign>,
): GenealogyNode[] {
  const { course, byElement } = walk
  const { lotDepth, nodeDepth } = depthsOf(walk, direction)
  const ofLots = byElement.map(([element, shares]) => [element, shares.lots] as const)
  const ofNodes = byElement.map(([element, shares]) => [element, shares.nodes] as const)
  const firstFlow = new Map<number, Flow>()
  course.flows.forEach((flow, i) => {
    const n = course.node[i] as number
    if (!firstFlow.has(n)) firstFlow.set(n, flow)
  })
  const lots = [...lotDepth].map(([x, depth]) => {
    const uri = course.lots[x] ?? ''
    return lotNode(uri, states.get(uri), depth, sharesAt(x, ofLots))
  })
  const nodes = [...nodeDepth].map(([n, depth]): GenealogyNode => {
    const uri = course.nodes[n] ?? ''
    const flow = firstFlow.get(n)
    const campaign = campaigns.get(uri)
    return {
      uri,
      type: flow?.event === uri ? 'transformation' : 'campaign',
      code: campaign?.code ?? codeOf(uri),
      time: campaign?.start ?? flow?.time ?? 0,
      depth,
      shares: sharesAt(n, ofNodes),
    }
  })
  return [...lots, ...nodes]
}

/** Lots where it begins (or ends), and what of each element nobody can follow. */
function endsOf({ course, byElement }: Walk): Pick<Genealogy, 'ends' | 'unknown' | 'elements'> {
  const all = byElement.map(([element, shares]) => [element, shares.ends] as const)
  const ends = course.lots
    .map((lot, x): GenealogyEnd => ({ lot, shares: sharesAt(x, all) }))
    .filter(({ shares }) => Object.keys(shares).length > 0)
  const unknown: Record<string, number> = {}
  for (const [element] of all) {
    const known = ends.reduce((sum, { shares }) => sum + (shares[element] ?? 0), 0)
    unknown[element] = Math.max(0, 1 - known)
  }
  return { ends, unknown, elements: all.map(([element]) => element) }
}

/** A lot that nothing went before or came after. */
function alone(lot: string, contents: readonly Content[], state: LotState | undefined) {
  const elements = elementsOf(contents, [])
  const shares = Object.fromEntries(elements.map((element) => [element, 1]))
  const unknown = Object.fromEntries(elements.map((element) => [element, 0]))
  const nodes = [lotNode(lot, state, 0, shares)]
  return { nodes, edges: [], ends: [{ lot, shares }], unknown, elements, cycles: [] }
}

/** A genealogy of tables that are caught up. */
export async function trace(
  ledger: Ledger,
  lot: string,
  { direction, depth = 30, limit = 20_000, shares = true }: GenealogyOptions,
): Promise<Trace> {
  const { store } = ledger
  const limits = { depth, flows: limit }
  const reach = await store.reach(lot, direction, limits)
  const nodes = [...new Set(reach.flows.map(({ node }) => node))]
  // What else a circuit gave and took decides on shares, and not on who came from whom.
  const isReachEnough = !shares || nodes.length === 0
  const flows = isReachEnough ? reach.flows : await store.flowsOf(nodes)
  const course = courseOf(flows)
  const lots = course.lots.includes(lot) ? course.lots : [lot, ...course.lots]
  const family = shares ? await familyOf(store, lots) : undefined
  const states = family?.states ?? (await statesOf(store, lots))
  const compose = family === undefined ? undefined : composer(ledger.elements, family)
  const contentsOf = compose && ((uri: string) => compose(uri).contents)
  const uris = course.nodes
  const found = uris.length === 0 ? [] : await store.campaigns({ uris })
  const campaigns = new Map(found.map((campaign) => [campaign.uri, campaign]))
  const base = { lot, direction, isCut: reach.isCut, limits }
  const walk = walkOf(course, lot, direction, contentsOf, states)
  if (!walk.isOn.includes(1)) {
    const single = alone(lot, contentsOf?.(lot) ?? [], states.get(lot))
    return { genealogy: { ...base, ...single }, states, campaigns }
  }
  const genealogy: Genealogy = {
    ...base,
    nodes: nodesOf(walk, direction, states, campaigns),
    edges: edgesOf(walk),
    ...endsOf(walk),
    cycles: course.cycles,
  }
  return { genealogy, states, campaigns }
}
