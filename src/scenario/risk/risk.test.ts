import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plantOf } from '../../../test/plants/kit.ts'
import { changed, smallPlant } from '../../../test/terminal/kit.ts'
import { readPlant } from '../engine.ts'
import { solveRisk, type PreparedRisk } from './draw.ts'
import { openRisk, type RiskCaseGiven } from './open.ts'
import { summariseRisk } from './summary.ts'
import { swinging, swingOf } from './tornado.ts'
import type { RiskRequest, RiskSummary } from './types.ts'

/** Money for the small plant: 0.9 t/y of didymium oxide at 60 USD/kg, a plant for 100,000 USD. */
const money = (risk: string, price = '60 USD/kg') => `
economics:
  basis: { currency: USD, year: 2024, region: uk }
  estimate: { allowances: { plant: 100 kUSD } }
  operating: { feeds: { powder: 20 USD/kg }, positions: { skilled: 0 } }
  sales: { products: { didymium-oxide: { price: ${price} } } }
  finance:
    spend: [100 %]
    life: 10
    discountRate: 8 %
    tax: { rate: 0 % }
    grants: [{ name: start, amount: 30 kUSD }]
  risk:${risk}
`

const still = `
    capital: fixed
    prices: { model: fixed }`

const plain: RiskRequest = {
  design: 'lhs',
  draws: 200,
  seed: 1,
  inputs: [],
  results: [],
  requirements: [],
  unstatedConstants: 0,
  unstatedAssays: 0,
  tail: 0.05,
}

const given = (risk: string, set: readonly string[] = [], text = smallPlant): RiskCaseGiven => ({
  name: 'small',
  set,
  plant: plantOf(text + money(risk)),
})

function opened(cases: readonly RiskCaseGiven[], request: Partial<RiskRequest> = {}) {
  const found = openRisk(cases, { ...plain, ...request })
  if (!found.ok) throw new Error(JSON.stringify(found))
  return found.cases
}

const drawn = (cases: readonly PreparedRisk[]) =>
  Array.from({ length: cases[0]?.plan.draws ?? 0 }, (_, draw) => ({
    draw,
    cases: cases.map((one) => solveRisk(one, draw)),
  }))

function run(cases: readonly RiskCaseGiven[], request: Partial<RiskRequest> = {}): RiskSummary {
  const all = opened(cases, request)
  const swings = all.map((one) => swinging(one).map((_, place) => swingOf(one, place)))
  return summariseRisk(all, drawn(all), swings)
}

const spread = (summary: RiskSummary, measure: string, k = 0) => {
  const found = summary.cases[k]?.spreads.find((of) => of.measure === measure)
  if (found === undefined) throw new Error(`no ${measure}`)
  return found
}

/** What one dollar a kg does to the value: kg a year over ten years at 8 %, in millions. */
const perDollar = (0.9e3 * (1 - 1.08 ** -10)) / 0.08 / 1e6

const priceInput = 'economics.sales.products.didymium-oxide.price'

