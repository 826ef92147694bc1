import { describe, expect, it } from 'vitest'
import { boxOptimum, type Optimum, type Worth } from './optimise.ts'
import { wholeSearch } from './whole-search.ts'
import { quadraticProgram } from './quadratic.ts'
import { random } from './random.ts'

/** A problem between bounds as one in the unit box, and the answer between its bounds again. */
function within(
  low: readonly number[],
  high: readonly number[],
  worth: (x: readonly number[]) => Worth | null,
  start: readonly number[],
): Optimum & { readonly x: readonly number[] } {
  const span = low.map((l, i) => (high[i] as number) - l)
  const back = (u: readonly number[]) =>
    u.map((v, i) => (low[i] as number) + v * (span[i] as number))
  const found = boxOptimum(
    {
      worth: (u) => worth(back(u)),
      start: start.map((x, i) => (x - (low[i] as number)) / (span[i] as number)),
    },
    { evaluations: 1000 },
  )
  return { ...found, x: back(found.point) }
}

describe('quadratic program', () => {
  it('is the worked example of Goldfarb and Idnani', () => {
    // Their section 5: least 2 x1^2 - 2 x1 x2 + 2 x2^2 + 6 x1 where x >= 0 and x1 + x2 >= 2.
    const found = quadraticProgram({
      G: Float64Array.of(4, -2, -2, 4),
      a: Float64Array.of(6, 0),
      rows: [Float64Array.of(1, 0), Float64Array.of(0, 1), Float64Array.of(1, 1)],
      limits: [0, 0, 2],
    })
    if (found.outcome !== 'solved') throw new Error(found.outcome)
    expect(found.x[0]).toBeCloseTo(0.5, 12)
    expect(found.x[1]).toBeCloseTo(1.5, 12)
    expect([...found.multipliers]).toEqual([0, 0, expect.closeTo(5, 10)])
  })

  it('meets the conditions of a minimum on random problems, or says that there is none', () => {
    const chance = random(17)
    let infeasible = 0
    for (let run = 0; run < 200; run++) {
      const [n, m] = [chance.integer(1, 6), chance.integer(0, 12)]
      const M = Array.from({ length: n * n }, () => chance.between(-1, 1))
      const G = Float64Array.from({ length: n * n }, (_, k) => {
        const [i, j] = [Math.floor(k / n), k % n]
        let sum = i === j ? 0.1 : 0
        for (let l = 0; l < n; l++) sum += (M[i * n + l] as number) * (M[j * n + l] as number)
        return sum
      })
      const a = Float64Array.from({ length: n }, () => chance.between(-2, 2))
      const rows = Array.from({ length: m }, () => a.map(() => chance.between(-1, 1)))
      const limits = rows.map(() => chance.between(-1, 0.7))
      const found = quadraticProgram({ G, a, rows, limits })
      if (found.outcome !== 'solved') {
        expect(found.outcome).toBe('infeasible')
        infeasible++
        continue
      }
      const { x, multipliers } = found
      for (const [k, row] of rows.entries()) {
        const slack = row.reduce((sum, v, i) => sum + v * (x[i] as number), -(limits[k] as number))
        const u = multipliers[k] as number
        expect(slack).toBeGreaterThan(-1e-9)
        expect(u).toBeGreaterThanOrEqual(-1e-9)
        expect(Math.abs(u * slack)).toBeLessThan(1e-7)
      }
      for (let i = 0; i < n; i++) {
        let slope = a[i] as number
        for (let j = 0; j < n; j++) slope += (G[i * n + j] as number) * (x[j] as number)
        for (const [k, row] of rows.entries())
          slope -= (multipliers[k] as number) * (row[i] as number)
        expect(Math.abs(slope)).toBeLessThan(1e-8)
      }
    }
    expect(infeasible).toBeGreaterThan(2)
    expect(infeasible).toBeLessThan(150)
  })
})

