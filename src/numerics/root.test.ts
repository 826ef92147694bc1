import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { brent, newton } from './index.ts'
import type { RootResult } from './index.ts'

const root = (result: RootResult): number => {
  if (result.outcome !== 'converged') throw new Error(JSON.stringify(result))
  return result.x
}

const known: [string, (x: number) => number, (x: number) => number, number, number, number][] = [
  ['cos x = x', (x) => Math.cos(x) - x, (x) => -Math.sin(x) - 1, 0, 1, 0.7390851332151607],
  ['x^3 = 2x + 5', (x) => x ** 3 - 2 * x - 5, (x) => 3 * x * x - 2, 2, 3, 2.0945514815423265],
  ['ln x = 0', Math.log, (x) => 1 / x, 0.01, 50, 1],
  ['flat: x^9 = 0', (x) => x ** 9, (x) => 9 * x ** 8, -1, 4, 0],
  [
    'steep: 1e-12',
    (x) => Math.atan(1e6 * (x - 1e-12)),
    (x) => 1e6 / (1 + (1e6 * (x - 1e-12)) ** 2),
    -1,
    1,
    1e-12,
  ],
]

describe.each([
  [
    'brent',
    (f: (x: number) => number, _: (x: number) => number, low: number, high: number) =>
      brent(f, low, high, { tolerance: 1e-15 }),
  ],
  [
    'newton',
    (f: (x: number) => number, slope: (x: number) => number, low: number, high: number) =>
      newton((x) => [f(x), slope(x)], low, high, { tolerance: 1e-15 }),
  ],
] as const)('%s', (name, find) => {
  it.each(known)('finds the root of %s', (title, f, slope, low, high, expected) => {
    const x = root(find(f, slope, low, high))
    const flat = title.startsWith('flat')
    expect(Math.abs(x - expected)).toBeLessThan(
      flat ? 1e-2 : 1e-14 * Math.max(1, Math.abs(expected)),
    )
    expect(Math.abs(f(x))).toBeLessThan(1e-12)
  })

  it('finds a root that lies at an end, with the bracket either way round', () => {
    expect(
      root(
        find(
          (x) => x,
          () => 1,
          0,
          5,
        ),
      ),
    ).toBe(0)
    expect(
      root(
        find(
          (x) => x,
          () => 1,
          -5,
          0,
        ),
      ),
    ).toBe(0)
    expect(
      root(
        find(
          (x) => x - 2,
          () => 1,
          5,
          1,
        ),
      ),
    ).toBeCloseTo(2, 14)
  })

  it('names what is wrong', () => {
    expect(
      find(
        (x) => x * x + 1,
        (x) => 2 * x,
        -1,
        2,
      ),
    ).toEqual({
      outcome: 'not-bracketed',
      atLow: 2,
      atHigh: 5,
    })
    const broken = find(
      (x) => (Math.abs(x) === 1 ? x : Number.NaN),
      () => Number.NaN,
      -1,
      1,
    )
    expect(broken.outcome).toBe('not-a-number')
  })

  it(`stays inside the bracket and ends, whatever the function (${name})`, () => {
    const shape = fc.record({
      root: fc.double({ min: -10, max: 10, noNaN: true }),
      power: fc.constantFrom(1 / 3, 1, 3, 5),
      wiggle: fc.double({ min: 0, max: 0.9, noNaN: true }),
    })
    fc.assert(
      fc.property(shape, ({ root: expected, power, wiggle }) => {
        const f = (x: number) => {
          const t = x - expected
          return Math.sign(t) * Math.abs(t) ** power * (1 + wiggle * Math.sin(5 * t))
        }
        const slope = (x: number) => (f(x + 1e-6) - f(x - 1e-6)) / 2e-6
        let [least, most] = [0, 0]
        const watched = (x: number) => {
          least = Math.min(least, x)
          most = Math.max(most, x)
          return f(x)
        }
        const x = root(find(watched, slope, -11, 12))
        expect(least).toBeGreaterThanOrEqual(-11)
        expect(most).toBeLessThanOrEqual(12)
        expect(Math.abs(f(x))).toBeLessThan(1e-4)
      }),
      { numRuns: 300 },
    )
  })
})

describe('max-iterations', () => {
  it('gives the bracket that is left', () => {
    const result = brent(Math.cbrt, -1, 1.7, { maxIterations: 4 })
    if (result.outcome !== 'max-iterations') throw new Error(result.outcome)
    expect(result.low).toBeLessThanOrEqual(0)
    expect(result.high).toBeGreaterThanOrEqual(0)
    const other = newton((x) => [Math.cbrt(x), 1e9], -1, 1.7, { maxIterations: 4 })
    expect(other.outcome).toBe('max-iterations')
  })
})
