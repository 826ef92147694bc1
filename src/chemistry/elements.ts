import type { Sourced } from './sourced.ts'

/**
 * Chemical symbols in order of atomic number, 1 to 103. Beside them one pseudo-element, `Ua`:
 * mass that an assay leaves unassigned, 1 g/mol, so that it is balanced like any element.
 */
const symbols = (
  'H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se ' +
  'Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Pm Sm Eu Gd Tb ' +
  'Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am Cm ' +
  'Bk Cf Es Fm Md No Lr'
).split(' ')
const numbers: ReadonlyMap<string, number> = new Map([
  ...symbols.map((symbol, index): [string, number] => [symbol, index + 1]),
  ['Ua', 0],
])

/** The pseudo-element of unassigned mass. */
export const unassigned = 'Ua'

/** Rare earths that the databank carries, in atomic order (Sc and Y included). */
export const rareEarthSymbols = 'Sc Y La Ce Pr Nd Sm Eu Gd Tb Dy Ho Er Tm Yb Lu'.split(
  ' ',
) as readonly string[]

/** Atomic number of a symbol, 0 for `Ua`, undefined when there is no such element. */
export function atomicNumber(symbol: string): number | undefined {
  return numbers.get(symbol)
}

/** True for Sc, Y and the lanthanides but Pm. */
export function isRareEarth(symbol: string): boolean {
  return rareEarthSymbols.includes(symbol)
}

/** One element as the databank records it; atomic weight in g/mol. */
export interface ElementRecord {
  readonly symbol: string
  readonly name: string
  readonly atomicWeight: Sourced<number>
}

/** Elements by symbol. */
export type ElementTable = ReadonlyMap<string, ElementRecord>
