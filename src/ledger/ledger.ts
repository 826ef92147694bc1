import type { ElementTable } from '../chemistry/index.ts'
import type { LedgerStore } from './store.ts'

/** A ledger: its database, and what is not pure and therefore comes in. */
export interface Ledger {
  readonly store: LedgerStore
  /** SHA-256 of UTF-8 text as 64 hex digits. */
  readonly sha256: (text: string) => string
  /** The present, ms since 1970. */
  readonly now: () => number
  /** Atomic weights, for oxide bases: `elements` of the databank. */
  readonly elements: ElementTable
}

/** Hears how far long work is; may throw to stop it. */
export type Progress = (done: number, total: number) => void
