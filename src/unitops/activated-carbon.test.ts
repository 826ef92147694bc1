import { expect, test } from 'vitest'
import { molesOf, reagentOf, run, sizeOf, streamOf } from '../../test/unitops/rig.ts'
import { activatedCarbon, freundlichLeft } from './activated-carbon.ts'

const raffinate = streamOf({
  'aqueous H2O': 55,
  'aqueous PC88A': 2e-4,
  'organic diluent': 3e-4,
  'aqueous Na+': 0.1,
  'aqueous Cl-': 0.1,
})
const inlets = { in: raffinate, carbon: reagentOf({ 'solid C': 1 }) }
const isotherm = { capacity: 0.2, exponent: 0.4, dose: 1 }

test('what stays follows the isotherm', () => {
  const left = freundlichLeft(0.1, 1, 0.2, 0.4)
  expect(left + 0.2 * left ** 0.4).toBeCloseTo(0.1, 12)
  expect(freundlichLeft(0.1, 0, 0.2, 0.4)).toBe(0.1)
})

test('more carbon leaves less organic; it leaves with the spent carbon', () => {
  const at = (dose: number) => run(activatedCarbon, inlets, { ...isotherm, dose })
  const some = at(0.5)
  const much = at(2)
  expect(much.figures?.['organic out']?.value).toBeLessThan(
    some.figures?.['organic out']?.value ?? 0,
  )
  expect(molesOf(much.outlets.spent, 'solid adsorbed PC88A')).toBeGreaterThan(1e-4)
  expect(much.draws?.carbon).toBeCloseTo(4 * (some.draws?.carbon ?? 0), 12)
})

test('column volume follows the flow', () => {
  const twice = { ...inlets, in: { ...raffinate, flow: raffinate.flow.map((n) => 2 * n) } }
  const single = sizeOf(activatedCarbon, inlets, isotherm)
  expect(sizeOf(activatedCarbon, twice, isotherm)).toBeCloseTo(2 * single, 10)
})
