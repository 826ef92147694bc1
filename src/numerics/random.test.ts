import { describe, expect, it } from 'vitest'
import { random } from './index.ts'
import { xoshiro128 } from './random.ts'

const draws = (count: number, draw: () => number) => Array.from({ length: count }, draw)
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe('random', () => {
  it('gives the words of the reference generator from the state 1, 2, 3, 4', () => {
    expect(draws(10, xoshiro128([1, 2, 3, 4]))).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597,
      4258142804,
    ])
  })

  it('repeats itself from the same seed, and from no other', () => {
    const first = draws(50, random(7).uniform)
    expect(draws(50, random(7).uniform)).toEqual(first)
    expect(draws(50, random(8).uniform)).not.toEqual(first)
    expect(draws(50, random(7 + 2 ** 40).uniform)).not.toEqual(first)
  })

  it('is uniform: the counts of 100 bins pass a chi-squared test at five sigma', () => {
    const counts = Array.from({ length: 100 }, () => 0)
    for (const x of draws(100_000, random(1).uniform)) {
      expect(x).toBeLessThan(1)
      counts[Math.floor(100 * x)] = (counts[Math.floor(100 * x)] ?? 0) + 1
    }
    const squared = counts.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0)
    expect(Math.abs(squared - 99)).toBeLessThan(5 * Math.sqrt(2 * 99))
  })

  it('is normal: mean, deviation and tail', () => {
    const source = random(2)
    const values = draws(100_000, () => source.normal(3, 2))
    expect(Math.abs(mean(values) - 3)).toBeLessThan((5 * 2) / Math.sqrt(100_000))
    expect(mean(values.map((x) => (x - 3) ** 2))).toBeCloseTo(4, 1)
    const within = values.filter((x) => Math.abs(x - 3) < 2 * 1.959964).length / values.length
    expect(within).toBeCloseTo(0.95, 2)
  })

  it('draws whole numbers from both ends and all between', () => {
    const source = random(3)
    const dice = draws(6000, () => source.integer(1, 6))
    for (let face = 1; face <= 6; face++) {
      const share = dice.filter((x) => x === face).length / 6000
      expect(Math.abs(share - 1 / 6)).toBeLessThan(0.03)
    }
    expect(source.integer(4, 4)).toBe(4)
    expect(source.between(2, 3)).toBeGreaterThanOrEqual(2)
    expect(['a', 'b']).toContain(source.pick(['a', 'b']))
  })

  it('shuffles without loss', () => {
    const items = draws(100, random(4).uniform)
    const mixed = random(5).shuffle(items)
    expect(mixed).not.toEqual(items)
    const ascending = (a: number, b: number) => a - b
    expect(mixed.toSorted(ascending)).toEqual(items.toSorted(ascending))
  })

  it('splits into sources that do not run alike', () => {
    const source = random(6)
    const one = draws(2000, source.split().uniform)
    const other = draws(2000, source.split().uniform)
    const product = mean(one.map((x, i) => (x - 0.5) * ((other[i] ?? 0) - 0.5)))
    expect(Math.abs(product)).toBeLessThan(5 / 12 / Math.sqrt(2000))
  })

  it('asserts its arguments', () => {
    expect(() => random(0.5)).toThrow(/seed/)
    expect(() => random(1).integer(2, 1)).toThrow(/whole number/)
    expect(() => random(1).pick([])).toThrow(/nothing/)
  })
})
