import * as z from 'zod'
import { codeOf, uriOf } from '../uris.ts'
import { at, needsOf, openCase, placeOf, refuse, settle } from './parts/case.ts'
import { defineCommand } from './parts/define.ts'
import { eventBase, own, present } from './parts/events.ts'
import { campaignField, commonFields, longText, placeField, shortText } from './parts/fields.ts'

const input = z.strictObject({
  campaign: campaignField.describe('code for the new campaign, or a URI'),
  place: placeField.describe('place where it runs'),
  plant: shortText.describe('name of the plant file that it is run by').optional(),
  plantHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'is no SHA-256 in hex')
    .describe('SHA-256, hex, of the text of the plant file')
    .optional(),
  description: longText.describe('what it is for').optional(),
  ...commonFields,
})

export const startCampaign = defineCommand<z.infer<typeof input>>({
  name: 'start-campaign',
  about: 'A run of the plant, or of a part of it, begins: charges and draws name it.',
  roles: ['operator'],
  input,
  example: {
    campaign: 'C-2026-02',
    place: 'sx1',
    plant: 'belfast-demonstration',
    description: 'swarf of February',
    time: '2026-03-02T13:00:00+00:00',
  },
  needs: (said) => needsOf(said, { campaigns: [said.campaign] }),
  judge: (said, known) => {
    const c = openCase('start-campaign', said, known)
    const old = known.campaigns.get(said.campaign)
    if (old !== undefined) {
      const detail = `Campaign ${old.code} was started at ${at(c, old.start)}.`
      refuse(c, 'already-exists', detail, 'A code that no campaign has yet.')
    }
    const place = placeOf(c, said.place)
    return settle(c, () => [
      {
        ...eventBase(c),
        type: 'ObjectEvent',
        action: 'ADD',
        bizStep: 'commissioning',
        disposition: 'active',
        epcList: [uriOf(known.site, 'campaign', said.campaign)],
        readPoint: { id: place },
        bizLocation: { id: place },
        ...own({
          campaign: {
            code: codeOf(said.campaign),
            ...present({
              plant: said.plant,
              plantHash: said.plantHash,
              description: said.description,
            }),
          },
        }),
      },
    ])
  },
})
