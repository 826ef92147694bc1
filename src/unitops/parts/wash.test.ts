import { expect, test } from 'vitest'
import { motherLiquorLeft } from './wash.ts'

test('one cell is perfect mixing, many cells a sharp front', () => {
  expect(motherLiquorLeft(0, 5)).toBe(1)
  expect(motherLiquorLeft(2, 1)).toBeCloseTo(Math.exp(-2), 14)
  expect(motherLiquorLeft(0.5, 200)).toBeCloseTo(0.5, 1)
  expect(motherLiquorLeft(1.5, 200)).toBeLessThan(1e-3)
})

test('more wash and more cells leave less, never less than plug displacement', () => {
  for (const cells of [1, 2, 5, 20]) {
    let last = 1
    for (const ratio of [0.2, 0.5, 1, 2, 4]) {
      const left = motherLiquorLeft(ratio, cells)
      expect(left).toBeLessThan(last)
      expect(left).toBeGreaterThanOrEqual(Math.max(0, 1 - ratio))
      last = left
    }
  }
  expect(motherLiquorLeft(1, 4)).toBeLessThan(motherLiquorLeft(1, 1))
})
