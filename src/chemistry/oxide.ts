import { isRareEarth } from './elements.ts'
import type { ElementTable } from './elements.ts'
import { molarMass } from './formula.ts'
import type { SpeciesTable } from './species.ts'

/** The oxide that an element is reported and sold as. */
export interface OxideForm {
  /** Species id of the solid: `Pr6O11`. */
  readonly id: string
  /** Atoms of the element in one formula unit. */
  readonly metal: number
  readonly oxygen: number
}

/** Calcined in air Ce, Pr and Tb do not end as sesquioxides; the trade counts them as these. */
const inAir: Readonly<Record<string, OxideForm>> = {
  Ce: { id: 'CeO2', metal: 1, oxygen: 2 },
  Pr: { id: 'Pr6O11', metal: 6, oxygen: 11 },
  Tb: { id: 'Tb4O7', metal: 4, oxygen: 7 },
}

const other: Readonly<Record<string, OxideForm>> = {
  Fe: { id: 'Fe2O3', metal: 2, oxygen: 3 },
  Al: { id: 'Al2O3', metal: 2, oxygen: 3 },
  B: { id: 'B2O3', metal: 2, oxygen: 3 },
  Ga: { id: 'Ga2O3', metal: 2, oxygen: 3 },
  Nb: { id: 'Nb2O5', metal: 2, oxygen: 5 },
  Zr: { id: 'ZrO2', metal: 1, oxygen: 2 },
  Si: { id: 'SiO2', metal: 1, oxygen: 2 },
  Ti: { id: 'TiO2', metal: 1, oxygen: 2 },
  Th: { id: 'ThO2', metal: 1, oxygen: 2 },
  U: { id: 'U3O8', metal: 3, oxygen: 8 },
  P: { id: 'P2O5', metal: 2, oxygen: 5 },
  Co: { id: 'Co3O4', metal: 3, oxygen: 4 },
  Ni: { id: 'NiO', metal: 1, oxygen: 1 },
  Cu: { id: 'CuO', metal: 1, oxygen: 1 },
  Zn: { id: 'ZnO', metal: 1, oxygen: 1 },
  Mn: { id: 'MnO2', metal: 1, oxygen: 2 },
  Ca: { id: 'CaO', metal: 1, oxygen: 1 },
  Mg: { id: 'MgO', metal: 1, oxygen: 1 },
  Mo: { id: 'MoO3', metal: 1, oxygen: 3 },
}

/**
 * The oxide of an element as it leaves a calciner in air: Nd2O3, Pr6O11, Tb4O7, CeO2; iron Fe2O3
 * and so on. Undefined for an element that leaves as a gas or has no oxide here.
 */
export function oxideOf(element: string): OxideForm | undefined {
  const special = inAir[element] ?? other[element]
  if (special !== undefined) return special
  if (isRareEarth(element)) return { id: `${element}2O3`, metal: 2, oxygen: 3 }
  return undefined
}

/** Sesquioxide of a rare earth, as in an acid leach equation: `Pr2O3`. Asserts a rare earth. */
export function sesquioxideOf(element: string): OxideForm {
  if (!isRareEarth(element)) throw new Error(`${element} is no rare earth`)
  return { id: `${element}2O3`, metal: 2, oxygen: 3 }
}

/** Mass of oxide per mass of element, from atomic weights. Asserts that the oxide is known. */
export function oxideFactor(elements: ElementTable, element: string): number {
  const oxide = oxideOf(element)
  if (oxide === undefined) throw new Error(`no oxide form of ${element}`)
  const metal = molarMass(elements, { [element]: oxide.metal })
  return 1 + molarMass(elements, { O: oxide.oxygen }) / metal
}

/** The same from a plant's species table, which holds the oxide. */
export function oxideFactorIn(table: SpeciesTable, element: string): number {
  const oxide = oxideOf(element)
  if (oxide === undefined) throw new Error(`no oxide form of ${element}`)
  const row = table.index('solid', oxide.id)
  const mass = table.molarMass[row] as number
  const oxygen = table.molarMass[table.index('gas', 'O2')] as number
  return mass / (mass - (oxide.oxygen * oxygen) / 2)
}
