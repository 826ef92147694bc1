import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  footprint,
  footprintRules,
  noFootprintChoices,
  type Footprint,
  type FootprintData,
  type FootprintInputs,
  type FootprintPlant,
} from './footprint.ts'
import { partsOf } from './footprint-factors.ts'

const origin = { region: 'here', boundary: 'all', source: 'table', method: 'estimated', year: 2025 }

const data: FootprintData = {
  factors: [
    {
      id: 'a',
      title: 'grid',
      kind: 'grid',
      of: 'GB',
      value: 0.2,
      unit: 'kg CO2e/kWh',
      upstream: false,
      ...origin,
    },
    {
      id: 'b',
      title: 'grid losses',
      kind: 'grid',
      of: 'GB',
      value: 0.05,
      unit: 'kg CO2e/kWh',
      upstream: true,
      ...origin,
    },
    {
      id: 'c',
      title: 'older grid',
      kind: 'grid',
      of: 'GB',
      value: 0.4,
      unit: 'kg CO2e/kWh',
      upstream: false,
      ...origin,
      year: 2015,
    },
    {
      id: 'd',
      title: 'US grid',
      kind: 'grid',
      of: 'US',
      value: 1000,
      unit: 'lb CO2e/MWh',
      upstream: false,
      ...origin,
    },
    {
      id: 'e',
      title: 'gas',
      kind: 'fuel',
      of: 'natural gas',
      value: 0.18,
      unit: 'kg CO2e/kWh',
      upstream: false,
      ...origin,
    },
    {
      id: 'f',
      title: 'acid',
      kind: 'substance',
      of: 'HCl',
      value: 2,
      unit: 'kg CO2e/kg',
      upstream: false,
      ...origin,
    },
    {
      id: 'g',
      title: 'water',
      kind: 'substance',
      of: 'H2O',
      value: 0.2,
      unit: 'kg CO2e/m3',
      upstream: false,
      ...origin,
    },
    {
      id: 'h',
      title: 'landfill',
      kind: 'waste',
      of: 'landfill',
      value: 5,
      unit: 'kg CO2e/t',
      upstream: false,
      ...origin,
    },
    {
      id: 'i',
      title: 'works',
      kind: 'waste',
      of: 'water treatment',
      value: 0.3,
      unit: 'kg CO2e/m3',
      upstream: false,
      ...origin,
    },
    {
      id: 'j',
      title: 'lorry',
      kind: 'transport',
      of: 'lorry',
      value: 0.1,
      unit: 'kg CO2e/(t km)',
      upstream: false,
      ...origin,
    },
  ],
  substances: [
    { id: 'air', name: 'air', species: ['N2', 'O2'], free: true, piped: true },
    { id: 'nitrogen', name: 'nitrogen', species: ['N2'] },
    { id: 'H2O', name: 'water', species: ['H2O'], piped: true },
    { id: 'HCl', name: 'hydrochloric acid', species: ['H+', 'Cl-'] },
    { id: 'H2SO4', name: 'sulfuric acid', species: ['H+', 'SO4-2'] },
    { id: '(NH4)2SO4', name: 'ammonium sulfate', species: ['NH4+', 'SO4-2'] },
    { id: 'oxalic acid', name: 'oxalic acid', species: ['H+', 'C2O4-2'] },
  ],
  unpowered: new Set(['bin']),
  routes: [
    {
      id: 'clay',
      title: 'clay',
      functionalUnit: 'mixed REO',
      range: [10, 20],
      boundary: 'gate',
      source: 'table',
    },
    {
      id: 'metal',
      title: 'metal',
      functionalUnit: 'rare earth metal',
      range: [1, 2],
      boundary: 'gate',
      source: 'table',
    },
    {
      id: 'claim',
      title: 'claim',
      functionalUnit: 'mixed REO',
      boundary: 'gate',
      claim: 'less',
      source: 'table',
    },
  ],
  sources: new Map([['table', 'A table of factors']]),
  co2PerCarbon: 44.009 / 12.011,
}

type Stream = FootprintPlant['streams'][string]

const stream = (from: string, to: string, mass: number, more: Partial<Stream> = {}): Stream => ({
  from: `${from}.out`,
  to: `${to}.in`,
  mass,
  phase: 'aqueous',
  volume: {},
  elements: {},
  ...more,
})
const unit = (kind: string, more: Partial<FootprintPlant['units'][string]> = {}) => ({
  kind,
  heat: { watts: 0 },
  equipment: [],
  ...more,
})