describe('the odds of a plant whose value is a sum', () => {
  const summary = run([given(still)], {
    inputs: [`${priceInput}=± 6 USD/kg`, 'economics.finance.grants[0].amount=± 10 kUSD'],
    requirements: ['npv > 0.05', 'product didymium-oxide rate >= 0.9 t/y'],
  })
  const npv = spread(summary, 'npv')

  it('are normal around what the plant as written is worth, with the sum of the variances', () => {
    const [price, grant] = [6 * perDollar, 0.01]
    const sigma = Math.hypot(price, grant)
    // Time zero and the place of flows within a year are conventions: they scale both alike.
    const scale = (npv.deviation ?? 0) / sigma
    expect(Math.abs(scale - 1)).toBeLessThan(0.12)
    expect(Math.abs((npv.mean ?? 0) - (npv.base ?? 0))).toBeLessThan(0.02 * sigma)
    const high = (npv.p90 ?? 0) - (npv.base ?? 0)
    expect(Math.abs(high / (1.2816 * scale * sigma) - 1)).toBeLessThan(0.12)
    // Mean of the worst twentieth of a normal distribution: 2.063 deviations below.
    const worst = (npv.base ?? 0) - (npv.cvar ?? 0)
    expect(Math.abs(worst / (2.063 * scale * sigma) - 1)).toBeLessThan(0.12)
  })

  it('say what drives it, by rank, by share of variance and one at a time', () => {
    const [first] = npv.influences
    expect(first?.input).toBe(priceInput)
    expect(first?.rankCorrelation).toBeGreaterThan(0.9)
    expect(first?.firstOrder).toBeGreaterThan(0.8)
    const [bar] = summary.cases[0]?.tornado.find(({ measure }) => measure === 'npv')?.bars ?? []
    expect(bar).toMatchObject({ input: priceInput, low: '52.31 USD/kg', high: '67.69 USD/kg' })
    const swing = (bar?.atHigh ?? 0) - (bar?.atLow ?? 0)
    expect(swing / (67.69 - 52.31)).toBeCloseTo(perDollar, 3)
  })

  it('count what is met over all draws, and leave alone what nothing moves', () => {
    const [worth, rate] = summary.cases[0]?.requirements ?? []
    expect(worth?.requirement).toBe('npv > 0.05 MUSD')
    expect(worth?.met).toBeGreaterThan(0.5)
    expect(rate?.met).toBe(1)
    expect(spread(summary, 'operating-cost')).toMatchObject({ deviation: 0, influences: [] })
  })
})

describe('common random numbers', () => {
  const inputs = [`${priceInput}=± 6 USD/kg`, 'powder.rate=± 0.05 t/y']
  const risk = `
    delay: 0..0.5..1.5
    grants: 70 %
    prices: { model: history }`

  it('make a plant and itself differ in nothing', () => {
    const summary = run([given(risk), given(risk)], { inputs, draws: 60 })
    expect(spread(summary, 'npv').deviation).toBeGreaterThan(0)
    for (const { mean, p10, p90, better, correlation } of summary.differences) {
      expect([mean, p10, p90, better]).toEqual([0, 0, 0, 0])
      if (correlation !== 0) expect(correlation).toBeCloseTo(1, 12)
    }
  })

  it('make two scenarios differ by what is set and by nothing else', () => {
    const other = given(risk, ['economics.operating.feeds.powder=19 USD/kg'])
    const summary = run([given(risk), other], { inputs: ['powder.rate=± 0 t/y'], draws: 60 })
    const npv = summary.differences.find(({ measure }) => measure === 'npv')
    expect(summary.cases[1]?.set).toEqual(['economics.operating.feeds.powder=19 USD/kg'])
    expect(npv?.better).toBe(1)
    // The delay alone moves when the dollar is saved; prices and grants fall out.
    const spreadOfOne = spread(summary, 'npv').deviation ?? 0
    expect((npv?.p90 ?? 0) - (npv?.p10 ?? 0)).toBeLessThan(0.1 * spreadOfOne)
    expect(npv?.correlation).toBeGreaterThan(0.999)
  })

  it('leave the draws of an input alone when another comes or goes', () => {
    const column = (cases: readonly PreparedRisk[], name: string) => {
      const [one] = cases
      if (one === undefined) throw new Error('no plant')
      const k = one.plan.inputs.findIndex((input) => input.name === name)
      return one.values.filter((_, at) => at % one.plan.inputs.length === k)
    }
    const [few, more] = [opened([given(risk)]), opened([given(risk)], { inputs })]
    for (const name of ['prices.didymium', 'economics.finance.delay', 'economics.risk.grants']) {
      expect(column(more, name)).toEqual(column(few, name))
    }
  })

  it('make a draw the same whatever was drawn before it', () => {
    const cases = opened([given(risk)], { inputs, draws: 20 })
    const again = opened([given(risk)], { inputs, draws: 20 })
    const forth = drawn(cases)
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 19 }), (draw) => {
        expect(again.map((one) => solveRisk(one, draw))).toEqual(forth[draw]?.cases)
      }),
      { numRuns: 20 },
    )
  })
})

