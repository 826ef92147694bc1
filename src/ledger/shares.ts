import { mix, type ElementFlows } from './circuit.ts'
import type { Course } from './course.ts'

/** Shares of one element, by number of lot and of node of the course. */
export interface ElementShares {
  readonly lots: Float64Array
  readonly nodes: Float64Array
  /** What begins, or ends, in a lot. */
  readonly ends: Float64Array
}

const zeros = ({ lots, nodes }: Course): ElementShares => ({
  lots: new Float64Array(lots.length),
  nodes: new Float64Array(nodes.length),
  ends: new Float64Array(lots.length),
})

/** Adds to a number of a list. */
function add(list: Float64Array, at: number, value: number): void {
  list[at] = (list[at] as number) + value
}

/** By charge: what of its lot had come by then; by lot: the mass that came otherwise than drawn. */
export interface Arrivals {
  readonly before: Float64Array
  readonly own: Float64Array
}

/** `cameOf`: all that came of a lot, mg. */
export function arrivalsOf(course: Course, cameOf: (lot: string) => number): Arrivals {
  const { flows, lot } = course
  const drawn = new Float64Array(course.lots.length)
  flows.forEach(({ direction, mg }, i) => {
    if (direction === 'out') add(drawn, lot[i] as number, mg)
  })
  const own = Float64Array.from(course.lots, (uri, x) => {
    const others = drawn[x] as number
    return Math.max(0, cameOf(uri) - others)
  })
  const before = new Float64Array(flows.length)
  const there = Float64Array.from(own)
  flows.forEach(({ direction, mg }, i) => {
    const x = lot[i] as number
    if (direction === 'out') add(there, x, mg)
    else before[i] = there[x] as number
  })
  return { before, own }
}

/** Where an element of the start came from: goes back through the flows, share by share. */
export function sharesUp(
  course: Course,
  start: number,
  of: ElementFlows,
  { before, own }: Arrivals,
): ElementShares {
  const { flows, lot, node } = course
  const mixing = mix(course, of)
  const shares = zeros(course)
  /** Share wanted per mg that came of a lot, and per mg of the element in a circuit. */
  const perLot = new Float64Array(course.lots.length)
  const perNode = new Float64Array(course.nodes.length)
  const want = (x: number, share: number, came: number) => {
    add(shares.lots, x, share)
    if (came > 0) add(perLot, x, share / came)
    else if ((own[x] as number) === 0 && !isDrawn[x]) add(shares.ends, x, share)
  }
  const isDrawn = new Uint8Array(course.lots.length)
  let all = own[start] as number
  flows.forEach(({ direction, mg }, i) => {
    if (direction === 'out') isDrawn[lot[i] as number] = 1
    if (direction === 'out' && lot[i] === start) all += mg
  })
  want(start, 1, all)
  for (let i = flows.length - 1; i >= 0; i--) {
    const n = node[i] as number
    const x = lot[i] as number
    if (flows[i]?.direction === 'in') {
      const share = (perNode[n] as number) * (of.known[i] as number)
      perNode[n] = (perNode[n] as number) * (mixing.kept[i] as number)
      if (share > 0) want(x, share, before[i] as number)
      continue
    }
    const share = (perLot[x] as number) * (flows[i]?.mg ?? 0)
    perNode[n] = (perNode[n] as number) * (mixing.stays[i] as number)
    if (share === 0) continue
    add(shares.nodes, n, share)
    const held = mixing.held[i] as number
    if (held > 0) add(perNode, n, (share * (mixing.covered[i] as number)) / held)
  }
  own.forEach((mg, x) => add(shares.ends, x, mg * (perLot[x] as number)))
  return shares
}

/** Where an element of the start went: goes forward; `came` is all that came of it, mg. */
export function sharesDown(
  course: Course,
  start: number,
  of: ElementFlows,
  arrivals: Arrivals,
  came: number,
): ElementShares {
  const { flows, lot, node } = course
  const mixing = mix(course, of)
  const shares = zeros(course)
  /** Of the start's element: share that is in each circuit; that came to each lot. */
  const inNode = new Float64Array(course.nodes.length)
  add(shares.lots, start, 1)
  add(shares.ends, start, 1)
  flows.forEach(({ direction, mg }, i) => {
    const n = node[i] as number
    const x = lot[i] as number
    if (direction === 'in') {
      const before = x === start ? came : (arrivals.before[i] as number)
      const part = before > 0 ? ((shares.lots[x] as number) * mg) / before : 0
      const share = Math.min(part, shares.ends[x] as number)
      inNode[n] = (inNode[n] as number) * (mixing.kept[i] as number) + share
      add(shares.nodes, n, share)
      add(shares.ends, x, -share)
      return
    }
    const held = mixing.held[i] as number
    const known = of.isKnown[i] === 1 && held > 0
    const share = known ? (inNode[n] as number) * Math.min(1, (of.known[i] as number) / held) : 0
    add(inNode, n, -share)
    if (x === start) return
    add(shares.lots, x, share)
    add(shares.ends, x, share)
  })
  return shares
}