/** Feed to a leach and one cut: Nd and Dy lines, an effluent that both send to, a stack. */
const plant: FootprintPlant = {
  operatingHours: 1000,
  units: {
    magnets: unit('feed'),
    acid: unit('reagent'),
    oxalic: unit('reagent'),
    air: unit('reagent'),
    leach: unit('leach', {
      heat: { watts: 36_000 },
      equipment: [
        { type: 'agitator', count: 1, power: 2000 },
        { type: 'bin', count: 1 },
      ],
    }),
    sx: unit('sx-circuit', { heat: { unknown: 'no enthalpy' } }),
    'nd-line': unit('calciner', { equipment: [{ type: 'kiln', count: 1 }] }),
    'dy-line': unit('calciner'),
    'nd-oxide': unit('product'),
    'dy-oxide': unit('product'),
    treatment: unit('neutraliser', { power: 500 }),
    effluent: unit('discharge'),
    cake: unit('discharge'),
    stack: unit('discharge'),
  },
  streams: {
    feed: stream('magnets', 'leach', 1, { phase: 'solid', elements: { Nd: 0.3, Dy: 0.1 } }),
    leaching: stream('acid', 'leach', 2),
    stripping: stream('acid', 'sx', 1),
    precipitant: stream('oxalic', 'dy-line', 0.5),
    blown: stream('air', 'nd-line', 1, { phase: 'gas' }),
    residue: stream('leach', 'cake', 0.5, { phase: 'solid', elements: { Nd: 0.02 } }),
    liquor: stream('leach', 'sx', 2.5, { elements: { Nd: 0.28, Dy: 0.1 } }),
    lights: stream('sx', 'nd-line', 1.5, { elements: { Nd: 0.27 } }),
    heavies: stream('sx', 'dy-line', 1, { elements: { Dy: 0.09, Nd: 0.01 } }),
    'nd-waste': stream('nd-line', 'treatment', 3, { elements: { Nd: 0.001 } }),
    'dy-waste': stream('dy-line', 'treatment', 1),
    'nd-gas': stream('nd-line', 'stack', 1, { phase: 'gas', elements: { C: 0.012 } }),
    'dy-gas': stream('dy-line', 'stack', 1, { phase: 'gas', elements: { C: 0.006 } }),
    'nd-out': stream('nd-line', 'nd-oxide', 0.3, { phase: 'solid', elements: { Nd: 0.27 } }),
    'dy-out': stream('dy-line', 'dy-oxide', 0.1, { phase: 'solid', elements: { Dy: 0.08 } }),
    out: stream('treatment', 'effluent', 4, { volume: { aqueous: 0.004 } }),
  },
  products: [
    { name: 'nd-oxide', elements: ['Nd'], rate: { 'kg/s': 0.3 }, purity: { treoInProduct: 1 } },
    { name: 'dy-oxide', elements: ['Dy'], rate: { 'kg/s': 0.1 }, purity: { treoInProduct: 0.5 } },
  ],
  reagents: [
    { name: 'acid', rate: { 'kg/s': 3 }, composition: { 'H+': 0.01, 'Cl-': 0.29, H2O: 0.7 } },
    { name: 'oxalic', rate: { 'kg/s': 0.5 }, composition: { 'H+': 0.02, 'C2O4-2': 0.98 } },
    { name: 'air', rate: { 'kg/s': 1 }, composition: { N2: 0.8, O2: 0.2 } },
  ],
  media: { effluent: 'effluent', cake: 'residue', stack: 'offgas' },
  rareEarths: ['Nd', 'Dy'],
}

const chosen: FootprintInputs = {
  ...noFootprintChoices,
  grid: 'GB',
  heat: { fuel: 'natural gas', efficiency: 0.9 },
  waste: { effluent: 'water treatment', cake: 'landfill' },
  prices: { 'nd-oxide': 50, 'dy-oxide': 300 },
}

function computed(inputs: FootprintInputs, of = plant): Footprint {
  const answer = footprint(of, inputs, data)
  if (answer.outcome !== 'computed') throw new Error(JSON.stringify(answer.problems))
  return answer.footprint
}

const perYear = 3600 * 1000
const amount = ({ lines }: Footprint, name: string) =>
  lines.filter((line) => line.name === name).reduce((sum, line) => sum + line.amount, 0)