describe('price paths', () => {
  const own = (factor: string) => `
    capital: fixed
    prices:
      model: own
      factors: { didymium: { ${factor} } }
      follows: { didymium-oxide: { didymium: 1 } }`

  it('keep the value of the deck on average, and spread it by the level of the path', () => {
    const summary = run([given(own('volatility: 0.3, halfLife: 2'))], { draws: 200 })
    const npv = spread(summary, 'npv')
    expect(Math.abs((npv.mean ?? 0) - (npv.base ?? 0))).toBeLessThan(0.1 * (npv.deviation ?? 0))
    const [level] = npv.influences
    expect(level?.input).toBe('prices.didymium')
    expect(level?.rankCorrelation).toBeGreaterThan(0.9)
  })

  it('do nothing where a floor pays, and lift what is above it', () => {
    const text = own('volatility: 0.3, halfLife: 2')
    const plant = (price: string) => plantOf(smallPlant + money(text, price))
    const floor = '60 USD/kg, tiers: [{ name: floor, rule: floor, floor: 60 USD/kg }]'
    const cases = [
      { name: 'market', set: [], plant: plant('60 USD/kg') },
      { name: 'floor', set: [], plant: plant(floor) },
    ]
    const summary = run(cases, { draws: 60 })
    expect(spread(summary, 'npv', 1).p10).toBeGreaterThan(spread(summary, 'npv', 0).p10 ?? 0)
    expect(summary.differences.find(({ measure }) => measure === 'npv')?.p10).toBeGreaterThan(0)
  })

  it('move the cost of a feed that is paid by what it contains', () => {
    const risk = `
    capital: fixed
    prices: { model: history }`
    const paid = plantOf(
      (smallPlant + money(risk)).replace(
        'feeds: { powder: 20 USD/kg }',
        'payability: { powder: 100 % }',
      ),
    )
    const cases = [given(risk), { name: 'paid', set: [], plant: paid }]
    const summary = run(cases, { draws: 60 })
    const [free, hedged] = [spread(summary, 'npv'), spread(summary, 'npv', 1)]
    // What is sold for more was bought for more: little of the spread is left.
    expect((hedged.deviation ?? 0) / (free.deviation ?? 1)).toBeLessThan(0.4)
  })

  it('follow the calendar: a plant that begins later meets the same year at the same price', () => {
    const risk = own('volatility: 0.3, halfLife: 2')
    const late = plantOf(
      (smallPlant + money(risk)).replace('spend:', 'firstYear: 2027\n    spend:'),
    )
    const cases = opened([given(risk), { name: 'late', set: [], plant: late }])
    expect(cases.map(({ horizon }) => horizon)).toEqual([
      { from: 2025, years: 13 },
      { from: 2025, years: 13 },
    ])
  })
})

describe('a draw without an answer', () => {
  it('is counted with its outcome, and never dropped', () => {
    // 70 ± 1 % and 29 ± 1 %: above 100 % in all in 24 % of draws (z = 1 / sqrt 2).
    const summary = run([given(still)], {
      inputs: ['powder.assay.*=± 1 %'],
      requirements: ['npv > -100'],
      draws: 400,
    })
    const [one] = summary.cases
    const lost = 400 - (one?.solved ?? 0)
    expect(Math.abs(lost / 400 - 0.24)).toBeLessThan(0.04)
    expect(one?.failures).toMatchObject([{ outcome: 'over-100', unit: 'powder', count: lost }])
    expect(one?.requirements[0]?.met).toBeCloseTo((one?.solved ?? 0) / 400, 12)
  })

  it('that never pays back is worse than any that does', () => {
    const summary = run([given(still)], { inputs: [`${priceInput}=20..60 USD/kg`] })
    const payback = spread(summary, 'payback')
    expect(payback.never).toBeGreaterThan(0)
    expect(payback).toMatchObject({ p90: null, cvar: null, count: 200 })
    expect(payback.p10).toBeGreaterThan(0)
  })
})

describe('total Sobol indices', () => {
  it('are shares of the variance of a sum', () => {
    const inputs = [`${priceInput}=± 3 USD/kg`, 'economics.operating.feeds.powder=± 4 USD/kg']
    const summary = run([given(still)], { design: 'saltelli', draws: 256, inputs })
    // 1 t/y of powder makes 0.9 t/y of product: variances are (0.9 x 3)^2 and 4^2.
    const share = 16 / (16 + 2.7 ** 2)
    const [feed, price] = spread(summary, 'npv').influences
    expect(feed?.input).toBe('economics.operating.feeds.powder')
    expect(Math.abs((feed?.total ?? 0) - share)).toBeLessThan(0.03)
    expect(Math.abs((price?.total ?? 0) - (1 - share))).toBeLessThan(0.03)
  })
})

