import type { StateCheck } from './check.ts'

export const unknownLot: StateCheck = {
  code: 'unknown-lot',
  severity: 'warning',
  about: 'Events speak of a lot that none has introduced: its kind is unknown.',
  find: ({ master }) =>
    master === undefined ? 'no event says what the lot is (kind, code)' : undefined,
}
