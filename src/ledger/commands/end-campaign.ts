import * as z from 'zod'
import { at, needsOf, openCase, refuse, runningCampaign, settle } from './parts/case.ts'
import { defineCommand } from './parts/define.ts'
import { eventBase, own } from './parts/events.ts'
import { campaignField, commonFields } from './parts/fields.ts'

const input = z.strictObject({ campaign: campaignField, ...commonFields })

export const endCampaign = defineCommand<z.infer<typeof input>>({
  name: 'end-campaign',
  about:
    'A campaign ends. What is still in the circuit is drawn before as lots of kind hold-up, and ' +
    'charged into the next campaign.',
  roles: ['operator'],
  input,
  example: { campaign: 'C-2026-01', time: '2026-03-02T14:00:00+00:00' },
  needs: (said) => needsOf(said, { campaigns: [said.campaign], flows: true }),
  judge: (said, known) => {
    const c = openCase('end-campaign', said, known)
    const campaign = runningCampaign(c, said.campaign)
    const last = Math.max(...(known.flows?.get(campaign?.uri ?? '') ?? []).map((flow) => flow.time))
    if (campaign !== undefined && last > c.time) {
      const detail = `A lot was charged or drawn at ${at(c, last)}, after ${at(c)}.`
      refuse(c, 'would-break-later-events', detail, `A time after ${at(c, last)}.`)
    }
    return settle(c, () => [
      {
        ...eventBase(c),
        type: 'ObjectEvent',
        action: 'DELETE',
        bizStep: 'decommissioning',
        disposition: 'inactive',
        epcList: [campaign?.uri ?? ''],
        ...(campaign === undefined
          ? {}
          : {
              readPoint: { id: campaign.place },
              ...own({ campaign: { code: campaign.code } }),
            }),
      },
    ])
  },
})
