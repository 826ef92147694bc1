import type { LedgerDoor } from './door.ts'
import type { LedgerLimits, Limiters } from './limits.ts'
import type { OneAtATime } from './one-at-a-time.ts'
import type { PasswordCosts } from './password.ts'
import type { KnownPlants } from './plants.ts'
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
  /** Plant files that campaigns are held against. */
  readonly plants: KnownPlants
  /** Long work that is done while somebody waits. */
  readonly long: { underWay: number }
  /** Changes of accounts: two at once might leave nobody to administer. */
  readonly changing: OneAtATime
  readonly passwordCosts: PasswordCosts
}
