import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factor, solveDense, solveFactored, solveFactoredMatrix } from './index.ts'

/** Numbers of a size that leaves the solution inside the range of a double. */
const entry = fc.integer({ min: -1e6, max: 1e6 }).map((n) => n / 1e5)
const square = fc.integer({ min: 1, max: 14 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    a: fc.array(entry, {
      minLength: n * n,
      maxLength: n * n,
    }),
    x: fc.array(entry, { minLength: n, maxLength: n }),
  }),
)

const times = (a: ArrayLike<number>, x: ArrayLike<number>): Float64Array => {
  const n = x.length
  return Float64Array.from({ length: n }, (_, i) => {
    let sum = 0
    for (let j = 0; j < n; j++) sum += (a[i * n + j] as number) * (x[j] as number)
    return sum
  })
}

describe('dense LU', () => {
  it('solves a known system whose first pivot is zero', () => {
    const a = Float64Array.of(0, 2, 1, 1, 1, 1, 2, 0, -1)
    const solution = solveDense(a, Float64Array.of(7, 6, -1))
    expect(solution).toEqual({ outcome: 'solved', x: Float64Array.of(1, 2, 3) })
    expect(Array.from(a)).toEqual([0, 2, 1, 1, 1, 1, 2, 0, -1])
  })

  it('leaves a backward error of rounding size', () => {
    fc.assert(
      fc.property(square, ({ n, a, x }) => {
        const b = times(a, x)
        const solution = solveDense(Float64Array.from(a), b)
        if (solution.outcome === 'singular') return
        const again = times(a, solution.x)
        const size = Math.max(...a.map(Math.abs)) * Math.max(...Array.from(solution.x, Math.abs))
        for (let i = 0; i < n; i++) {
          const miss = Math.abs((again[i] as number) - (b[i] as number))
          expect(miss).toBeLessThanOrEqual(1e-12 * n * n * Math.max(size, 1e-300))
        }
      }),
      { numRuns: 500 },
    )
  })

  it('solves many right-hand sides as it solves one', () => {
    fc.assert(
      fc.property(square, ({ n, a, x }) => {
        const lu = Float64Array.from(a)
        const pivots = new Int32Array(n)
        if (factor(lu, n, pivots) >= 0) return
        const block = Float64Array.from(
          { length: 3 * n },
          (_, k) => (x[Math.trunc(k / 3)] ?? 0) * (1 + (k % 3)),
        )
        solveFactoredMatrix(lu, n, pivots, block, 3)
        for (let c = 0; c < 3; c++) {
          const one = Float64Array.from(x, (value) => value * (1 + c))
          solveFactored(lu, n, pivots, one)
          const size = Math.max(...Array.from(one, Math.abs))
          for (let i = 0; i < n; i++) {
            const miss = Math.abs((block[3 * i + c] as number) - (one[i] as number))
            expect(miss).toBeLessThanOrEqual(1e-13 * size)
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('names the column of a singular matrix', () => {
    const singular = solveDense(Float64Array.of(1, 2, 2, 4), Float64Array.of(1, 1))
    expect(singular).toEqual({ outcome: 'singular', column: 1 })
    const none = solveDense(Float64Array.of(Number.NaN), Float64Array.of(1))
    expect(none).toEqual({ outcome: 'singular', column: 0 })
    const beyond = solveDense(Float64Array.of(1e-300), Float64Array.of(1e300))
    expect(beyond).toEqual({ outcome: 'singular', column: 0 })
  })

  it('asserts that the sizes fit', () => {
    expect(() => solveDense(new Float64Array(3), new Float64Array(2))).toThrow(/unknowns/)
  })
})
