import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moments, normalQuantile, random } from '../numerics/index.ts'
import {
  drawnJump,
  drawnPath,
  pathShape,
  priceFactors,
  typicalPath,
  variance,
  type FactorPath,
  type PriceFactor,
  type PriceModel,
} from './prices.ts'

const didymium: PriceFactor = {
  name: 'didymium',
  volatility: 0.4,
  halfLife: 1.5,
  start: 0,
  level: 0,
}
const heavy: PriceFactor = { name: 'heavy', volatility: 0.3, halfLife: 3, start: 0, level: 0 }
const years = 20

/** Many paths of a factor, levels stratified, within them by chance. */
function paths(factor: PriceFactor, count: number, seed: number) {
  const [chance, shape] = [random(seed), pathShape(factor, years)]
  const order = chance.shuffle(Array.from({ length: count }, (_, i) => (i + 0.5) / count))
  return order.map((u) =>
    drawnPath(
      shape,
      normalQuantile(u),
      Array.from({ length: years + 1 }, () => chance.normal()),
    ),
  )
}

const at = (all: readonly FactorPath[], year: number) =>
  Float64Array.from(all, ({ ln }) => ln[year] as number)

function correlation(a: Float64Array, b: Float64Array): number {
  const [x, y] = [moments(a), moments(b)]
  const sum = a.reduce((s, one, i) => s + (one - x.mean) * ((b[i] as number) - y.mean), 0)
  return sum / ((a.length - 1) * x.deviation * y.deviation)
}

describe('paths of a mean-reverting factor', () => {
  const all = paths(didymium, 20_000, 1)

  it('have the variance of the process in every year', () => {
    for (const year of [0, 1, 4, 19]) {
      const { mean, deviation } = moments(at(all, year))
      const expected = Math.sqrt(variance(didymium, year + 0.5))
      expect(mean).toBeCloseTo(0, 1)
      expect(Math.abs(deviation / expected - 1)).toBeLessThan(0.02)
    }
  })

  it('forget by half in a half-life', () => {
    // Lag of three years: two half-lives. The process is all but stationary at year 10.
    expect(correlation(at(all, 10), at(all, 13))).toBeCloseTo(0.25, 1)
    expect(Math.abs(correlation(at(all, 10), at(all, 13)) - 0.25)).toBeLessThan(0.02)
    expect(Math.abs(correlation(at(all, 10), at(all, 11)) - 0.5 ** (1 / 1.5))).toBeLessThan(0.02)
  })

  it('have the average that their level says, to the last digit', () => {
    const shape = pathShape(didymium, years)
    const sum = ({ ln }: FactorPath) => ln.reduce((s, x) => s + x, 0)
    fc.assert(
      fc.property(
        fc.double({ min: -4, max: 4, noNaN: true }),
        fc.array(fc.double({ min: -4, max: 4, noNaN: true }), {
          minLength: years + 1,
          maxLength: years + 1,
        }),
        (level, deviates) => {
          expect(sum(drawnPath(shape, level, deviates))).toBeCloseTo(level * shape.ofSum, 9)
          expect(sum(typicalPath(shape, level))).toBeCloseTo(level * shape.ofSum, 9)
        },
      ),
    )
  })

  it('keep a level that is not known, on top of what they do around it', () => {
    const unsure = { ...didymium, level: 0.2 }
    const drawn = paths(unsure, 20_000, 4)
    const { deviation } = moments(at(drawn, 15))
    expect(Math.abs(deviation / Math.sqrt(variance(didymium, 15.5) + 0.04) - 1)).toBeLessThan(0.02)
    // Far apart only the level is common.
    const common = 0.04 / (variance(didymium, 15.5) + 0.04)
    expect(Math.abs(correlation(at(drawn, 8), at(drawn, 19)) - common)).toBeLessThan(0.03)
    expect(pathShape(unsure, 3).spread[2]).toBeCloseTo(
      variance(didymium, 2.5) + 0.04 * (1 - 0.5 ** (2.5 / 1.5)) ** 2,
      12,
    )
  })

  it('return from where prices stand today to the deck', () => {
    const high = pathShape({ ...didymium, start: Math.log(2) }, 4)
    const [first = 0, , , last = 0] = typicalPath(high, 0).ln
    expect(first).toBeCloseTo(Math.log(2) * 0.5 ** (0.5 / 1.5), 12)
    expect(last).toBeCloseTo(Math.log(2) * 0.5 ** (3.5 / 1.5), 12)
  })

  it('become a random walk as the half-life grows', () => {
    expect(variance({ ...didymium, halfLife: 1e12 }, 9)).toBeCloseTo(9 * 0.16, 6)
  })
})

