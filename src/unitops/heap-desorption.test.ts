import { expect, test } from 'vitest'
import { molesOf, reagentOf, reagents, run, sizeOf, streamOf } from '../../test/unitops/rig.ts'
import { heapDesorption } from './heap-desorption.ts'

const clay = streamOf({
  'solid Nd(OH)3': 0.01,
  'solid Ce(OH)3': 0.02,
  'solid Al(OH)3': 0.05,
  'solid Ca(OH)2': 0.01,
  'solid SiO2': 150,
  'aqueous H2O': 100,
})
const salt = reagentOf({ 'aqueous NH4+': 2, 'aqueous SO4-2': 1, 'aqueous H2O': 20 })
const { water } = reagents
const desorbed = { Nd: 0.6, Ce: 0.1, Al: 0.02, Ca: 0.5 }
const at = (params: Readonly<Record<string, unknown>>, barren = streamOf({})) =>
  run(heapDesorption, { in: clay, salt, water, rinse: water, barren }, { desorbed, ...params })

test('each element desorbs by its declared share, three ammonium for one rare earth', () => {
  const { outlets } = at({ rinseRatio: 20 })
  expect(molesOf(outlets.tails, 'solid Nd(OH)3')).toBeCloseTo(0.004, 12)
  expect(molesOf(outlets.out, 'aqueous Nd+3')).toBeCloseTo(0.006, 6)
  expect(molesOf(outlets.tails, 'solid Ce(OH)3')).toBeCloseTo(0.018, 12)
  const exchanged = 3 * (0.006 + 0.002 + 0.001) + 2 * 0.005
  expect(molesOf(outlets.tails, 'solid clay-NH4')).toBeCloseTo(exchanged, 12)
})

test('the lixiviant has its ammonium and its mass; too little ammonium holds desorption back', () => {
  const done = at({ ammonium: 600, liquidToSolid: 1 })
  const ammonium = (done.draws?.['salt'] ?? 0) * molesOf(salt, 'aqueous NH4+')
  expect(ammonium).toBeGreaterThan(5)
  expect(ammonium).toBeLessThan(6)
  const short = at({ ammonium: 1, liquidToSolid: 1 })
  expect(short.warnings?.map((w) => w.code)).toContain('ammonium-short')
  expect(molesOf(short.outlets.tails, 'solid Nd(OH)3')).toBeGreaterThan(0.005)
})

test('returned lixiviant saves salt, and rinsing brings rare earth out of the heap', () => {
  const barren = streamOf({ 'aqueous NH4+': 3, 'aqueous SO4-2': 1.5, 'aqueous H2O': 300 })
  expect(at({}, barren).draws?.['salt']).toBeLessThan(at({}).draws?.['salt'] ?? 0)
  const left = (rinseRatio: number) => molesOf(at({ rinseRatio }).outlets.tails, 'aqueous Nd+3')
  expect(left(1)).toBeLessThan(0.5 * left(0.2))
})

test('the pad follows the ore', () => {
  const twice = { ...clay, flow: clay.flow.map((n) => 2 * n) }
  const single = sizeOf(heapDesorption, { in: clay, salt, water }, { desorbed })
  expect(sizeOf(heapDesorption, { in: twice, salt, water }, { desorbed })).toBeCloseTo(2 * single)
})
