import { type ErrorCode, refusals } from '../errors.ts'

/** The responses of a route of the ledger: refusals for these reasons, and the usual ones. */
export const ledgerRefusals = <const Codes extends readonly ErrorCode[]>(...codes: Codes) =>
  refusals(...codes, 'no-ledger', 'sign-in-needed', 'not-allowed', 'too-many')
