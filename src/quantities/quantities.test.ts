import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  dimensions,
  formatNumber,
  formatQuantity,
  fromSI,
  nearest,
  parseQuantity,
  secondsPerCalendarYear,
  toSI,
  unitsOf,
} from './index.ts'
import type { Dimension } from './index.ts'

const value = (text: string, dimension: Dimension, secondsPerYear?: number) => {
  const read = parseQuantity(
    text,
    dimension,
    secondsPerYear === undefined ? {} : { secondsPerYear },
  )
  if (!read.ok) throw new Error(read.message)
  return read
}
const refusal = (text: string, dimension: Dimension) => {
  const read = parseQuantity(text, dimension)
  if (read.ok) throw new Error(`${text} was read as ${read.value}`)
  return read
}

describe('parseQuantity', () => {
  it.each<[string, Dimension, number]>([
    ['0.5 mol/L', 'concentration', 500],
    ['0.5 M', 'concentration', 500],
    ['350 degC', 'temperature', 623.15],
    ['350 °C', 'temperature', 623.15],
    ['10 degC', 'temperature-difference', 10],
    ['24 %', 'ratio', 0.24],
    ['24%', 'mass-ratio', 0.24],
    ['30 vol%', 'volume-ratio', 0.3],
    ['0.3', 'ratio', 0.3],
    ['1e-3 m3/s', 'volume-flow', 1e-3],
    ['3.6 kg/h', 'mass-flow', 1e-3],
    ['36 L/h', 'volume-flow', 1e-5],
    ['36 l/hr', 'volume-flow', 1e-5],
    ['36 m³/h', 'volume-flow', 1e-2],
    ['1.5 g/L', 'mass-concentration', 1.5],
    ['80 µm', 'length', 8e-5],
    ['12 kWh/t', 'specific-energy', 43_200],
    ['4.18 kJ/(kg K)', 'specific-heat', 4180],
    ['-5 kJ/mol', 'molar-energy', -5000],
    ['1 atm', 'pressure', 101_325],
    ['2 Bq/g', 'specific-activity', 2000],
    ['144.24 g/mol', 'molar-mass', 0.14424],
    ['.5 h', 'time', 1800],
  ])('reads %s', (text, dimension, si) => {
    expect(value(text, dimension).value / si).toBeCloseTo(1, 12)
  })

  it('takes a year as the hours that the plant runs', () => {
    const operating = 8000 * 3600
    expect(value('30 t/y', 'mass-flow', operating).value).toBeCloseTo(30_000 / operating, 15)
    expect(value('30 t/a', 'mass-flow').value).toBeCloseTo(30_000 / secondsPerCalendarYear, 15)
    expect(value('1 y', 'time', operating).value).toBe(secondsPerCalendarYear)
  })

  it('reads uncertainties, without the offset of a temperature scale', () => {
    expect(value('31.2 ± 0.4 %', 'ratio')).toEqual({
      ok: true,
      value: expect.closeTo(0.312, 12),
      uncertainty: expect.closeTo(0.004, 12),
    })
    expect(value('31.2% +/- 0.4%', 'ratio').uncertainty).toBeCloseTo(0.004, 12)
    expect(value('350 ± 5 degC', 'temperature')).toEqual({
      ok: true,
      value: 623.15,
      uncertainty: 5,
    })
  })

  it.each<[string, Dimension, RegExp]>([
    ['1,250.5 L/h', 'volume-flow', /thousands separator or a decimal comma/],
    ['1,5 L/h', 'volume-flow', /decimal comma/],
    ['1 250 L/h', 'volume-flow', /thousands/],
    ["1'250 L/h", 'volume-flow', /thousands/],
    ['30', 'mass-flow', /needs a unit: kg\/s/],
    ['30 kg/hh', 'mass-flow', /did you mean kg\/h\?/],
    ['0.5 mol/l/', 'concentration', /did you mean mol\/L\?/],
    ['3 kg/h', 'volume-flow', /is a unit of mass flow, but a volume flow is needed/],
    ['NaN K', 'temperature', /does not start with a number/],
    ['Infinity K', 'temperature', /does not start with a number/],
    ['1e999 K', 'temperature', /too large/],
    ['1e31 K', 'temperature', /too large/],
    ['1e-999 K', 'temperature', /too small/],
    ['-300 degC', 'temperature', /absolute zero/],
    ['3 ± -1 %', 'ratio', /negative/],
    ['3 ± 1 ± 1 %', 'ratio', /more than one/],
    ['3 % ± 1 ppm', 'ratio', /two units/],
    ['', 'ratio', /missing/],
    [`1${'0'.repeat(500)}`, 'ratio', /too long/],
    ['0x10 K', 'temperature', /unknown unit/],
    ['1 constructor', 'length', /unknown unit/],
  ])('refuses %s', (text, dimension, message) => {
    const read = refusal(text, dimension)
    expect(read.message).toMatch(message)
    expect(read.accepted).toEqual(unitsOf(dimension))
  })

  it('never throws, and never answers with a number that is none', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'0123456789.,eE+-± %/molLkgsyhdC^()'.split('')) }),
      fc.tuple(fc.double(), fc.string()).map(([n, tail]) => `${n} ${tail}`),
    )
    fc.assert(
      fc.property(anything, fc.constantFrom(...dimensions), (text, dimension) => {
        const read = parseQuantity(text, dimension)
        if (read.ok) expect(Number.isFinite(read.value)).toBe(true)
        else expect(read.message.length).toBeGreaterThan(0)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('formatQuantity', () => {
  const pairs = dimensions.flatMap((d) => unitsOf(d).map((unit) => [d, unit] as const))

  it('is read back by parseQuantity within its digits, for every unit', () => {
    const operating = { secondsPerYear: 8000 * 3600 }
    const shown = fc.double({ min: 1e-12, max: 1e12, noNaN: true })
    fc.assert(
      fc.property(
        fc.constantFrom(...pairs),
        shown,
        fc.integer({ min: 2, max: 15 }),
        ([dimension, unit], inUnit, digits) => {
          const si = toSI(inUnit, dimension, unit, operating)
          const text = formatQuantity(si, dimension, unit, digits, operating)
          const read = parseQuantity(text, dimension, operating)
          if (!read.ok) throw new Error(`${text}: ${read.message}`)
          const offset = Math.abs(toSI(0, dimension, unit, operating))
          expect(Math.abs(read.value - si)).toBeLessThanOrEqual(
            (Math.abs(si) + offset) * (10 ** (1 - digits) + 1e-14),
          )
        },
      ),
      { numRuns: 5000 },
    )
  })

  it('shows significant digits without noise', () => {
    expect(formatQuantity(500, 'concentration', 'mol/L')).toBe('0.5 mol/L')
    expect(formatQuantity(623.15, 'temperature', 'degC')).toBe('350 degC')
    expect(formatQuantity(0.24, 'ratio')).toBe('0.24')
    expect(formatQuantity(1e-3, 'volume-flow')).toBe('0.001 m3/s')
    expect(formatNumber(0.1 + 0.2, 6)).toBe('0.3')
    expect(formatNumber(1.23456e-9)).toBe('1.235e-9')
    expect(formatNumber(9.99999e11, 3)).toBe('1e12')
    expect(formatNumber(-0)).toBe('0')
    expect(formatNumber(Number.POSITIVE_INFINITY)).toBe('∞')
    expect(() => formatNumber(Number.NaN)).toThrow(/not a number/)
  })

  it('asserts that the unit fits', () => {
    expect(() => formatQuantity(1, 'mass', 'm')).toThrow(/not a unit/)
    expect(fromSI(1, 'mass', 'g')).toBe(1000)
  })
})

describe('units', () => {
  it('holds SI first, with factor one and no offset', () => {
    for (const dimension of dimensions) {
      expect(toSI(1, dimension, unitsOf(dimension)[0] ?? 'none')).toBe(1)
    }
  })

  it('has no symbol twice in a dimension', () => {
    for (const dimension of dimensions) {
      expect(new Set(unitsOf(dimension)).size).toBe(unitsOf(dimension).length)
    }
  })
})

describe('nearest', () => {
  it('finds the word that was meant, and none when nothing is near', () => {
    const keys = ['stages', 'extractant', 'strip', 'temperature']
    expect(nearest('stagse', keys)).toBe('stages')
    expect(nearest('Temperatur', keys)).toBe('temperature')
    expect(nearest('zzz', keys)).toBeUndefined()
    expect(nearest('', keys)).toBeUndefined()
  })
})
