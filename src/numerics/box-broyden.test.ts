import { expect, it } from 'vitest'
import { boxBroyden } from './index.ts'

it('solves two bent equations inside the box', () => {
  const residuals = ([x = 0, y = 0]: readonly number[]) => [
    1e6 * (x * x + y - 0.6),
    1e6 * (Math.exp(y) - 2 * x - 0.3),
  ]
  const found = boxBroyden({ residuals, floors: [false, false] }, [0.5, 0.5])
  expect(found.outcome).toBe('converged')
  expect(found.evaluations).toBeLessThan(20)
  const again = boxBroyden({ residuals, floors: [false, false] }, [0.5, 0.5], found.slopes)
  expect(again.evaluations).toBeLessThan(found.evaluations)
})

it('ends at the bound that it runs into', () => {
  const residuals = ([x = 0]: readonly number[]) => [100 * (x - 1.5)]
  const found = boxBroyden({ residuals, floors: [false] }, [0.2])
  expect(found.outcome).toBe('at-bound')
  expect(found.point).toEqual([1])
})

it('brackets a single equation that misleads Newton', () => {
  const residuals = ([x = 0]: readonly number[]) => [1e4 * Math.tanh(40 * (x - 0.93)) + 1]
  const found = boxBroyden({ residuals, floors: [false] }, [0.05])
  expect(found.outcome).toBe('converged')
  expect(found.point[0]).toBeCloseTo(0.93, 3)
})

it('steps back from where there is no answer, and says when there is none at the start', () => {
  const residuals = ([x = 0]: readonly number[]) => (x > 0.7 ? null : [1e4 * (x ** 8 - 0.03)])
  const found = boxBroyden({ residuals, floors: [false] }, [0.3])
  expect(found.outcome).toBe('converged')
  expect(boxBroyden({ residuals, floors: [false] }, [0.9]).outcome).toBe('no-answer')
})

it('leaves a floor alone that is met, and aims at one that is not', () => {
  const residuals = ([x = 0, y = 0]: readonly number[]) => [1e5 * (x - 0.2), 1e5 * (y + x - 0.9)]
  const found = boxBroyden({ residuals, floors: [true, true] }, [0.5, 0.1])
  expect(found.outcome).toBe('converged')
  expect(found.point[0]).toBe(0.5)
  expect(found.point[1]).toBeCloseTo(0.4, 4)
})
