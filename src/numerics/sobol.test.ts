import { describe, expect, it } from 'vitest'
import { normalQuantile } from './normal.ts'
import { gaussLegendre } from './quadrature.ts'
import { random } from './random.ts'
import { latinColumn, mostSobolDimensions, sobolPoints } from './sobol.ts'

const column = (points: Float64Array, dimensions: number, d: number) =>
  Array.from({ length: points.length / dimensions }, (_, i) => points[i * dimensions + d] as number)

const scrambler = (seed: number) => (d: number) => random(seed * 1000 + d)

describe('Sobol sequence', () => {
  it('begins with the points of Joe and Kuo in the order of Gray code', () => {
    const points = sobolPoints(8, 3)
    // Computed by hand from the first three lines of their table.
    const first = [0, 0, 0, 4, 4, 4, 6, 2, 2, 2, 6, 6, 3, 3, 5, 7, 7, 1, 5, 1, 7, 1, 5, 3]
    for (const [k, eighths] of first.entries()) expect(points[k]).toBeCloseTo(eighths / 8, 9)
  })

  it('has one point in each of 2^k intervals of every dimension, scrambled or not', () => {
    const n = 1024
    for (const chance of [undefined, scrambler(7)]) {
      const points = sobolPoints(n, mostSobolDimensions, chance)
      for (let d = 0; d < mostSobolDimensions; d++) {
        const cells = new Set(column(points, mostSobolDimensions, d).map((u) => Math.floor(u * n)))
        expect(cells.size).toBe(n)
      }
    }
  })

  it('fills every elementary rectangle of its first two dimensions once', () => {
    const points = sobolPoints(256, 2, scrambler(3))
    for (let k = 0; k <= 8; k++) {
      const [wide, high] = [2 ** k, 2 ** (8 - k)]
      const cells = new Set(
        column(points, 2, 0).map((x, i) => {
          const y = points[2 * i + 1] as number
          return `${Math.floor(x * wide)} ${Math.floor(y * high)}`
        }),
      )
      expect(cells.size).toBe(256)
    }
  })

  it('integrates a product in ten dimensions far better than chance would', () => {
    const [n, dimensions] = [4096, 10]
    const points = sobolPoints(n, dimensions, scrambler(11))
    let mean = 0
    for (let i = 0; i < n; i++) {
      let product = 1
      for (let d = 0; d < dimensions; d++) {
        product *= 1 + (0.5 / (d + 1)) * ((points[i * dimensions + d] as number) - 0.5)
      }
      mean += product / n
    }
    // The deviation of the product is 0.17; chance alone would leave 0.17 / 64.
    expect(Math.abs(mean - 1)).toBeLessThan(0.17 / 64 / 10)
  })

  it('repeats with the same seed only', () => {
    const [a, b, c] = [1, 1, 2].map((seed) => sobolPoints(16, 4, scrambler(seed)))
    expect(a).toEqual(b)
    expect(a).not.toEqual(c)
  })

  it('refuses more dimensions than the table has', () => {
    expect(() => sobolPoints(2, mostSobolDimensions + 1)).toThrow('101 dimensions')
  })
})

describe('Latin hypercube', () => {
  it('puts one number into every stratum', () => {
    const values = latinColumn(1000, random(5))
    expect(new Set([...values].map((u) => Math.floor(u * 1000))).size).toBe(1000)
    expect([...values]).not.toEqual(values.toSorted())
  })

  it('leaves of the variance of a sum a hundredth of what chance leaves', () => {
    const n = 100
    const errors = Array.from({ length: 200 }, (_, run) => {
      const chance = random(run)
      const columns = [0, 1, 2].map(() => latinColumn(n, chance))
      return columns.reduce((s, c) => s + c.reduce((a, u) => a + u, 0) / n, 0) - 1.5
    })
    const variance = errors.reduce((s, e) => s + e * e, 0) / errors.length
    // Chance: 3 / 12 / n. Strata of width 1/n: 3 / 12 / n^3 (M. Stein, Technometrics 29, 1987).
    expect(variance).toBeLessThan((2 * 0.25) / n ** 3)
  })
})

describe('normal quantile', () => {
  it('inverts the integral of the density', () => {
    const rule = gaussLegendre(40)
    for (const z of [0.1, 0.5, 1, 1.96, 3]) {
      let below = 0.5
      for (const [k, node] of rule.at.entries()) {
        const x = z * node
        const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
        below += z * (rule.weight[k] as number) * density
      }
      expect(normalQuantile(below)).toBeCloseTo(z, 12)
      expect(normalQuantile(1 - below)).toBeCloseTo(-z, 12)
    }
  })

  it('agrees with tables in the far tail and asserts its range', () => {
    // R. E. Odeh and J. O. Evans, Applied Statistics 23 (1974) 96, table 1: p = 1e-9.
    expect(normalQuantile(1e-9)).toBeCloseTo(-5.997807015, 8)
    expect(() => normalQuantile(0)).toThrow('no normal quantile')
  })
})
