import type { CampaignCheck } from './check.ts'

export const unknownCampaign: CampaignCheck = {
  code: 'unknown-campaign',
  severity: 'warning',
  about: 'Lots go into or come out of a campaign that no event starts.',
  find: ({ campaign, flows }) =>
    campaign === undefined
      ? flows.slice(0, 1).map((flow) => ({ message: 'no event starts the campaign', flow }))
      : [],
}
