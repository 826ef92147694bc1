import { type ErrorCode, refusals } from '../errors.ts'

/** The responses of a route of the ledger that may be refused for these reasons beside the usual. */
export const ledgerRefusals = <const Codes extends readonly ErrorCode[]>(...codes: Codes) =>
  refusals(...codes, 'no-ledger', 'sign-in-needed', 'not-allowed', 'too-many')
