/**
 * What the ledger asks of a database. `src/store` answers it for SQLite and for PostgreSQL; it
 * keeps and returns records and knows no rule. All times are milliseconds since 1970, all masses
 * whole milligrams.
 */
import type { Flow } from './effects.ts'
import type { EpcisEvent, Json } from './epcis/event.ts'
import type { Campaign } from './lot.ts'
import type { LedgerFinding, LotState, Movement } from './state.ts'

/** An event on its way into the log. */
export interface NewRecord {
  /** Event ID; for an error declaration the ID of what it declares wrong, a space, and its time. */
  readonly key: string
  /** SHA-256, hex, of the canonical content: the same key with another one is refused. */
  readonly contentHash: string
  /** Without recordTime. */
  readonly event: EpcisEvent
  /** The event as JSON, in the form that was hashed, where there is one: kept as it is. */
  readonly text?: string
  /** What gives the event's prefixes their meaning: namespaces beyond GS1's. */
  readonly context: Json
  /** Account that captured it. */
  readonly by: string
}

export interface StoredEvent extends NewRecord {
  /** 1, 2, 3 ... without gaps. */
  readonly seq: number
  readonly recordTime: number
  /** Hash of the record before this one, and of this one: the chain. Hex. */
  readonly previous: string
  readonly hash: string
}

/** A record with its event and context as they lie in the database. */
export interface RecordText extends Omit<StoredEvent, 'event' | 'context' | 'text'> {
  readonly event: string
  readonly context: string
}

export type Appended =
  | { readonly outcome: 'stored'; readonly key: string; readonly seq: number }
  /** The same event was there already. */
  | { readonly outcome: 'known'; readonly key: string; readonly seq: number }
  /** Another content was there under that key; nothing of the batch was stored. */
  | { readonly outcome: 'conflict'; readonly key: string; readonly seq: number }
  /** The log went on past `ifHead` (to `seq`); nothing of the batch was stored. */
  | { readonly outcome: 'moved'; readonly key: string; readonly seq: number }

export interface Head {
  readonly seq: number
  readonly hash: string
}

export interface Range {
  /** From, inclusive; to, exclusive. */
  readonly from?: number
  readonly to?: number
}

/** A URI, in any of the spellings that GS1 has for it, or all whose canonical form begins so. */
export type WantedUri = string | { readonly beginning: string }

/**
 * What an EPCIS query can ask of indexed columns. Several values of one field are alternatives;
 * fields are joined by "and". Whatever else a query asks is for `matches` of `epcis/query.ts`.
 */
export interface Selection {
  readonly types?: readonly string[]
  readonly eventTime?: Range
  readonly recordTime?: Range
  readonly actions?: readonly string[]
  readonly bizSteps?: readonly string[]
  readonly dispositions?: readonly string[]
  readonly readPoints?: readonly WantedUri[]
  readonly bizLocations?: readonly WantedUri[]
  readonly transformationIDs?: readonly string[]
  readonly eventIDs?: readonly string[]
  /** Events that name any of these things, in any role, or as a business transaction. */
  readonly things?: readonly WantedUri[]
  readonly isDeclaration?: boolean
  /** Of the records up to this one only. */
  readonly upTo?: number
  readonly orderBy: 'eventTime' | 'recordTime' | 'seq'
  readonly direction: 'ASC' | 'DESC'
  /** Goes on after this place in the order. */
  readonly after?: { readonly value: number; readonly seq: number }
  readonly limit: number
}

/** Fields of an event whose distinct values can be listed: the EPCIS top-level resources. */
export const listedFields = [
  'eventTypes',
  'epcs',
  'bizSteps',
  'bizLocations',
  'readPoints',
  'dispositions',
] as const
export type ListedField = (typeof listedFields)[number]

/** What catching up with the log changes in the derived tables; all of it or nothing is written. */
export interface Projection {
  /** What `projected()` said when this was computed; not that any more: nothing is written. */
  readonly from?: number
  /** The derived tables hold everything of the log up to here afterwards. */
  readonly upTo: number
  /** States that replace what is kept of these lots. */
  readonly lots: readonly LotState[]
  /**
   * Lots whose movements and flows are written anew: the old ones are removed first. One that is
   * not among `lots` has no event left that speaks of it: its state is removed too.
   */
  readonly refolded: readonly string[]
  readonly movements: readonly Movement[]
  readonly flows: readonly Flow[]
  readonly campaigns: readonly Campaign[]
  /** Campaigns that no event starts any more. */
  readonly withdrawn: readonly string[]
}

