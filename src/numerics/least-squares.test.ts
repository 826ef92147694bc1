import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leastSquares, random } from './index.ts'
import type { LeastSquaresFit, LeastSquaresProblem } from './index.ts'

/**
 * Statistical Reference Datasets of the U.S. National Institute of Standards and Technology,
 * nonlinear regression, https://www.itl.nist.gov/div898/strd/nls/nls_main.shtml, with the certified
 * values given there; both starts of each.
 */
interface Certified {
  readonly name: string
  readonly model: (x: number, b: Float64Array) => number
  readonly x: readonly number[]
  readonly y: readonly number[]
  readonly starts: readonly (readonly number[])[]
  readonly parameters: readonly number[]
  readonly errors: readonly number[]
  readonly sumOfSquares: number
}

const p = (b: Float64Array, k: number) => b[k - 1] as number

const misra1a: Certified = {
  name: 'Misra1a',
  model: (x, b) => p(b, 1) * (1 - Math.exp(-p(b, 2) * x)),
  x: [
    77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0,
  ],
  y: [
    10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.4, 75.47, 81.78,
  ],
  starts: [
    [500, 1e-4],
    [250, 5e-4],
  ],
  parameters: [2.3894212918e2, 5.5015643181e-4],
  errors: [2.7070075241, 7.2668688436e-6],
  sumOfSquares: 1.2455138894e-1,
}

const thurber: Certified = {
  name: 'Thurber',
  model: (x, b) =>
    (p(b, 1) + x * (p(b, 2) + x * (p(b, 3) + x * p(b, 4)))) /
    (1 + x * (p(b, 5) + x * (p(b, 6) + x * p(b, 7)))),
  x: [
    -3.067, -2.981, -2.921, -2.912, -2.84, -2.797, -2.702, -2.699, -2.633, -2.481, -2.363, -2.322,
    -1.501, -1.46, -1.274, -1.212, -1.1, -1.046, -0.915, -0.714, -0.566, -0.545, -0.4, -0.309,
    -0.109, -0.103, 0.01, 0.119, 0.377, 0.79, 0.963, 1.006, 1.115, 1.572, 1.841, 2.047, 2.2,
  ],
  y: [
    80.574, 84.248, 87.264, 87.195, 89.076, 89.608, 89.868, 90.101, 92.405, 95.854, 100.696, 101.06,
    401.672, 390.724, 567.534, 635.316, 733.054, 759.087, 894.206, 990.785, 1090.109, 1080.914,
    1122.643, 1178.351, 1260.531, 1273.514, 1288.339, 1327.543, 1353.863, 1414.509, 1425.208,
    1421.384, 1442.962, 1464.35, 1468.705, 1447.894, 1457.628,
  ],
  starts: [
    [1000, 1000, 400, 40, 0.7, 0.3, 0.03],
    [1300, 1500, 500, 75, 1, 0.4, 0.05],
  ],
  parameters: [
    1.28813968e3, 1.4910792535e3, 5.8323836877e2, 7.5416644291e1, 9.6629502864e-1, 3.9797285797e-1,
    4.9727297349e-2,
  ],
  errors: [
    4.6647963344, 3.9571156086e1, 2.8698696102e1, 5.567537027, 3.1333340687e-2, 1.4984928198e-2,
    6.5842344623e-3,
  ],
  sumOfSquares: 5.6427082397e3,
}

const mgh09: Certified = {
  name: 'MGH09',
  model: (x, b) => (p(b, 1) * (x * x + x * p(b, 2))) / (x * x + x * p(b, 3) + p(b, 4)),
  x: [4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625],
  y: [0.1957, 0.1947, 0.1735, 0.16, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246],
  starts: [
    [25, 39, 41.5, 39],
    [0.25, 0.39, 0.415, 0.39],
  ],
  parameters: [1.9280693458e-1, 1.9128232873e-1, 1.2305650693e-1, 1.3606233068e-1],
  errors: [1.1435312227e-2, 1.9633220911e-1, 8.0842031232e-2, 9.0025542308e-2],
  sumOfSquares: 3.0750560385e-4,
}

const problem = (c: Certified, start: readonly number[]): LeastSquaresProblem => ({
  count: c.x.length,
  start,
  residuals: (b, out) => {
    for (const [i, x] of c.x.entries()) out[i] = c.model(x, b) - (c.y[i] as number)
  },
})

const near = (
  found: ArrayLike<number> | undefined,
  certified: readonly number[],
  digits: number,
) => {
  if (found === undefined) throw new Error('nothing was found')
  for (const [k, value] of certified.entries()) {
    expect(Math.abs((found[k] as number) / value - 1)).toBeLessThan(10 ** -digits)
  }
}

const straight = (
  y: readonly number[],
  start: readonly number[] = [0, 0],
): LeastSquaresProblem => ({
  count: y.length,
  start,
  residuals: (b, out) => {
    for (const [i, value] of y.entries()) out[i] = p(b, 1) + p(b, 2) * i - value
  },
})

