import { describe, expect, it } from 'vitest'
import { normalQuantile } from './normal.ts'
import { random } from './random.ts'
import { latinColumn, sobolPoints } from './sobol.ts'
import {
  covarianceFactor,
  firstOrderIndex,
  moments,
  quantile,
  ranked,
  rankCorrelation,
  sobolIndices,
  tailMean,
} from './sample.ts'

type Model = (x: readonly number[]) => number

const byRank = (a: ArrayLike<number>, b: ArrayLike<number>) => rankCorrelation(ranked(a), ranked(b))

/**
 * T. Ishigami and T. Homma, Proc. ISUMA '90 (1990) 398, with a = 7 and b = 0.1. Their variances in
 * closed form: V1 = (1 + b pi^4/5)^2 / 2, V2 = a^2/8, V13 = b^2 pi^8 (1/18 - 1/50).
 */
const ishigami: Model = (u) => {
  const [x = 0, y = 0, z = 0] = u.map((v) => Math.PI * (2 * v - 1))
  return Math.sin(x) + 7 * Math.sin(y) ** 2 + 0.1 * z ** 4 * Math.sin(x)
}
const v1 = 0.5 * (1 + (0.1 * Math.PI ** 4) / 5) ** 2
const v2 = 49 / 8
const v13 = 0.01 * Math.PI ** 8 * (1 / 18 - 1 / 50)
const all = v1 + v2 + v13
const ishigamiFirst = [v1 / all, v2 / all, 0]
const ishigamiTotal = [(v1 + v13) / all, v2 / all, v13 / all]

/** The g-function of Sobol' (Saltelli and Sobol', 1995): product of (|4u - 2| + a) / (1 + a). */
const weights = [0, 1, 4.5, 9, 99]
const g: Model = (u) =>
  u.reduce(
    (p, v, k) =>
      (p * (Math.abs(4 * v - 2) + (weights[k] as number))) / (1 + (weights[k] as number)),
    1,
  )
const parts = weights.map((a) => 1 / (3 * (1 + a) ** 2))
const whole = parts.reduce((p, v) => p * (1 + v), 1) - 1
const gFirst = parts.map((v) => v / whole)
const gTotal = parts.map((v) => (v * (whole + 1)) / (1 + v) / whole)

/** Points A and B of one Sobol sequence of twice the dimensions, and all mixtures of them. */
function estimate(model: Model, dimensions: number, n: number) {
  const points = sobolPoints(n, 2 * dimensions, (d) => random(40 + d))
  const row = (i: number, from: number) =>
    Array.from({ length: dimensions }, (_, k) => points[2 * dimensions * i + from + k] as number)
  const rows = Array.from({ length: n }, (_, i) => ({ a: row(i, 0), b: row(i, dimensions) }))
  const [fa, fb] = [rows.map(({ a }) => model(a)), rows.map(({ b }) => model(b))]
  return Array.from({ length: dimensions }, (_, k) =>
    sobolIndices(
      fa,
      fb,
      rows.map(({ a, b }) => model(a.with(k, b[k] as number))),
    ),
  )
}

describe('Sobol indices', () => {
  it.each([
    ['Ishigami', ishigami, ishigamiFirst, ishigamiTotal],
    ['g', g, gFirst, gTotal],
  ] as const)('of the %s function are those in closed form', (_, model, first, total) => {
    const found = estimate(model, first.length, 4096)
    for (const [k, index] of found.entries()) {
      expect(index.first).toBeCloseTo(first[k] as number, 1.7)
      expect(index.total).toBeCloseTo(total[k] as number, 1.7)
    }
  })

  it('are zero where nothing varies', () => {
    expect(sobolIndices([1, 1], [1, 1], [1, 1])).toEqual({ first: 0, total: 0 })
  })
})

describe('first order index of a sample', () => {
  it.each([
    ['Ishigami', ishigami, ishigamiFirst],
    ['g', g, gFirst],
  ] as const)('of the %s function is that in closed form', (_, model, first) => {
    const n = 10_000
    const columns = first.map((__, k) => latinColumn(n, random(90 + k)))
    const output = Array.from({ length: n }, (__, i) => model(columns.map((c) => c[i] as number)))
    for (const [k, value] of first.entries()) {
      // The standard error is below 0.02 at this number.
      expect(
        Math.abs(firstOrderIndex(ranked(columns[k] as Float64Array), output) - value),
      ).toBeLessThan(0.05)
    }
  })
})

