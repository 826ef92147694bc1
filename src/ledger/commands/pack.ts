import * as z from 'zod'
import { uriOf } from '../uris.ts'
import { lotsOf, needsOf, openCase, settle } from './parts/case.ts'
import { defineCommand } from './parts/define.ts'
import { eventBase, quantity } from './parts/events.ts'
import { commonFields, linesOf, packageField, takenFields } from './parts/fields.ts'
import { takeAll } from './parts/take.ts'

const input = z.strictObject({
  package: packageField.describe('code or URI of the drum, bag or pallet'),
  lots: linesOf(z.strictObject(takenFields), 'the lots that go in, and how much of each'),
  ...commonFields,
})

export const pack = defineCommand<z.infer<typeof input>>({
  name: 'pack',
  about: 'Lots, or parts of them, are put into a package; they stay where they are.',
  roles: ['operator'],
  input,
  example: {
    package: 'D-0107',
    lots: [{ lot: 'P-2026-0001', mass: '25 kg' }],
    time: '2026-03-02T12:10:00+00:00',
  },
  needs: (said) => needsOf(said, { lots: lotsOf(said.lots) }),
  judge: (said, known) => {
    const c = openCase('pack', said, known)
    const taken = takeAll(c, said.lots)
    const [first] = taken
    return settle(c, () => [
      {
        ...eventBase(c),
        type: 'AggregationEvent',
        action: 'ADD',
        bizStep: 'packing',
        parentID: uriOf(known.site, 'package', said.package),
        childQuantityList: taken.map(({ uri, mg }) => quantity(uri, mg)),
        ...(first?.place === undefined ? {} : { readPoint: { id: first.place } }),
      },
    ])
  },
})
