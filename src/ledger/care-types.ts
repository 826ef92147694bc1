import type { Custody, OriginReport, RecycledShare } from './account-types.ts'
import type { Composition } from './composition.ts'
import type { LotState, Movement } from './state.ts'

/** The first record of the log that is not as it was written. */
export interface Fault {
  readonly seq: number
  readonly key?: string
  /**
   * changed: the content is not what its hash says; missing: a number of the sequence is not
   * there, or the log is shorter than it was; out-of-place: its link to the record before is
   * broken; head-differs: all is sound, yet the hash is not the one that was given.
   */
  readonly kind: 'changed' | 'missing' | 'out-of-place' | 'head-differs'
  readonly message: string
}

export interface VerifyReport {
  readonly isSound: boolean
  /** Records looked at. */
  readonly records: number
  readonly head: { readonly seq: number; readonly hash: string }
  readonly fault?: Fault
  /** When derived tables were compared: lots that differ from what the log says, at most 100. */
  readonly derived?: {
    readonly isSame: boolean
    readonly lots: number
    readonly differing: readonly string[]
  }
}

/** Something of a shipped lot that changed after it had left. */
export interface Flag {
  readonly lot: string
  readonly code: string
  readonly shipment: { readonly event: string; readonly time: number; readonly party?: string }
  readonly changes: readonly {
    /** The event that was declared wrong, or that came later. */
    readonly event: string
    readonly kind: 'declared-wrong' | 'corrected' | 'assayed-later' | 'recorded-later'
    /** The lot that it was said of: this one or one that it came from. */
    readonly of: string
    /** When it was declared wrong and corrected, or analysed. */
    readonly time: number
  }[]
}

/** One event in the history of a lot. */
export interface LotEvent {
  readonly id: string
  readonly seq: number
  readonly time: number
  readonly recordTime: number
  readonly type: string
  readonly step?: string
  readonly by: string
  /** Declared wrong. */
  readonly isVoid: boolean
  /** Is itself the declaration that an event was wrong. */
  readonly isDeclaration: boolean
}

/** Everything there is to say of one lot. */
export interface LotView {
  readonly lot: LotState
  readonly composition: Composition
  readonly recycled: RecycledShare
  readonly origin: OriginReport
  readonly custody: Custody
  /** The newest last; at most 1,000. */
  readonly movements: readonly Movement[]
  readonly events: readonly LotEvent[]
  /** What it was made from and what was made of it in one step: lots, with mg. */
  readonly parents: readonly Relative[]
  readonly children: readonly Relative[]
  readonly flags: readonly Flag[]
}

export interface Relative {
  readonly lot: string
  readonly code: string
  /** Campaign, or event ID of the transformation. */
  readonly through: string
  readonly mg: number
  readonly time: number
}
