import { describe, expect, test } from 'vitest'
import {
  arrhenius,
  firstOrderConversion,
  meanConversion,
  shrinkingCoreConversion,
  shrinkingCoreTime,
} from './kinetics.ts'

describe('shrinking core', () => {
  test.each(['chemical', 'product-layer'] as const)('%s control inverts', (control) => {
    for (const x of [0.001, 0.1, 0.5, 0.9, 0.999]) {
      expect(shrinkingCoreConversion(control, shrinkingCoreTime(control, x))).toBeCloseTo(x, 9)
    }
    expect(shrinkingCoreConversion(control, 1.2)).toBe(1)
    expect(shrinkingCoreConversion(control, 0)).toBe(0)
  })

  test('one stirred tank gives the integral that has a closed form', () => {
    // Chemical control in one tank (Levenspiel): X = 3 t - 6 t^2 + 6 t^3 (1 - exp(-1/t)).
    for (const t of [0.2, 0.5, 1, 3]) {
      const exact = 3 * t - 6 * t * t + 6 * t ** 3 * (1 - Math.exp(-1 / t))
      expect(meanConversion('chemical', t, 1)).toBeCloseTo(exact, 5)
    }
  })

  test('many tanks approach the batch from below', () => {
    const batch = meanConversion('chemical', 0.8, 0)
    const one = meanConversion('chemical', 0.8, 1)
    const six = meanConversion('chemical', 0.8, 6)
    const hundred = meanConversion('chemical', 0.8, 100)
    expect(one).toBeLessThan(six)
    expect(six).toBeLessThan(hundred)
    expect(hundred).toBeLessThan(batch)
    expect(batch - hundred).toBeLessThan(0.01)
  })
})

test('Arrhenius: 50 kJ/mol about doubles the rate from 298 to 308 K', () => {
  expect(arrhenius(1, 50e3, 308.15, 298.15)).toBeCloseTo(1.924, 2)
})

test('first order in tanks is slower than in a batch', () => {
  expect(firstOrderConversion(1, 1)).toBeCloseTo(0.632, 3)
  expect(firstOrderConversion(1, 1, 1)).toBeCloseTo(0.5, 12)
})
