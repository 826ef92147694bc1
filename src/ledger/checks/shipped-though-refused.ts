import type { LotCheck } from './check.ts'

export const shippedThoughRefused: LotCheck = {
  code: 'shipped-though-refused',
  severity: 'error',
  about: 'A lot is shipped that quality has refused.',
  find({ part, before }) {
    if (!part.shipments.some(({ direction }) => direction === 'out')) return undefined
    return before.releases.at(-1)?.isConformant === false
      ? 'quality had set the lot non-conformant'
      : undefined
  },
}
