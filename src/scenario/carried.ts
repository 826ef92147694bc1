import { phases, type Phase, type SpeciesTable } from '../chemistry/species.ts'
import { elementMasses, type Stream } from '../flowsheet/index.ts'
import { phaseDensities, phaseVolumes } from './facts.ts'
import { kept } from './kept.ts'
import type { Measured, Weights } from './measure-value.ts'
import type { SolvedStream } from './solution.ts'

/** What a stream carries; what only some readers want is made when the first of them asks. */
export class Carried {
  /** kg/s */
  readonly mass: number
  readonly masses: Readonly<Record<Phase, number>>
  /** The phase that most of it is; none where nothing flows. */
  readonly main: Phase | undefined
  readonly #table: SpeciesTable
  readonly #stream: Stream
  readonly #weights: Weights
  #species: SolvedStream['species'] | undefined
  #elements: SolvedStream['elements'] | undefined
  #volume: SolvedStream['volume'] | undefined
  #density: SolvedStream['density'] | undefined

  constructor(stream: Stream, { state, weights }: Measured) {
    const table = state.properties.species
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
    this.mass = mass
    this.masses = masses
    this.main = main
    this.#table = table
    this.#stream = stream
    this.#weights = weights
  }

  get species(): SolvedStream['species'] {
    return (this.#species ??= speciesIn(this.#table, this.#stream))
  }

  get elements(): SolvedStream['elements'] {
    return (this.#elements ??= elementMasses(this.#table, this.#stream, this.#weights))
  }

  get volume(): SolvedStream['volume'] {
    return (this.#volume ??= phaseVolumes(this.#table, this.#stream))
  }

  get density(): SolvedStream['density'] {
    return (this.#density ??= phaseDensities(this.masses, this.volume))
  }
}

const known = new WeakMap<Stream, Carried>()

/** Made once for a stream. */
export const carriedBy = (stream: Stream, measured: Measured): Carried =>
  kept(known, stream, () => new Carried(stream, measured))

const phasesOf = new WeakMap<SpeciesTable, Uint8Array>()

/** kg/s by phase, in one go over what flows. */
function massesIn(table: SpeciesTable, { flow }: Stream): Carried['masses'] {
  const phaseOf = kept(phasesOf, table, () =>
    Uint8Array.from(table.species, ({ phase }) => phases.indexOf(phase)),
  )
  const { molarMass } = table
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
