import { phases, type Phase, type SpeciesTable } from '../chemistry/species.ts'
import { elementMasses, type Stream } from '../flowsheet/index.ts'
import { phaseDensities, phaseVolumes } from './facts.ts'
import { kept, onDemand } from '../numerics/index.ts'
import type { Measured } from './measure-value.ts'
import type { SolvedStream } from './solution.ts'

/** What a stream weighs. */
export interface Weighed {
  /** kg/s */
  readonly mass: number
  readonly masses: Readonly<Record<Phase, number>>
  /** The phase that most of it is; none where nothing flows. */
  readonly main: Phase | undefined
}

/** What a stream carries; what only some readers want is made when the first of them asks. */
interface Carried extends Weighed {
  readonly species: () => SolvedStream['species']
  readonly elements: () => SolvedStream['elements']
  readonly volume: () => SolvedStream['volume']
  readonly density: () => SolvedStream['density']
}

const known = new WeakMap<Stream, Carried>()

/** Made once for a stream. */
export const carriedBy = (stream: Stream, { state, weights }: Measured): Carried =>
  kept(known, stream, () => carried(state.properties.species, stream, weights))

export function weighed(table: SpeciesTable, stream: Stream): Weighed {
  const masses = massesIn(table, stream)
  let mass = 0
  let most = 0
  let main: Phase | undefined
  for (const phase of phases) {
    mass += masses[phase]
    if (masses[phase] > most) {
      most = masses[phase]
      main = phase
    }
  }
  return { mass, masses, main }
}

function carried(table: SpeciesTable, stream: Stream, weights: Measured['weights']): Carried {
  const whole = weighed(table, stream)
  const volume = onDemand(() => phaseVolumes(table, stream))
  return {
    ...whole,
    species: onDemand(() => speciesIn(table, stream)),
    elements: onDemand(() => elementMasses(table, stream, weights)),
    volume,
    density: onDemand(() => phaseDensities(whole.masses, volume())),
  }
}

const phasesOf = new WeakMap<SpeciesTable, Uint8Array>()

/** kg/s by phase, in one go over what flows. */
function massesIn(table: SpeciesTable, { flow }: Stream): Weighed['masses'] {
  const { molarMass } = table
  const phaseOf = kept(phasesOf, table, () =>
    Uint8Array.from(table.species, ({ phase }) => phases.indexOf(phase)),
  )
  const sums = phases.map(() => 0)
  for (let row = 0; row < flow.length; row++) {
    const moles = flow[row] as number
    if (moles === 0) continue
    const k = phaseOf[row] as number
    sums[k] = (sums[k] as number) + moles * (molarMass[row] as number)
  }
  const of = (phase: Phase) => sums[phases.indexOf(phase)] as number
  return { solid: of('solid'), aqueous: of('aqueous'), organic: of('organic'), gas: of('gas') }
}

/** mol/s by phase and species. */
function speciesIn(table: SpeciesTable, { flow }: Stream): SolvedStream['species'] {
  const species: SolvedStream['species'] = {}
  for (const phase of phases) {
    let own: Record<string, number> | undefined
    for (const row of table.inPhase(phase)) {
      const moles = flow[row] as number
      if (moles === 0) continue
      own ??= {}
      own[table.species[row]?.id ?? ''] = moles
    }
    if (own !== undefined) species[phase] = own
  }
  return species
}
