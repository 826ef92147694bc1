import fc from 'fast-check'
import { expect, test } from 'vitest'
import { peroxideUsed } from './iron-oxidation.ts'

test('peroxide used solves the tank balance and stays within its reactants', () => {
  const amount = fc.double({ min: 1e-3, max: 1e3, noNaN: true })
  fc.assert(
    fc.property(amount, amount, amount, (ferrous, peroxide, rateTime) => {
      const x = peroxideUsed(ferrous, peroxide, rateTime)
      expect(x).toBeLessThanOrEqual(Math.min(ferrous / 2, peroxide))
      const rate = rateTime * (ferrous - 2 * x) * (peroxide - x)
      const size = rateTime * ferrous * peroxide
      expect(Math.abs(rate - x)).toBeLessThan(1e-9 * (x + size))
    }),
  )
  expect(peroxideUsed(0, 1, 1)).toBe(0)
})
