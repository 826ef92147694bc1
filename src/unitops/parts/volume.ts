import {
  aqueousVolume,
  gasMoles,
  gasVolume,
  organicVolume,
  solidVolume,
} from '../../chemistry/index.ts'
import type { SpeciesTable } from '../../chemistry/species.ts'
import type { Stream } from '../../flowsheet/stream.ts'

/** Density of solids that state none, for sizing, kg/m3 (assumption). */
const fallback = 5000

/** Volume of the solids without voids, m3/s, for sizing. */
export function solidsVolume(table: SpeciesTable, flow: Float64Array): number {
  const { volume, unknownMass } = solidVolume(table, flow)
  return volume + unknownMass / fallback
}

/** Volume of everything but gas in a stream, m3/s; gas alone when nothing else flows. */
export function handledVolume(table: SpeciesTable, stream: Stream): number {
  const { flow, temperature } = stream
  const liquid =
    solidsVolume(table, flow) + organicVolume(table, flow) + aqueousVolume(table, flow, temperature)
  return liquid > 0 ? liquid : gasVolume(gasMoles(table, flow), temperature)
}
