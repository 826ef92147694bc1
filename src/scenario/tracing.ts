import { isRareEarth } from '../chemistry/index.ts'
import { massFlow, tracerFlows, type Stream, type Tracer } from '../flowsheet/index.ts'
import { elementMass, isFeed, type Measured } from './measure-value.ts'
import type { PlantUnit } from './plant.ts'

/** Amounts of every tracer by stream, and the tracers that a loop never lets go. */
export interface Traced {
  readonly byStream: ReadonlyMap<string, Readonly<Record<string, number>>>
  readonly trapped: readonly string[]
}

/**
 * What feeds state beside their elements, followed through the solved plant: rare earth of recycled
 * origin element by element (kg/s), activity of Th-232 and of U-238 (Bq/s).
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
      own[tracer.name] = amount
      byStream.set(stream, own)
    }
  }
  return { byStream, trapped }
}

function tracersOf(measured: Measured): readonly Tracer[] {
  const { species: table } = measured.state.properties
  const rare = table.elements.filter(isRareEarth)
  const recycled = rare.map((symbol) =>
    tracer(`recycled ${symbol}`, 'kg/s', [symbol], measured, (unit, stream) => {
      return number(unit, 'recycledShare') * elementMass(symbol, stream, measured)
    }),
  )
  const chains = (
    [
      ['Th-232', 'thorium232', 'Th'],
      ['U-238', 'uranium238', 'U'],
    ] as const
  ).map(([name, parameter, symbol]) =>
    tracer(name, 'Bq/s', [symbol], measured, (unit, stream) => {
      return number(unit, parameter) * massFlow(table, stream)
    }),
  )
  return [...recycled, ...chains].filter((t) => Object.keys(t.sources).length > 0)
}

function number(unit: PlantUnit, parameter: string): number {
  const value = unit.params[parameter]
  return typeof value === 'number' ? value : 0
}

/** A tracer that rides on an element where the plant carries it, else on the solids. */
function tracer(
  name: string,
  unit: string,
  elements: readonly string[],
  { plant, state }: Measured,
  amount: (unit: PlantUnit, stream: Stream) => number,
): Tracer {
  const { species: table } = state.properties
  const sources: Record<string, number> = {}
  for (const feed of plant.units.filter(isFeed)) {
    const line = plant.streams.find((s) => s.from.unit === feed.name)
    const stream = line === undefined ? undefined : state.streams[line.name]
    const brought = stream === undefined ? 0 : amount(feed, stream)
    if (line !== undefined && brought > 0) sources[line.name] = brought
  }
  const carried = elements.some((symbol) => table.element(symbol) >= 0)
  return { name, unit, carrier: carried ? { elements } : 'solids', sources }
}
