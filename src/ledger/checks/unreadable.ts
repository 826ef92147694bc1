import type { LotCheck } from './check.ts'

export const unreadable: LotCheck = {
  code: 'unreadable',
  severity: 'error',
  about: 'An event says something of the lot that the ledger cannot read.',
  find: ({ part }) =>
    part.troubles.length === 0 ? undefined : part.troubles.map((one) => one.message).join('; '),
}
