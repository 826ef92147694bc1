import * as z from 'zod'
import type { LotState } from '../state.ts'
import { codeOf, uriOf } from '../uris.ts'
import { lotsOf, needsOf, oldLot, openCase, refuse, settle } from './parts/case.ts'
import { defineCommand } from './parts/define.ts'
import { eventBase } from './parts/events.ts'
import { commonFields, linesOf, lotField, packageField } from './parts/fields.ts'

const input = z.strictObject({
  package: packageField,
  lots: linesOf(z.strictObject({ lot: lotField }), 'the lots that come out, all that is in it'),
  ...commonFields,
})

/** True when the last word on a lot and a package, up to a time, is that it was put in. */
function isIn(state: LotState, parent: string, time: number): boolean {
  const said = state.packings.filter((one) => one.package === parent && one.time <= time)
  return said.at(-1)?.action === 'ADD'
}

export const unpack = defineCommand<z.infer<typeof input>>({
  name: 'unpack',
  about: 'Lots come out of a package.',
  roles: ['operator'],
  input,
  example: {
    package: 'D-0100',
    lots: [{ lot: 'P-2026-0001' }],
    time: '2026-03-02T12:20:00+00:00',
  },
  needs: (said) => needsOf(said, { lots: lotsOf(said.lots) }),
  judge: (said, known) => {
    const c = openCase('unpack', said, known)
    const parent = uriOf(known.site, 'package', said.package)
    const states = said.lots.flatMap(({ lot }) => oldLot(c, lot) ?? [])
    for (const state of states) {
      if (isIn(state, parent, c.time)) continue
      const detail = `Lot ${codeOf(state.uri)} is not in package ${said.package}.`
      refuse(c, 'not-there', detail, 'A lot that was packed into it.')
    }
    return settle(c, () => [
      {
        ...eventBase(c),
        type: 'AggregationEvent',
        action: 'DELETE',
        bizStep: 'unpacking',
        parentID: parent,
        childQuantityList: states.map(({ uri }) => ({ epcClass: uri })),
      },
    ])
  },
})
