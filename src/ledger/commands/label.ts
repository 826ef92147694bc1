import * as z from 'zod'
import { lotsOf, needsOf, oldLot, openCase, settle } from './parts/case.ts'
import { defineCommand } from './parts/define.ts'
import { eventBase, own } from './parts/events.ts'
import { commonFields, linesOf, lotField } from './parts/fields.ts'

const input = z.strictObject({
  lots: linesOf(z.strictObject({ lot: lotField }), 'the lots'),
  copies: z.number().int().min(1).max(1000).describe('labels of each; 1 if left out').optional(),
  ...commonFields,
})

export const label = defineCommand<z.infer<typeof input>>({
  name: 'label',
  about: 'Labels were written and put on lots.',
  roles: ['operator', 'laboratory'],
  input,
  example: { lots: [{ lot: 'F-2026-0001' }], copies: 2, time: '2026-03-02T11:05:00+00:00' },
  needs: (said) => needsOf(said, { lots: lotsOf(said.lots) }),
  judge: (said, known) => {
    const c = openCase('label', said, known)
    const states = said.lots.flatMap(({ lot }) => oldLot(c, lot) ?? [])
    return settle(c, () => [
      {
        ...eventBase(c),
        type: 'ObjectEvent',
        action: 'OBSERVE',
        bizStep: 'encoding',
        quantityList: states.map(({ uri }) => ({ epcClass: uri })),
        ...own({ label: { copies: said.copies ?? 1 } }),
      },
    ])
  },
})
