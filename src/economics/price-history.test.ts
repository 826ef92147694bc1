import { describe, expect, it } from 'vitest'
import { random } from '../numerics/index.ts'
import { fitHistory, followed, yearly } from './price-history.ts'
import { variance, type PriceFactor } from './prices.ts'

const factor: PriceFactor = { name: 'x', volatility: 0.4, halfLife: 1.5, start: 0, level: 0 }

/** A price on its way, at uneven times. */
function history(count: number, seed: number) {
  const chance = random(seed)
  let [at, ln] = [2000, 0]
  return Array.from({ length: count }, () => {
    const step = chance.between(0.2, 1.5)
    const kept = 0.5 ** (step / factor.halfLife)
    at += step
    ln = kept * ln + Math.sqrt(variance(factor, step)) * chance.normal()
    return { at, price: 50 * Math.exp(ln) }
  })
}

describe('a history of prices', () => {
  it('gives back volatility, half-life and level where it is long', () => {
    const fit = fitHistory(history(4000, 1))
    expect(Math.abs((fit?.volatility ?? 0) / 0.4 - 1)).toBeLessThan(0.03)
    expect(Math.abs((fit?.halfLife ?? 0) / 1.5 - 1)).toBeLessThan(0.1)
    expect(Math.abs((fit?.level ?? 0) / 50 - 1)).toBeLessThan(0.05)
    expect(fit?.atBound).toBe(false)
    // Volatility over rate of return and root of time: 4000 steps of 0.85 y on average.
    const error = (0.4 * 1.5) / Math.LN2 / Math.sqrt(4000 * 0.85)
    expect(Math.abs((fit?.levelError ?? 0) / error - 1)).toBeLessThan(0.1)
  })

  it('that is short says so, and one that says nothing is none', () => {
    expect(fitHistory(history(4, 1))).toBeUndefined()
    const still = [2001, 2002, 2003, 2004, 2005].map((at) => ({ at, price: 7 }))
    expect(fitHistory(still)).toBeUndefined()
    expect(fitHistory(history(8, 2))).toMatchObject({ points: 8 })
  })

  it('is one point a year where it has several', () => {
    const points = [
      { at: 2020.1, price: 10 },
      { at: 2020.9, price: 20 },
      { at: 2021.5, price: 5 },
    ]
    expect(yearly(points)).toEqual([
      { at: 2020.5, price: 15 },
      { at: 2021.5, price: 5 },
    ])
  })

  it('follows another with the power that it was made with', () => {
    const chance = random(5)
    const leader = history(400, 3).map(({ price }, year) => ({ at: year, price }))
    const follower = leader.map(({ at, price }) => ({
      at,
      price: 4 * price ** 0.7 * Math.exp(0.01 * chance.normal()),
    }))
    const found = followed(leader, follower)
    expect(found?.power).toBeCloseTo(0.7, 2)
    expect(found?.correlation).toBeGreaterThan(0.99)
    expect(followed(leader, follower.slice(0, 4))).toBeUndefined()
  })
})
