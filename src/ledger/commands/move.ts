import * as z from 'zod'
import type { EpcisEvent } from '../epcis/event.ts'
import { lotsOf, needsOf, openCase, placeOf, settle } from './parts/case.ts'
import { defineCommand } from './parts/define.ts'
import { eventBase, fromPlace, openQuantity } from './parts/events.ts'
import { commonFields, linesOf, placeField, takenFields } from './parts/fields.ts'
import { takeAll } from './parts/take.ts'

const input = z.strictObject({
  lots: linesOf(z.strictObject(takenFields), 'the lots, and how much of each'),
  to: placeField.describe('place that they go to'),
  ...commonFields,
})

export const move = defineCommand<z.infer<typeof input>>({
  name: 'move',
  about: 'Lots, or parts of them, go from one place of the site to another.',
  roles: ['operator', 'laboratory', 'quality'],
  input,
  example: {
    lots: [{ lot: 'F-2026-0001' }, { lot: 'F-2026-0002', mass: '50 kg' }],
    to: 'store',
    time: '2026-03-02T11:45:00+00:00',
  },
  needs: (said) => needsOf(said, { lots: lotsOf(said.lots) }),
  judge: (said, known) => {
    const c = openCase('move', said, known)
    const to = placeOf(c, said.to)
    const taken = takeAll(c, said.lots)
    const places = [...new Set(taken.flatMap(({ place }) => place ?? []))]
    return settle(c, () =>
      places.map(
        (from): EpcisEvent => ({
          ...eventBase(c),
          type: 'ObjectEvent',
          action: 'OBSERVE',
          bizStep: 'storing',
          quantityList: taken.filter(({ place }) => place === from).map(openQuantity),
          readPoint: { id: to },
          bizLocation: { id: to },
          sourceList: fromPlace(from),
        }),
      ),
    )
  },
})
