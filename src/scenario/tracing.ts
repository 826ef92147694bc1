import { isRareEarth } from '../chemistry/index.ts'
import { massFlow, tracerFlows, type Stream, type Tracer } from '../flowsheet/index.ts'
import { elementMass, isFeed } from './facts.ts'
import type { Measured } from './measure-value.ts'
import type { Delivered, PlantUnit } from './plant.ts'

/** Amounts of every tracer by stream, and the tracers that a loop never lets go. */
export interface Traced {
  readonly byStream: ReadonlyMap<string, Readonly<Record<string, number>>>
  readonly trapped: readonly string[]
}

/**
 * What feeds state beside their elements, followed through the solved plant: rare earth of recycled
 * origin element by element (kg/s), activity of every nuclide (Bq/s). A nuclide that feeds let
 * follow different elements is followed by each and added up.
 */
export function traceFeeds(measured: Measured): Traced {
  const { plant, state } = measured
  const { species: table } = state.properties
  const byStream = new Map<string, Record<string, number>>()
  const trapped: string[] = []
  for (const tracer of tracersOf(measured)) {
    const flows = tracerFlows(table, plant.streams, state.streams, tracer)
    if (!flows.ok) {
      trapped.push(flows.detail)
      continue
    }
    for (const [stream, amount] of Object.entries(flows.amounts)) {
      const own = byStream.get(stream) ?? {}
      own[tracer.name] = (own[tracer.name] ?? 0) + amount
      byStream.set(stream, own)
    }
  }
  return { byStream, trapped }
}

/** The tracers in one stream, each with what it rides on: what a delivery of it brings along. */
export function tracersIn(stream: string, measured: Measured): Delivered['tracers'] {
  const { plant, state } = measured
  return tracersOf(measured).flatMap((tracer) => {
    const { name, unit, carrier } = tracer
    const flows = tracerFlows(state.properties.species, plant.streams, state.streams, tracer)
    const amount = flows.ok ? (flows.amounts[stream] ?? 0) : 0
    return amount > 0 ? [{ name, unit, carrier, amount }] : []
  })
}

/** Tracers of all feeds, those of one name and carrier together. */
function tracersOf(measured: Measured): readonly Tracer[] {
  const { plant, state } = measured
  const tracers = new Map<string, Tracer & { readonly sources: Record<string, number> }>()
  for (const feed of plant.units.filter(isFeed)) {
    const line = plant.streams.find((s) => s.from.unit === feed.name)
    const stream = line === undefined ? undefined : state.streams[line.name]
    if (line === undefined || stream === undefined) continue
    for (const { name, unit, carrier, amount } of broughtBy(feed, stream, measured)) {
      if (!(amount > 0)) continue
      const key = JSON.stringify([name, carrier])
      const known = tracers.get(key) ?? { name, unit, carrier, sources: {} }
      known.sources[line.name] = (known.sources[line.name] ?? 0) + amount
      tracers.set(key, known)
    }
  }
  return [...tracers.values()]
}

/** What one feed or delivery brings beside its elements. */
function broughtBy(unit: PlantUnit, stream: Stream, measured: Measured): Delivered['tracers'] {
  const { species: table } = measured.state.properties
  const delivery = measured.plant.deliveries.find((d) => d.unit === unit.name)
  if (delivery !== undefined) {
    const share = numberOf(unit.params['share'])
    const tracers = delivery.delivered()?.tracers ?? []
    return tracers.map((t) => ({ ...t, amount: share * t.amount }))
  }
  const recycledShare = numberOf(unit.params['recycledShare'])
  const recycled = table.elements.filter(isRareEarth).map((symbol) => ({
    name: `recycled ${symbol}`,
    unit: 'kg/s',
    carrier: { elements: [symbol] },
    amount: recycledShare * elementMass(symbol, stream, measured),
  }))
  const mass = massFlow(table, stream)
  const nuclides = Object.entries(unit.params['nuclides'] ?? {}).map(([name, nuclide]) => {
    const { activity, follows } = nuclide as { activity: number; follows: string }
    const isCarried = table.element(follows) >= 0
    const carrier = isCarried ? { elements: [follows] } : ('solids' as const)
    return { name, unit: 'Bq/s', carrier, amount: activity * mass }
  })
  return [...recycled, ...nuclides]
}

const numberOf = (value: unknown) => (typeof value === 'number' ? value : 0)
