import type { Sourced } from './sourced.ts'

/** A complex or acid form made of components: `components` are stoichiometric numbers by id. */
export interface AqueousForm {
  readonly id: string
  readonly components: Readonly<Record<string, number>>
  readonly charge: number
  /** log10 of the formation constant from components at I = 0, 25 degC. */
  readonly logK: Sourced<number>
}

/** A solid that may precipitate: solid + H+ ... = components; log10 K of dissolution at I = 0. */
export interface SolidForm {
  /** Species id of the solid, for example `Fe(OH)3`; a variant has `species` beside it. */
  readonly id: string
  /** Species of the table where `id` names a variant of it, as `Al(OH)3(am)` of `Al(OH)3`. */
  readonly species?: string
  /** Components per formula unit on dissolution, H+ negative: `{ 'Fe+3': 1, 'H+': -3 }`. */
  readonly components: Readonly<Record<string, number>>
  readonly logK: Sourced<number>
  /** Name of the mixed crystal that solids of one structure form together; alone where left out. */
  readonly crystal?: string
}

/** SIT interaction coefficient of two ions, kg/mol; ids of components or forms. */
export interface SitCoefficient {
  readonly cation: string
  readonly anion: string
  readonly epsilon: Sourced<number>
}

/** The aqueous chemistry of a plant: which forms and solids exist among its components. */
export interface Equilibria {
  readonly components: readonly string[]
  readonly forms: readonly AqueousForm[]
  readonly solids: readonly SolidForm[]
  readonly sit?: readonly SitCoefficient[]
}
