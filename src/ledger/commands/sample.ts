import * as z from 'zod'
import { codeOf } from '../uris.ts'
import { needsOf, newLot, openCase, placeOf, settle } from './parts/case.ts'
import { defineCommand } from './parts/define.ts'
import { present } from './parts/events.ts'
import {
  commonFields,
  linesOf,
  longText,
  massField,
  newLotField,
  placeField,
  takenFields,
  weighedFields,
} from './parts/fields.ts'
import { mgOf, sumOf, take, weighed } from './parts/take.ts'
import { conserve, type Made, madeMass, transformation } from './parts/yield.ts'

const line = z.strictObject({
  lot: newLotField,
  mass: massField,
  description: longText.describe('how it was taken, what it is for').optional(),
  ...weighedFields,
})

const input = z.strictObject({
  lot: takenFields.lot.describe('code or URI of the lot that samples are taken from'),
  from: takenFields.place,
  mass: massField
    .describe('mass that leaves the lot; left out: the sum of the samples, which it must be')
    .optional(),
  samples: linesOf(line, 'the samples, each a lot of its own'),
  place: placeField.describe('place that the samples go to; left out: where the lot is').optional(),
  ...commonFields,
})

export const sample = defineCommand<z.infer<typeof input>>({
  name: 'sample',
  about: 'Samples are taken from a lot; each is a lot of kind sample, and its mass leaves the lot.',
  roles: ['operator', 'laboratory'],
  input,
  example: {
    lot: 'F-2026-0001',
    samples: [
      { lot: 'S-2026-0101', mass: '250 g', description: 'spear, both drums, for the laboratory' },
      { lot: 'S-2026-0102', mass: '250 g', description: 'kept' },
    ],
    place: 'laboratory',
    time: '2026-03-02T11:15:00+00:00',
  },
  needs: (said) => needsOf(said, { lots: [said.lot, ...said.samples.map(({ lot }) => lot)] }),
  judge: (said, known) => {
    const c = openCase('sample', said, known)
    const found = said.samples.map((one) => weighed(one))
    const mass = said.mass ?? `${sumOf(found)} mg`
    const taken = take(c, { lot: said.lot, mass, place: said.from })
    const made = said.samples.map(
      (one): Made => ({
        master: {
          ...newLot(c, one.lot),
          kind: 'sample',
          ...present({ description: one.description, sampleOf: taken?.uri }),
        },
        weighed: weighed(one),
      }),
    )
    const place = said.place === undefined ? taken?.place : placeOf(c, said.place)
    conserve(c, mgOf(mass), madeMass(made), `Samples of ${mass} in all from ${codeOf(said.lot)}.`)
    return settle(c, () =>
      taken === undefined ? [] : [transformation(c, [taken], made, { place, bizStep: 'sampling' })],
    )
  },
})
