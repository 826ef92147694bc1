import * as z from 'zod'
import { lotsOf, needsOf, openCase, settle } from './parts/case.ts'
import { defineCommand } from './parts/define.ts'
import {
  eventBase,
  fromPlace,
  fromPlaces,
  own,
  present,
  quantity,
  weighings,
} from './parts/events.ts'
import { commonFields, linesOf, longText, takenFields, weighedFields } from './parts/fields.ts'
import { takeAll } from './parts/take.ts'

const input = z.strictObject({
  lots: linesOf(
    z.strictObject({ ...takenFields, ...weighedFields }),
    'the lots, and how much of each',
  ),
  how: z
    .enum(['disposed', 'destroyed'])
    .describe('disposed: went to waste or a sewer; destroyed: is no more (an analysis, a spill)'),
  reason: longText.describe('why').optional(),
  ...commonFields,
})

export const scrap = defineCommand<z.infer<typeof input>>({
  name: 'scrap',
  about: 'Lots, or parts of them, are thrown away, used up or lost.',
  roles: ['operator', 'laboratory', 'quality'],
  input,
  example: {
    lots: [{ lot: 'R-2026-0001', mass: '80 kg' }],
    how: 'disposed',
    reason: 'iron cake to landfill, note W-552',
    time: '2026-03-02T17:00:00+00:00',
  },
  needs: (said) => needsOf(said, { lots: lotsOf(said.lots) }),
  judge: (said, known) => {
    const c = openCase('scrap', said, known)
    const taken = takeAll(c, said.lots)
    const places = [...new Set(taken.flatMap(({ place }) => place ?? []))]
    const [from] = places
    return settle(c, () => [
      {
        ...eventBase(c),
        type: 'ObjectEvent',
        action: 'DELETE',
        bizStep: 'destroying',
        disposition: said.how,
        quantityList: taken.map(({ uri, mg }) => quantity(uri, mg)),
        ...(from === undefined ? {} : { readPoint: { id: from } }),
        ...(places.length === 1 ? { sourceList: places.flatMap(fromPlace) } : {}),
        ...fromPlaces(taken),
        ...weighings(taken),
        ...own(present({ reason: said.reason })),
      },
    ])
  },
})
