import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as inputs from '../../test/money/cost-inputs.ts'
import { smallPlant } from '../../test/money/small-plant.ts'
import { costBank } from '../databank/costs.ts'
import { allocate, oxidesPerYear } from './allocation.ts'
import { capacityEstimate } from './capacity.ts'
import { estimateCapital, stepBetween } from './capital.ts'
import type { CapitalEstimate, CapitalLine, FactorSet } from './capital-types.ts'
import { estimatePlant } from './estimate.ts'
import { rareEarthsHeld } from './hold-up.ts'
import { estimateOperating, plantDuties } from './operating.ts'
import type { OperatingInputs } from './operating-types.ts'
import { qgessEstimate } from './qgess-plant.ts'
import type { QgessRules } from './qgess.ts'

const { capital, operating, factors } = inputs

// 4 x 1000 x 3^0.5 x 2 purchased; 2 x 500 GBP in 2000, delivered; 2 x 2000 x 2 bare erected.
const mixers = 8000 * Math.sqrt(3)
const pumps = 4000
const tanks = 8000
const delivered = mixers * 1.1 + pumps + tanks / 1.25

const amountOf = (lines: readonly { name: string; amount: number }[], name: string) =>
  lines.find((l) => l.name === name)?.amount

describe('capital', () => {
  const estimate = estimateCapital(smallPlant, capital)

  it('brings every price to the base of the factors', () => {
    expect(estimate.totals.delivered).toBeCloseTo(delivered, 6)
    expect(estimate.totals.bareErected).toBeCloseTo(delivered * 1.25, 6)
    expect(stepBetween('purchased', 'bare-erected', capital.steps ?? {})).toMatchObject({
      factor: 1.1 * 1.25,
    })
    expect(stepBetween('purchased', 'delivered', {})).toHaveProperty('missing')
  })

  it('puts each factor on the sum that it is of', () => {
    const { lines, totals } = estimate
    expect(amountOf(lines, 'Piping')).toBeCloseTo(0.5 * delivered, 6)
    expect(amountOf(lines, 'Design')).toBeCloseTo(0.2 * 1.5 * delivered, 6)
    expect(amountOf(lines, 'Contingency')).toBeCloseTo(0.1 * 1.2 * 1.5 * delivered, 6)
    expect(totals.totalPlant).toBeCloseTo(1.1 * 1.2 * 1.5 * delivered, 6)
    expect(amountOf(lines, 'Working capital')).toBeCloseTo(0.15 * totals.fixed, 6)
  })

  it('takes a price given for a unit as that of what it mainly is', () => {
    const each = { value: 10, currency: 'USD', year: '2020' }
    const given = [{ unit: 'circuit', each, of: 'delivered' as const }]
    const [first, second] = estimateCapital(smallPlant, { ...capital, given }).equipment
    expect([first?.price, second?.price]).toMatchObject([
      { total: 40, by: 'given' },
      { by: 'pump' },
    ])
  })

  it('refuses a factor of a sum that is not there yet', () => {
    const line = { ...factors.lines[0], of: 'total plant' } as FactorSet['lines'][number]
    expect(() =>
      estimateCapital(smallPlant, { ...capital, factors: { ...factors, lines: [line] } }),
    ).toThrow('cannot be of total plant')
  })

  it('lists what has no price instead of counting it as nothing', () => {
    const [, ...rest] = capital.correlations
    const poorer = estimateCapital(smallPlant, { ...capital, correlations: rest, steps: {} })
    expect(poorer.unpriced.map(({ what }) => what)).toEqual([
      'circuit: mixer-settler',
      'tank: agitated tank',
      'first fill of 300 kg of EX',
      'first fill of 700 kg of diluent',
    ])
    expect(poorer.totals.delivered).toBeCloseTo(pumps, 6)
    expect(poorer.totals.bareErected).toBeUndefined()
  })

  it('ranks what is extrapolated and doubts the class where it is much', () => {
    expect(estimate.warnings.map(({ at, rank }) => [at, rank])).toEqual([
      ['equipment', 1],
      ['tank: agitated tank', 1],
    ])
    const { low, high, text } = estimate.estimateClass
    expect([low, high]).toEqual([-0.3, 0.5])
    expect(text).toBe('class 4 (AACE): -15 to -30 % and +20 to 50 %')
  })

  it('carries rules, amounts in other money and the first fill, each with where it is from', () => {
    const own = estimateCapital(smallPlant, {
      ...capital,
      rules: [
        {
          name: 'Owner',
          group: 'owner',
          amount: { fraction: 0.15, of: 'total-plant' },
          source: 's',
        },
        {
          name: 'Permits',
          group: 'other',
          amount: { value: 100, currency: 'GBP', year: '2000' },
          assumption: 'a round sum',
        },
      ],
      firstFill: { solvent: [{ species: 'EX', perKg: 10 }] },
    })
    expect(amountOf(own.lines, 'Owner')).toBeCloseTo(0.15 * own.totals.totalPlant, 6)
    expect(amountOf(own.lines, 'Permits')).toBeCloseTo(400, 9)
    expect(amountOf(own.lines, 'First fill: EX')).toBeCloseTo(3000, 9)
    expect(own.unpriced).toContainEqual({
      what: 'first fill of 700 kg of diluent',
      why: 'no price of diluent',
    })
    expect(own.assumptions).toContainEqual({ at: 'Permits', text: 'a round sum' })
    const { circuit, ...others } = smallPlant.units
    const [mixer] = circuit?.equipment ?? []
    if (circuit === undefined || mixer === undefined) throw new Error('no circuit')
    const guessed = { ...mixer, basis: 'flow over flux (assumption)' }
    const sized = {
      ...smallPlant,
      units: { ...others, circuit: { ...circuit, equipment: [guessed, guessed] } },
    }
    const said = estimateCapital(sized, capital).assumptions.filter((a) =>
      a.text.startsWith('size'),
    )
    expect(said).toEqual([{ at: 'mixer-settler', text: 'size: flow over flux (assumption)' }])
  })

  it('has lines that add up to its totals, and grows with every price', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 10, noNaN: true }), (factor) => {
        const scaled = estimateCapital(smallPlant, { ...capital, equipmentFactor: factor })
        const { fixed, workingCapital, total, totalPlant } = scaled.totals
        const whole = scaled.lines.reduce((sum, l) => sum + l.amount, 0)
        expect(whole / total).toBeCloseTo(1, 12)
        expect((fixed + workingCapital) / total).toBeCloseTo(1, 12)
        expect(totalPlant / estimate.totals.totalPlant / factor).toBeCloseTo(1, 12)
      }),
    )
  })
})

