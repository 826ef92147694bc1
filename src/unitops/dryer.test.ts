import { expect, test } from 'vitest'
import { molesOf, reagents, run, sizeOf, streamOf } from '../../test/unitops/rig.ts'
import { dryer } from './dryer.ts'

const cake = streamOf({
  'solid Nd2(C2O4)3·10H2O': 1,
  'aqueous H2O': 15,
  'aqueous Na+': 0.01,
  'aqueous Cl-': 0.01,
})

test('hotter and longer leaves less moisture; salts and crystal water stay', () => {
  const left = (temperature: number, hours: number) =>
    run(dryer, { in: cake }, { temperature, time: hours * 3600 }).figures?.moisture?.value ?? 1
  expect(left(378.15, 1)).toBeLessThan(left(378.15, 0.5))
  expect(left(378.15, 1)).toBeLessThan(left(353.15, 1))
  const out = run(dryer, { in: cake })
  expect(molesOf(out.outlets.out, 'solid Nd2(C2O4)3·10H2O')).toBe(1)
  expect(molesOf(out.outlets.out, 'aqueous Na+')).toBe(0.01)
  expect(molesOf(out.outlets.vapour, 'gas H2O')).toBeGreaterThan(14)
})

test('evaporation takes heat, and air is drawn where it is connected', () => {
  const out = run(dryer, { in: cake, air: reagents.air })
  expect(out.draws?.air).toBeGreaterThan(0)
  const heat = out.heat
  if (heat !== undefined && 'watts' in heat) expect(heat.watts).toBeGreaterThan(14 * 40e3)
  expect(run(dryer, { in: cake }).draws?.air).toBe(0)
})

test('size follows the feed', () => {
  const double = { ...cake, flow: cake.flow.map((n) => 2 * n) }
  expect(sizeOf(dryer, { in: double })).toBeCloseTo(2 * sizeOf(dryer, { in: cake }), 8)
})
