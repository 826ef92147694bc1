import { atomicWeights } from './build.ts'
import type { Findings } from './findings.ts'
import type { Delivered, Delivery, PlantDocument, PlantReading, PlantUnit } from './plant.ts'
import type { ReadOptions } from './read-plant.ts'
import { isPathBelow } from './read-sets.ts'
import { simulateWarm } from './simulate.ts'
import { suggest } from './suggest.ts'
import { tracersIn } from './tracing.ts'
import { clip } from './yaml-tree.ts'

/** How far a delivery may come from: plants that are fed by plants. */
const longestChain = 4

/**
 * Reads the plants that deliver to this one; what is wrong with one of them is a finding at the
 * delivery. They are solved when their stream is first asked for.
 */
export function readDeliveries(
  units: readonly PlantUnit[],
  operatingHours: number,
  options: ReadOptions,
  findings: Findings,
  read: (text: string, options: ReadOptions) => PlantReading,
): readonly Delivery[] {
  return units
    .filter((unit) => unit.op.kind === 'delivery')
    .flatMap((unit) => {
      const path = String(unit.params['plant'])
      const stream = String(unit.params['stream'])
      const plant = readOther(unit, path, options, findings, read)
      if (plant === undefined) return []
      const names = plant.streams.map((s) => s.name)
      if (!names.includes(stream)) {
        const message = `${clip(path)} has no stream "${clip(stream)}"`
        findings.add(unit.at, 'delivery', message, suggest(stream, names))
        return []
      }
      const times = plant.operatingHours / operatingHours
      const delivered = once(() => streamOf(plant, stream, times, options))
      return [{ unit: unit.name, path, plant, stream, delivered }]
    })
}

function readOther(
  { at }: PlantUnit,
  path: string,
  options: ReadOptions,
  findings: Findings,
  read: (text: string, options: ReadOptions) => PlantReading,
): PlantDocument | undefined {
  const depth = (options.depth ?? 0) + 1
  if (depth > longestChain) {
    const message = `plants deliver to plants more than ${longestChain} deep`
    findings.add(at, 'delivery', message, 'no plant that delivers to itself')
    return undefined
  }
  const text = isPathBelow(path) ? options.readSet?.(path) : undefined
  if (text === undefined) {
    const message = `the plant ${clip(path)} cannot be read`
    findings.add(at, 'path', message, 'a plant file beside or below this one')
    return undefined
  }
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const readSet = (below: string) => options.readSet?.(folder + below)
  const reading = read(text, { ...options, file: path, readSet, depth })
  if (reading.ok) return reading.plant
  const [first] = reading.findings
  const more = reading.findings.length > 1 ? ` (and ${reading.findings.length - 1} more)` : ''
  const message = `${path}:${first?.line}:${first?.column}: ${first?.message}${more}`
  findings.add(at, 'delivery', message, first?.expected ?? '')
  return undefined
}

/** What one second of this plant receives of a stream of another, which is solved for it. */
function streamOf(
  plant: PlantDocument,
  name: string,
  times: number,
  { bank }: ReadOptions,
): Delivered | undefined {
  const { solution, state: end } = simulateWarm(plant, { bank })
  const { streams, results } = end.solved
  const stream = streams[name]
  if (solution.status !== 'converged' || stream === undefined) return undefined
  const { properties } = end.chemistry
  const { species: table } = properties
  const entries = table.species.flatMap(({ phase, id }, row) => {
    const moles = stream.flow[row] as number
    return moles > 0 ? [[`${phase} ${id}`, times * moles] as const] : []
  })
  const state = { streams, results, properties }
  const tracers = tracersIn(name, { plant, state, weights: atomicWeights(bank) })
  return {
    contents: Object.fromEntries(entries),
    tracers: tracers.map((t) => ({ ...t, amount: times * t.amount })),
  }
}

/** A function that works once and remembers its answer. */
function once<T>(work: () => T): () => T {
  let done: { readonly answer: T } | undefined
  return () => (done ??= { answer: work() }).answer
}
