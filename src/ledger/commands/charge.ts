import * as z from 'zod'
import { lotsOf, needsOf, openCase, runningCampaign, settle } from './parts/case.ts'
import { defineCommand } from './parts/define.ts'
import { eventBase, fromPlace, fromPlaces, quantity, weighings } from './parts/events.ts'
import { campaignField, commonFields, linesOf, takenFields, weighedFields } from './parts/fields.ts'
import { takeAll } from './parts/take.ts'

const line = z.strictObject({ ...takenFields, ...weighedFields })

const input = z.strictObject({
  campaign: campaignField,
  lots: linesOf(line, 'the lots that go in, and how much of each'),
  ...commonFields,
})

export const charge = defineCommand<z.infer<typeof input>>({
  name: 'charge',
  about: 'Lots, or parts of them, go into a campaign.',
  roles: ['operator'],
  input,
  example: {
    campaign: 'C-2026-01',
    lots: [{ lot: 'F-2026-0001', mass: '200 ± 0.2 kg', instrument: 'hopper scale' }],
    time: '2026-03-02T11:30:00+00:00',
  },
  needs: (said) => needsOf(said, { lots: lotsOf(said.lots), campaigns: [said.campaign] }),
  judge: (said, known) => {
    const c = openCase('charge', said, known)
    const campaign = runningCampaign(c, said.campaign)
    const taken = takeAll(c, said.lots)
    const places = new Set(taken.flatMap(({ place }) => place ?? []))
    return settle(c, () => [
      {
        ...eventBase(c),
        type: 'TransformationEvent',
        transformationID: campaign?.uri ?? '',
        inputQuantityList: taken.map(({ uri, mg }) => quantity(uri, mg)),
        ...(campaign === undefined ? {} : { readPoint: { id: campaign.place } }),
        ...(places.size === 1 ? { sourceList: [...places].flatMap(fromPlace) } : {}),
        ...fromPlaces(taken),
        ...weighings(taken),
      },
    ])
  },
})
