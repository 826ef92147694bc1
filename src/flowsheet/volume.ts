import {
  aqueousVolume,
  gasMoles,
  gasVolume,
  organicVolume,
  solidVolume,
} from '../chemistry/index.ts'
import type { Phase, SpeciesTable } from '../chemistry/species.ts'
import { phaseMass, type Stream } from './stream.ts'

/**
 * Volume flow of one phase, m3/s: liquors and organics by the models of `chemistry` (see
 * `aqueousVolume`, `organicVolume`), solids without voids, gas as ideal at one atmosphere.
 * Undefined where the density of a solid that flows is not on record.
 */
export function volumeFlow(
  table: SpeciesTable,
  { flow, temperature }: Stream,
  phase: Phase,
): number | undefined {
  if (phase === 'aqueous') return aqueousVolume(table, flow, temperature)
  if (phase === 'organic') return organicVolume(table, flow)
  if (phase === 'gas') return gasVolume(gasMoles(table, flow), temperature)
  const { volume, missing } = solidVolume(table, flow)
  return missing.length > 0 ? undefined : volume
}

/** Density of one phase, kg/m3; undefined when there is none of it or its volume is not known. */
export function densityOf(table: SpeciesTable, stream: Stream, phase: Phase): number | undefined {
  const mass = phaseMass(table, stream, phase)
  const volume = mass > 0 ? volumeFlow(table, stream, phase) : undefined
  return volume === undefined || volume === 0 ? undefined : mass / volume
}
