import {
  compileEquilibria,
  speciate,
  type CompiledEquilibria,
  type Equilibria,
} from '../chemistry/index.ts'
import type { Phase, SpeciesTable } from '../chemistry/species.ts'
import type { Properties } from '../flowsheet/unit-op.ts'
import { phaseMass, type Stream } from '../flowsheet/index.ts'
import { aqueousVolume } from '../unitops/parts/liquor.ts'

/**
 * Volume of each phase of a stream that is there, m3/s, where the densities are known: aqueous by
 * the liquor model, organic and solid by additive pure volumes; gases are left out.
 */
export function phaseVolumes(
  table: SpeciesTable,
  stream: Stream,
): Readonly<Partial<Record<Phase, number>>> {
  const volumes: Partial<Record<Phase, number>> = {}
  const aqueous = aqueousVolume(table, stream.flow, stream.temperature)
  if (aqueous > 0) volumes.aqueous = aqueous
  for (const phase of ['organic', 'solid'] as const) {
    const volume = additiveVolume(table, stream, phase)
    if (volume !== undefined && volume > 0) volumes[phase] = volume
  }
  return volumes
}

function additiveVolume(table: SpeciesTable, stream: Stream, phase: Phase): number | undefined {
  let volume = 0
  for (const row of table.inPhase(phase)) {
    const moles = stream.flow[row] as number
    if (moles === 0) continue
    const density = table.species[row]?.density
    if (density === undefined) return undefined
    volume += (moles * (table.molarMass[row] as number)) / density.value
  }
  return volume
}

/** Density of each phase whose volume is known, kg/m3. */
export function phaseDensities(
  table: SpeciesTable,
  stream: Stream,
): Readonly<Partial<Record<Phase, number>>> {
  const densities: Partial<Record<Phase, number>> = {}
  const volumes = phaseVolumes(table, stream)
  for (const phase of ['aqueous', 'organic', 'solid'] as const) {
    const volume = volumes[phase]
    if (volume !== undefined) densities[phase] = phaseMass(table, stream, phase) / volume
  }
  return densities
}

const compiled = new WeakMap<Equilibria, CompiledEquilibria>()

function compiledOf(equilibria: Equilibria): CompiledEquilibria {
  const known = compiled.get(equilibria)
  if (known !== undefined) return known
  const made = compileEquilibria(equilibria)
  compiled.set(equilibria, made)
  return made
}

/**
 * pH of the aqueous part of a stream by speciation at 25 degC with Davies activities held at the
 * limit of their validity; `undefined` where there is no aqueous part or it does not settle.
 */
export function streamPH(properties: Properties, stream: Stream): number | undefined {
  const { species: table, equilibria } = properties
  const litres = 1000 * aqueousVolume(table, stream.flow, stream.temperature)
  if (!(litres > 0)) return undefined
  const known = new Set(equilibria.components)
  const totals: Record<string, number> = {}
  for (const row of table.inPhase('aqueous')) {
    const id = table.species[row]?.id ?? ''
    const moles = stream.flow[row] as number
    if (moles > 0 && known.has(id) && (table.charge[row] !== 0 || id !== 'H2O')) {
      totals[id] = moles / litres
    }
  }
  const found = speciate(compiledOf(equilibria), totals, { activity: 'davies' })
  return found.outcome === 'converged' ? found.pH : undefined
}
