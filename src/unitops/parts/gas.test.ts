import { expect, test } from 'vitest'
import { gasVolume } from '../../chemistry/index.ts'
import { leeKeslerVapourPressure, waterVapourPressure } from './gas.ts'

test('one mole at 273.15 K and one atmosphere is 22.414 L', () => {
  expect(gasVolume(1, 273.15)).toBeCloseTo(0.0224139, 6)
})

test('water boils at 373.124 K under one atmosphere and has 3.169 kPa at 298.15 K', () => {
  expect(waterVapourPressure(373.124) / 101_325).toBeCloseTo(1, 3)
  expect(waterVapourPressure(298.15)).toBeCloseTo(3169.9, 0)
})

test('n-eicosane boils near 617 K', () => {
  expect(leeKeslerVapourPressure(617, 768, 1.07e6, 0.865) / 101_325).toBeGreaterThan(0.9)
  expect(leeKeslerVapourPressure(617, 768, 1.07e6, 0.865) / 101_325).toBeLessThan(1.1)
})
