import * as z from 'zod'
import { massText } from '../mass.ts'
import type { LotState } from '../state.ts'
import { codeOf, uriOf } from '../uris.ts'
import {
  type Case,
  lotsOf,
  needsOf,
  oldLot,
  openCase,
  partyOf,
  placeOf,
  refuse,
  settle,
} from './parts/case.ts'
import { defineCommand } from './parts/define.ts'
import { eventBase, own, present, quantity, weighings } from './parts/events.ts'
import {
  commonFields,
  documentField,
  linesOf,
  longText,
  lotField,
  massField,
  partyField,
  placeField,
  weighedFields,
} from './parts/fields.ts'
import { weighed } from './parts/take.ts'

const line = z.strictObject({ lot: lotField, mass: massField, ...weighedFields })

const input = z.strictObject({
  lots: linesOf(line, 'the lots, and how much of each came back'),
  from: partyField.describe('code or URI of who sends it back'),
  place: placeField.describe('place where it stands now'),
  order: documentField.describe('the order that it was shipped for: number or URI').optional(),
  reason: longText.describe('why it came back').optional(),
  ...commonFields,
})

/** What of a lot is with customers at the time of the command, mg. */
function outside(c: Case, state: LotState): number {
  return state.shipments
    .filter(({ time }) => time <= c.time)
    .reduce((sum, { direction, mg }) => sum + (direction === 'out' ? mg : -mg), 0)
}

function beOutside(c: Case, state: LotState, mg: number): void {
  const out = outside(c, state)
  const code = codeOf(state.uri)
  if (out <= 0) {
    const detail = `Nothing of lot ${code} is with a customer.`
    refuse(c, 'not-there', detail, 'A lot that was shipped; receive what comes in new.')
  } else if (mg > out) {
    const detail = `${massText(mg)} of lot ${code} comes back, and ${massText(out)} was shipped.`
    refuse(c, 'not-enough', detail, `At most ${massText(out)}.`)
  }
}

export const returnLots = defineCommand<z.infer<typeof input>>({
  name: 'return',
  about: 'What was shipped comes back from a customer.',
  roles: ['operator', 'quality'],
  input,
  example: {
    lots: [{ lot: 'P-2026-0004', mass: '10 kg' }],
    from: 'magnet-maker',
    place: 'quarantine',
    reason: 'drum damaged',
    time: '2026-03-02T16:30:00+00:00',
  },
  needs: (said) => needsOf(said, { lots: lotsOf(said.lots) }),
  judge: (said, known) => {
    const c = openCase('return', said, known)
    const place = placeOf(c, said.place)
    const back = said.lots.flatMap((one) => {
      const state = oldLot(c, one.lot)
      if (state === undefined) return []
      const found = weighed(one)
      beOutside(c, state, found.mg)
      return [{ uri: state.uri, weighed: found }]
    })
    return settle(c, () => [
      {
        ...eventBase(c),
        type: 'ObjectEvent',
        action: 'OBSERVE',
        bizStep: 'receiving',
        disposition: 'returned',
        quantityList: back.map((one) => quantity(one.uri, one.weighed.mg)),
        readPoint: { id: place },
        bizLocation: { id: place },
        sourceList: [{ type: 'owning_party', source: partyOf(c, said.from) }],
        ...(said.order === undefined
          ? {}
          : {
              bizTransactionList: [
                { type: 'po', bizTransaction: uriOf(known.site, 'order', said.order) },
              ],
            }),
        ...weighings(back),
        ...own(present({ reason: said.reason })),
      },
    ])
  },
})
