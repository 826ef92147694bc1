import { expect, test } from 'vitest'
import { inputOf, molesOf } from '../../test/unitops/rig.ts'
import { delivery } from './delivery.ts'

const named = { plant: 'mine.yaml', stream: 'cake' }

test('brings its share of what the other plant sends', () => {
  const contents = { 'solid Nd2(CO3)3·8H2O': 0.1, 'aqueous H2O': 2 }
  const done = delivery.steady(inputOf(delivery, {}, { ...named, contents, share: 0.25 }))
  if (!done.ok) throw new Error(done.detail)
  const { outlets } = done
  expect(molesOf(outlets['out'], 'solid Nd2(CO3)3·8H2O')).toBeCloseTo(0.025, 15)
  expect(molesOf(outlets['out'], 'aqueous H2O')).toBeCloseTo(0.5, 15)
})

test('says why there is nothing: an unsolved plant, a species that is not known here', () => {
  const steady = (params: object) => delivery.steady(inputOf(delivery, {}, { ...named, ...params }))
  expect(steady({})).toMatchObject({ ok: false, outcome: 'infeasible', at: 'plant' })
  const unknown = steady({ contents: { 'organic D2EHPA': 1 } })
  expect(unknown).toMatchObject({ ok: false, outcome: 'out-of-domain', at: 'stream' })
})