describe('lines of a footprint', () => {
  const found = computed(chosen)

  it('multiplies quantities of the year with factors', () => {
    expect(amount(found, 'hydrochloric acid')).toBeCloseTo(3 * 0.3 * perYear * 2, 4)
    expect(amount(found, 'water')).toBeCloseTo((3 * 0.7 * perYear * 0.2) / 1000, 4)
    expect(amount(found, 'electricity')).toBeCloseTo(2.5 * 1000 * 0.25, 6)
    expect(amount(found, 'heat from natural gas')).toBeCloseTo(((36 * 1000) / 0.9) * 0.18, 6)
    expect(amount(found, 'carbon to gas')).toBeCloseTo((0.018 * perYear * 44.009) / 12.011, 4)
    expect(amount(found, 'cake')).toBeCloseTo((0.5 * perYear * 5) / 1000, 6)
    expect(amount(found, 'effluent')).toBeCloseTo(0.004 * perYear * 0.3, 6)
  })

  it('names what is missing with its mass instead of taking it as nothing', () => {
    const gap = found.gaps.find(({ name }) => name === 'oxalic acid')
    expect(gap?.quantity).toEqual({ value: 0.5 * perYear, unit: 'kg' })
    expect(found.gaps.map(({ unit: where, missing }) => `${where}: ${missing}`)).toEqual(
      expect.arrayContaining([
        'sx: heat unknown: no enthalpy',
        'nd-line: no electricity stated for kiln',
      ]),
    )
    const open = computed(noFootprintChoices)
    expect(open.gaps.filter(({ missing }) => /no grid chosen/.test(missing))).toHaveLength(2)
    expect(open.gaps.filter(({ missing }) => /no treatment chosen/.test(missing))).toHaveLength(2)
    expect(open.unknownMass.value).toBeCloseTo(5 * perYear, 3)
  })

  it('takes the newest year unless asked, and leaves supply out when asked', () => {
    expect(amount(computed({ ...chosen, year: 2015 }), 'electricity')).toBeCloseTo(1000, 6)
    expect(amount(computed({ ...chosen, upstream: false }), 'electricity')).toBeCloseTo(500, 6)
    expect(amount(computed({ ...chosen, grid: 'US' }), 'electricity')).toBeCloseTo(1133.98, 2)
  })

  it('puts a supplier before the data and counts it as primary', () => {
    const own = { value: 1, unit: 'kg CO2e/kg', source: 'EPD', primary: true } as const
    const with1 = computed({ ...chosen, factors: { HCl: own } })
    expect(amount(with1, 'hydrochloric acid')).toBeCloseTo(0.9 * perYear, 4)
    expect(with1.primaryShare).toBeCloseTo((0.9 * perYear) / with1.perYear, 6)
    expect(found.primaryShare).toBe(0)
    const whole = computed({ ...chosen, factors: { acid: own } })
    expect(amount(whole, 'acid')).toBeCloseTo(3 * perYear, 4)
  })

  it('brings the burden of a feed only where that is chosen', () => {
    expect(found.lines.some(({ group }) => group === 'feed')).toBe(false)
    const treatment = 'burdened'
    const bare = computed({ ...chosen, feed: { treatment, factors: {} } })
    expect(bare.gaps.find(({ group }) => group === 'feed')?.quantity?.value).toBe(perYear)
    const factors = { magnets: { value: 3, unit: 'kg CO2e/kg', source: 'study' } as const }
    const full = computed({ ...chosen, feed: { treatment, factors } })
    expect(amount(full, 'magnets')).toBeCloseTo(3 * perYear, 6)
  })

  it('carries reagents at the strength that they come in, and products on their own account', () => {
    const leg = { mode: 'lorry', distance: 100_000 }
    const transport = [
      { of: 'acid', ...leg, strength: 0.32 },
      { of: 'dy-oxide', ...leg },
    ]
    const moved = computed({ ...chosen, transport })
    expect(amount(moved, 'acid by lorry')).toBeCloseTo(
      ((0.9 / 0.32) * perYear * 100 * 0.1) / 1000,
      4,
    )
    const [nd, dy] = moved.perProduct
    const whole = moved.lines.find(({ name }) => name === 'dy-oxide by lorry')?.amount ?? 0
    const common = amount(moved, 'acid by lorry')
    expect(nd?.byGroup.transport).toBeCloseTo((common * (0.3 / 0.35)) / (0.3 * perYear), 9)
    expect(dy?.byGroup.transport).toBeCloseTo((whole + common * (0.05 / 0.35)) / (0.1 * perYear), 9)
  })
})

