/** Events by what is indexed of them. */
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { canonicalUri } from '../ledger/index.ts'
import type { Selection, StoredEvent, WantedUri } from '../ledger/index.ts'
import { among } from './database.ts'
import type { Database, Read } from './database.ts'
import { ofEvents, recordsOf } from './log.ts'
import { findNames } from './names.ts'
import type { NameMemory } from './names.ts'

/** Fields of a selection that are lists of names, and the columns that they are asked of. */
const namedColumns = [
  ['types', 'type'],
  ['actions', 'action'],
  ['bizSteps', 'biz_step'],
  ['dispositions', 'disposition'],
] as const

/** The same of lists of URIs. */
const uriColumns = [
  ['readPoints', 'read_point'],
  ['bizLocations', 'biz_location'],
  ['transformationIDs', 'transformation'],
] as const

/** No text that begins with another is behind that one with this sign after it. */
const lastSign = '\u{10FFFF}'

const orderColumns = { eventTime: 'event_time', recordTime: 'record_time', seq: 'seq' } as const

/** That a column is one of these, or undefined when the log has none of them. */
function isAny(db: Database, column: string, ids: readonly number[]): Condition | undefined {
  const [only] = ids
  if (only === undefined) return undefined
  // One value in its order needs no sorting.
  return ids.length === 1 ? sql`${sql.ref(column)} = ${only}` : among(db, column, ids)
}

type Condition = RawBuilder<boolean>
type Numbers = (names: readonly string[]) => Promise<readonly number[]>

/** The same of URIs, of which some may be said by how they begin. */
async function isAnyUri(
  db: Database,
  numbers: Numbers,
  column: string,
  wanted: readonly WantedUri[],
): Promise<Condition | undefined> {
  const whole = wanted.filter((one) => typeof one === 'string')
  const ids = await numbers(whole.map(canonicalUri))
  const beginnings = wanted.filter((one) => typeof one !== 'string')
  if (beginnings.length === 0) return isAny(db, column, ids)
  const lists = beginnings.map(
    ({ beginning }) =>
      sql`select id from names where value >= ${beginning} and value < ${beginning + lastSign}`,
  )
  const known = sql`select id from names where ${among(db, 'id', ids)}`
  return sql`${sql.ref(column)} in (${sql.join([known, ...lists], sql` union all `)})`
}

/** The conditions, or undefined when nothing can fulfil them: a name that the log has not. */
async function conditions(db: Database, read: Read, memory: NameMemory, selection: Selection) {
  const found: Condition[] = []
  const numbers: Numbers = async (names) => [...(await findNames(db, read, memory, names)).values()]
  for (const [field, column] of namedColumns) {
    const names = selection[field]
    if (names === undefined) continue
    const condition = isAny(db, column, await numbers(names))
    if (condition === undefined) return undefined
    found.push(condition)
  }
  for (const [field, column] of uriColumns) {
    const uris = selection[field]
    if (uris === undefined) continue
    const condition = await isAnyUri(db, numbers, column, uris)
    if (condition === undefined) return undefined
    found.push(condition)
  }
  if (selection.things !== undefined) {
    const condition = await isAnyUri(db, numbers, 'thing', selection.things)
    if (condition === undefined) return undefined
    found.push(sql`seq in (select seq from event_things where ${condition})`)
  }
  if (selection.eventIDs !== undefined)
    found.push(sql`seq in (${ofEvents(db, selection.eventIDs)})`)
  for (const [field, column] of [
    ['eventTime', 'event_time'],
    ['recordTime', 'record_time'],
  ] as const) {
    const range = selection[field]
    if (range?.from !== undefined) found.push(sql`${sql.ref(column)} >= ${range.from}`)
    if (range?.to !== undefined) found.push(sql`${sql.ref(column)} < ${range.to}`)
  }
  const { isDeclaration, upTo } = selection
  if (upTo !== undefined) found.push(sql`seq <= ${upTo}`)
  if (isDeclaration !== undefined) found.push(sql`is_declaration = ${isDeclaration ? 1 : 0}`)
  return found
}

export async function select(
  db: Database,
  read: Read,
  memory: NameMemory,
  selection: Selection,
): Promise<readonly StoredEvent[]> {
  const found = await conditions(db, read, memory, selection)
  if (found === undefined) return []
  const { orderBy, after, limit } = selection
  const column = sql.ref(orderColumns[orderBy])
  const isForward = selection.direction === 'ASC'
  const than = isForward ? sql`>` : sql`<`
  if (after !== undefined) {
    const seq = sql<boolean>`seq ${than} ${after.seq}`
    const both = sql<boolean>`(${column}, seq) ${than} (${after.value}, ${after.seq})`
    found.push(orderBy === 'seq' ? seq : both)
  }
  const where = found.length === 0 ? sql`` : sql`where ${sql.join(found, sql` and `)}`
  const way = isForward ? sql`asc` : sql`desc`
  const order = orderBy === 'seq' ? sql`seq ${way}` : sql`${column} ${way}, seq ${way}`
  const rows = await sql<{ seq: number }>`
    select seq from events ${where} order by ${order} limit ${limit}`.execute(read)
  const records = await recordsOf(
    db,
    read,
    rows.rows.map(({ seq }) => seq),
  )
  const bySeq = new Map(records.map((record) => [record.seq, record]))
  return rows.rows.flatMap(({ seq }) => bySeq.get(seq) ?? [])
}
