import * as z from 'zod'
import type { EpcisEvent } from '../epcis/event.ts'
import { lotsOf, needsOf, newLot, openCase, partyOf, placeOf, settle } from './parts/case.ts'
import { defineCommand } from './parts/define.ts'
import { eventBase, ilmdOf, massReading, own, present, quantity, saidOf } from './parts/events.ts'
import {
  aboutLot,
  commonFields,
  documentField,
  kindField,
  massField,
  newLotField,
  partyField,
  placeField,
  weighedFields,
} from './parts/fields.ts'
import { weighed } from './parts/take.ts'
import { uriOf } from '../uris.ts'

const input = z.strictObject({
  lot: newLotField,
  mass: massField,
  place: placeField.describe('place where it stands now'),
  kind: kindField(['feed', 'reagent', 'intermediate', 'product', 'by-product', 'residue'])
    .describe('what kind of lot it is; feed if left out')
    .optional(),
  supplier: partyField.describe('code or URI of who delivered it').optional(),
  ...aboutLot,
  delivery: documentField.describe('delivery note: number or URI').optional(),
  purchaseOrder: documentField.describe('purchase order: number or URI').optional(),
  ...weighedFields,
  ...commonFields,
})

export const receive = defineCommand<z.infer<typeof input>>({
  name: 'receive',
  about: 'A lot arrives: feed, or anything else that comes in from outside.',
  roles: ['operator'],
  input,
  example: {
    lot: 'F-2026-0017',
    mass: '412.5 ± 0.4 kg',
    place: 'receiving',
    supplier: 'lagan-recycling',
    product: 'NdFeB swarf',
    description: 'Grinding swarf, wet, 2 drums',
    sources: [{ class: 'pre-consumer', share: '100 %' }],
    origin: [{ step: 'collected', country: 'GB' }],
    custody: 'controlled-blending',
    delivery: 'DN-10443',
    instrument: 'floor scale 1',
    time: '2026-03-02T09:30:00+00:00',
  },
  needs: (said) => needsOf(said, { lots: lotsOf([said]) }),
  judge: (said, known) => {
    const c = openCase('receive', said, known)
    const { uri, code } = newLot(c, said.lot)
    const place = placeOf(c, said.place)
    const found = weighed(said)
    return settle(c, () => {
      const { site } = known
      const documents = [
        { type: 'desadv', id: said.delivery },
        { type: 'po', id: said.purchaseOrder },
      ].flatMap(({ type, id }) =>
        id === undefined ? [] : [{ type, bizTransaction: uriOf(site, 'document', id) }],
      )
      const event: EpcisEvent = {
        ...eventBase(c),
        type: 'ObjectEvent',
        action: 'ADD',
        bizStep: 'receiving',
        disposition: 'in_progress',
        quantityList: [quantity(uri, found.mg)],
        readPoint: { id: place },
        bizLocation: { id: place },
        ilmd: ilmdOf({ uri, code, kind: said.kind ?? 'feed', ...saidOf(c, said) }),
        sensorElementList: massReading(found),
        ...own({ weighing: present({ u: found.u, k: found.k, instrument: found.instrument }) }),
        ...(said.supplier === undefined
          ? {}
          : { sourceList: [{ type: 'owning_party', source: partyOf(c, said.supplier) }] }),
        ...(documents.length === 0 ? {} : { bizTransactionList: documents }),
      }
      return [event]
    })
  },
})
