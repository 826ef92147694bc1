import type { Sourced } from '../sourced.ts'

/** Range in which a data set was measured; `undefined` = the source does not say. */
export interface Validity {
  readonly pH?: readonly [number, number]
  /** Free extractant, in the unit of the set's model (dimer or monomer), mol/L. */
  readonly free?: readonly [number, number]
  /** Rare earth in the organic over the stoichiometric limit. */
  readonly loading?: readonly [number, number]
  /** Total rare earth in the aqueous phase, mol/L. */
  readonly aqueous?: readonly [number, number]
  readonly temperature?: readonly [number, number]
  readonly medium?: string
}

/** A measured equilibrium behind a data set (shake-out test), mol/L. */
export interface MeasuredPoint {
  readonly source: string
  readonly extractant: number
  readonly hydrogenFeed?: number
  readonly phaseRatio: number
  readonly feed: Readonly<Record<string, number>>
  readonly D: Readonly<Record<string, number>>
  readonly pH?: number
  readonly organicFeed?: Readonly<Record<string, number>>
  readonly saponified?: number
  readonly sulfate?: number
  /** What was measured, where it is more than the D above without an uncertainty. */
  readonly measured?: readonly Measurement[]
  readonly note?: string
}

/** One number that was measured in a test: mol/L, D and pH without a unit. */
export interface Measurement {
  /** `pH` is of the whole test, the others are of an element. */
  readonly of: 'D' | 'aqueous' | 'organic' | 'pH'
  readonly element?: string
  readonly value: number
  /** One standard deviation, in the unit of the value. */
  readonly uncertainty?: number
  /** The value is a limit of detection (`below`) or of the range (`above`). */
  readonly limit?: 'below' | 'above'
}

/** Errors of fitted numbers together: what their standard errors alone do not say. */
export interface Covariance {
  /** `Nd.a` for a parameter of an element, `power` for a constant. */
  readonly names: readonly string[]
  /** Rows of the symmetric matrix, in the units of the numbers. */
  readonly matrix: readonly (readonly number[])[]
}

/**
 * One extractant in one medium as one publication or one fit describes it. `parameters` are what
 * the model (named by `model`, an entry of `distribution/index.ts`) reads, by element.
 */
export interface ExtractantSet {
  readonly id: string
  readonly title: string
  /** Species id of the extractant's acid form in the organic phase, for example `PC88A`. */
  readonly extractant: string
  readonly diluent: string
  readonly medium: string
  readonly model: string
  readonly parameters: Readonly<Record<string, Readonly<Record<string, Sourced<number>>>>>
  /** Numbers of the model that belong to no element (reference concentration, powers ...). */
  readonly constants: Readonly<Record<string, Sourced<number>>>
  /** Protons released per metal ion, by element; 3 where not given. */
  readonly protons: Readonly<Record<string, number>>
  readonly quality: Readonly<Record<string, string>>
  /** Where the numbers were fitted together. */
  readonly covariance?: Covariance
  readonly validity: Validity
  /** What its use is worth outside validity, in plain words. */
  readonly worth: string
  readonly points: readonly MeasuredPoint[]
  readonly sources: readonly string[]
  readonly notes: readonly string[]
}

/**
 * A data set compiled for a fixed list of elements: what a stage solver calls in its inner loop.
 * No allocation; writes into the arrays that it is given. All logarithms are natural.
 */
export interface Distribution {
  readonly set: ExtractantSet
  readonly elements: readonly string[]
  /** Protons (equivalents) exchanged per metal ion; 0 for a solvating extractant. */
  readonly protons: Float64Array
  /** Extractant monomers taken up per metal ion: 6 for RE(HA2)3, 3 for REA3 of a monomeric acid. */
  readonly bound: Float64Array
  /** Monomers in one unit of `free`: 2 where the model counts dimers, else 1. */
  readonly monomersPerFree: 1 | 2
  /**
   * What closes the unknown `free` of a stage. `extractant` (also when absent): total monomer =
   * monomersPerFree * free + sum of bound * organic metal. `loading`: `free` is the common factor
   * f of constant separation factors, D = beta f, closed by a stated sum of metals in the organic
   * phase; the extractant then appears in no equation.
   */
  readonly closure?: 'extractant' | 'loading'
  /** False for isotherms that do not see the extractant (log D = m pH + b). */
  readonly dependsOnFree: boolean
  /** True when ln D needs `aqueous` (activity models); derivatives to it are then left out. */
  readonly dependsOnAqueous: boolean
  /** pKa of HSO4- to be solved with the stage where the set was fitted so; else undefined. */
  readonly bisulfatePKa?: number
  /**
   * ln D of every element (molarity scale, organic over aqueous) and its derivatives.
   * `hydrogen` = free H+ mol/L; `free` = free extractant mol/L (dimer or monomer);
   * `aqueous` = metal concentrations mol/L in the order of `elements`. The derivatives are
   * d ln D / d ln hydrogen and d ln D / d ln free, at constant `aqueous`.
   */
  evaluate(
    hydrogen: number,
    free: number,
    aqueous: Float64Array,
    lnD: Float64Array,
    dLnHydrogen: Float64Array,
    dLnFree: Float64Array,
  ): void
}

/** A family of isotherms. One file a model, one line in `index.ts`. */
export interface DistributionModel {
  readonly kind: string
  readonly title: string
  /** The equation, in words and symbols, with its source. */
  readonly about: string
  /** Names of the per-element parameters and of the constants that the model reads. */
  readonly parameterNames: readonly string[]
  readonly constantNames: readonly string[]
  compile(set: ExtractantSet, elements: readonly string[]): Distribution
}
