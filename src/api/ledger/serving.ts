import type { LedgerDoor } from './door.ts'
import type { LedgerLimits, Limiters } from './limits.ts'
import type { PasswordCosts } from './password.ts'

/** What the routes of the ledger answer from. */
export interface LedgerServing {
  readonly door: LedgerDoor
  /** Whether none but this machine reaches the server. */
  readonly isLoopback: boolean
  readonly port: () => number
  readonly limits: LedgerLimits
  readonly limiters: Limiters
  readonly passwordCosts: PasswordCosts
}