describe('operating cost', () => {
  const all: OperatingInputs = { ...operating, totalPlant: 1e6 }
  const estimate = estimateOperating(smallPlant, all)
  const seconds = 3.6e6

  it('goes by the solved flows over the operating hours', () => {
    const { lines } = estimate
    expect(amountOf(lines, 'feed')).toBeCloseTo(2 * seconds, 3)
    expect(amountOf(lines, 'acid: HCl')).toBeCloseTo(0.5 * 0.2 * 0.5 * seconds, 3)
    expect(amountOf(lines, 'Water')).toBeCloseTo(0.5 * 0.8 * seconds * 0.002, 3)
    expect(amountOf(lines, 'tip')).toBeCloseTo(0.8 * 0.1 * seconds, 3)
    expect(amountOf(lines, 'Electricity')).toBeCloseTo(2.5 * 1000 * 0.1, 6)
    expect(amountOf(lines, 'Heat')).toBeCloseTo(3.6 * 36, 6)
    expect(amountOf(lines, 'skilled')).toBeCloseTo(2 * 1000 * 20 * 1.25, 6)
    expect(amountOf(lines, 'Laboratory')).toBeCloseTo(0.1 * 50_000, 6)
    expect(amountOf(lines, 'Maintenance')).toBeCloseTo(20_000, 6)
  })

  it('puts overhead on all that comes before it, whatever the order of the rules', () => {
    const before = estimate.lines.filter((l) => l.name !== 'Overhead')
    const sum = before.reduce((total, l) => total + l.amount, 0)
    expect(amountOf(estimate.lines, 'Overhead')).toBeCloseTo(0.1 * sum, 3)
    expect(estimate.perYear).toBeCloseTo(1.1 * sum, 3)
    expect(estimate.variablePerYear + estimate.fixedPerYear).toBeCloseTo(estimate.perYear, 6)
    expect(estimate.perKgReo).toBeCloseTo(estimate.perYear / (0.08 * seconds), 9)
  })

  it('pays a feed by what it contains, and takes a gate fee', () => {
    const price = { value: 50, currency: 'USD', year: '2020' }
    const feed = { feed: 'feed', by: 'element', payable: 0.6 } as const
    const byOxide = estimateOperating(smallPlant, {
      ...all,
      feeds: [{ ...feed, elements: { Nd: { price, of: 'oxide' } } }],
    })
    expect(amountOf(byOxide.lines, 'feed: Nd')).toBeCloseTo(0.1 * seconds * 1.1664 * 50 * 0.6, 3)
    const fee = { value: -0.1, currency: 'USD', year: '2020', per: 'kg' } as const
    const paid = estimateOperating(smallPlant, {
      ...all,
      feeds: [{ feed: 'feed', by: 'mass', price: fee }],
    })
    expect(amountOf(paid.lines, 'feed')).toBeCloseTo(-0.1 * seconds, 6)
  })

  it('names what has no price', () => {
    const { water: _, electricity: __, ...poorer } = all
    const found = estimateOperating(smallPlant, { ...poorer, feeds: [], reagents: [], wastes: [] })
    expect(found.gaps.map(({ what }) => what)).toEqual([
      'feed feed: 3600 t/y',
      'acid: 360 t/y of HCl',
      '1440 t/y of water',
      'Electricity: 2.5 MWh/y',
      'heat or cooling of circuit',
      'discharge tip: 2880 t/y',
    ])
    expect(plantDuties(smallPlant).unknownHeat).toEqual(['circuit'])
  })
})

