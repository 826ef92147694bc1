import type {
  AccuracyClass,
  CapitalInputs,
  CostCorrelation,
  FactorSet,
  OperatingInputs,
  PriceLevels,
} from '../../src/economics/index.ts'

/** Index 100 in 2000 and 200 in 2020; two pounds to four dollars, and the other way round. */
export const levels: PriceLevels = {
  index: {
    id: 'I',
    title: 'Index',
    values: { '2000': 100, '2010': 150, '2020': 200 },
    special: { '2021-01': 210, odd: 120 },
    source: 'table',
  },
  exchange: [{ currency: 'GBP', perUsd: { '2000': 0.5, '2020': 0.8 }, source: 'table' }],
}

export const basis = { currency: 'USD', year: '2020' } as const

const origin = { source: 'table', method: 'digitised' } as const

export const mixerSettler: CostCorrelation = {
  id: 'ms',
  title: 'Mixer-settler',
  types: ['mixer-settler'],
  size: { name: 'volume', unit: 'm3', reference: 1 },
  cost: { value: 1000, currency: 'USD', year: '2000', of: 'purchased' },
  exponent: 0.5,
  range: [0.5, 5],
  ...origin,
}

export const pump: CostCorrelation = {
  id: 'pump',
  title: 'Pump',
  types: ['centrifugal pump'],
  size: { name: 'flow', unit: 'm3/s', reference: 0.001 },
  cost: { value: 500, currency: 'GBP', year: '2000', of: 'delivered' },
  exponent: 0.3,
  ...origin,
}

export const tank: CostCorrelation = {
  id: 'tank',
  title: 'Tank',
  types: ['agitated tank'],
  size: { name: 'volume', unit: 'm3', reference: 1 },
  cost: { value: 2000, currency: 'USD', year: '2000', of: 'bare-erected' },
  exponent: 0.6,
  range: [10, 100],
  material: 'steel',
  materials: { titanium: { factor: 5, source: 'table' } },
  ...origin,
}

export const factors: FactorSet = {
  id: 'set',
  title: 'Set',
  base: 'delivered',
  source: 'table',
  lines: [
    {
      id: 'piping',
      name: 'Piping',
      group: 'direct',
      factor: 0.5,
      of: 'equipment',
      source: 'table',
    },
    { id: 'design', name: 'Design', group: 'indirect', factor: 0.2, of: 'direct', source: 'table' },
    {
      id: 'contingency',
      name: 'Contingency',
      group: 'contingency',
      factor: 0.1,
      of: 'direct and indirect',
      source: 'table',
    },
    {
      id: 'working',
      name: 'Working capital',
      group: 'working capital',
      factor: 0.15,
      of: 'fixed capital',
      source: 'table',
    },
  ],
}

export const accuracy: AccuracyClass = {
  class: 4,
  low: [-0.3, -0.15],
  high: [0.2, 0.5],
  source: 'table',
}

export const capital: CapitalInputs = {
  basis,
  levels,
  correlations: [mixerSettler, pump, tank],
  factors,
  steps: { delivery: { fraction: 0.1, assumption: 'usual' }, erection: { fraction: 0.25 } },
  accuracy,
  rules: [],
  batteryLimits: ['from gate to gate'],
  excluded: ['land'],
}

const dollars = (value: number) => ({ value, currency: 'USD', year: '2020' })

export const operating: Omit<OperatingInputs, 'totalPlant'> = {
  basis,
  levels,
  feeds: [{ feed: 'feed', by: 'mass', price: { ...dollars(2), per: 'kg' } }],
  reagents: [{ reagent: 'acid', of: 'HCl', price: { ...dollars(0.5), per: 'kg' } }],
  water: { ...dollars(1.996), per: 'm3' },
  wastes: [{ discharge: 'tip', price: { ...dollars(100), per: 't' } }],
  electricity: { ...dollars(0.1), per: 'kWh' },
  heat: { ...dollars(36), per: 'GJ' },
  labour: {
    positions: [
      { role: 'skilled', group: 'operating', perShift: 2, paidHours: 1000, wage: dollars(20) },
      { role: 'engineer', group: 'technical', perShift: 1, paidHours: 500, wage: dollars(40) },
    ],
    burden: 0.25,
  },
  rules: [
    { name: 'Overhead', group: 'overhead', fraction: 0.1, of: 'cash-cost' },
    { name: 'Maintenance', group: 'maintenance', fraction: 0.02, of: 'total-plant' },
    { name: 'Laboratory', group: 'overhead', fraction: 0.1, of: 'operating-labour' },
  ],
  allocation: 'mass',
  oxideFactors: { Nd: 1.1664 },
}
