import type { SpeciesTable } from '../chemistry/species.ts'
import { solveDense } from '../numerics/index.ts'
import type { Connection } from './flowsheet.ts'
import { components } from './graph.ts'
import type { Stream } from './stream.ts'

/**
 * Something that rides on mass without being an element: recycled origin (kg/s), a lot (kg/s), the
 * Th-232 or U-238 chain (Bq/s). Unit operations never see it: in each unit it divides over the
 * outlets as its carrier does.
 */
export interface Tracer {
  readonly name: string
  /** Unit of the amounts given: `kg/s`, `Bq/s`. */
  readonly unit: string
  /**
   * What it rides on: the mass of these elements' species share by element, or all solids. Where a
   * unit sends none of the carrier to any outlet (solids that all dissolve), the whole mass stands
   * in for it there.
   */
  readonly carrier: { readonly elements: readonly string[] } | 'solids'
  /** Amount per second by the connection that brings it in. */
  readonly sources: Readonly<Record<string, number>>
}

export type TracerResult =
  | {
      readonly ok: true
      /** Amount per second by connection. */
      readonly amounts: Readonly<Record<string, number>>
    }
  | { readonly ok: false; readonly loop: readonly string[]; readonly detail: string }

/**
 * A tracer in every line of a solved plant: a linear system over the units, solved part by part in
 * the order of flow. Conserved exactly as far as rounding goes. Fails when a loop never lets it go.
 */
export function tracerFlows(
  table: SpeciesTable,
  connections: readonly Connection[],
  streams: Readonly<Record<string, Stream>>,
  tracer: Tracer,
): TracerResult {
  const lines = lineShares(table, connections, streams, tracer)
  const names = [...new Set(connections.flatMap((c) => [c.from.unit, c.to.unit]))]
  const place = new Map(names.map((name, i) => [name, i]))
  const leaving = names.map((): Line[] => [])
  for (const line of lines) leaving[place.get(line.connection.from.unit) ?? 0]?.push(line)
  const targets = leaving.map((own) => own.map((l) => place.get(l.connection.to.unit) ?? 0))
  const received = new Float64Array(names.length)
  const amounts: Record<string, number> = {}
  for (const line of lines) {
    if (line.source === 0) continue
    const to = place.get(line.connection.to.unit) ?? 0
    received[to] = (received[to] as number) + line.source
  }
  for (const part of components(targets)) {
    if (!settlePart(part, leaving, targets, received)) {
      const loop = part.map((u) => names[u] as string)
      const detail = `${tracer.name} has no way out of loop ${loop.join('-')}`
      return { ok: false, loop, detail }
    }
    const inside = new Set(part)
    for (const unit of part) {
      for (const [k, line] of (leaving[unit] ?? []).entries()) {
        const amount = line.share * (received[unit] as number)
        amounts[line.connection.name] = amount + line.source
        const to = targets[unit]?.[k] as number
        if (!inside.has(to)) received[to] = (received[to] as number) + amount
      }
    }
  }
  return { ok: true, amounts }
}

interface Line {
  readonly connection: Connection
  /** Share of what its unit receives. */
  readonly share: number
  /** Amount that enters the plant with it. */
  readonly source: number
}

function lineShares(
  table: SpeciesTable,
  connections: readonly Connection[],
  streams: Readonly<Record<string, Stream>>,
  { carrier, sources }: Tracer,
): Line[] {
  const unknown = Object.keys(sources).find((name) => !connections.some((c) => c.name === name))
  if (unknown !== undefined)
    throw new Error(`a tracer enters by ${unknown}, which is no connection`)
  const weights = carrierWeights(table, carrier)
  const carried = connections.map((c) => dot(streams[c.name], weights))
  const whole = connections.map((c) => dot(streams[c.name], table.molarMass))
  const sums = new Map<string, { carried: number; whole: number }>()
  for (const [i, { from }] of connections.entries()) {
    const sum = sums.get(from.unit) ?? { carried: 0, whole: 0 }
    sum.carried += carried[i] as number
    sum.whole += whole[i] as number
    sums.set(from.unit, sum)
  }
  return connections.map((connection, i): Line => {
    const sum = sums.get(connection.from.unit) ?? { carried: 0, whole: 0 }
    const source = sources[connection.name] ?? 0
    if (sum.carried > 0) return { connection, source, share: (carried[i] as number) / sum.carried }
    return { connection, source, share: sum.whole > 0 ? (whole[i] as number) / sum.whole : 0 }
  })
}

/** Carrier per mole of each species: kg of solids, or moles of the carrying elements. */
function carrierWeights(table: SpeciesTable, carrier: Tracer['carrier']): Float64Array {
  if (carrier === 'solids') {
    return table.molarMass.map((m, i) => (table.species[i]?.phase === 'solid' ? m : 0))
  }
  const columns = carrier.elements.map((e) => table.element(e)).filter((column) => column >= 0)
  return table.molarMass.map((_, i) =>
    columns.reduce((n, c) => n + (table.composition[i * table.elements.length + c] as number), 0),
  )
}

function dot(stream: Stream | undefined, weights: Float64Array): number {
  let sum = 0
  if (stream === undefined) return sum
  const { flow } = stream
  for (let i = 0; i < flow.length; i++) sum += (flow[i] as number) * (weights[i] as number)
  return sum
}

/** Replaces what a part's units receive from outside by what they receive in all. */
function settlePart(
  part: readonly number[],
  leaving: readonly (readonly Line[])[],
  targets: readonly (readonly number[])[],
  received: Float64Array,
): boolean {
  const row = new Map(part.map((unit, i) => [unit, i]))
  const n = part.length
  const matrix = new Float64Array(n * n)
  let loops = false
  for (const [i, unit] of part.entries()) {
    matrix[i * n + i] = (matrix[i * n + i] as number) + 1
    for (const [k, { share }] of (leaving[unit] ?? []).entries()) {
      const to = row.get(targets[unit]?.[k] as number)
      if (to === undefined) continue
      loops = true
      matrix[to * n + i] = (matrix[to * n + i] as number) - share
    }
  }
  const right = Float64Array.from(part, (unit) => received[unit] as number)
  if (!loops || right.every((r) => r === 0)) return true
  const solved = solveDense(matrix, right)
  const largest = 1e12 * right.reduce((a, b) => a + b, 0)
  if (solved.outcome !== 'solved' || !solved.x.every((x) => x < largest && x > -largest))
    return false
  for (const [i, unit] of part.entries()) received[unit] = Math.max(0, solved.x[i] as number)
  return true
}

/** Tracer per kg of stream, by connection; 0 where nothing flows. */
export function tracerPerMass(table: SpeciesTable, stream: Stream, amount: number): number {
  const mass = dot(stream, table.molarMass)
  return mass > 0 ? amount / mass : 0
}
