import { describe, expect, it } from 'vitest'
import { binned } from './bins.ts'

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)

describe('bins', () => {
  it('hold every value once, the far ones counted apart', () => {
    const values = Float64Array.from({ length: 200 }, (_, k) => 99 + k / 200)
    values[0] = 12
    const { counts, below, above, from, width } = binned(values)
    expect(sum(counts) + below + above).toBe(200)
    expect([below, above]).toEqual([1, 0])
    expect(from).toBeGreaterThan(90)
    expect(from + width * counts.length).toBeCloseTo(99.995, 9)
  })

  it('have a target on a border, so that no bar is on both sides of it', () => {
    const values = Float64Array.from({ length: 100 }, (_, k) => k)
    const { from, width } = binned(values, [37.3])
    const bars = (37.3 - from) / width
    expect(bars).toBeCloseTo(Math.round(bars), 9)
  })

  it('are one bar where nothing varies, and none where there is nothing', () => {
    expect(binned(Float64Array.of(5, 5, 5)).counts).toEqual([3])
    expect(binned(new Float64Array()).counts).toEqual([])
  })
})
