import { describe, expect, test } from 'vitest'
import { priceOf, revenueOf, salesLine, unsoldOf } from './sales.ts'
import type { PriceRule, Sale } from './sales.ts'

const period = { kg: 100, years: 1, market: 60, level: 1, operatingYear: 0 }
const sale = (tiers: Sale['tiers'], payable = 1): Sale => ({
  product: 'didymium',
  ratePerYear: 100,
  market: 60,
  payable,
  ...(tiers === undefined ? {} : { tiers }),
})

describe('a price', () => {
  test.each<[PriceRule, number, number]>([
    [{ kind: 'market' }, 60, 60],
    [{ kind: 'market', times: 0.9 }, 60, 54],
    [{ kind: 'fixed', price: 80 }, 60, 80],
    [{ kind: 'cost-plus', cost: 40, margin: 0.25 }, 60, 50],
    // The agreement of 2025: topped up to 110 USD/kg, part of what is above shared.
    [{ kind: 'floor', floor: 110, upside: 0.7 }, 60, 110],
    [{ kind: 'floor', floor: 110, upside: 0.7 }, 130, 124],
    [{ kind: 'floor', floor: 110 }, 130, 130],
    [{ kind: 'collar', floor: 50, cap: 90 }, 40, 50],
    [{ kind: 'collar', floor: 50, cap: 90 }, 60, 60],
    [{ kind: 'collar', floor: 50, cap: 90 }, 120, 90],
    [{ kind: 'collar', cap: 90 }, 40, 40],
    [{ kind: 'collar', floor: 50 }, 120, 120],
  ])('by %j at %d is %d', (rule, market, expected) => {
    expect(priceOf(rule, market, 1)).toBeCloseTo(expected, 12)
  })

  test('of a contract rises with inflation only where it is indexed', () => {
    const tier = { name: 'floor', rule: { kind: 'floor', floor: 110 } } as const
    const later = { ...period, level: 1.1 }
    expect(revenueOf(sale([tier]), later)).toBeCloseTo(100 * 110, 9)
    expect(revenueOf(sale([{ ...tier, indexed: true }]), later)).toBeCloseTo(100 * 121, 9)
  })
})

describe('tiers', () => {
  const tiers = [
    { name: 'offtake', volume: 30, rule: { kind: 'floor', floor: 110 }, years: 10 },
    { name: 'spot', volume: 5, rule: { kind: 'market', times: 6 } },
    { name: 'rest', rule: { kind: 'market' } },
  ] as const satisfies Sale['tiers']

  test('are filled in order, the last one takes what is left', () => {
    expect(revenueOf(sale(tiers), period)).toBeCloseTo(30 * 110 + 5 * 360 + 65 * 60, 9)
    expect(revenueOf(sale(tiers), { ...period, kg: 20 })).toBeCloseTo(20 * 110, 9)
  })

  test('hold a quarter of their volume in a quarter', () => {
    const quarter = { ...period, kg: 25, years: 0.25 }
    expect(4 * revenueOf(sale(tiers), quarter)).toBeCloseTo(revenueOf(sale(tiers), period), 9)
  })

  test('pay the market price when their term is over', () => {
    const after = { ...period, operatingYear: 10 }
    expect(revenueOf(sale(tiers), after)).toBeCloseTo(30 * 60 + 5 * 360 + 65 * 60, 9)
    const before = { ...period, operatingYear: 9 }
    expect(revenueOf(sale(tiers), before)).toBeCloseTo(revenueOf(sale(tiers), period), 9)
  })

  test('without room for all leave kg unsold, and say how many', () => {
    const narrow = sale(tiers.slice(0, 2))
    expect(revenueOf(narrow, period)).toBeCloseTo(30 * 110 + 5 * 360, 9)
    expect(unsoldOf(narrow, 100, 1)).toBeCloseTo(65, 12)
    expect(unsoldOf(narrow, 100, 0.25)).toBeCloseTo(91.25, 12)
    expect(unsoldOf(sale(tiers), 100, 1)).toBe(0)
    expect(salesLine(narrow).unsold).toBeCloseTo(65, 12)
  })

  test('print as a line with volumes and prices that add up', () => {
    const line = salesLine(sale(tiers, 0.65))
    expect(line.tiers).toEqual([
      { name: 'offtake', volume: 30, price: 110 },
      { name: 'spot', volume: 5, price: 360 },
      { name: 'rest', volume: 65, price: 60 },
    ])
    expect(line.amount).toBeCloseTo(0.65 * (3300 + 1800 + 3900), 9)
    expect(line.how).toBe('at the market price with a floor, then at the market price, 65 % paid')
    expect(salesLine(sale(undefined)).tiers).toEqual([{ name: 'market', volume: 100, price: 60 }])
  })
})
