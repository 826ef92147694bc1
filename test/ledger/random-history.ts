/** Histories as fast-check draws them: lots come, are split, blended, charged, drawn, and go. */
import fc from 'fast-check'
import type { EpcisEvent } from '../../src/ledger/index.ts'
import {
  assay,
  campaign,
  campaignMark,
  charge,
  count,
  day,
  draw,
  lot,
  move,
  place,
  receive,
  ship,
  transform,
} from './histories.ts'

const steps = ['receive', 'split', 'blend', 'charge', 'draw', 'ship', 'move', 'count'] as const
type StepName = (typeof steps)[number]

interface Draw {
  readonly step: StepName
  /** What is taken of what: numbers from 0 to 1. */
  readonly which: number
  readonly other: number
  readonly part: number
  /** Days since the step before; 0: at the same moment. */
  readonly later: number
  readonly nd: number
  readonly dy: number
}

const unit = fc.double({ min: 0, max: 0.999_999, noNaN: true })

export const stepDraws = (names: readonly StepName[] = steps) =>
  fc.array(
    fc.record({
      step: fc.constantFrom(...names),
      which: unit,
      other: unit,
      part: fc.double({ min: 0.05, max: 1, noNaN: true }),
      later: fc.integer({ min: 0, max: 2 }),
      nd: unit,
      dy: unit,
    }),
    { minLength: 4, maxLength: 22 },
  )

export interface History {
  /** In the order of the world. */
  readonly events: readonly EpcisEvent[]
  readonly lots: readonly string[]
}

/** The history while it is drawn: what there is, to take no more. */
interface World {
  time: number
  readonly events: EpcisEvent[]
  readonly there: Map<string, number>
  readonly circuits: Map<string, number>
  readonly contents: Map<string, readonly [number, number]>
  lots: number
}

const places = ['hall', 'store', 'yard'].map(place)
const circuits = ['C1', 'C2'].map(campaign)

const pick = <T>(list: readonly T[], at: number): T | undefined =>
  list[Math.floor(at * list.length)]

const newLot = (world: World) => {
  world.lots++
  return lot(`L${String(world.lots).padStart(3, '0')}`)
}

const stocked = (world: World) => [...world.there].filter(([, mg]) => mg > 0).map(([uri]) => uri)

function take(world: World, uri: string, part: number) {
  const there = world.there.get(uri) ?? 0
  const mg = Math.max(1, Math.min(there, Math.floor(there * part)))
  world.there.set(uri, there - mg)
  return { lot: uri, mg }
}

function put(world: World, mg: number) {
  const uri = newLot(world)
  world.there.set(uri, mg)
  return { lot: uri, mg }
}

function analyse(world: World, uri: string, { nd, dy }: Draw) {
  const contents = [0.05 + nd * 0.3, dy * 0.05] as const
  world.contents.set(uri, contents)
  const results = [
    { analyte: 'Nd', value: contents[0], u: 0.002, k: 2 },
    { analyte: 'Dy', value: contents[1], u: 0.001, k: 2 },
  ]
  world.events.push(assay(world.time, uri, results))
}

const actions: Readonly<Record<StepName, (world: World, said: Draw) => void>> = {
  receive(world, said) {
    const mg = 1 + Math.floor(said.part * 1e9)
    const amount = put(world, mg)
    world.events.push(receive(world.time, amount, pick(places, said.which) ?? ''))
    analyse(world, amount.lot, said)
  },
  split(world, said) {
    const from = pick(stocked(world), said.which)
    if (from === undefined) return
    const taken = take(world, from, said.part)
    const first = Math.floor(taken.mg * said.other)
    const parts = [first, taken.mg - first].filter((mg) => mg > 0)
    const out = parts.map((mg) => put(world, mg))
    world.events.push(transform(world.time, [taken], out, pick(places, said.nd) ?? ''))
  },
  blend(world, said) {
    const lots = stocked(world)
    const chosen = [...new Set([pick(lots, said.which), pick(lots, said.other)])]
    const taken = chosen.flatMap((uri) => (uri === undefined ? [] : [take(world, uri, said.part)]))
    if (taken.length === 0) return
    const out = put(
      world,
      taken.reduce((sum, { mg }) => sum + mg, 0),
    )
    world.events.push(transform(world.time, taken, [out], pick(places, said.nd) ?? ''))
  },
  charge(world, said) {
    const from = pick(stocked(world), said.which)
    const to = pick(circuits, said.other) ?? ''
    if (from === undefined) return
    const taken = take(world, from, said.part)
    world.circuits.set(to, (world.circuits.get(to) ?? 0) + taken.mg)
    world.events.push(charge(world.time, to, [taken]))
  },
  draw(world, said) {
    const from = pick(circuits, said.which) ?? ''
    const held = world.circuits.get(from) ?? 0
    const mg = Math.floor(held * said.part * 0.5)
    if (mg < 1) return
    world.circuits.set(from, held - mg)
    const out = put(world, mg)
    world.events.push(draw(world.time, from, [out], pick(places, said.nd) ?? ''))
    analyse(world, out.lot, said)
  },
  ship(world, said) {
    const from = pick(stocked(world), said.which)
    if (from !== undefined) world.events.push(ship(world.time, [take(world, from, said.part)]))
  },
  move(world, said) {
    const from = pick(stocked(world), said.which)
    if (from !== undefined) {
      world.events.push(move(world.time, from, pick(places, said.other) ?? ''))
    }
  },
  count(world, said) {
    const from = pick(stocked(world), said.which)
    if (from === undefined) return
    const mg = Math.floor((world.there.get(from) ?? 0) * (0.9 + 0.2 * said.part))
    world.there.set(from, mg)
    world.events.push(count(world.time, { lot: from, mg }))
  },
}

/**
 * The history that draws mean: two lots and two campaigns to begin with. Events are `apart` by this
 * many ms at least; with 0 some are at one moment.
 */
export function historyOf(draws: readonly Draw[], apart = 1): History {
  const world: World = {
    time: day(0),
    events: circuits.map((uri) => campaignMark(day(0), uri, true)),
    there: new Map(),
    circuits: new Map(),
    contents: new Map(),
    lots: 0,
  }
  for (const said of draws.slice(0, 2)) actions.receive(world, said)
  for (const said of draws.slice(2)) {
    world.time += Math.max(apart, said.later * 86_400_000)
    actions[said.step](world, said)
  }
  return { events: world.events, lots: [...world.there.keys()] }
}
