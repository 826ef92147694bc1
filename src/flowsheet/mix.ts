import type { SpeciesTable } from '../chemistry/species.ts'
import { settled } from './settle.ts'
import { sparseOf } from './sparse.ts'
import { emptyStream, isEmpty, phaseMass, type Stream } from './stream.ts'

/**
 * One stream out of several. Flows add, and acid neutralises base (`settleAcidBase`).
 * Temperature: adiabatic, sum of C T over sum of C, where C is the heat capacity of the species
 * that have one, scaled up to the whole mass of the stream (what is unknown is taken to have the
 * average specific heat of what is known; heat of mixing and neutralisation is left out). Where a
 * stream has no usable heat capacity at all, every stream counts by its mass.
 * Particle size: surface adds, so the mass-weighted harmonic mean; unknown as soon as one stream
 * that carries solids does not know its own.
 */
export function mix(table: SpeciesTable, streams: readonly Stream[]): Stream {
  const flowing = streams.filter((s) => !isEmpty(s))
  const first = flowing[0]
  if (first === undefined) return streams[0] ?? emptyStream(table)
  if (flowing.length === 1) return first
  const sum = new Float64Array(first.flow.length)
  for (const { flow } of flowing) {
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (flow[i] as number)
  }
  const flow = settled(table, sum)
  const temperature = mixedTemperature(table, flowing)
  const particleSize = mixedSize(table, flowing)
  return particleSize === undefined ? { flow, temperature } : { flow, temperature, particleSize }
}

function mixedTemperature(table: SpeciesTable, streams: readonly Stream[]): number {
  const known = streams.map((s) => heatCapacityFlow(table, s))
  const usable = known.every((c) => c.watts > 0)
  let heat = 0
  let weight = 0
  for (const [k, stream] of streams.entries()) {
    const { watts = 0, mass = 0 } = known[k] ?? {}
    const w = usable ? watts : mass
    heat += w * stream.temperature
    weight += w
  }
  return weight > 0 ? heat / weight : (streams[0]?.temperature ?? 298.15)
}

/**
 * Heat capacity flow, W/K, from the species whose heat capacity is known, scaled to the whole mass;
 * 0 where nothing is known. Mass in kg/s; `known` is the part of it with a heat capacity on record.
 */
export function heatCapacityFlow(
  table: SpeciesTable,
  { flow }: Stream,
): { readonly watts: number; readonly mass: number; readonly known: number } {
  const { molarMass } = table
  const { heatCapacity } = sparseOf(table)
  let watts = 0
  let covered = 0
  let mass = 0
  for (let i = 0; i < flow.length; i++) {
    const n = flow[i] as number
    if (n === 0) continue
    const kilograms = n * (molarMass[i] as number)
    mass += kilograms
    const capacity = heatCapacity[i] as number
    if (Number.isNaN(capacity)) continue
    watts += n * capacity
    covered += kilograms
  }
  return { watts: covered > 0 ? Math.max(0, (watts * mass) / covered) : 0, mass, known: covered }
}

function mixedSize(table: SpeciesTable, streams: readonly Stream[]): number | undefined {
  let solids = 0
  let surface = 0
  for (const stream of streams) {
    const mass = phaseMass(table, stream, 'solid')
    if (mass === 0) continue
    if (stream.particleSize === undefined) return undefined
    solids += mass
    surface += mass / stream.particleSize
  }
  return surface > 0 ? solids / surface : undefined
}
