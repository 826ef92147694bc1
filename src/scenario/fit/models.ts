/** A number of a model that a fit may free. */
export interface FreeNumber {
  readonly name: string
  /** In the words of a table. */
  readonly about: string
  /** Value unless freed; `protons` = the protons that the element releases. */
  readonly fixedAt: number | 'protons'
  readonly low: number
  readonly high: number
  /** What tests must differ in for it to be known. */
  readonly learn: string
  /** Always fitted: the model has no value for it. */
  readonly always?: boolean
}

/** What of a distribution model can be fitted to shake-out tests. */
export interface FittableModel {
  readonly kind: string
  /** The parameter of each element that moves its log10 D by its own amount. */
  readonly level: Pick<FreeNumber, 'name' | 'low' | 'high'>
  /** Other parameters of each element. */
  readonly perElement: readonly FreeNumber[]
  /** Constants that all elements share. */
  readonly shared: readonly FreeNumber[]
  /** Constants that say what is counted, or where the level is stated; never fitted. */
  readonly stated: Readonly<Record<string, { readonly value: number; readonly note: string }>>
}

const monomersPerProton: FreeNumber = {
  name: 'monomersPerProton',
  about: 'extractant monomers bound per proton released',
  fixedAt: 2,
  low: 0.5,
  high: 3,
  learn: 'tests at high loading, above a third of the extractant',
}

/** One entry a model; the names are those of the model in `chemistry/distribution`. */
export const fittableModels: readonly FittableModel[] = [
  {
    kind: 'mass-action',
    level: { name: 'a', low: -25, high: 15 },
    perElement: [
      {
        name: 'slope',
        about: 'slope of log10 D to pH',
        fixedAt: 'protons',
        low: 0.5,
        high: 4.5,
        learn: 'tests at equilibrium pH values that span at least half a unit',
      },
    ],
    shared: [
      {
        name: 'power',
        about: 'power of the free extractant',
        fixedAt: 3,
        low: 0.5,
        high: 6,
        learn: 'tests at several extractant concentrations, the highest at least twice the lowest',
      },
      {
        name: 'effective',
        about: 'log10 of the activity of the extractant per root of its concentration',
        fixedAt: 0,
        low: -2,
        high: 3,
        learn:
          'tests at several extractant concentrations, the highest at least ten times the lowest',
      },
      monomersPerProton,
    ],
    stated: {
      reference: { value: 0.5, note: 'mol/L of free extractant at which a is stated' },
      monomersPerFree: { value: 2, note: 'free extractant counted as dimer' },
    },
  },
  {
    kind: 'ph-isotherm',
    level: { name: 'b', low: -25, high: 15 },
    perElement: [
      {
        name: 'm',
        about: 'slope of log10 D to pH',
        fixedAt: 'protons',
        low: 0.1,
        high: 6,
        learn: 'tests at equilibrium pH values that span at least half a unit',
        always: true,
      },
    ],
    shared: [],
    stated: {
      monomersPerProton: { value: 2, note: 'extractant monomers bound per proton released' },
    },
  },
]
