import * as z from 'zod'
import { massText } from '../mass.ts'
import { needsOf, newLot, openCase, placeOf, settle } from './parts/case.ts'
import { defineCommand } from './parts/define.ts'
import { present } from './parts/events.ts'
import {
  aboutLot,
  commonFields,
  linesOf,
  massField,
  newLotField,
  placeField,
  takenFields,
  weighedFields,
} from './parts/fields.ts'
import { take, weighed } from './parts/take.ts'
import { conserve, type Made, madeMass, transformation } from './parts/yield.ts'

const line = z.strictObject({
  lot: newLotField,
  mass: massField,
  description: aboutLot.description,
  ...weighedFields,
})

const input = z.strictObject({
  lot: takenFields.lot.describe('code or URI of the lot that is split'),
  from: takenFields.place,
  mass: takenFields.mass.describe('mass of it that is split; left out: all that is there'),
  parts: linesOf(line, 'the new lots; their masses add up to what is split'),
  place: placeField.describe('place of the new lots; left out: where the lot is').optional(),
  ...commonFields,
})

export const split = defineCommand<z.infer<typeof input>>({
  name: 'split',
  about: 'A lot, or a part of it, becomes several lots of the same stuff.',
  roles: ['operator'],
  input,
  example: {
    lot: 'P-2026-0001',
    parts: [
      { lot: 'P-2026-0001-A', mass: '40 kg' },
      { lot: 'P-2026-0001-B', mass: '20 kg' },
    ],
    time: '2026-03-02T12:00:00+00:00',
  },
  needs: (said) => needsOf(said, { lots: [said.lot, ...said.parts.map(({ lot }) => lot)] }),
  judge: (said, known) => {
    const c = openCase('split', said, known)
    const taken = take(c, { lot: said.lot, mass: said.mass, place: said.from })
    const parent = taken?.state.master
    const made = said.parts.map(
      (one): Made => ({
        master: {
          ...newLot(c, one.lot),
          kind: parent?.kind ?? 'intermediate',
          ...present({
            product: parent?.product,
            grade: parent?.grade,
            description: one.description ?? parent?.description,
            owner: parent?.owner,
            custody: parent?.custody,
            sampleOf: parent?.sampleOf,
          }),
        },
        weighed: weighed(one),
      }),
    )
    const place = said.place === undefined ? taken?.place : placeOf(c, said.place)
    if (taken !== undefined) {
      conserve(
        c,
        taken.mg,
        madeMass(made),
        `Parts of ${massText(taken.mg)} in all; what was lost is scrapped or weighed off first.`,
      )
    }
    return settle(c, () =>
      taken === undefined
        ? []
        : [transformation(c, [taken], made, { place, bizStep: 'disassembling' })],
    )
  },
})