describe('shares of the products', () => {
  const ratio = (inputs: FootprintInputs) => {
    const [nd, dy] = computed(inputs).perProduct
    return (dy?.kgCO2ePerKg ?? 0) / (nd?.kgCO2ePerKg ?? 1)
  }

  it('follow mass, rare earth oxide or value', () => {
    expect(ratio({ ...chosen, allocation: 'mass' })).toBeCloseTo(1, 9)
    expect(ratio({ ...chosen, allocation: 'treo' })).toBeCloseTo(0.5, 9)
    expect(ratio({ ...chosen, allocation: 'value' })).toBeCloseTo(6, 9)
  })

  it('by section, leave what only one line uses to its own product', () => {
    const { perProduct, lines } = computed({ ...chosen, allocation: 'section' })
    const [nd, dy] = perProduct
    const gas = (unit1: string) =>
      lines.find(({ name, unit: at }) => name === 'carbon to gas' && at === unit1)?.amount ?? 0
    expect(nd?.byGroup['process CO2']).toBeCloseTo(gas('nd-line') / (0.3 * perYear), 9)
    expect(dy?.byGroup['process CO2']).toBeCloseTo(gas('dy-line') / (0.1 * perYear), 9)
    // The circuit splits its rare earth 0.27 to 0.10; the leach sends all of its own there. The
    // effluent is 3 parts of the Nd line and 1 of the Dy line.
    const electric = (2 * 0.27) / 0.37 + 0.5 * 0.75
    expect(nd?.byGroup.electricity).toBeCloseTo((electric * 1000 * 0.25) / (0.3 * perYear), 9)
  })

  it('leave by-products without any', () => {
    const acid = { name: 'spent', elements: [], rate: { 'kg/s': 5 }, purity: { treoInProduct: 0 } }
    const units = { ...plant.units, spent: unit('product') }
    const more = { ...plant, units, products: [...plant.products, acid] }
    const { perProduct, byProducts } = computed({ ...chosen, allocation: 'mass' }, more)
    expect(byProducts).toEqual(['spent'])
    expect(perProduct.map(({ name }) => name)).toEqual(['nd-oxide', 'dy-oxide'])
    const prices = { 'nd-oxide': 50 }
    const byValue = computed({ ...chosen, allocation: 'value', prices }, more)
    expect(byValue.byProducts).toEqual(['dy-oxide', 'spent'])
    expect(byValue.perKgReo).toBeCloseTo(computed(chosen).perKgReo ?? 0, 9)
  })
})

describe('what is refused', () => {
  it('is every name that is not there', () => {
    const answer = footprint(
      plant,
      {
        ...chosen,
        grid: 'XX',
        heat: { fuel: 'peat', efficiency: 1 },
        transport: [{ of: 'nobody', mode: 'mule', distance: 1 }],
        waste: { effluent: 'sea', nowhere: 'landfill' },
        allocation: 'value',
        prices: {},
      },
      data,
    )
    expect(answer.outcome === 'refused' ? answer.problems.map(({ at }) => at) : []).toEqual([
      'grid',
      'fuel',
      'transport.0.of',
      'transport.0.mode',
      'waste.effluent',
      'waste.nowhere',
      'allocation',
    ])
  })
})

describe('substances of a reagent', () => {
  const ids = (composition: Record<string, number>) =>
    partsOf(composition, data.substances).map(({ substance }) => substance.id)

  it('are told by their ions; a shared ion stays unexplained', () => {
    expect(ids({ N2: 0.8, O2: 0.2 })).toEqual(['air'])
    expect(ids({ N2: 1 })).toEqual(['nitrogen'])
    expect(ids({ 'H+': 0.1, 'Cl-': 0.4, H2O: 0.5 })).toEqual(['HCl', 'H2O'])
    expect(ids({ 'H+': 0.1, 'NH4+': 0.2, 'SO4-2': 0.2, H2O: 0.5 })).toEqual([
      'H2O',
      'H+ + NH4+ + SO4-2',
    ])
    expect(ids({ PC88A: 0.4, diluent: 0.6 })).toEqual(['PC88A', 'diluent'])
  })
})

