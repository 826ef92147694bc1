import * as z from 'zod'
import type { EpcisEvent } from '../epcis/event.ts'
import { sourceClasses } from '../lot.ts'
import { codeOf, uriOf } from '../uris.ts'
import { type Case, lotsOf, needsOf, openCase, partyOf, refuse, settle } from './parts/case.ts'
import { defineCommand } from './parts/define.ts'
import { eventBase, fromPlace, fromPlaces, own, quantity, weighings } from './parts/events.ts'
import {
  commonFields,
  documentField,
  linesOf,
  massField,
  partyField,
  shortText,
  takenFields,
  weighedFields,
} from './parts/fields.ts'
import { mgOf, type Taken, takeAll } from './parts/take.ts'

const claim = z.strictObject({
  element: z
    .string()
    .regex(/^[A-Z][a-z]?$/, 'is no symbol of an element')
    .describe('element'),
  class: z.enum(sourceClasses).describe('what it is claimed to be'),
  mass: massField.describe('mass of the element that is claimed'),
  model: z
    .enum(['mass-balance-rolling-average', 'mass-balance-credits'])
    .describe('account that the claim is spent from'),
})

const line = z.strictObject({
  ...takenFields,
  ...weighedFields,
  claims: z
    .array(claim)
    .max(50)
    .describe('what is said of it to the customer by mass balance; spends what the account earned')
    .optional(),
})

const input = z.strictObject({
  lots: linesOf(line, 'the lots, and how much of each'),
  to: partyField.describe('code or URI of who gets it'),
  order: documentField.describe("the customer's order: number or URI").optional(),
  delivery: documentField.describe('our delivery note: number or URI').optional(),
  carrier: shortText.describe('who carries it').optional(),
  ...commonFields,
})

/** Refuses a product that quality has not released by then, and anything that it has blocked. */
function beReleased(c: Case, { state }: Taken): void {
  const decisions = (state.releases ?? []).filter(({ time }) => time <= c.time)
  const last = decisions.at(-1)
  const code = codeOf(state.uri)
  if (last?.isConformant === false) {
    const detail = `Quality has blocked lot ${code}.`
    refuse(c, 'not-released', detail, 'A lot that quality has released.')
  } else if (last === undefined && state.master?.kind === 'product') {
    const detail = `Lot ${code} is a product that quality has not released.`
    refuse(c, 'not-released', detail, 'A release by quality first.')
  }
}

export const ship = defineCommand<z.infer<typeof input>>({
  name: 'ship',
  about: 'Lots, or parts of them, leave to a customer. A product must have been released before.',
  roles: ['operator', 'quality'],
  input,
  example: {
    lots: [{ lot: 'P-2026-0003', mass: '20 kg' }],
    to: 'magnet-maker',
    order: 'PO-7781',
    carrier: 'road',
    time: '2026-03-02T16:00:00+00:00',
  },
  needs: (said) => needsOf(said, { lots: lotsOf(said.lots) }),
  judge: (said, known) => {
    const c = openCase('ship', said, known)
    const taken = takeAll(c, said.lots)
    for (const one of taken) beReleased(c, one)
    const { site } = known
    const claims = said.lots.flatMap(({ lot, claims: some = [] }) =>
      some.map(({ element, class: source, mass, model }) => ({
        lot: taken.find(({ state }) => state === known.lots.get(lot))?.uri ?? lot,
        element,
        class: source,
        mg: mgOf(mass),
        model,
      })),
    )
    return settle(c, () => {
      const order =
        said.order === undefined
          ? []
          : [{ type: 'po', bizTransaction: uriOf(site, 'order', said.order) }]
      const delivery =
        said.delivery === undefined
          ? []
          : [{ type: 'desadv', bizTransaction: uriOf(site, 'document', said.delivery) }]
      const documents = [...order, ...delivery]
      const places = [...new Set(taken.flatMap(({ place }) => place ?? []))]
      const quantityList = taken.map(({ uri, mg }) => quantity(uri, mg))
      const [from] = places
      const shipping: EpcisEvent = {
        ...eventBase(c),
        type: 'ObjectEvent',
        action: 'OBSERVE',
        bizStep: 'shipping',
        disposition: 'in_transit',
        quantityList,
        ...(from === undefined ? {} : { readPoint: { id: from } }),
        ...(places.length === 1 ? { sourceList: places.flatMap(fromPlace) } : {}),
        destinationList: [{ type: 'owning_party', destination: partyOf(c, said.to) }],
        ...(documents.length === 0 ? {} : { bizTransactionList: documents }),
        ...fromPlaces(taken),
        ...weighings(taken),
        ...(said.carrier === undefined ? {} : own({ carrier: said.carrier })),
        ...(claims.length === 0 ? {} : own({ claims })),
      }
      if (order.length === 0) return [shipping]
      const ordered: EpcisEvent = {
        ...eventBase(c),
        type: 'TransactionEvent',
        action: 'ADD',
        bizStep: 'shipping',
        bizTransactionList: order,
        quantityList,
      }
      return [shipping, ordered]
    })
  },
})
