import { expect, it } from 'vitest'
import { lineOf } from './events.ts'

const lot = (code: string) => `https://site.example/id/lot/${code}`

it('says events as people call them', () => {
  const time = { eventTime: '2026-03-02T09:30:00.000+00:00', type: 'ObjectEvent' }
  const mass = { type: 'gs1:Mass', value: 412.5, uom: 'KGM' }
  const quantityList = [{ epcClass: lot('F-1'), quantity: 412.5, uom: 'KGM' }]
  const bizLocation = { id: 'https://site.example/id/place/store' }
  const sensed = (sensorReport: readonly unknown[]) => [{ sensorReport }]
  expect(lineOf({ ...time, bizStep: 'receiving', quantityList, bizLocation })).toEqual({
    what: 'receiving',
    things: ['F-1 412.5\u202fkg'],
    place: 'store',
    time: '2026-03-02 09:30',
  })
  const weighing = {
    ...time,
    bizStep: 'inspecting',
    quantityList,
    sensorElementList: sensed([mass]),
  }
  expect(lineOf(weighing)).toMatchObject({ what: 'weighing', things: ['F-1 412.5\u202fkg'] })
  const results = [{ chemicalSubstance: 'Nd', value: 0.224, uom: '3H' }, { component: 'Tb' }]
  const assay = { ...time, bizStep: 'inspecting', sensorElementList: sensed(results) }
  expect(lineOf(assay)).toMatchObject({
    what: 'assay',
    things: ['Nd 22.4\u202f%', 'Tb below the limit'],
  })
  const charge = {
    type: 'TransformationEvent',
    transformationID: 'x',
    inputQuantityList: quantityList,
  }
  expect(lineOf(charge)).toMatchObject({ what: 'charge', things: ['from F-1 412.5\u202fkg'] })
  const wrong = { ...time, bizStep: 'storing', errorDeclaration: { reason: 'typo' } }
  expect(lineOf(wrong).what).toBe('declared wrong: move')
  expect(lineOf(undefined).what).toBe('')
})
