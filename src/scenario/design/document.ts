import type { ExtractantSet } from '../../chemistry/index.ts'
import type { Fields, Params } from '../../flowsheet/fields.ts'
import type { Position } from '../findings.ts'
import type { OwnSet } from '../plant.ts'

/** The version of the design document that this program reads. */
export const designSchema = 'didymium/design@1'

/** What a design may ask for at most. */
export const designLimits = { products: 12, stages: 400, curve: 24 } as const

const range = (dimension: 'concentration' | 'ratio', about: string, low: number, high: number) => {
  const bound = (value: number, which: string) =>
    dimension === 'ratio'
      ? ({ type: 'number', default: value, min: 0.01, max: 0.9, about: which } as const)
      : ({
          type: 'quantity',
          dimension,
          unit: 'mol/L',
          default: value,
          min: 10,
          max: 12_000,
          about: which,
        } as const)
  const fields = {
    from: bound(low, 'Smallest value tried'),
    to: bound(high, 'Largest value tried'),
  }
  return { type: 'group', about, fields } as const
}

/** What a person writes about a design, besides `schema`, `extractants` and annotations. */
export const designFields = {
  title: { type: 'text', about: 'One line' },
  notes: { type: 'text', optional: true, about: 'Anything a reader should know' },
  operatingHours: { type: 'text', about: '6000 h/y' },
  extractant: { type: 'text', about: 'Id of the extractant set: PC88A-T21-NdPr' },
  molarity: {
    type: 'quantity',
    dimension: 'concentration',
    unit: 'mol/L',
    min: 10,
    max: 4000,
    about: 'Extractant in the organic, as monomer',
  },
  feed: {
    type: 'group',
    about: 'The liquor to be separated',
    fields: {
      flow: {
        type: 'quantity',
        dimension: 'volume-flow',
        unit: 'L/h',
        min: 1e-12,
        about: 'Volume of liquor per time',
      },
      concentration: {
        type: 'map',
        about: 'Salts and acid as sold: NdCl3, PrCl3, HCl ...',
        of: {
          type: 'quantity',
          dimension: 'concentration',
          unit: 'mol/L',
          min: 0,
          about: 'Amount per volume of liquor',
        },
      },
    },
  },
  products: {
    type: 'map',
    about: 'What the feed is to be separated into, by name; every product is an outlet',
    of: {
      type: 'group',
      about: 'A product',
      fields: {
        elements: {
          type: 'list',
          of: { type: 'text', about: 'Element' },
          about: 'Rare earths whose oxides it is sold as',
        },
        purity: {
          type: 'number',
          optional: true,
          min: 0,
          max: 1,
          about: 'Their oxides over all rare earth oxides in it, at least',
        },
        recovery: {
          type: 'number',
          optional: true,
          min: 0,
          max: 1,
          about: 'Share of their feed that it holds, at least',
        },
      },
    },
  },
  arrangement: {
    type: 'choice',
    options: ['auto', 'draw', 'train'],
    default: 'auto',
    about:
      'Three products: one circuit with a side draw of the middle one, or a train of circuits; ' +
      'auto: a draw for three products that lie in one row of extractability, else a train',
  },
  weights: {
    type: 'group',
    about: 'What things cost, all in one unit of your choice per operating year',
    fields: {
      stage: { type: 'number', min: 0, about: 'A mixer-settler, per year' },
      organic: { type: 'number', min: 0, about: 'A cubic metre of organic held, per year' },
      acid: { type: 'number', min: 0, about: 'A kilomole of scrub or strip acid' },
      base: { type: 'number', min: 0, about: 'A kilomole of base for saponification' },
    },
  },
  saponification: range('ratio', 'Share of the extractant that base may turn to salt', 0.05, 0.35),
  scrubAcid: range('concentration', 'Strength of the scrub acid', 500, 3000),
  stripAcid: range('concentration', 'Strength of the strip acid', 2000, 6000),
  base: { type: 'choice', options: ['Na', 'NH4'], default: 'Na', about: 'Cation of the base' },
  acid: { type: 'choice', options: ['HCl', 'HNO3'], default: 'HCl', about: 'Scrub and strip acid' },
  residence: {
    type: 'quantity',
    dimension: 'time',
    unit: 'min',
    default: 1200,
    min: 1,
    about: 'Time that organic spends in a stage, mixer and settler (assumption by default)',
  },
  margin: {
    type: 'number',
    default: 0.3,
    min: 0,
    max: 0.95,
    about:
      'Share by which impurities and losses are designed below what the products allow; without ' +
      'it there is no operating window',
  },
  stages: {
    type: 'integer',
    default: 120,
    min: 4,
    max: designLimits.stages,
    about: 'Most stages of a circuit',
  },
  curve: {
    type: 'integer',
    default: 8,
    min: 0,
    max: designLimits.curve,
    about: 'Points of the trade-off curve between stages and reflux',
  },
  doubt: {
    type: 'number',
    optional: true,
    min: 1,
    max: 1e6,
    about:
      'A separation factor that another source gives for the first cut: the design is tried at it',
  },
  assumedD: {
    type: 'map',
    optional: true,
    of: { type: 'number', min: 0, about: 'D' },
    about: 'Assumption: distribution of elements that the set does not know; 0 = not extracted',
  },
} as const satisfies Fields

type Written = Params<typeof designFields>

/** One product wanted. */
export interface DesignProduct {
  readonly name: string
  readonly elements: readonly string[]
  readonly purity?: number
  readonly recovery?: number
  readonly at: Position
}

/** A design document as read: checked, in SI. */
export interface DesignDocument
  extends Omit<Written, 'products' | 'operatingHours' | 'notes' | 'assumedD'> {
  readonly file: string
  readonly notes: string
  /** h/y */
  readonly operatingHours: number
  readonly set: ExtractantSet
  readonly extractants: readonly OwnSet[]
  readonly products: readonly DesignProduct[]
  readonly assumedD: Readonly<Record<string, number>>
  /** SHA-256 of the text. */
  readonly hash: string
}
