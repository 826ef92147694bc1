import { describe, expect, it } from 'vitest'
import { gaussLegendre } from './index.ts'

describe('Gauss-Legendre', () => {
  it('integrates powers up to degree 2 n - 1 exactly and no further', () => {
    const { at, weight } = gaussLegendre(5)
    const power = (p: number) => at.reduce((sum, x, i) => sum + (weight[i] as number) * x ** p, 0)
    for (let p = 0; p <= 9; p++) expect(power(p)).toBeCloseTo(1 / (p + 1), 14)
    expect(Math.abs(power(10) - 1 / 11)).toBeGreaterThan(1e-7)
  })

  it('has points inside the interval and weights that add up to 1 for many points', () => {
    const { at, weight } = gaussLegendre(32)
    expect(weight.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14)
    expect(at.every((x) => x > 0 && x < 1)).toBe(true)
    const sum = at.reduce((s, x, i) => s + (weight[i] as number) / (1 + x), 0)
    expect(sum).toBeCloseTo(Math.LN2, 14)
  })
})
