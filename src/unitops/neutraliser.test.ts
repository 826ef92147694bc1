import { expect, test } from 'vitest'
import { molesOf, reagents, run, sizeOf, streamOf } from '../../test/unitops/rig.ts'
import { neutraliser } from './neutraliser.ts'

const effluent = streamOf({
  'aqueous H2O': 55,
  'aqueous H+': 0.6,
  'aqueous Cl-': 0.49,
  'aqueous SO4-2': 0.065,
  'aqueous C2O4-2': 0.05,
  'aqueous Ni+2': 0.01,
  'aqueous Co+2': 0.02,
  'aqueous Nd+3': 0.02,
  'aqueous B(OH)3': 0.01,
  'aqueous PC88A': 1e-5,
})
const bases = [reagents.caustic, reagents.ammonia, reagents.lime]

test('each base makes its own salt', () => {
  const [soda, ammonia, lime] = bases.map((base) =>
    run(neutraliser, { in: effluent, base }, { pH: 8 }),
  )
  expect(molesOf(soda?.outlets.out, 'aqueous Na+')).toBeGreaterThan(0.6)
  expect(molesOf(ammonia?.outlets.out, 'aqueous NH4+')).toBeGreaterThan(0.5)
  expect(molesOf(lime?.outlets.out, 'solid CaC2O4·H2O')).toBeGreaterThan(0.045)
  expect(molesOf(lime?.outlets.out, 'solid CaSO4·2H2O')).toBeGreaterThan(0.02)
  expect(soda?.figures?.pH?.value).toBeCloseTo(8, 8)
})

test('a higher pH drops more metal and draws more base', () => {
  const at = (pH: number) => {
    const out = run(neutraliser, { in: effluent, base: reagents.caustic }, { pH })
    return { base: out.draws?.base ?? 0, cobalt: out.figures?.Co?.value ?? 0 }
  }
  expect(at(9.5).base).toBeGreaterThan(at(7).base)
  expect(at(9.5).cobalt).toBeLessThan(0.1 * at(7).cobalt)
})

test('boron, organic carbon and salt are checked against the limits given', () => {
  const limits = { B: 5e-3, TOC: 0.5, salt: 1000 }
  const out = run(neutraliser, { in: effluent, base: reagents.caustic }, { limits })
  const codes = out.warnings?.map((w) => w.text.split(' ')[0])
  expect(codes).toEqual(['B', 'TOC'])
  expect(out.figures?.B?.value).toBeGreaterThan(5)
})

test('tank volume follows the flow', () => {
  const twice = { ...effluent, flow: effluent.flow.map((n) => 2 * n) }
  const base = reagents.caustic
  const single = sizeOf(neutraliser, { in: effluent, base })
  expect(sizeOf(neutraliser, { in: twice, base })).toBeCloseTo(2 * single, 6)
})
