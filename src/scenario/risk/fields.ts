import type { Fields } from '../../flowsheet/fields.ts'

const factor = {
  volatility: {
    type: 'number',
    min: 0,
    max: 3,
    about: 'Standard deviation that ln price gains, per square root of a year.',
  },
  halfLife: {
    type: 'number',
    min: 0.05,
    max: 100,
    about: 'Years in which a departure from the deck halves.',
  },
  start: {
    type: 'number',
    min: 0.01,
    max: 100,
    default: 1,
    about: "Today's price over the deck.",
  },
  level: {
    type: 'number',
    min: 0,
    max: 3,
    default: 0,
    about: 'Standard deviation of ln of the level that prices return to, over the deck.',
  },
} as const satisfies Fields

const policy = {
  perYear: {
    type: 'number',
    min: 0,
    max: 10,
    about: 'Times a year that the event is expected while it has not come.',
  },
  p10: { type: 'number', min: 0.01, max: 100, about: 'One in ten events moves prices by less.' },
  p90: { type: 'number', min: 0.01, max: 100, about: 'One in ten events moves prices by more.' },
  halfLife: {
    type: 'number',
    min: 0.05,
    max: 1000,
    default: 1000,
    about: 'Years in which the logarithm of its effect halves.',
  },
  moves: {
    type: 'map',
    of: { type: 'number', min: -3, max: 3, about: 'Power of the event that it takes.' },
    about: 'Price factors that it moves.',
  },
} as const satisfies Fields

/** The `risk` block of the section `economics`: what is not known, and how far. */
export const riskFields = {
  inputs: {
    type: 'map',
    of: {
      type: 'text',
      about: '`± 5 %` (normal), `x 0.8..1.3` (P10 and P90), `8..10..15 %` (triangular), `fixed`.',
    },
    optional: true,
    about: 'Numbers of the plant that are uncertain, by path; `*` stands for any letters.',
  },
  capital: {
    type: 'text',
    default: 'class',
    about:
      'Fixed capital over its estimate: `class` (the range of the estimate class as P10 and P90), `x 0.8..1.4` or `fixed`.',
  },
  output: {
    type: 'text',
    default: 'fixed',
    about: 'Output sold over the solved one, for recovery and availability: `x 0.9..0.97..1`.',
  },
  delay: {
    type: 'text',
    default: 'fixed',
    about: 'Years by which production begins late: `0..0.5..1.5`.',
  },
  grants: {
    type: 'number',
    min: 0,
    max: 1,
    default: 1,
    about: 'Probability that the grants are paid, all or none.',
  },
  prices: {
    type: 'group',
    about: 'How prices move.',
    fields: {
      model: {
        type: 'choice',
        options: ['history', 'own', 'fixed'],
        default: 'history',
        about:
          'history: factors didymium and heavy from past prices, as a prior; own: as stated here; fixed: the deck for ever.',
      },
      deckIs: {
        type: 'choice',
        options: ['mean', 'median'],
        default: 'mean',
        about: 'What the price deck is of the prices to come.',
      },
      factors: {
        type: 'map',
        of: { type: 'group', about: 'A mean-reverting factor.', fields: factor },
        optional: true,
        about: 'Price factors by name, which replace those of the history.',
      },
      follows: {
        type: 'map',
        of: {
          type: 'map',
          of: { type: 'number', min: -3, max: 3, about: 'Power.' },
          about: 'Factors that it follows, and with what power.',
        },
        optional: true,
        about:
          'Products and groups of running cost (`utilities`, `reagents`), and what they follow.',
      },
      policy: {
        type: 'group',
        optional: true,
        about: 'An event that moves prices at once and wears off: export control, embargo.',
        fields: policy,
      },
    },
  },
} as const satisfies Fields
