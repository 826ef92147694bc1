import * as z from 'zod'
import {
  lotsOf,
  needsOf,
  oldLot,
  openCase,
  placesThen,
  refuse,
  settle,
  placeOf,
} from './parts/case.ts'
import { defineCommand } from './parts/define.ts'
import { eventBase, massReading, own, present, quantity } from './parts/events.ts'
import { commonFields, lotField, massField, placeField, weighedFields } from './parts/fields.ts'
import { mgOf, weighed } from './parts/take.ts'
import { codeOf } from '../uris.ts'

const input = z
  .strictObject({
    lot: lotField,
    mass: massField.describe('net mass with its unit; ± its expanded uncertainty: 125.5 ± 0.2 kg'),
    gross: massField.describe('mass with the packaging').optional(),
    tare: massField.describe('mass of the packaging').optional(),
    ...weighedFields,
    place: placeField.describe('place where it is weighed; left out: where it is').optional(),
    ...commonFields,
  })
  .superRefine(({ mass, gross, tare }, context) => {
    if (gross === undefined || tare === undefined) return
    if (mgOf(gross) - mgOf(tare) === mgOf(mass)) return
    context.addIssue({
      code: 'custom',
      path: ['mass'],
      message: 'the net mass is the gross mass without the tare',
    })
  })

export const weigh = defineCommand<z.infer<typeof input>>({
  name: 'weigh',
  about: 'All that is of a lot at a place is weighed; its mass is from then on what was found.',
  roles: ['operator'],
  input,
  example: {
    lot: 'F-2026-0001',
    mass: '511.8 ± 0.3 kg',
    gross: '531.8 kg',
    tare: '20 kg',
    instrument: 'floor scale 1',
    time: '2026-03-02T11:00:00+00:00',
  },
  needs: (said) => needsOf(said, { lots: lotsOf([said]) }),
  judge: (said, known) => {
    const c = openCase('weigh', said, known)
    const state = oldLot(c, said.lot)
    const wanted = said.place === undefined ? undefined : placeOf(c, said.place)
    const there = state === undefined ? [] : Object.keys(placesThen(c, state))
    const places = there.filter((place) => wanted === undefined || place === wanted)
    const [place] = places
    if (state !== undefined && places.length !== 1) {
      const where = there.length === 0 ? 'nowhere any more' : `at ${there.map(codeOf).join(', ')}`
      const detail = `Lot ${codeOf(state.uri)} is ${where}.`
      refuse(
        c,
        'not-there',
        detail,
        'The one place at which the lot is weighed; a stock-take can find more.',
      )
    }
    const found = weighed(said)
    return settle(c, () => [
      {
        ...eventBase(c),
        type: 'ObjectEvent',
        action: 'OBSERVE',
        bizStep: 'inspecting',
        quantityList: [quantity(state?.uri ?? '', found.mg)],
        ...(place === undefined ? {} : { readPoint: { id: place } }),
        sensorElementList: massReading(found),
        ...own({
          weighing: present({
            u: found.u,
            k: found.k,
            instrument: found.instrument,
            gross: said.gross === undefined ? undefined : mgOf(said.gross),
            tare: said.tare === undefined ? undefined : mgOf(said.tare),
          }),
        }),
      },
    ])
  },
})
