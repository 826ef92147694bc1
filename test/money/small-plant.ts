import type { SolvedPlant } from '../../src/economics/index.ts'

const none = { watts: 0 }

/**
 * A plant as small as costs can be asked of: 1 kg/s of a feed with a tenth of neodymium, acid from
 * a reagent, a circuit with a pump, two products and a residue. Sizes are round.
 */
export const smallPlant: SolvedPlant = {
  operatingHours: 1000,
  streams: {
    'feed-in': {
      from: 'feed.out',
      to: 'circuit.feed',
      phase: 'solid',
      mass: 1,
      elements: { Nd: 0.1, Fe: 0.9 },
      volume: {},
    },
    'acid-in': {
      from: 'acid.out',
      to: 'circuit.acid',
      phase: 'aqueous',
      mass: 0.5,
      elements: { Cl: 0.1 },
      volume: { aqueous: 0.0005 },
    },
    oxide: {
      from: 'tank.out',
      to: 'product.in',
      phase: 'solid',
      mass: 0.1,
      elements: { Nd: 0.09 },
      volume: {},
    },
    cake: {
      from: 'circuit.out',
      to: 'tip.in',
      phase: 'solid',
      mass: 0.8,
      elements: { Fe: 0.8 },
      volume: {},
    },
  },
  products: [
    {
      name: 'neodymium',
      elements: ['Nd'],
      rate: { 'kg/s': 0.06 },
      purity: { reoOfTreo: 0.99, treoInProduct: 1, oxideInProduct: 0.99 },
      specification: 'met',
    },
    {
      name: 'mixed',
      elements: ['Nd'],
      rate: { 'kg/s': 0.04 },
      purity: { reoOfTreo: 0.99, treoInProduct: 0.5, oxideInProduct: 0.5 },
      specification: 'none',
    },
  ],
  reagents: [
    { name: 'acid', rate: { 'kg/s': 0.5 }, composition: { H2O: 0.8, 'H+': 0.006, 'Cl-': 0.194 } },
  ],
  units: {
    feed: { kind: 'feed', title: 'Feed', heat: none, figures: {}, equipment: [] },
    acid: {
      kind: 'reagent',
      title: 'Acid',
      heat: none,
      figures: { 'HCl as sold': { value: 0.2, unit: 'kg/kg' } },
      equipment: [],
    },
    circuit: {
      kind: 'sx-circuit',
      title: 'Circuit',
      heat: { unknown: 'no enthalpy' },
      figures: {},
      equipment: [
        {
          type: 'mixer-settler',
          count: 4,
          size: { name: 'settler area', value: 2, unit: 'm2' },
          further: [{ name: 'volume', value: 3, unit: 'm3' }],
          power: 2000,
          material: 'polypropylene',
          basis: 'given',
        },
        {
          type: 'centrifugal pump',
          count: 2,
          standby: 1,
          size: { name: 'flow', value: 0.001, unit: 'm3/s' },
          power: 500,
          material: 'PVDF',
          basis: 'given',
        },
      ],
      holdUp: {
        elements: { Nd: 100, Pr: 20 },
        solvent: { EX: 300, diluent: 700 },
        organic: 1.2,
        aqueous: 1,
        basis: 'given',
      },
    },
    tank: {
      kind: 'tank',
      title: 'Tank',
      heat: { watts: 1000 },
      figures: {},
      equipment: [
        {
          type: 'agitated tank',
          count: 2,
          size: { name: 'volume', value: 1, unit: 'm3' },
          further: [{ name: 'time held', value: 500, unit: 's' }],
          material: 'steel',
          basis: 'given',
        },
      ],
    },
    product: { kind: 'product', title: 'Product', heat: none, figures: {}, equipment: [] },
    tip: { kind: 'discharge', title: 'Tip', heat: none, figures: {}, equipment: [] },
  },
}
