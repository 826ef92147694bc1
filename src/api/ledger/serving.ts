import type { LedgerDoor } from './door.ts'
import type { LedgerLimits, Limiters } from './limits.ts'
import type { PasswordCosts } from './password.ts'
import type { Reports } from './reports.ts'

/** What the routes of the ledger answer from. */
export interface LedgerServing {
  readonly door: LedgerDoor
  /** Whether none but this machine reaches the server. */
  readonly isLoopback: boolean
  readonly port: () => number
  readonly limits: LedgerLimits
  readonly limiters: Limiters
  /** Reports that the pages ask again and again. */
  readonly reports: Reports
  /** Long work that is done while somebody waits. */
  readonly long: { underWay: number }
  readonly passwordCosts: PasswordCosts
}
