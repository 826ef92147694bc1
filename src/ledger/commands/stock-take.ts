import * as z from 'zod'
import { lotsOf, needsOf, oldLot, openCase, placeOf, settle } from './parts/case.ts'
import { defineCommand } from './parts/define.ts'
import { eventBase, quantity, weighings } from './parts/events.ts'
import {
  commonFields,
  countField,
  linesOf,
  lotField,
  placeField,
  weighedFields,
} from './parts/fields.ts'
import { weighed } from './parts/take.ts'

const line = z.strictObject({ lot: lotField, mass: countField, ...weighedFields })

const input = z.strictObject({
  place: placeField.describe('place that was counted'),
  lots: linesOf(line, 'the lots that were counted; one that is not named stays as it is'),
  ...commonFields,
})

export const stockTake = defineCommand<z.infer<typeof input>>({
  name: 'stock-take',
  about: 'What is really there of lots at a place, whatever the ledger said.',
  roles: ['operator', 'quality'],
  input,
  example: {
    place: 'receiving',
    lots: [
      { lot: 'F-2026-0001', mass: '511.2 ± 0.5 kg' },
      { lot: 'F-2026-0002', mass: '0 kg' },
    ],
    time: '2026-03-02T18:00:00+00:00',
  },
  needs: (said) => needsOf(said, { lots: lotsOf(said.lots) }),
  judge: (said, known) => {
    const c = openCase('stock-take', said, known)
    const place = placeOf(c, said.place)
    const counted = said.lots.flatMap((one) => {
      const state = oldLot(c, one.lot)
      return state === undefined ? [] : [{ uri: state.uri, weighed: weighed(one) }]
    })
    return settle(c, () => [
      {
        ...eventBase(c),
        type: 'ObjectEvent',
        action: 'OBSERVE',
        bizStep: 'stock_taking',
        quantityList: counted.map((one) => quantity(one.uri, one.weighed.mg)),
        readPoint: { id: place },
        bizLocation: { id: place },
        ...weighings(counted),
      },
    ])
  },
})
