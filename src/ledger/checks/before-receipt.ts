import type { LotCheck } from './check.ts'

export const beforeReceipt: LotCheck = {
  code: 'before-receipt',
  severity: 'error',
  about: 'Mass of a lot is taken, moved or counted before any of it has come.',
  find({ part, before }) {
    if (before.came > 0) return undefined
    const comes = part.masses.some(
      ({ kind, mg }) => kind === 'arrive' || (kind === 'change' && (mg ?? 0) > 0),
    )
    const early = part.masses.find(({ kind, mg }) => kind !== 'change' || (mg ?? 0) < 0)
    return comes || early === undefined
      ? undefined
      : `nothing of the lot has come yet: ${early.why} is before its receipt`
  },
}
