import type { CampaignCheck } from './check.ts'

export const drawnFromNothing: CampaignCheck = {
  code: 'drawn-from-nothing',
  severity: 'error',
  about: 'A lot is drawn from a campaign into which nothing had been charged.',
  find({ flows }) {
    const first = flows.find(({ direction }) => direction === 'in')?.time ?? Infinity
    return flows
      .filter(({ direction, time }) => direction === 'out' && time < first)
      .map((flow) => ({ message: 'nothing had been charged yet', flow }))
  },
}