describe('allocation', () => {
  it('shares add up to one and costs to the whole by every rule', () => {
    const rule = fc.constantFrom('mass', 'value', 'treo' as const)
    const price = fc.double({ min: 0.1, max: 1000, noNaN: true })
    fc.assert(
      fc.property(rule, price, price, (by, a, b) => {
        const { products, gaps } = allocate(smallPlant, 1e6, by, { neodymium: a, mixed: b })
        expect(products.reduce((sum, p) => sum + p.share, 0)).toBeCloseTo(1, 12)
        expect(products.reduce((sum, p) => sum + p.perKg * p.ratePerYear, 0)).toBeCloseTo(1e6, 4)
        expect(gaps).toEqual([])
      }),
    )
  })

  it('goes by what it says', () => {
    const share = (by: 'mass' | 'value' | 'treo') =>
      allocate(smallPlant, 1, by, { neodymium: 100, mixed: 25 }).products[0]?.share
    expect(share('mass')).toBeCloseTo(0.6, 12)
    expect(share('treo')).toBeCloseTo(0.75, 12)
    expect(share('value')).toBeCloseTo(6 / 7, 12)
    expect(allocate(smallPlant, 1, 'value', { neodymium: 1 }).gaps).toHaveLength(1)
    expect(oxidesPerYear(smallPlant)).toBeCloseTo(0.08 * 3.6e6, 6)
  })
})

describe('working capital and hold-up', () => {
  const days = {
    feedDays: 36.5,
    reagentDays: 36.5,
    productDays: 0,
    receivableDays: 73,
    payableDays: 0,
  }
  const run = (change: Partial<typeof capital>) =>
    estimatePlant(smallPlant, {
      capital: { ...capital, ...change },
      operating: { ...operating, revenue: 1e7 },
    })

  it('counts the days, and the rare earths held at their value', () => {
    const { capital: built, operating: yearly } = run({
      workingCapital: { ...days, holdUp: true },
      holdUpValue: { Nd: 60 },
    })
    const line = (name: string) => amountOf(built.lines, name)
    expect(line('Feed in store')).toBeCloseTo(0.1 * 7.2e6, 3)
    expect(line('Receivables')).toBeCloseTo(2e6, 6)
    // 100 kg in the circuit, and 0.09 kg/s held 500 s in each of two tanks.
    expect(line('Rare earths held in the plant')).toBeCloseTo(60 * 190, 6)
    expect(built.unpriced).toContainEqual({
      what: '20 kg of Pr held in the plant',
      why: 'no value of Pr',
    })
    const reagents = yearly.lines.filter((l) => l.group === 'reagents')
    expect(line('Reagents in store')).toBeCloseTo(
      reagents.reduce((sum, l) => sum + l.amount, 0) / 10,
      6,
    )
    expect(rareEarthsHeld(smallPlant, ['Nd'])['tank']).toEqual({ Nd: 90 })
  })

  it('does not count reagents as first fill and as stock', () => {
    const { capital: built } = run({
      workingCapital: { ...days, holdUp: false },
      firstFill: { solvent: [], reagentDays: 36.5 },
    })
    expect(amountOf(built.lines, 'Reagents in store')).toBeUndefined()
    expect(amountOf(built.lines, 'First fill: reagents in store')).toBeGreaterThan(0)
  })

  it('is a share of the fixed capital where nobody counts days', () => {
    const { capital: built } = run({ workingCapital: { fraction: 0.05 } })
    expect(built.totals.workingCapital).toBeCloseTo(0.05 * built.totals.fixed, 6)
  })
})

