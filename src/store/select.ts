/** Events by what is indexed of them. */
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Selection, StoredEvent } from '../ledger/index.ts'
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
  ['readPoints', 'read_point'],
  ['bizLocations', 'biz_location'],
  ['transformationIDs', 'transformation'],
] as const

const orderColumns = { eventTime: 'event_time', recordTime: 'record_time', seq: 'seq' } as const

/** The conditions, or undefined when nothing can fulfil them: a name that the log has not. */
async function conditions(db: Database, read: Read, memory: NameMemory, selection: Selection) {
  const found: RawBuilder<boolean>[] = []
  const numbers = async (names: readonly string[]) => [
    ...(await findNames(db, read, memory, names)).values(),
  ]
  for (const [field, column] of namedColumns) {
    const names = selection[field]
    if (names === undefined) continue
    const ids = await numbers(names)
    if (ids.length === 0) return undefined
    const [only] = ids
    // One value in its order needs no sorting.
    found.push(ids.length === 1 ? sql`${sql.ref(column)} = ${only}` : among(db, column, ids))
  }
  if (selection.things !== undefined) {
    const ids = await numbers(selection.things)
    if (ids.length === 0) return undefined
    found.push(sql`seq in (select seq from event_things where ${among(db, 'thing', ids)})`)
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
  const { isDeclaration } = selection
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
