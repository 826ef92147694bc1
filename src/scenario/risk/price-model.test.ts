import { describe, expect, it } from 'vitest'
import { plantOf } from '../../../test/plants/kit.ts'
import { smallPlant } from '../../../test/terminal/kit.ts'
import { costBank, type PricePoint } from '../../databank/costs.ts'
import { pricePlan } from './price-model.ts'

const sold = [
  { name: 'didymium-oxide', elements: ['Nd', 'Pr'] },
  { name: 'dysprosium-oxide', elements: ['Dy'] },
  { name: 'terbium-oxide', elements: ['Tb'] },
  { name: 'holmium-oxide', elements: ['Ho'] },
]

function planned(prices: string, quotes: readonly PricePoint[] = costBank().history) {
  const plant = plantOf(`${smallPlant}\neconomics:\n  risk:\n    prices: ${prices}\n`)
  return pricePlan(plant, sold, quotes)
}

describe('prices as past ones suggest', () => {
  const { model, basis, fixed, assumptions } = planned('{ model: history }')
  const factor = (name: string) => model.factors.find((one) => one.name === name)

  it('are a common factor and one of the heavy elements, both from the quotes of the data', () => {
    expect(model.factors.map(({ name }) => name)).toEqual(['didymium', 'heavy'])
    expect(model.follows['didymium-oxide']).toEqual({ didymium: 1 })
    expect(model.follows['dysprosium-oxide']?.['heavy']).toBe(1)
    expect(model.follows['dysprosium-oxide']?.['didymium']).toBeGreaterThan(0.3)
    expect(model.follows['dysprosium-oxide']?.['didymium']).toBeLessThan(1.2)
    expect(model.follows['terbium-oxide']?.['didymium']).toBeGreaterThan(0.5)
    expect(basis['didymium']?.text).toMatch(/^prior from \d+ yearly prices of Nd and NdPr oxide/)
  })

  it('move as quickly as the sample of the data says, and no half-life is without end', () => {
    // Deviation of the yearly changes that the data derive, of which this is the rate.
    const [sample] = costBank().priors.filter(({ product }) => product === 'Nd2O3')
    const { volatility = 0, halfLife = 0 } = factor('didymium') ?? {}
    const rate = Math.LN2 / halfLife
    const stationary = volatility ** 2 / (2 * rate)
    const yearly = Math.sqrt(2 * stationary * (1 - Math.exp(-rate)))
    expect(yearly / (sample?.volatility ?? 0)).toBeGreaterThan(0.6)
    expect(yearly / (sample?.volatility ?? 0)).toBeLessThan(1.6)
    expect(halfLife).toBeGreaterThan(0.25)
    expect(halfLife).toBeLessThan(15)
  })

  it('are called a prior, and what has no history stays and is said', () => {
    expect(fixed).toEqual(['price of holmium-oxide'])
    expect(assumptions.join()).toMatch(/a prior, not a forecast/)
  })

  it('change with the quotes they are read from', () => {
    const quotes = costBank().history.map((quote) =>
      quote.date === '2016' && quote.element === 'Nd' ? { ...quote, low: 44, high: 44 } : quote,
    )
    const other = planned('{ model: history }', quotes).model.factors[0]
    expect(other?.volatility).not.toBeCloseTo(factor('didymium')?.volatility ?? 0, 3)
  })

  it('leave out what is asked in Europe, metal and quotes in yuan', () => {
    const quotes = costBank().history.filter(
      ({ market, grade, product, currency }) =>
        currency === 'USD' && !/europe/i.test(market) && !/metal/i.test(`${grade} ${product}`),
    )
    expect(planned('{ model: history }', quotes).model).toEqual(model)
  })
})

describe('prices as the plant states them', () => {
  it('replace those of the history by name', () => {
    const { model, basis } = planned(
      '{ model: history, factors: { didymium: { volatility: 0.2, halfLife: 5, start: 2 } } }',
    )
    expect(model.factors.find(({ name }) => name === 'didymium')).toEqual({
      name: 'didymium',
      volatility: 0.2,
      halfLife: 5,
      start: Math.log(2),
      level: 0,
    })
    expect(basis['didymium']?.isStated).toBe(true)
    expect(basis['heavy']?.isStated).toBe(false)
  })

  it('are all there is where the plant says own, and none where it says fixed', () => {
    const own = planned(
      '{ model: own, factors: { a: { volatility: 0.2, halfLife: 5 } }, follows: { terbium-oxide: { a: 0.5 } } }',
    )
    expect(own.model.factors.map(({ name }) => name)).toEqual(['a'])
    expect(own.fixed).toHaveLength(3)
    const still = planned('{ model: fixed }')
    expect(still.model).toEqual({ factors: [], follows: {}, deckIs: 'mean' })
    expect(still.fixed).toHaveLength(4)
  })
})
