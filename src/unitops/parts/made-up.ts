import { aqueousVolume, settleAcidBase } from '../../chemistry/index.ts'
import type { SpeciesTable } from '../../chemistry/species.ts'
import { brent } from '../../numerics/index.ts'
import { soldAs, soldDissolved, type Reagent } from './sold-as.ts'

/** A composition that cannot be made, with what to change. */
export interface Fault {
  readonly at: string
  readonly detail: string
  readonly advice: string
}

/** Fractions or concentrations by reagent as sold. */
export type Amounts = Readonly<Record<string, number>>

/** What a name is refused with that the plant's species cannot make up; `at` is its parameter. */
export function unknownName(state: string, name: string, at: string): Fault {
  return {
    at: `${at}.${name}`,
    detail: `${name} is no ${state} reagent that this plant's species can make up`,
    advice:
      state === 'solution'
        ? `dissolved reagents are ${soldDissolved.join(', ')}, chlorides, nitrates and sulfates ` +
          'of metals (NdCl3, Nd2(SO4)3); solids by their species id'
        : `write the id of a ${state} species`,
  }
}

/** Adds moles of a reagent, in the components of streams, to a flow. */
export function put(flow: Float64Array, reagent: Reagent, moles: number): void {
  for (const [row, n] of reagent.parts) flow[row] = (flow[row] as number) + n * moles
}

/**
 * One cubic metre of a solution with stated concentrations, mol/m3, at its own density and
 * temperature (K): mol of every species, acid and base settled, water the rest. A fault for names
 * that the table cannot make up and for solutes that leave no room for water.
 */
export function byVolume(
  table: SpeciesTable,
  concentration: Amounts,
  temperature: number,
): Float64Array | Fault {
  const mixed = new Float64Array(table.species.length)
  for (const [name, amount] of Object.entries(concentration)) {
    const reagent = soldAs(table, 'aqueous', name)
    if (reagent === undefined) return unknownName('solution', name, 'concentration')
    put(mixed, reagent, amount)
  }
  const solutes = settleAcidBase(table, mixed)
  const water = table.index('aqueous', 'H2O')
  const filled = (moles: number) => {
    const flow = Float64Array.from(solutes)
    flow[water] = (flow[water] as number) + moles
    return flow
  }
  const excess = (moles: number) => aqueousVolume(table, filled(moles), temperature) - 1
  const found = brent(excess, 0, 62_000, { relative: 1e-13 })
  if (found.outcome !== 'converged') {
    return {
      at: 'concentration',
      detail: 'the solutes leave no room for water at the density model of liquors',
      advice: 'lower the concentration, or give mass fractions',
    }
  }
  return filled(found.x)
}
