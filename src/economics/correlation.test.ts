import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { basis, levels, mixerSettler, pump, tank } from '../../test/money/cost-inputs.ts'
import { costBank } from '../databank/costs.ts'
import { basisFault, capitalIn, indexAt, priceIn, rateAt } from './basis.ts'
import { costAt, priceItem } from './correlation.ts'
import type { CostCorrelation, PricedEquipment } from './correlation-types.ts'

const item = (type: string, name: string, value: number, unit: string, material = 'plastic') => ({
  unit: 'u',
  type,
  count: 3,
  size: { name, value, unit },
  material,
  basis: 'given',
})

function priced(line: ReturnType<typeof item>, correlations: readonly CostCorrelation[]) {
  const price = priceItem(line, { basis, levels, correlations })
  if ('missing' in price) throw new Error(price.missing)
  return price
}

describe('money', () => {
  it('moves through dollars of its year, the index and the rate of the basis', () => {
    const pounds = { value: 100, currency: 'GBP', year: '2000' }
    expect(capitalIn(pounds, basis, levels)).toMatchObject({ value: 400 })
    expect(capitalIn(pounds, { currency: 'GBP', year: '2020' }, levels)).toMatchObject({
      value: 320,
    })
    expect(capitalIn(pounds, basis, levels, 50)).toMatchObject({ value: 800 })
  })

  it('says what is missing for a basis that the data cannot serve', () => {
    expect(basisFault({ currency: 'USD', year: '2015' }, levels)).toContain('2000 to 2020')
    expect(basisFault({ currency: 'BRL', year: '2020' }, levels)).toContain('USD, GBP')
    expect(basisFault({ currency: 'GBP', year: '2010' }, levels)).toContain('2000, 2020')
    expect(basisFault(basis, levels)).toBeUndefined()
  })

  it('takes a month for a year without an average, by its name', () => {
    expect(indexAt(levels.index, '2021')).toEqual({ value: 210, entry: '2021-01' })
    expect(indexAt(levels.index, '2010-06')).toEqual({ value: 150, entry: '2010' })
    expect(indexAt(levels.index, 'odd')).toEqual({ value: 120, entry: 'odd' })
  })

  it('leaves the level of a price alone and says of when it is', () => {
    const price = priceIn({ value: 10, currency: 'GBP', year: '2010' }, basis, levels)
    expect(price).toMatchObject({ value: 12.5 })
    expect('how' in price && price.how).toContain('of 2010, level not moved')
    expect(rateAt(levels.exchange, 'USD', '1990')).toBe(1)
  })

  it('there and back is the same amount', () => {
    const year = fc.constantFrom('2000', '2020')
    const currency = fc.constantFrom('USD', 'GBP')
    const amount = fc.double({ min: 1, max: 1e9, noNaN: true })
    fc.assert(
      fc.property(amount, year, currency, year, currency, (value, y1, c1, y2, c2) => {
        const there = capitalIn(
          { value, currency: c1, year: y1 },
          { currency: c2, year: y2 },
          levels,
        )
        if ('missing' in there) throw new Error(there.missing)
        const back = capitalIn(
          { value: there.value, currency: c2, year: y2 },
          { currency: c1, year: y1 },
          levels,
        )
        expect('value' in back && back.value / value).toBeCloseTo(1, 12)
      }),
    )
  })
})

describe('a price by correlation', () => {
  it('scales with the size, follows the index and counts the items', () => {
    const price = priced(item('mixer-settler', 'volume', 4, 'm3'), [mixerSettler])
    expect(price.each).toBeCloseTo(1000 * 2 * 2, 9)
    expect(price.total).toBeCloseTo(3 * price.each, 9)
    expect(price.extrapolated).toBeUndefined()
    expect(price.how).toContain('(4 / 1 m3)^0.5')
  })

  it('says when the size lies outside the range', () => {
    const price = priced(item('mixer-settler', 'volume', 50, 'm3'), [mixerSettler])
    expect(price.extrapolated).toContain('50 m3 lies outside 0.5 to 5 m3')
  })

  it('finds its size among the further ones, by name before unit', () => {
    const line = {
      ...item('mixer-settler', 'area', 9, 'm2'),
      further: [
        { name: 'mixer volume', value: 1, unit: 'm3' },
        { name: 'volume', value: 4, unit: 'm3' },
      ],
    }
    expect(priced(line, [mixerSettler]).each).toBeCloseTo(4000, 9)
  })

  it('takes what holds the size first, then no stand-in, then the material, then the nearest', () => {
    const by = (...list: readonly Partial<CostCorrelation>[]) =>
      priced(
        item('agitated tank', 'volume', 20, 'm3', 'FRP or lined steel'),
        list.map((change, k) => ({ ...tank, id: `${k}`, ...change })),
      ).by
    const far = { range: [1, 2] } as const
    expect(by(far, { surrogate: 'stands in' })).toBe('1')
    expect(by({ surrogate: 'stands in' }, { material: 'copper', materials: {} })).toBe('1')
    expect(by({ material: 'copper', materials: {} }, { material: 'FRP' })).toBe('1')
    const near = { size: { ...tank.size, reference: 19 } }
    expect(by({}, near)).toBe('1')
    expect(by({ range: [1, 2] }, { range: [1, 15] })).toBe('1')
  })

  it('multiplies by the factor of the material that the item names', () => {
    const price = priced(item('agitated tank', 'volume', 10, 'm3', 'clad titanium'), [tank])
    const plain = priced(item('agitated tank', 'volume', 10, 'm3', 'steel'), [tank])
    expect(price.each / plain.each).toBeCloseTo(5, 12)
  })

  it('prefers a price that was given', () => {
    const line = item('centrifugal pump', 'flow', 0.001, 'm3/s')
    const each = { value: 70, currency: 'USD', year: '2020' }
    const given = [{ unit: 'u', each, of: 'delivered' as const, source: 'vendor' }]
    const price = priceItem(line, { basis, levels, correlations: [pump], given })
    expect(price).toMatchObject({ each: 70, total: 210, by: 'given', source: 'vendor' })
  })

  it('is missing, never zero, where no correlation knows the type or the size', () => {
    const input = { basis, levels, correlations: [mixerSettler] }
    expect(priceItem(item('kiln', 'volume', 1, 'm3'), input)).toHaveProperty('missing')
    expect(priceItem(item('mixer-settler', 'area', 1, 'm2'), input)).toHaveProperty('missing')
    const gaps = [{ type: 'tee', why: 'in the piping', free: true }]
    const free = priceItem(item('tee', 'flow', 1, 'm3/s'), { ...input, gaps }) as PricedEquipment
    expect([free.each, free.how]).toEqual([0, 'in the piping'])
  })

  it('costs nothing where nothing flows', () => {
    expect(priced(item('mixer-settler', 'volume', 0, 'm3'), [mixerSettler]).total).toBe(0)
  })
})

describe('the correlations of the data', () => {
  const all = costBank().correlations

  it('cost what they say at their reference, and rise with size at the ends of their range', () => {
    for (const c of all) {
      expect(costAt(c, c.size.reference) / c.cost.value, c.id).toBeCloseTo(1, 3)
      if (c.range === undefined || c.size.unit === '1') continue
      const [low, high] = c.range
      for (const end of [low, high]) {
        const beyond = costAt(c, end * (end === low ? 0.5 : 2)) / costAt(c, end)
        expect(beyond, c.id).toBeCloseTo((end === low ? 0.5 : 2) ** c.exponent, 6)
      }
      expect(costAt(c, high), c.id).toBeGreaterThan(costAt(c, low))
    }
  })
})