describe('sources', () => {
  it('are listed with their titles, each once', () => {
    expect(computed(chosen).sources).toEqual([{ id: 'table', title: 'A table of factors' }])
  })
})

describe('published routes', () => {
  it('stand beside the same functional unit alone', () => {
    const { compared, perKgReo } = computed(chosen)
    expect(compared.map((one) => (one.comparable ? one.own : one.because))).toEqual([
      perKgReo,
      'its functional unit is rare earth metal; this plant has mixed REO',
      'it states a difference to another route, no figure of its own',
    ])
    const one = { ...plant, products: plant.products.slice(0, 1) }
    const [alone] = computed(chosen, one).compared
    expect(alone?.comparable === false && alone.because).toBe(
      'its functional unit is mixed REO; this plant has oxide of Nd alone',
    )
    const [first] = compared
    expect(first?.comparable === true && first.ratio[0]).toBeCloseTo((perKgReo ?? 0) / 20, 12)
  })
})

/** The plant with any flows: none of the identities may depend on them. */
const anyPlant = fc
  .record({
    masses: fc.array(fc.double({ min: 0.01, max: 10, noNaN: true }), {
      minLength: 16,
      maxLength: 16,
    }),
    rareEarth: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
      minLength: 16,
      maxLength: 16,
    }),
    recycle: fc.double({ min: 0, max: 5, noNaN: true }),
  })
  .map(({ masses, rareEarth, recycle }): FootprintPlant => {
    const names = Object.keys(plant.streams)
    const streams = Object.fromEntries(
      Object.entries(plant.streams).map(([name, one], i) => [
        name,
        { ...one, mass: masses[i] ?? 1, elements: { ...one.elements, Nd: rareEarth[i] ?? 0 } },
      ]),
    )
    const back = stream('treatment', 'leach', recycle, { elements: { Nd: recycle / 10 } })
    return { ...plant, streams: names.length > 0 ? { ...streams, back } : streams }
  })

describe('identities', () => {
  it.each(footprintRules)('%s: the products carry the whole footprint, no more', (allocation) => {
    fc.assert(
      fc.property(anyPlant, (one) => {
        const found = computed({ ...chosen, allocation }, one)
        const carried = found.perProduct.reduce((s, p) => s + p.kgCO2ePerKg * p.ratePerYear, 0)
        expect(carried / found.perYear).toBeCloseTo(1, 9)
        for (const product of found.perProduct) {
          const groups = Object.values(product.byGroup).reduce((s, value) => s + value, 0)
          expect(groups / product.kgCO2ePerKg).toBeCloseTo(1, 9)
          expect(product.share).toBeGreaterThanOrEqual(0)
        }
      }),
    )
  })

  it('all carbon that leaves as gas is counted once', () => {
    fc.assert(
      fc.property(anyPlant, fc.double({ min: 0, max: 1, noNaN: true }), (one, taken) => {
        const gas = { phase: 'gas', elements: { C: 0.5 } }
        const cleaned = { phase: 'gas', elements: { C: 0.5 * taken } }
        const streams = {
          ...one.streams,
          'nd-gas': stream('nd-line', 'treatment', 1, gas),
          cleaned: stream('treatment', 'stack', 1, cleaned),
        }
        const found = computed(chosen, { ...one, streams })
        const leaves = (0.5 * taken + 0.006) * perYear * data.co2PerCarbon
        expect(amount(found, 'carbon to gas') / leaves).toBeCloseTo(1, 9)
      }),
    )
  })

  it('a factor that is lost becomes a gap of the same mass, and nothing else changes', () => {
    fc.assert(
      fc.property(anyPlant, (one) => {
        const factors = data.factors.filter(({ of }) => of !== 'HCl')
        const full = computed(chosen, one)
        const answer = footprint(one, chosen, { ...data, factors })
        if (answer.outcome !== 'computed') throw new Error('refused')
        const lost = answer.footprint
        expect(full.perYear - lost.perYear).toBeCloseTo(amount(full, 'hydrochloric acid'), 3)
        const mass = lost.gaps
          .filter(({ name }) => name === 'hydrochloric acid')
          .reduce((sum, { quantity }) => sum + (quantity?.value ?? 0), 0)
        expect(mass * 2).toBeCloseTo(amount(full, 'hydrochloric acid'), 3)
      }),
    )
  })
})