export interface LotSearch {
  /** Part of a code, a URI or a description. */
  readonly text?: string
  readonly kinds?: readonly string[]
  readonly product?: string
  readonly place?: string
  /** Only lots of which something is there (true), or nothing (false). */
  readonly inStock?: boolean
  /** Of the first event of the lot. */
  readonly first?: Range
  readonly offset: number
  readonly limit: number
}

export interface Holding {
  readonly lot: string
  readonly place: string
  readonly mg: number
}

/** The log, and the tables that are derived from it. */
export interface LedgerStore {
  readonly kind: 'sqlite' | 'postgres'

  // ---- the log
  readonly head: () => Promise<Head>
  /**
   * Appends in one transaction; what is said to be stored is durable when this resolves. One
   * conflict and nothing is stored. `at` is the recordTime. With `ifHead`, looked at inside the
   * transaction: when the head is not at that seq, nothing is stored and every outcome is `moved`.
   */
  readonly append: (
    records: readonly NewRecord[],
    at: number,
    options?: { readonly ifHead?: number },
  ) => Promise<readonly Appended[]>
  /** Records after a place, in order; at most `limit`. */
  readonly read: (afterSeq: number, limit: number) => Promise<readonly StoredEvent[]>
  /** The same, unread: what checking every hash goes through. */
  readonly texts: (afterSeq: number, limit: number) => Promise<readonly RecordText[]>
  /** Every record of an event ID: the event and the declarations that it was wrong. */
  readonly byEventIDs: (ids: readonly string[]) => Promise<readonly StoredEvent[]>
  /**
   * Records that name any of these lots (or other things), however spelt, in order of seq; of the
   * records up to one only, where it is given.
   */
  readonly naming: (things: readonly string[], upTo?: number) => Promise<readonly StoredEvent[]>
  readonly select: (selection: Selection) => Promise<readonly StoredEvent[]>
  readonly distinct: (
    field: ListedField,
    after: string,
    limit: number,
  ) => Promise<readonly string[]>

  /** Notes what records are found by, where that is not done yet: looking for any does it too. */
  readonly index: (records: readonly StoredEvent[]) => Promise<void>

  // ---- what is derived
  readonly projected: () => Promise<number>
  /** False, and nothing is written, when `from` is not what `projected()` says by now. */
  readonly project: (projection: Projection) => Promise<boolean>
  /** Empties the derived tables; the next catching up fills them from the log. */
  readonly forget: () => Promise<void>
  readonly lots: (uris: readonly string[]) => Promise<ReadonlyMap<string, LotState>>
  readonly lotsByCode: (codes: readonly string[]) => Promise<ReadonlyMap<string, string>>
  readonly searchLots: (
    search: LotSearch,
  ) => Promise<{ readonly lots: readonly LotState[]; readonly total: number }>
  readonly holdings: (place?: string) => Promise<readonly Holding[]>
  /** Holdings after everything up to a time, inclusive. */
  readonly holdingsAt: (time: number, place?: string) => Promise<readonly Holding[]>
  readonly movements: (filter: {
    readonly lots?: readonly string[]
    readonly place?: string
    readonly time?: Range
    readonly limit: number
  }) => Promise<readonly Movement[]>
  readonly flowsOf: (nodes: readonly string[]) => Promise<readonly Flow[]>
  /** Flows in which these lots went in or came out. */
  readonly flowsWith: (lots: readonly string[]) => Promise<readonly Flow[]>
  /** Every flow on the way from a lot to what it came from (up) or became (down). */
  readonly reach: (
    lot: string,
    direction: 'up' | 'down',
    limits: { readonly depth: number; readonly flows: number },
  ) => Promise<{ readonly flows: readonly Flow[]; readonly isCut: boolean }>
  readonly campaigns: (filter: {
    readonly uris?: readonly string[]
    readonly time?: Range
  }) => Promise<readonly Campaign[]>
  readonly findings: (limit: number) => Promise<readonly LedgerFinding[]>

  // ---- things beside the log: site, accounts, tokens, audit, queries (see `src/store`)
  readonly setting: (name: string) => Promise<Json | undefined>
  readonly setSetting: (name: string, value: Json) => Promise<void>

  // ---- care
  /** A complete copy while others write; SQLite: a file; PostgreSQL: a file of JSON lines. */
  readonly backup: (file: string) => Promise<void>
  readonly close: () => Promise<void>
}