describe('six-tenths', () => {
  const anchor = {
    id: 'a',
    title: 'A',
    capital: { value: 100, currency: 'USD', year: '2000' },
    capacity: { value: 10, unit: 'kg/y', of: 'oxides' },
    exponent: 0.6,
    batteryLimits: 'all of it',
    source: 'study',
  }
  const scaled = (capacity: number) =>
    capacityEstimate({
      basis: inputs.basis,
      levels: inputs.levels,
      anchor,
      capacity,
      accuracy: inputs.accuracy,
    })

  it('scales and escalates the anchor', () => {
    expect((scaled(20) as CapitalEstimate).totals.total).toBeCloseTo(200 * 2 ** 0.6, 9)
    expect((scaled(10) as CapitalEstimate).scaled).toMatchObject({ from: 'a', amount: 200 })
    expect(scaled(0)).toHaveProperty('missing')
  })
})

describe('six-tenths from the anchors of the data', () => {
  const bank = costBank()
  const index = bank.indices.get('CEPCI')
  const accuracy = bank.estimateClasses.find((c) => c.class === 5)

  // 400 t/y in money of 2025, by hand: 302 x 815.59 / 585.7 x 0.04^0.6, 410 x (400 / 7554)^0.6.
  it.each([
    ['avalon-2011', 61.0],
    ['white-mesa-2', 70.3],
  ])('%s: %d million dollars', (id, expected) => {
    const found = bank.anchors.get(id)
    if (index === undefined || accuracy === undefined || found === undefined)
      throw new Error(`the data lack ${id}`)
    const estimate = capacityEstimate({
      basis: { currency: 'USD', year: '2025' },
      levels: { index, exchange: [] },
      anchor: found,
      capacity: 400_000,
      accuracy,
    }) as CapitalEstimate
    expect(estimate.totals.total / 1e6).toBeCloseTo(expected, 1)
    expect(estimate.estimateClass).toMatchObject({ class: 5, low: -0.5, high: 1 })
  })
})

describe('the method qgess on a plant', () => {
  const rules: QgessRules = {
    burden: 0.25,
    maintenance: 0.02,
    quality: 0.1,
    sales: 0.005,
    administration: 0.2,
    taxes: 0.01,
    overhead: 0.2,
    fixedCharge: 0.1,
    tascOverToc: 1.1,
  }
  const accounts = capital.correlations.map((c) => ({ ...c, account: c.id }))
  const { capital: built, operating: yearly } = qgessEstimate(
    smallPlant,
    { capital: { ...capital, correlations: accounts }, operating: { ...operating, revenue: 1e6 } },
    rules,
  )

  it('takes every price for bare erected and every factor on it', () => {
    expect(built.totals.bareErected).toBeCloseTo(mixers + pumps + tanks, 6)
    const share = (line: CapitalLine) => line.amount / (mixers + pumps + tanks)
    expect(built.lines.map(share).slice(1, 4)).toEqual(
      [0.5, 0.2, 0.1].map((x) => expect.closeTo(x, 12)),
    )
    expect(built.totals.workingCapital).toBe(0)
  })

  it('annualises the capital into a cost of recovery', () => {
    const annual = 0.1 * 1.1 * built.totals.totalPlant
    expect(yearly.recovery?.annualisedCapital).toBeCloseTo(annual, 6)
    expect(yearly.recovery?.perKgReo).toBeCloseTo((annual + yearly.perYear) / yearly.reo, 9)
  })

  it('charges overhead on fixed cost, power, chemicals and waste, not on water or feed', () => {
    const { lines } = yearly
    const fixed = lines
      .filter((l) => ['labour', 'maintenance', 'overhead', 'other'].includes(l.group))
      .filter((l) => l.name !== 'Plant overhead')
      .reduce((sum, l) => sum + l.amount, 0)
    const rest = ['Electricity', 'acid: HCl', 'tip'].reduce(
      (sum, n) => sum + (amountOf(lines, n) ?? 0),
      0,
    )
    expect(amountOf(lines, 'Plant overhead')).toBeCloseTo(0.2 * (fixed + rest), 6)
    expect(yearly.perYear).toBeCloseTo(
      lines.reduce((sum, l) => sum + l.amount, 0),
      3,
    )
    expect(yearly.products.reduce((sum, p) => sum + p.cost, 0)).toBeCloseTo(yearly.perYear, 3)
  })
})
