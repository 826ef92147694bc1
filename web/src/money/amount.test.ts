import { describe, expect, it } from 'vitest'
import { amountText, inScale, scaleOf } from './amount.ts'

describe('amounts', () => {
  it('are read in the unit that their size asks for', () => {
    expect(amountText(108_730_000, 'USD')).toBe('108.7\u202fMUSD')
    expect(amountText(-12_345, 'GBP', '/y')).toBe('\u221212.35\u202fkGBP/y')
    expect(amountText(9.876, 'USD', '/kg')).toBe('9.876\u202fUSD/kg')
  })

  it('of one table share the unit of the largest', () => {
    const scale = scaleOf([2_400_000, 120, Number.NaN], 'USD')
    expect(scale.unit).toBe('MUSD')
    expect(inScale(120, scale)).toBe('0.00012')
    expect(scaleOf([], 'USD').unit).toBe('USD')
  })
})
