/** The tables, the same in both databases. Times are ms since 1970, masses mg, flags 0 or 1. */

interface LogTable {
  readonly seq: number
  readonly key: string
  readonly content_hash: string
  readonly event: string
  readonly context: string
  readonly captured_by: string
  readonly record_time: number
  readonly previous: string
  readonly hash: string
}

/** How far the log ('log'), the index ('events') and the derived tables ('derived') are. */
interface MarkTable {
  readonly name: string
  readonly seq: number
  readonly hash: string
}

/** Every text that is written often elsewhere, as a number. */
interface NameTable {
  readonly id: number
  readonly value: string
}

/** What an event can be found by; numbers of names. */
interface EventTable {
  readonly seq: number
  readonly type: number
  readonly action: number | null
  readonly biz_step: number | null
  readonly disposition: number | null
  readonly read_point: number | null
  readonly biz_location: number | null
  readonly transformation: number | null
  readonly event_time: number
  readonly record_time: number
  readonly is_declaration: number
}

interface EventThingTable {
  readonly thing: number
  readonly seq: number
}

interface ListedTable {
  readonly field: string
  readonly value: string
}

interface LotTable {
  readonly id: number
  readonly uri: string
  readonly code: string | null
  readonly kind: string | null
  readonly product: string | null
  /** Code, URI and description in lower case. */
  readonly words: string
  readonly mg: number
  readonly in_stock: number
  readonly first_time: number
}

interface LotStateTable {
  readonly id: number
  readonly state: string
}

interface FindingTable {
  readonly lot: number
  readonly time: number
  readonly finding: string
}

interface MovementTable {
  readonly lot: number
  readonly time: number
  readonly event: string
  /** Among the movements of one event. */
  readonly line: number
  readonly place: number
  readonly change: number
  readonly after: number
  readonly why: string
}

/** What is where now, since when. */
interface HoldingTable {
  readonly lot: number
  readonly place: number
  readonly mg: number
  readonly since: number
}

/** What was where, from `since` and before `until`; see `spans.ts` for `node`. */
interface SpanTable {
  readonly node: number
  readonly since: number
  readonly until: number
  readonly lot: number
  readonly place: number
  readonly mg: number
}

interface FlowTable {
  readonly node: number
  readonly lot: number
  /** 0 in, 1 out. */
  readonly direction: number
  readonly time: number
  readonly event: string
  readonly mg: number
}

interface CampaignTable {
  readonly uri: string
  readonly start_time: number
  readonly end_time: number | null
  readonly campaign: string
}

interface AccountTable {
  readonly name: string
  readonly account: string
}

interface KeyTable {
  readonly secret_hash: string
  readonly account: string
  readonly kind: string
  readonly expires_at: number
  readonly created_at: number
  readonly key: string
}

interface AuditTable {
  readonly id: number
  readonly time: number
  readonly account: string
  readonly entry: string
}

interface CaptureTable {
  readonly id: string
  readonly created_at: number
  readonly job: string
}

interface QueryTable {
  readonly name: string
  readonly query: string
}

interface SettingTable {
  readonly name: string
  readonly value: string
}

export interface Tables {
  readonly log: LogTable
  readonly marks: MarkTable
  readonly names: NameTable
  readonly events: EventTable
  readonly event_things: EventThingTable
  readonly listed: ListedTable
  readonly lots: LotTable
  readonly lot_states: LotStateTable
  readonly findings: FindingTable
  readonly movements: MovementTable
  readonly holdings: HoldingTable
  readonly spans: SpanTable
  readonly flows: FlowTable
  readonly campaigns: CampaignTable
  readonly accounts: AccountTable
  readonly keys: KeyTable
  readonly audits: AuditTable
  readonly captures: CaptureTable
  readonly queries: QueryTable
  readonly settings: SettingTable
  readonly schema_version: { readonly version: number }
}
