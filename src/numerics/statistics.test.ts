import { describe, expect, it } from 'vitest'
import { lnNormal, median, ratioTail, studentLimit } from './statistics.ts'

describe('statistics of fits', () => {
  // Tables of Student's t at 95 and 99 %: Abramowitz and Stegun, table 26.10.
  it.each([
    [0.05, 1, 12.706],
    [0.05, 2, 4.303],
    [0.05, 10, 2.228],
    [0.05, 30, 2.042],
    [0.05, 120, 1.98],
    [0.01, 5, 4.032],
    [0.05, 1e6, 1.96],
  ])('t beyond which lie %d with %d degrees of freedom', (probability, degrees, t) => {
    expect(studentLimit(probability, degrees)).toBeCloseTo(t, 3)
  })

  // Upper 5 and 1 % points of F: Abramowitz and Stegun, table 26.9.
  it.each([
    [4.96, 1, 10, 0.05],
    [3.33, 5, 10, 0.05],
    [5.64, 5, 10, 0.01],
    [2.12, 20, 20, 0.05],
  ])('F %d of %d and %d', (F, above, below, tail) => {
    expect(ratioTail(F, above, below)).toBeCloseTo(tail, 3)
  })

  it('has the normal distribution and its slope', () => {
    expect(Math.exp(lnNormal(0).value)).toBeCloseTo(0.5, 15)
    expect(Math.exp(lnNormal(1.959963985).value)).toBeCloseTo(0.975, 10)
    expect(Math.exp(lnNormal(3).value)).toBeCloseTo(0.998650101968, 12)
    // Phi(-10) = 7.619853e-24
    expect(lnNormal(-10).value).toBeCloseTo(Math.log(7.619853024e-24), 8)
    for (const z of [-30, -6, -2.0001, -1.9999, -0.3, 1.9, 2.1, 5]) {
      const slope = (lnNormal(z + 1e-5).value - lnNormal(z - 1e-5).value) / 2e-5
      expect(lnNormal(z).slope / slope).toBeCloseTo(1, 4)
    }
  })

  it('has the middle of numbers', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    expect(median([])).toBeNaN()
  })
})
