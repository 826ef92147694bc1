import { describe, expect, it } from 'vitest'
import type { ParameterView } from '../engine/protocol.ts'
import { boundsOf, isOtherMoney, nudgedText, readWritten, withUnit, writtenOf } from './reading.ts'

const price = (text: string, value: number, more: Partial<ParameterView> = {}): ParameterView => ({
  path: 'economics.sales.products.didymium.price',
  textPath: [],
  unit: 'economics',
  label: 'didymium: price',
  about: '',
  value,
  text,
  isDefault: false,
  money: { currency: 'USD', per: 'kg' },
  shownIn: 'USD/kg',
  accepted: [],
  min: 0,
  max: null,
  whole: false,
  notes: [],
  ...more,
})

describe('a price', () => {
  it('is read in whatever unit it is written', () => {
    const of = price('110 USD/kg', 110)
    expect(readWritten('120 USD/kg', of, 8000)).toEqual({ ok: true, value: 120 })
    expect(readWritten('90 kUSD/t', of, 8000)).toMatchObject({ ok: true, value: 90 })
    expect(readWritten('12 USD', of, 8000)).toMatchObject({ ok: false })
    expect(readWritten('-1 USD/kg', of, 8000)).toMatchObject({ ok: false })
    expect(boundsOf(of, 8000)).toBe('at least 0 USD/kg')
  })

  it('is written as it was, by the tonne and with its spread where it was so', () => {
    expect(writtenOf(0.13, price('120 USD/t', 0.12), 8000)).toBe('130 USD/t')
    const spread = price('110 ± 20 USD/kg (2025)', 110, { deviation: 20 })
    expect(writtenOf(121, spread, 8000)).toBe('121 ± 20 USD/kg (2025)')
    expect(nudgedText(price('110 USD/kg', 110), -1, 8000)).toBe('100 USD/kg')
    expect(withUnit('95', spread)).toBe('95 USD/kg (2025)')
    expect(withUnit('95 GBP/kg', spread)).toBe('95 GBP/kg')
  })

  it('of another currency or price level is told from a number that moved', () => {
    const of = price('110 USD/kg', 110)
    expect(isOtherMoney('120 USD/kg', of)).toBe(false)
    expect(isOtherMoney('120 GBP/kg', of)).toBe(true)
    expect(isOtherMoney('120 USD/kg (2023)', of)).toBe(true)
  })
})
