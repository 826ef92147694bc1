import type { CampaignCheck } from './check.ts'

export const mixedCustody: CampaignCheck = {
  code: 'mixed-custody',
  severity: 'warning',
  about: 'A lot whose identity is to be preserved is charged together with lots of other origin.',
  find({ flows, lots }) {
    const charged = flows.filter(({ direction }) => direction === 'in')
    const supplierOf = (lot: string) => lots.get(lot)?.master?.supplier ?? lot
    const origins = new Set(
      charged
        .filter(({ lot }) => lots.get(lot)?.master?.kind === 'feed')
        .map((f) => supplierOf(f.lot)),
    )
    if (origins.size < 2) return []
    return charged
      .filter(({ lot }) => lots.get(lot)?.master?.custody === 'identity-preserved')
      .map((flow) => ({
        message: `charged with lots of ${origins.size - 1} other suppliers`,
        flow,
      }))
  },
}