describe('an output below the solved one', () => {
  it('earns less, and fewer kg carry the cost and what is emitted', () => {
    const summary = run([given(still)], { inputs: ['output=0.5..1'], draws: 40 })
    const bars = (measure: string) =>
      summary.cases[0]?.tornado.find((of) => of.measure === measure)?.bars[0]
    const whole = spread(summary, 'revenue').base ?? 0
    expect((bars('revenue')?.atLow ?? 0) / whole).toBeCloseTo(0.55, 9)
    const cost = spread(summary, 'levelised-cost').base ?? 0
    expect((bars('levelised-cost')?.atLow ?? 0) / cost).toBeCloseTo(1 / 0.55, 1)
    const footprint = spread(summary, 'footprint didymium-oxide').base ?? 0
    expect((bars('footprint didymium-oxide')?.atLow ?? 0) * 0.55).toBeCloseTo(footprint, 9)
    expect(spread(summary, 'operating-cost').deviation).toBe(0)
  })
})

describe('an input that is taken away', () => {
  it('is not drawn, by its name, by a short word, or by what names are like', () => {
    const risk = `
    delay: 0..0.5..1.5
    prices: { model: history, policy: { perYear: 1, p10: 2, p90: 3, moves: { heavy: 1 } } }`
    const names = (inputs: readonly string[]) =>
      opened([given(risk)], { inputs })[0]?.plan.inputs.map(({ name }) => name)
    expect(names([])).toEqual([
      'economics.estimate.equipmentFactor',
      'economics.finance.delay',
      'prices.didymium',
    ])
    expect(names(['prices.*=fixed', 'delay=fixed'])).toEqual(['economics.estimate.equipmentFactor'])
    expect(
      names(['capital=x 0.9..1.1', 'prices.*=fixed', 'economics.finance.delay=fixed']),
    ).toEqual(['economics.estimate.equipmentFactor'])
  })
})

describe('what means nothing', () => {
  const refusals = (risk: string, request: Partial<RiskRequest> = {}) => {
    const found = openRisk([given(risk)], { ...plain, ...request })
    return found.ok || found.why !== 'question' ? [] : found.refusals.map((r) => r.message)
  }

  it('is refused by name, all at once', () => {
    const inputs = ['powder.rat=± 1 t/y', `${priceInput}=often`, 'grants=2', 'powder.rate']
    const messages = refusals(still, { inputs, results: ['npw'], tail: 0.9 })
    expect(messages.join('\n')).toMatch(/powder\.rat/)
    expect(messages.join('\n')).toMatch(/"often"|often/)
    expect(messages.join('\n')).toMatch(/no probability/)
    expect(messages.join('\n')).toMatch(/"powder\.rate" says no uncertainty/)
    expect(messages.join('\n')).toMatch(/no measure "npw"/)
    expect(messages.join('\n')).toMatch(/a tail of 0\.9/)
  })

  it('in the risk block too, with its place', () => {
    const block = `
    inputs: { powder.rate: often }
    delay: late
    prices: { model: history, policy: { perYear: 0.1, p10: 3, p90: 2, moves: { gold: 1 } } }`
    const reading = readPlant(smallPlant + money(block), { file: 'small.yaml' })
    const found = reading.ok ? [] : reading.findings
    expect(found.map(({ line, column, message }) => [line, column, message])).toEqual([
      [31, 28, '"often" is no uncertainty'],
      [32, 12, '"late" is no uncertainty'],
      [33, 60, 'p10 3 is not below p90 2'],
      [33, 86, 'no price factor "gold"'],
    ])
    expect(refusals(still)).toEqual(['nothing of the plant is uncertain'])
  })

  it('of a plant without money', () => {
    const plant = plantOf(changed('rate: 1 t/y', 'rate: 1 ± 0.05 t/y'))
    const found = openRisk([{ name: 'poor', set: [], plant }], plain)
    expect(found).toMatchObject({ ok: false, why: 'question' })
  })
})
