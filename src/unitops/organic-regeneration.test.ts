import { expect, test } from 'vitest'
import { molesOf, reagentOf, reagents, run, sizeOf, streamOf } from '../../test/unitops/rig.ts'
import { organicRegeneration } from './organic-regeneration.ts'

const bleed = streamOf({
  'organic diluent': 4,
  'organic PC88A': 0.5,
  'organic Fe(PC88A)3': 0.02,
  'organic Dy(PC88A)3': 0.01,
  'organic Na(PC88A)': 0.01,
})
const acid = reagentOf({ 'aqueous H+': 6, 'aqueous Cl-': 6, 'aqueous H2O': 48 })

test('acid strips to the stated efficiency, contact by contact, while it lasts', () => {
  const params = { efficiency: { Fe: 0.5 }, contacts: 2, excess: 5 }
  const out = run(organicRegeneration, { in: bleed, wash: acid }, params)
  expect(molesOf(out.outlets.out, 'organic Fe(PC88A)3')).toBeCloseTo(0.005, 12)
  expect(molesOf(out.outlets.spent, 'aqueous Fe+3')).toBeCloseTo(0.015, 12)
  expect(molesOf(out.outlets.out, 'organic Na(PC88A)')).toBeLessThan(0.001)
  const short = run(organicRegeneration, { in: bleed, wash: acid }, { ...params, excess: 0.2 })
  expect(short.figures?.['metal removed']?.value).toBeLessThan(0.21)
})

test('soda and caustic make hydroxides and saponify', () => {
  for (const wash of [reagents.soda, reagents.caustic]) {
    const out = run(organicRegeneration, { in: bleed, wash }, { excess: 2 })
    expect(molesOf(out.outlets.spent, 'solid Fe(OH)3')).toBeCloseTo(0.02 * 0.96, 9)
    expect(molesOf(out.outlets.out, 'organic Na(PC88A)')).toBeGreaterThan(0.05)
  }
})

test('volume follows the bleed', () => {
  const twice = { ...bleed, flow: bleed.flow.map((n) => 2 * n) }
  const single = sizeOf(organicRegeneration, { in: bleed, wash: acid })
  expect(sizeOf(organicRegeneration, { in: twice, wash: acid })).toBeCloseTo(2 * single, 8)
})
