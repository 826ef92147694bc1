/** The log: appended to in groups, read in pages. */
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { canonicalUri } from '../ledger/index.ts'
import type { Appended, Json, LedgerStore, RecordText, StoredEvent } from '../ledger/index.ts'
import { appendBatches, isTaken } from './append.ts'
import type { Batch } from './append.ts'
import { among, parts, reading, writing } from './database.ts'
import type { Database, Read } from './database.ts'
import { findNames } from './names.ts'
import type { NameMemory } from './names.ts'
import type { Tables } from './schema.ts'

type LogRow = Tables['log']

function recordText(row: LogRow): RecordText {
  return {
    seq: row.seq,
    key: row.key,
    contentHash: row.content_hash,
    event: row.event,
    context: row.context,
    by: row.captured_by,
    recordTime: row.record_time,
    previous: row.previous,
    hash: row.hash,
  }
}

const contexts = new Map<string, Json>()
const mostContexts = 1000

/** The same text gives the same record: what is known of a context is then known again. */
function contextOf(text: string): Json {
  const known = contexts.get(text)
  if (known !== undefined) return known
  const context = JSON.parse(text) as Json
  if (contexts.size >= mostContexts) contexts.clear()
  contexts.set(text, context)
  return context
}

export function storedEvent(row: LogRow): StoredEvent {
  const event = JSON.parse(row.event) as StoredEvent['event']
  return { ...recordText(row), event, context: contextOf(row.context) }
}

const rowsAfter = (db: Database, afterSeq: number, limit: number) =>
  reading(db, (read) =>
    read
      .selectFrom('log')
      .selectAll()
      .where('seq', '>', afterSeq)
      .orderBy('seq')
      .limit(limit)
      .execute(),
  )

/** Records with these numbers, in order of seq. */
export async function recordsOf(db: Database, read: Read, seqs: readonly number[]) {
  const found: StoredEvent[] = []
  for (const part of parts(
    [...seqs].sort((a, b) => a - b),
    1000,
  )) {
    const rows = await read
      .selectFrom('log')
      .selectAll()
      .where(among(db, 'seq', part))
      .orderBy('seq')
      .execute()
    for (const row of rows) found.push(storedEvent(row))
  }
  return found
}

interface Waiting extends Batch {
  readonly resolve: (outcomes: readonly Appended[]) => void
  readonly reject: (error: unknown) => void
}

/** Records that go into one transaction at most, unless one batch alone has more. */
const groupSize = 4000

/**
 * Calls that come while a transaction is under way wait and share the next one, so that many
 * callers pay for one wait on the disk. Each resolves after its own commit.
 */
function appender(db: Database) {
  const waiting: Waiting[] = []
  let running: Promise<void> | undefined

  function nextGroup(): Waiting[] {
    let size = 0
    let count = 0
    for (const { records } of waiting) {
      if (count > 0 && size + records.length > groupSize) break
      size += records.length
      count++
    }
    return waiting.splice(0, count)
  }

  async function writeGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const attempt = (isNew: boolean) => writing(db, (tx) => appendBatches(db, tx, group, isNew))
      // Nearly always everything is new: only when it is not is it looked for.
      const outcomes = await attempt(true).catch((error: unknown) => {
        if (isTaken(error)) return attempt(false)
        throw error
      })
      for (const [i, { resolve }] of group.entries()) resolve(outcomes[i] ?? [])
    } catch (error) {
      for (const { reject } of group) reject(error)
    }
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      // Whoever else is ready to append comes along.
      await new Promise((resolve) => setImmediate(resolve))
      await writeGroup(nextGroup())
    }
    running = undefined
  }

  const append = (batch: Batch): Promise<readonly Appended[]> =>
    new Promise((resolve, reject) => {
      waiting.push({ ...batch, resolve, reject })
      running ??= run()
    })
  return { append, settled: () => running ?? Promise.resolve() }
}

/**
 * Numbers of the records of events. A key is an event ID, or one with a space and a time after it:
 * all of them lie between the ID and the ID with the next sign, an exclamation mark.
 */
export function ofEvents(db: Database, ids: readonly string[]): RawBuilder<{ seq: number }> {
  const list =
    db.kind === 'sqlite'
      ? sql`(select value as id from json_each(${JSON.stringify(ids)}))`
      : sql`(select unnest(${ids}::text[]) collate "C" as id)`
  return sql`select log.seq from ${list} as wanted
    join log on log.key >= wanted.id and log.key < wanted.id || '!'`
}

async function byEventIDs(db: Database, read: Read, ids: readonly string[]) {
  const found = await ofEvents(db, ids).execute(read)
  return recordsOf(db, read, [...new Set(found.rows.map(({ seq }) => seq))])
}

async function naming(
  db: Database,
  read: Read,
  names: NameMemory,
  things: readonly string[],
  upTo: number,
) {
  const ids = [...(await findNames(db, read, names, things.map(canonicalUri))).values()]
  const seqs = new Set<number>()
  for (const part of parts(ids, 5000)) {
    const rows = await read
      .selectFrom('event_things')
      .select('seq')
      .where(among(db, 'thing', part))
      .where('seq', '<=', upTo)
      .execute()
    for (const { seq } of rows) seqs.add(seq)
  }
  return recordsOf(db, read, [...seqs])
}

type Log = Pick<
  LedgerStore,
  'head' | 'append' | 'read' | 'texts' | 'byEventIDs' | 'naming' | 'distinct'
>

export function makeLog(
  db: Database,
  names: NameMemory,
): Log & { readonly settled: () => Promise<void> } {
  const { append, settled } = appender(db)
  return {
    settled,
    head: () =>
      reading(db, async (read) => {
        const { seq, hash } = await read
          .selectFrom('marks')
          .select(['seq', 'hash'])
          .where('name', '=', 'log')
          .executeTakeFirstOrThrow()
        return { seq, hash }
      }),
    append: (records, at, options) => {
      if (records.length === 0) return Promise.resolve([])
      return append({ records, at, ifHead: options?.ifHead })
    },
    read: async (afterSeq, limit) => (await rowsAfter(db, afterSeq, limit)).map(storedEvent),
    texts: async (afterSeq, limit) => (await rowsAfter(db, afterSeq, limit)).map(recordText),
    byEventIDs: (ids) => reading(db, (read) => byEventIDs(db, read, ids)),
    naming: (things, upTo = Number.MAX_SAFE_INTEGER) =>
      reading(db, (read) => naming(db, read, names, things, upTo)),
    distinct: (field, after, limit) =>
      reading(db, async (read) => {
        const rows = await read
          .selectFrom('listed')
          .select('value')
          .where('field', '=', field)
          .where('value', '>', after)
          .orderBy('value')
          .limit(limit)
          .execute()
        return rows.map(({ value }) => value)
      }),
  }
}
