import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quantileOf, shareBelow, type Distribution } from './distribution.ts'
import { normalQuantile } from './normal.ts'
import { moments } from './sample.ts'

/** Values at the middles of equal shares: a sample without chance. */
const even = (of: Distribution, count = 20_000) =>
  Float64Array.from({ length: count }, (_, i) => quantileOf(of)((i + 0.5) / count))

const finite = (min: number, max: number) => fc.double({ min, max, noNaN: true })
const share = finite(1e-6, 1 - 1e-6)

const any: fc.Arbitrary<Distribution> = fc.oneof(
  fc
    .record({ mean: finite(-1e3, 1e3), deviation: finite(1e-3, 1e3), below: finite(0.1, 8) })
    .map(({ mean, deviation, below }): Distribution => {
      return { kind: 'normal', mean, deviation, low: mean - below * deviation, high: Infinity }
    }),
  fc
    .tuple(finite(1e-3, 1e3), finite(1.01, 10))
    .map(([p10, times]): Distribution => ({ kind: 'lognormal', p10, p90: p10 * times })),
  fc.tuple(finite(-1e3, 1e3), finite(0, 1e3), finite(1e-3, 1e3)).map(
    ([low, up, more]): Distribution => ({
      kind: 'triangular',
      low,
      mode: low + up,
      high: low + up + more,
    }),
  ),
  fc
    .tuple(finite(-1e3, 1e3), finite(1e-3, 1e3))
    .map(([low, width]): Distribution => ({ kind: 'uniform', low, high: low + width })),
)

describe('quantiles of a distribution', () => {
  it('rise with the share and stay within the bounds', () => {
    fc.assert(
      fc.property(any, share, share, (of, u, v) => {
        const [low, high] = [Math.min(u, v), Math.max(u, v)]
        const [a, b] = [quantileOf(of)(low), quantileOf(of)(high)]
        expect(a).toBeLessThanOrEqual(b)
        if ('low' in of) expect(a).toBeGreaterThanOrEqual(of.low)
        if ('high' in of) expect(b).toBeLessThanOrEqual(of.high)
      }),
    )
  })

  it('of a lognormal one are its P10 and P90', () => {
    const of = { kind: 'lognormal', p10: 0.7, p90: 1.5 } as const
    expect(quantileOf(of)(0.1)).toBeCloseTo(0.7, 12)
    expect(quantileOf(of)(0.9)).toBeCloseTo(1.5, 12)
    expect(quantileOf(of)(0.5)).toBeCloseTo(Math.sqrt(0.7 * 1.5), 12)
  })

  it('give the mean and deviation of the closed forms', () => {
    const triangle = moments(even({ kind: 'triangular', low: 1, mode: 2, high: 6 }))
    expect(triangle.mean).toBeCloseTo(3, 3)
    // a2 + b2 + c2 - ab - ac - bc over 18, of 1, 2 and 6: 21 / 18.
    expect(triangle.deviation).toBeCloseTo(Math.sqrt(21 / 18), 3)
    const flat = moments(even({ kind: 'uniform', low: 2, high: 8 }))
    expect(flat.deviation).toBeCloseTo(6 / Math.sqrt(12), 3)
    const normal = { kind: 'normal', mean: 5, deviation: 2, low: 3, high: Infinity } as const
    // Cut one deviation below its mean: mean + deviation x phi(1) / Phi(1).
    const lift = Math.exp(-0.5) / Math.sqrt(2 * Math.PI) / shareBelow(1)
    expect(moments(even(normal)).mean).toBeCloseTo(5 + 2 * lift, 3)
    const paid = even({ kind: 'either', probability: 0.3, yes: 1, no: 0 })
    expect(moments(paid).mean).toBeCloseTo(0.3, 4)
  })

  it('of a normal one that is hardly cut are plain, far out too', () => {
    const of = { kind: 'normal', mean: 0, deviation: 1, low: -1e300, high: 1e300 } as const
    for (const u of [1e-12, 1e-3, 0.3, 0.999]) {
      expect(quantileOf(of)(u)).toBeCloseTo(normalQuantile(u), 8)
    }
  })
})
