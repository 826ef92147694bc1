import * as z from 'zod'
import { codeOf } from '../uris.ts'
import { lotsOf, needsOf, oldLot, openCase, refuse, settle } from './parts/case.ts'
import { defineCommand } from './parts/define.ts'
import { eventBase, own, present } from './parts/events.ts'
import { commonFields, linesOf, longText, lotField, shortText } from './parts/fields.ts'

const input = z.strictObject({
  lots: linesOf(z.strictObject({ lot: lotField }), 'the lots'),
  decision: z
    .enum(['released', 'blocked'])
    .describe('released: may be shipped; blocked: may not, whatever was said before'),
  specification: shortText.describe('what it was judged by').optional(),
  reason: longText.describe('why').optional(),
  ...commonFields,
})

export const release = defineCommand<z.infer<typeof input>>({
  name: 'release',
  about: 'Quality lets lots go, or blocks them. A product is shipped only after its release.',
  roles: ['quality'],
  input,
  example: {
    lots: [{ lot: 'P-2026-0001' }],
    decision: 'released',
    specification: 'didymium-99.5',
    time: '2026-03-02T15:30:00+00:00',
  },
  needs: (said) => needsOf(said, { lots: lotsOf(said.lots) }),
  judge: (said, known) => {
    const c = openCase('release', said, known)
    const states = said.lots.flatMap(({ lot }) => oldLot(c, lot) ?? [])
    for (const state of states) {
      const isGone = state.mg === 0 && state.shipments.at(-1)?.direction === 'out'
      if (said.decision === 'blocked' || !isGone) continue
      const detail = `All that there was of lot ${codeOf(state.uri)} has been shipped.`
      refuse(c, 'already-shipped', detail, 'A lot of which something is here; block it to warn.')
    }
    return settle(c, () => [
      {
        ...eventBase(c),
        type: 'ObjectEvent',
        action: 'OBSERVE',
        bizStep: 'inspecting',
        disposition: said.decision === 'released' ? 'conformant' : 'non_conformant',
        quantityList: states.map(({ uri }) => ({ epcClass: uri })),
        ...own({
          release: present({ specification: said.specification, reason: said.reason }),
        }),
      },
    ])
  },
})