describe('rank correlation', () => {
  it('is that of the worked example of Spearman, ties at their mean rank', () => {
    // 1 - 6 sum d^2 / (n (n^2 - 1)) with d = 0, 1, -1, 1, -1.
    expect(byRank([1, 2, 3, 4, 5], [10, 30, 20, 60, 40])).toBeCloseTo(0.8, 12)
    expect(byRank([1, 2, 3, 4, 5], [1, 3, 2, 5, 4])).toBeCloseTo(0.8, 12)
    expect(byRank([1, 1, 2], [5, 5, 9])).toBeCloseTo(1, 12)
    expect(byRank([1, 2, 3], [7, 7, 7])).toBe(0)
  })

  it('sees order, not shape', () => {
    const x = latinColumn(500, random(2))
    expect(byRank(x, x.map(Math.exp))).toBeCloseTo(1, 12)
    expect(
      byRank(
        x,
        x.map((u) => -(u ** 7)),
      ),
    ).toBeCloseTo(-1, 12)
  })
})

describe('quantiles and moments', () => {
  it('of evenly spaced numbers', () => {
    expect([0, 0.1, 0.5, 0.95, 1].map((p) => quantile([0, 1, 2, 3, 4], p))).toEqual([
      0, 0.4, 2, 3.8, 4,
    ])
    expect(moments([1, 2, 3, 4])).toEqual({ mean: 2.5, deviation: Math.sqrt(5 / 3) })
    expect(() => quantile([], 0.5)).toThrow('no values')
  })

  it('of a normal sample drawn evenly', () => {
    const z = latinColumn(2000, random(8)).map(normalQuantile)
    expect(moments(z).mean).toBeCloseTo(0, 3)
    expect(moments(z).deviation).toBeCloseTo(1, 2)
    expect(quantile(z.toSorted(), 0.9)).toBeCloseTo(1.2816, 2)
  })
})

describe('covariance factor', () => {
  it('gives the covariance back', () => {
    const matrix = Float64Array.of(4, 2, 0, 2, 5, -1, 0, -1, 3)
    const factor = covarianceFactor(matrix, 3)
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        let sum = 0
        for (let k = 0; k < 3; k++) sum += (factor?.[3 * i + k] ?? 0) * (factor?.[3 * j + k] ?? 0)
        expect(sum).toBeCloseTo(matrix[3 * i + j] as number, 12)
      }
    }
  })

  it('accepts what follows from others, and refuses what is no covariance', () => {
    expect(covarianceFactor(Float64Array.of(1, 2, 2, 4), 2)).toEqual(Float64Array.of(1, 0, 2, 0))
    expect(covarianceFactor(Float64Array.of(0, 0, 0, 1), 2)).toEqual(Float64Array.of(0, 0, 0, 1))
    expect(covarianceFactor(Float64Array.of(1, 2, 2, 1), 2)).toBeUndefined()
    expect(covarianceFactor(Float64Array.of(-1), 1)).toBeUndefined()
  })
})

describe('the mean of a tail', () => {
  it('counts the value on the edge with its part', () => {
    expect(tailMean([1, 2, 3, 4], 0.5)).toBeCloseTo(1.5, 12)
    expect(tailMean([1, 2, 3, 4], 0.625)).toBeCloseTo((1 + 2 + 0.5 * 3) / 2.5, 12)
    expect(tailMean([1, 2, 3, 4], 1)).toBeCloseTo(2.5, 12)
    expect(tailMean([7], 0.05)).toBeCloseTo(7, 12)
  })

  it('of a normal sample is that of the closed form, mean less density over share', () => {
    const sorted = latinColumn(20_000, random(3))
      .map((u) => normalQuantile(u))
      .toSorted()
    const density = Math.exp(-0.5 * normalQuantile(0.05) ** 2) / Math.sqrt(2 * Math.PI)
    expect(tailMean(sorted, 0.05)).toBeCloseTo(-density / 0.05, 2)
  })
})
