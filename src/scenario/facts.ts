import { aqueousVolume, organicVolume } from '../chemistry/index.ts'
import { phases, type Phase, type SpeciesTable } from '../chemistry/species.ts'
import { elementFlow, type Stream } from '../flowsheet/index.ts'
import type { Measured } from './measure-value.ts'
import type { PlantUnit } from './plant.ts'

/**
 * Volume of each phase of a stream that is there, m3/s: aqueous by the liquor model, organic and
 * solid by additive pure volumes; gases, and solids of unknown density, are left out.
 */
export function phaseVolumes(
  table: SpeciesTable,
  { flow, temperature }: Stream,
): Partial<Record<Phase, number>> {
  const volumes: Partial<Record<Phase, number>> = {}
  const solid = solidVolume(table, flow)
  if (solid !== undefined && solid > 0) volumes.solid = solid
  const aqueous = aqueousVolume(table, flow, temperature)
  if (aqueous > 0) volumes.aqueous = aqueous
  const organic = organicVolume(table, flow)
  if (organic > 0) volumes.organic = organic
  return volumes
}

function solidVolume(table: SpeciesTable, flow: Float64Array): number | undefined {
  let volume = 0
  const rows = table.inPhase('solid')
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k] as number
    const moles = flow[row] as number
    if (moles === 0) continue
    const density = table.species[row]?.density
    if (density === undefined) return undefined
    volume += (moles * (table.molarMass[row] as number)) / density.value
  }
  return volume
}

/** Density of each phase whose volume is known, kg/m3. */
export function phaseDensities(
  masses: Readonly<Record<Phase, number>>,
  volumes: Readonly<Partial<Record<Phase, number>>>,
): Partial<Record<Phase, number>> {
  const densities: Partial<Record<Phase, number>> = {}
  for (const phase of phases) {
    const volume = volumes[phase]
    if (volume !== undefined) densities[phase] = masses[phase] / volume
  }
  return densities
}

/** Mass flow of one element in a stream, kg/s. */
export function elementMass(symbol: string, stream: Stream, measured: Measured): number {
  const { species: table } = measured.state.properties
  return elementFlow(table, stream.flow, symbol) * (measured.weights.get(symbol) ?? 0)
}

const feedKinds: ReadonlySet<string> = new Set(['feed', 'liquor', 'delivery'])

/** Units that bring material in at a given rate: sources that nothing draws from. */
export function isFeed(unit: PlantUnit): boolean {
  return feedKinds.has(unit.op.kind)
}
