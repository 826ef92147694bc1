import { expect, test } from 'vitest'
import { massFlow, phaseMass } from '../flowsheet/index.ts'
import { magnetPlant, molesOf, reagents, run, sizeOf, streamOf } from '../../test/unitops/rig.ts'
import { filter } from './filter.ts'

const table = magnetPlant.species
const slurry = streamOf({
  'aqueous H2O': 50,
  'aqueous Nd+3': 0.1,
  'aqueous Cl-': 0.3,
  'solid Fe(OH)3': 1,
  'organic diluent': 0.001,
})

test('the cake has the moisture that is asked for, washed or not', () => {
  for (const washRatio of [0, 1.5]) {
    const out = run(filter, { in: slurry, wash: reagents.water }, { moisture: 0.4, washRatio })
    const cake = out.outlets.cake ?? slurry
    const wet = phaseMass(table, cake, 'aqueous')
    expect(wet / (wet + phaseMass(table, cake, 'solid'))).toBeCloseTo(0.4, 10)
    expect(molesOf(cake, 'solid Fe(OH)3')).toBe(1)
  }
})

test('more wash takes more mother liquor out of the cake, and draws more', () => {
  const left = (washRatio: number, mixedCells = 1) => {
    const out = run(filter, { in: slurry, wash: reagents.water }, { washRatio, mixedCells })
    return { nd: molesOf(out.outlets.cake, 'aqueous Nd+3'), draw: out.draws?.wash ?? 0 }
  }
  const none = left(0)
  const some = left(1)
  const much = left(3)
  expect(none.draw).toBe(0)
  expect(some.nd / none.nd).toBeCloseTo(Math.exp(-1), 10)
  expect(much.nd / none.nd).toBeCloseTo(Math.exp(-3), 10)
  expect(much.draw).toBeCloseTo(3 * some.draw, 12)
  expect(left(1, 10).nd).toBeLessThan(some.nd)
})

test('washings leave apart when they are asked to', () => {
  const joined = run(filter, { in: slurry, wash: reagents.water }, { washRatio: 2 })
  const apart = run(
    filter,
    { in: slurry, wash: reagents.water },
    { washRatio: 2, washings: 'separate' },
  )
  const both = (s: typeof joined, port: string) => massFlow(table, s.outlets[port] ?? slurry)
  expect(both(joined, 'washings')).toBe(0)
  expect(both(apart, 'washings') + both(apart, 'filtrate')).toBeCloseTo(
    both(joined, 'filtrate'),
    12,
  )
})

test('cloth area follows the solids', () => {
  const double = { ...slurry, flow: slurry.flow.map((n) => 2 * n) }
  expect(sizeOf(filter, { in: double })).toBeCloseTo(2 * sizeOf(filter, { in: slurry }), 12)
})