// W. Hock and K. Schittkowski, Test Examples for Nonlinear Programming Codes (1981), by number.
describe('optimum in a box with margins', () => {
  it('HS 1: the valley of Rosenbrock', () => {
    const f = ([x = 0, y = 0]: readonly number[]) => 100 * (y - x * x) ** 2 + (1 - x) ** 2
    const low = [-3, -1.5]
    const found = within(low, [3, 3], (x) => ({ objective: f(x), margins: [] }), [-2, 1])
    expect(found.outcome).toBe('optimal')
    // From 909 at the start to what is rest in that scale.
    expect(found.worth.objective).toBeLessThan(1e-3)
  })

  it('HS 71: a product and a sum of squares', () => {
    const found = within(
      [1, 1, 1, 1],
      [5, 5, 5, 5],
      ([a = 0, b = 0, c = 0, d = 0]) => ({
        objective: a * d * (a + b + c) + c,
        // The equation of the original as a floor: it binds from that side.
        margins: [a * b * c * d - 25, 40 - a * a - b * b - c * c - d * d],
      }),
      [1, 5, 5, 1],
    )
    expect(found.outcome).toBe('optimal')
    // Without the lower side of the equation the optimum is the same: 17.0140173.
    expect(found.worth.objective).toBeCloseTo(17.0140173, 3)
  })

  it('HS 76: four unknowns, three margins, and the price of each', () => {
    const f = ([a = 0, b = 0, c = 0, d = 0]: readonly number[]) =>
      a * a + 0.5 * b * b + c * c + 0.5 * d * d - a * c + c * d - a - 3 * b + c - d
    const margins = ([a = 0, b = 0, c = 0, d = 0]: readonly number[]) => [
      5 - a - 2 * b - c - d,
      4 - 3 * a - b - 2 * c + d,
      b + 4 * c - 1.5,
    ]
    const box = [10, 10, 10, 10]
    const worth = (x: readonly number[]) => ({ objective: f(x), margins: margins(x) })
    const found = within([0, 0, 0, 0], box, worth, [0.5, 0.5, 0.5, 0.5])
    expect(found.outcome).toBe('optimal')
    expect(found.worth.objective).toBeCloseTo(-4.681818, 4)
    // A price is what the optimum gains when the margin is one wider.
    const wider = (x: readonly number[]) => ({
      objective: f(x),
      margins: margins(x).map((m, j) => (j === 0 ? m + 0.01 : m)),
    })
    const gained = found.worth.objective - within([0, 0, 0, 0], box, wider, found.x).worth.objective
    expect(found.prices[0]).toBeCloseTo(gained / 0.01, 1)
    expect(found.prices[1]).toBe(0)
  })

  it('says where nothing keeps the margins, at the least miss', () => {
    const found = within(
      [0, 0],
      [1, 2],
      ([x = 0, y = 0]) => ({ objective: x * x + y, margins: [x + y - 4] }),
      [0.5, 0.5],
    )
    expect(found.outcome).toBe('infeasible')
    expect(found.x[0]).toBeCloseTo(1, 3)
    expect(found.x[1]).toBeCloseTo(2, 3)
  })

  it('keeps away from points that are worth nothing', () => {
    const found = within(
      [0, 0],
      [1, 1],
      ([x = 0, y = 0]) =>
        x + y > 1.5 ? null : { objective: (x - 0.2) ** 2 - y, margins: [0.6 - x * y] },
      [0.9, 0.1],
    )
    expect(found.outcome).toBe('optimal')
    expect(found.x[1]).toBeCloseTo(1, 3)
    expect(found.x[0]).toBeCloseTo(0.2, 2)
    expect(boxOptimum({ worth: () => null, start: [0.5] }).outcome).toBe('no-start')
  })
})

describe('search over whole numbers', () => {
  it('G. R. Kocis and I. E. Grossmann (1988), example 1: least 2 x + y with y whole', () => {
    const solve = ([y = 0]: readonly number[]) => {
      const worth = ([u = 0]: readonly number[]) => {
        const x = 1.6 * u
        return { objective: 2 * x + y, margins: [x * x + y - 1.25, 1.6 - x - y] }
      }
      const { outcome, worth: found } = boxOptimum({ worth, start: [0.5] })
      const { objective, margins } = found
      return { feasible: outcome === 'optimal', objective, miss: -Math.min(...margins), found }
    }
    const found = wholeSearch([{ start: 0, low: 0, high: 1 }], solve)
    expect(found.whole).toEqual([1])
    expect(found.answer.objective).toBeCloseTo(2, 4)
  })

  it('walks far in long strides, along a valley by exchange, and asks nothing twice', () => {
    const asked = new Set<string>()
    const solve = ([a = 0, b = 0]: readonly number[]) => {
      expect(asked.has(`${a} ${b}`)).toBe(false)
      asked.add(`${a} ${b}`)
      // The sum costs a hundred times what the difference costs.
      const objective = 100 * (a + b - 90) ** 2 + (a - b - 60) ** 2
      return { feasible: true, objective, miss: 0 }
    }
    const range = { start: 5, low: 1, high: 200 }
    const found = wholeSearch([range, range], solve)
    expect(found.whole).toEqual([75, 15])
    expect(asked.size).toBeLessThan(250)
  })

  it('goes from what misses to what keeps, and takes the least miss where nothing keeps', () => {
    const solve = ([a = 0]: readonly number[]) => ({
      feasible: a >= 12,
      objective: a,
      miss: 12 - a,
    })
    const found = wholeSearch([{ start: 3, low: 1, high: 50 }], solve)
    expect(found.whole).toEqual([12])
    const short = wholeSearch([{ start: 3, low: 1, high: 9 }], solve)
    expect([short.whole, short.answer.feasible]).toEqual([[9], false])
  })
})