describe('leastSquares against certified values', () => {
  const cases = [misra1a, thurber, mgh09].flatMap((c) =>
    c.starts.map((s, i) => [c.name, i + 1, c, s] as const),
  )

  it.each(cases)('%s from start %i', (_name, _start, certified, start) => {
    const fit = leastSquares(problem(certified, start), { maxIterations: 3000 })
    expect(fit.outcome).toBe('converged')
    near(fit.parameters, certified.parameters, 6)
    near(fit.standardErrors, certified.errors, 5)
    near([fit.sumOfSquares], [certified.sumOfSquares], 9)
    expect(fit.degreesOfFreedom).toBe(certified.x.length - certified.parameters.length)
  })

  it('sees a point that is moved by 1 %', () => {
    const y = misra1a.y.map((value, i) => (i === 7 ? 1.01 * value : value))
    const fit = leastSquares(problem({ ...misra1a, y }, [250, 5e-4]))
    expect(Math.abs((fit.parameters[0] ?? 0) / (misra1a.parameters[0] ?? 0) - 1)).toBeGreaterThan(
      1e-5,
    )
  })

  it('takes a Jacobian that is given', () => {
    const given: LeastSquaresProblem = {
      ...problem(misra1a, [500, 1e-4]),
      jacobian: (b, out) => {
        for (const [i, x] of misra1a.x.entries()) {
          out[2 * i] = 1 - Math.exp(-p(b, 2) * x)
          out[2 * i + 1] = p(b, 1) * x * Math.exp(-p(b, 2) * x)
        }
      },
    }
    near(leastSquares(given).parameters, misra1a.parameters, 8)
  })
})

describe('leastSquares', () => {
  it('agrees with the normal equations of a straight line', () => {
    const numbers = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), {
      minLength: 4,
      maxLength: 20,
    })
    fc.assert(
      fc.property(numbers, (y) => {
        const n = y.length
        const middle = (n - 1) / 2
        const mean = y.reduce((sum, value) => sum + value, 0) / n
        let [sxx, sxy] = [0, 0]
        for (const [i, value] of y.entries()) {
          sxx += (i - middle) ** 2
          sxy += (i - middle) * (value - mean)
        }
        const fit = leastSquares(straight(y))
        const slope = sxy / sxx
        expect(fit.parameters[1]).toBeCloseTo(slope, 6)
        expect(fit.parameters[0]).toBeCloseTo(mean - slope * middle, 5)
        const error = Math.sqrt(fit.sumOfSquares / (n - 2) / sxx)
        expect(fit.standardErrors?.[1]).toBeCloseTo(error, 5)
      }),
      { numRuns: 200 },
    )
  })

  it('states standard errors that cover: 68 % of fits lie within one', () => {
    const source = random(11)
    let inside = 0
    for (let k = 0; k < 400; k++) {
      const y = Array.from({ length: 12 }, (_, i) => 2 + 3 * i + source.normal(0, 0.5))
      const fit = leastSquares(straight(y), { variance: 0.25 })
      if (Math.abs((fit.parameters[1] ?? 0) - 3) < (fit.standardErrors?.[1] ?? 0)) inside++
    }
    expect(Math.abs(inside / 400 - 0.683)).toBeLessThan(0.07)
  })

  it('keeps to its bounds and says which it is on', () => {
    const y = [1, 3, 5, 7]
    const bounded = { ...straight(y, [5, 0.5]), lower: [0, 0], upper: [10, 1.5] }
    const fit = leastSquares(bounded)
    expect(fit.outcome).toBe('converged')
    expect(fit.parameters[1]).toBe(1.5)
    expect(fit.parameters[0]).toBeCloseTo(4 - 1.5 * 1.5, 8)
    expect(fit.atBound).toEqual([false, true])
    expect(fit.standardErrors?.[1]).toBe(0)
    expect(fit.degreesOfFreedom).toBe(3)
  })

  it('leaves a bound again where the minimum is inside', () => {
    const fit = leastSquares({ ...straight([1, 3, 5, 7], [0, 10]), lower: [0, 0], upper: [10, 10] })
    expect(fit.parameters[1]).toBeCloseTo(2, 8)
    expect(fit.atBound).toEqual([false, false])
  })

  const ended = (fit: LeastSquaresFit) => ({ outcome: fit.outcome, at: fit.at })

  it('names a parameter that the residuals do not determine', () => {
    const twins: LeastSquaresProblem = {
      count: 5,
      start: [1, 1],
      residuals: (b, out) => {
        for (let i = 0; i < 5; i++) out[i] = (p(b, 1) + p(b, 2)) * i - 3 * i + (i % 2)
      },
    }
    expect(ended(leastSquares(twins))).toEqual({ outcome: 'undetermined', at: 1 })
    expect(leastSquares(twins).standardErrors).toBeUndefined()
    expect(leastSquares(straight([1])).outcome).toBe('undetermined')
    const idle: LeastSquaresProblem = { ...straight([1, 2, 3]), start: [0, 0, 4] }
    expect(ended(leastSquares(idle))).toEqual({ outcome: 'undetermined', at: 2 })
  })

  it('has no standard errors to give for an exact fit, unless the variance is known', () => {
    expect(leastSquares(straight([1, 2])).standardErrors).toBeUndefined()
    expect(leastSquares(straight([1, 2]), { variance: 1 }).standardErrors?.[0]).toBeCloseTo(1, 8)
  })

  it('names the other ends', () => {
    expect(leastSquares(straight([Number.NaN, 1])).outcome).toBe('not-a-number')
    expect(leastSquares(problem(misra1a, [500, 1e-4]), { maxIterations: 2 }).outcome).toBe(
      'max-iterations',
    )
    expect(() => leastSquares({ ...straight([1, 2]), lower: [1, 1], upper: [0, 0] })).toThrow(
      /bounds/,
    )
  })
})
