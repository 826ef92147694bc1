import type { CampaignCheck } from './check.ts'

export const outsideCampaign: CampaignCheck = {
  code: 'outside-campaign',
  severity: 'error',
  about: 'A lot goes into or comes out of a campaign before its start or after its end.',
  find: ({ campaign, flows }) =>
    flows.flatMap((flow) => {
      const word = flow.direction === 'in' ? 'charged' : 'drawn'
      if (flow.time < campaign.start) return [{ message: `${word} before the start`, flow }]
      const isLate = flow.time > (campaign.end ?? Infinity)
      return isLate ? [{ message: `${word} after the end`, flow }] : []
    }),
}
