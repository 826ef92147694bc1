import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { moneyText, readMoney } from './money-text.ts'

const value = (text: string, per?: Parameters<typeof readMoney>[1]) => {
  const read = readMoney(text, per)
  if (!read.ok) throw new Error(read.message)
  return read.value
}

describe('money as a person writes it', () => {
  it('has a currency, a prefix, what it is per, and a price level', () => {
    expect(value('108.7 MUSD (2024)')).toEqual({ amount: 108.7e6, currency: 'USD', year: '2024' })
    expect(value('120 GBP/t', 'kg')).toEqual({ amount: 0.12, currency: 'GBP' })
    expect(value('80 EUR/MWh', 'kWh').amount).toBeCloseTo(0.08, 12)
    expect(value('36 USD/GJ', 'kWh').amount).toBeCloseTo(0.1296, 12)
    expect(value('-20 USD/t', 'kg').amount).toBeCloseTo(-0.02, 12)
    expect(value('45 kGBP/y', 'y').amount).toBe(45_000)
    expect(value('15 ± 3 USD/kg', 'kg')).toMatchObject({ amount: 15, uncertainty: 3 })
  })

  it.each([
    ['15', 'kg', 'is not money'],
    ['15 USD', 'kg', 'does not say per what'],
    ['15 USD/kg', undefined, 'an amount is needed'],
    ['$15', undefined, 'sign of currency'],
    ['1,500 USD', undefined, 'thousands separator'],
    ['15 USD/lb', 'kg', "unknown unit 'lb'"],
    ['15 USD/constructor', 'kg', "unknown unit 'constructor'"],
    ['', 'kg', 'missing'],
    ['1e30 USD', undefined, 'too large'],
  ] as const)('refuses %j and says why', (text, per, why) => {
    const read = readMoney(text, per)
    expect(read.ok ? '' : read.message).toContain(why)
    expect(read.ok ? '' : read.expected).not.toBe('')
  })

  it('reads back what it prints, to six digits', () => {
    const amounts = fc.double({ min: -1e12, max: 1e12, noNaN: true })
    const per = fc.constantFrom(undefined, 'kg', 'kWh', 'y', 'm3') as fc.Arbitrary<
      Parameters<typeof readMoney>[1]
    >
    const year = fc.option(fc.constantFrom('2019', '2024'), { nil: undefined })
    fc.assert(
      fc.property(amounts, per, year, (amount, unit, when) => {
        const money = { amount, currency: 'GBP', ...(when === undefined ? {} : { year: when }) }
        const again = value(moneyText(money, unit), unit)
        expect(again.year).toBe(when)
        expect(Math.abs(again.amount - amount)).toBeLessThanOrEqual(5e-6 * Math.abs(amount))
      }),
      { numRuns: 300 },
    )
  })

  it('never throws on a text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 250 }), (text) => {
        readMoney(text, 'kg')
        return true
      }),
      { numRuns: 500 },
    )
  })
})
