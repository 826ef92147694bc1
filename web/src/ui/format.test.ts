import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatChange, formatNumber, formatPercent, formatPpm, formatWithUnit } from './format.ts'
import { readableOf } from './shown-in.ts'

describe('numbers on the page', () => {
  it('have four significant digits, and thin spaces from five digits on', () => {
    expect([28.5, 0.012345, 1234.5, 12345.6, 0].map((n) => formatNumber(n))).toEqual([
      '28.5',
      '0.01235',
      '1235',
      '12\u2009350',
      '0',
    ])
    expect(formatNumber(-3.14159e-7)).toBe('\u22123.142e\u22127')
    expect(formatNumber(Number.NaN)).toBe('unknown')
    expect(formatNumber(999.96)).toBe('1000')
  })

  it('keep their first four digits, whatever their size', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1e12, noNaN: true }), (value) => {
        const read = Number(formatNumber(value).replaceAll('\u2009', '').replace('\u2212', '-'))
        expect(Math.abs(read / value - 1)).toBeLessThan(5.1e-4)
      }),
    )
  })

  it('carry their unit behind a narrow space', () => {
    expect(formatWithUnit(20, 'L/h')).toBe('20\u202fL/h')
    expect(formatPercent(0.99742)).toBe('99.74\u202f%')
    expect(formatPpm(1e-11)).toBe('< 0.001\u202fppm')
  })

  it('tell a change in words, to the last digit shown', () => {
    expect(formatChange(99.43, 99.74)).toBe('up 0.31')
    expect(formatChange(0.06797, 0.06787)).toBe('down 0.0001')
    expect(formatChange(99.741, 99.742)).toBeUndefined()
    expect(formatChange(undefined, 1)).toBeUndefined()
    expect(formatChange(0, 0)).toBeUndefined()
  })
})

it('reads SI in the units of the plant', () => {
  expect(readableOf(2e-6, 'm3/s').value).toBeCloseTo(7.2, 9)
  expect(readableOf(2e-6, 'm3/s').unit).toBe('L/h')
  expect(readableOf(353.15, 'K').value).toBeCloseTo(80, 9)
  expect(readableOf(7200, 's')).toEqual({ value: 2, unit: 'h' })
  expect(readableOf(2, 'm3')).toEqual({ value: 2, unit: 'm³' })
  expect(readableOf(0.3, '')).toEqual({ value: 0.3, unit: '' })
})
