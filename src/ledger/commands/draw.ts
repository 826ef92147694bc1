import * as z from 'zod'
import {
  at,
  type Case,
  lotsOf,
  needsOf,
  newLot,
  openCase,
  placeOf,
  refuse,
  runningCampaign,
  settle,
} from './parts/case.ts'
import type { Campaign } from '../lot.ts'
import { defineCommand } from './parts/define.ts'
import { eventBase, ilmdOfAll, quantity, saidOf, weighings } from './parts/events.ts'
import {
  aboutLot,
  campaignField,
  commonFields,
  kindField,
  linesOf,
  massField,
  newLotField,
  placeField,
  weighedFields,
} from './parts/fields.ts'
import { type Made } from './parts/yield.ts'
import { weighed } from './parts/take.ts'

const { sources: _, origin: __, ...about } = aboutLot

const line = z.strictObject({
  lot: newLotField,
  mass: massField,
  kind: kindField(['product', 'by-product', 'intermediate', 'residue', 'effluent', 'hold-up']),
  ...about,
  ...weighedFields,
})

const input = z.strictObject({
  campaign: campaignField,
  lots: linesOf(line, 'the new lots that come out'),
  place: placeField.describe('place that they go to; left out: where the campaign runs').optional(),
  ...commonFields,
})

/** Refuses a draw from a campaign into which nothing has gone yet. */
function beCharged(c: Case, campaign: Campaign): void {
  const flows = c.known.flows?.get(campaign.uri) ?? []
  if (flows.some(({ direction, time }) => direction === 'in' && time < c.time)) return
  const detail = `Nothing had been charged into campaign ${campaign.code} at ${at(c)}.`
  refuse(c, 'not-enough', detail, 'A charge before the draw.')
}

export const draw = defineCommand<z.infer<typeof input>>({
  name: 'draw',
  about: 'New lots come out of a campaign: products, by-products, residues, effluents, hold-up.',
  roles: ['operator'],
  input,
  example: {
    campaign: 'C-2026-01',
    lots: [
      { lot: 'P-2026-0002', mass: '35.2 ± 0.02 kg', kind: 'product', product: 'didymium' },
      { lot: 'R-2026-0002', mass: '128 kg', kind: 'residue', description: 'iron cake, wet' },
    ],
    place: 'store',
    time: '2026-03-02T13:30:00+00:00',
  },
  needs: (said) =>
    needsOf(said, { lots: lotsOf(said.lots), campaigns: [said.campaign], flows: true }),
  judge: (said, known) => {
    const c = openCase('draw', said, known)
    const campaign = runningCampaign(c, said.campaign)
    if (campaign !== undefined) beCharged(c, campaign)
    const place = said.place === undefined ? campaign?.place : placeOf(c, said.place)
    const made = said.lots.map(
      (one): Made => ({
        master: { ...newLot(c, one.lot), kind: one.kind, ...saidOf(c, one) },
        weighed: weighed(one),
      }),
    )
    return settle(c, () => [
      {
        ...eventBase(c),
        type: 'TransformationEvent',
        transformationID: campaign?.uri ?? '',
        bizStep: 'creating_class_instance',
        disposition: 'in_progress',
        outputQuantityList: made.map(({ master, weighed: { mg } }) => quantity(master.uri, mg)),
        ...(campaign === undefined ? {} : { readPoint: { id: campaign.place } }),
        ...(place === undefined ? {} : { bizLocation: { id: place } }),
        ilmd: ilmdOfAll(made.map(({ master }) => master)),
        ...weighings(made.map((one) => ({ uri: one.master.uri, weighed: one.weighed }))),
      },
    ])
  },
})