const model: PriceModel = {
  factors: [didymium, heavy],
  follows: {
    nd: { didymium: 1 },
    dy: { didymium: 0.7, heavy: 1 },
    tb: { didymium: 1.1, heavy: 1 },
  },
  deckIs: 'mean',
}

describe('prices that follow factors', () => {
  const [a, b] = [paths(didymium, 20_000, 2), paths(heavy, 20_000, 3)]
  const drawn = a.map((path, i) =>
    priceFactors(model, years, { didymium: path, heavy: b[i] as FactorPath }),
  )
  const price = (name: string, year: number) =>
    Float64Array.from(drawn, (of) => of[name]?.[year] ?? Number.NaN)

  it('have the deck as their mean', () => {
    for (const name of ['nd', 'dy', 'tb']) {
      expect(Math.abs(moments(price(name, 8)).mean - 1)).toBeLessThan(0.03)
    }
  })

  it('or as their median', () => {
    const still = { ln: new Float64Array(3), spread: new Float64Array([0.1, 0.2, 0.3]) }
    const paths_ = { didymium: still, heavy: still }
    const plain = priceFactors({ ...model, deckIs: 'median' }, 3, paths_)
    expect([...(plain['dy'] ?? [])]).toEqual([1, 1, 1])
    const lowered = priceFactors(model, 3, paths_)
    expect(lowered['dy']?.[1]).toBeCloseTo(Math.exp(-0.5 * 1.49 * 0.2), 12)
  })

  it('of a level are the mean of all prices with that level', () => {
    const shape = pathShape(didymium, years)
    const chance = random(9)
    const some = Array.from({ length: 5000 }, () => {
      const deviates = Array.from({ length: years + 1 }, () => chance.normal())
      return priceFactors(model, years, { didymium: drawnPath(shape, 1.3, deviates) })
    })
    const mean = moments(some.map((of) => of['nd']?.[8] ?? Number.NaN)).mean
    const typical = priceFactors(model, years, { didymium: typicalPath(shape, 1.3) })
    expect(Math.abs(mean / (typical['nd']?.[8] ?? 0) - 1)).toBeLessThan(0.02)
  })

  it('are correlated as their common factors make them', () => {
    const [v, w] = [variance(didymium, 8.5), variance(heavy, 8.5)]
    const [dy, tb] = [0.49 * v + w, 1.21 * v + w]
    const logs = (name: string) => price(name, 8).map((x) => Math.log(x))
    const found = (one: string, other: string) => correlation(logs(one), logs(other))
    expect(Math.abs(found('dy', 'tb') - (0.77 * v + w) / Math.sqrt(dy * tb))).toBeLessThan(0.02)
    expect(Math.abs(found('nd', 'dy') - (0.7 * v) / Math.sqrt(v * dy))).toBeLessThan(0.02)
  })
})

describe('the policy event', () => {
  const jump = { perYear: 0.1, p10: 2, p90: 4, halfLife: 2, moves: { heavy: 1, didymium: 0.5 } }

  it('comes as often as is said, as strong as is said', () => {
    const count = 10_000
    const come = Array.from({ length: count }, (_, i) => drawnJump(jump, (i + 0.5) / count, 0.5))
    const within = come.filter(({ at: when }) => when <= 5).length / count
    expect(within).toBeCloseTo(1 - Math.exp(-0.5), 3)
    expect(drawnJump(jump, 0.5, 0.9).ratio).toBeCloseTo(4, 9)
    expect(drawnJump({ ...jump, perYear: 0 }, 0.5, 0.9).at).toBe(Infinity)
  })

  it('moves what follows its factors from then on, and wears off', () => {
    const still = { ln: new Float64Array(6), spread: new Float64Array(6) }
    const flat = { didymium: still, heavy: still }
    const with_ = (at_: number) =>
      priceFactors({ ...model, deckIs: 'median', jump }, 6, flat, { at: at_, ratio: 4 })
    const { nd, dy } = with_(1.5)
    expect(nd?.[0]).toBe(1)
    // Year 2 begins at the event: didymium takes the root of it, dysprosium 1 + 0.7 / 2 of it.
    expect(nd?.[1]).toBeCloseTo(2, 12)
    expect(dy?.[1]).toBeCloseTo(4 ** 1.35, 12)
    expect(nd?.[3]).toBeCloseTo(2 ** 0.5, 12)
    expect([...(with_(100)['nd'] ?? [])]).toEqual([1, 1, 1, 1, 1, 1])
  })
})
