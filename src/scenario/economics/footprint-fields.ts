import type { Fields } from '../../flowsheet/fields.ts'

const perKg = (about: string) =>
  ({
    type: 'map',
    of: { type: 'number', min: -100, max: 1e4, about: 'kg CO2e per kg.' },
    optional: true,
    about,
  }) as const

const watts = (about: string) =>
  ({
    type: 'map',
    of: {
      type: 'quantity',
      dimension: 'power',
      unit: 'kW',
      min: 0,
      max: 1e9,
      about: 'While operating.',
    },
    optional: true,
    about,
  }) as const

/** What has to be chosen for a footprint. What is left out is a gap of the result, never zero. */
export const footprint = {
  allocation: {
    type: 'choice',
    options: ['mass', 'treo', 'value', 'section'],
    default: 'treo',
    about:
      'How emissions are shared: by mass, rare earth oxide, value, or section (following the rare earth).',
  },
  grid: { type: 'text', optional: true, about: 'Electricity grid of the data: GB, US-SRMW, BR.' },
  gridYear: {
    type: 'integer',
    min: 1990,
    max: 2100,
    optional: true,
    about: 'Year of the grid factor; the newest of the data otherwise.',
  },
  gridFactor: {
    type: 'number',
    min: 0,
    max: 5,
    optional: true,
    about: 'Own factor of electricity, kg CO2e/kWh: of a supply contract, for instance.',
  },
  upstream: {
    type: 'flag',
    default: true,
    about: 'Count grid losses and the supply of fuels, where the data has them.',
  },
  fuel: {
    type: 'text',
    optional: true,
    about: 'What heat is raised with: natural gas, electricity.',
  },
  heatEfficiency: {
    type: 'number',
    min: 0.05,
    max: 5,
    optional: true,
    about: 'Heat to the process over energy bought (gross calorific value of a fuel).',
  },
  feed: {
    type: 'choice',
    options: ['cut-off', 'burdened'],
    default: 'cut-off',
    about:
      'cut-off: recycled feed is burden-free where it is collected; burdened: feedFactors are counted.',
  },
  feedFactors: perKg('Factor of a feed by its unit, as received, where feed is burdened.'),
  factors: perKg(
    'Own factor by substance (HCl, per kg of it) or by reagent unit (acid, per kg as bought).',
  ),
  suppliers: {
    type: 'map',
    of: { type: 'text', about: 'The document: declaration, contract, measurement.' },
    optional: true,
    about:
      'Document behind an own factor, by the same name (grid for gridFactor): it counts as primary data.',
  },
  waste: {
    type: 'map',
    of: { type: 'text', about: 'A treatment of the data: landfill mineral, water treatment ...' },
    optional: true,
    about: 'Where a discharge goes, by its unit.',
  },
  wasteFactors: perKg('Own factor of a discharge by its unit.'),
  power: watts('Electricity of units that state none.'),
  heatDuty: watts('Heat of units that state none.'),
  transport: {
    type: 'list',
    optional: true,
    of: {
      type: 'group',
      about: 'A leg.',
      fields: {
        of: { type: 'text', about: 'Feed, reagent, product or discharge by its unit.' },
        mode: { type: 'text', about: 'A mode of the data: lorry, rail, container ship ...' },
        km: { type: 'number', min: 0, max: 50_000, about: 'Distance, km.' },
        strength: {
          type: 'number',
          min: 0.001,
          max: 1,
          optional: true,
          about: 'Mass fraction of the substance in what is carried; as it is used otherwise.',
        },
      },
    },
    about: 'Transport legs.',
  },
} as const satisfies Fields
