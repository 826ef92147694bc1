/** What events are found by: follows the log whenever somebody is about to look. */
import { sql } from 'kysely'
import type { EpcisEvent, ListedField, StoredEvent } from '../ledger/index.ts'
import { deriving, insertRows, reading } from './database.ts'
import type { Database, Read, Write } from './database.ts'
import { emptyListed, indexOf, namesIn, newlyListed } from './event-index.ts'
import type { Indexed, Listed } from './event-index.ts'
import { lockMark, moveMark } from './marks.ts'
import { makeNames, remember } from './names.ts'
import type { NameMemory } from './names.ts'

const eventColumns = {
  seq: 'bigint',
  type: 'bigint',
  action: 'bigint',
  biz_step: 'bigint',
  disposition: 'bigint',
  read_point: 'bigint',
  biz_location: 'bigint',
  transformation: 'bigint',
  event_time: 'bigint',
  record_time: 'bigint',
  is_declaration: 'bigint',
} as const

/** A record that is to be found. */
interface Entry {
  readonly seq: number
  readonly recordTime: number
  readonly indexed: Indexed
}

/** To be remembered once it is in the database. */
interface Learnt {
  readonly names: ReadonlyMap<string, number>
  readonly listed: readonly (readonly [ListedField, string])[]
}

async function writeIndex(
  db: Database,
  tx: Write,
  memory: { readonly names: NameMemory; readonly listed: Listed },
  entries: readonly Entry[],
): Promise<Learnt> {
  const all = entries.map(({ indexed }) => indexed)
  const names = await makeNames(db, tx, memory.names, namesIn(all))
  const id = (value: string | undefined) =>
    value === undefined ? null : (names.get(value) ?? null)
  const events = entries.map(({ seq, recordTime, indexed }) => [
    seq,
    id(indexed.type),
    id(indexed.action),
    id(indexed.bizStep),
    id(indexed.disposition),
    id(indexed.readPoint),
    id(indexed.bizLocation),
    id(indexed.transformation),
    indexed.time,
    recordTime,
    indexed.isDeclaration ? 1 : 0,
  ])
  await insertRows(db, tx, { table: 'events', columns: eventColumns }, events)
  const things = entries.flatMap(({ seq, indexed }) =>
    indexed.things.map((thing) => [id(thing), seq]),
  )
  const thingColumns = { thing: 'bigint', seq: 'bigint' } as const
  await insertRows(db, tx, { table: 'event_things', columns: thingColumns }, things)
  const listed = newlyListed(memory.listed, all)
  const columns = { field: 'text', value: 'text' } as const
  await insertRows(db, tx, { table: 'listed', columns, ending: 'on conflict do nothing' }, listed)
  return { names, listed }
}

/** Records that one transaction indexes: others wait that long to append. */
const atOnce = 2000
const mostListed = 200_000

/** The records after a place of the log, as far as one transaction takes them. */
async function entriesAfter(tx: Write, after: number): Promise<readonly Entry[]> {
  const rows = await tx
    .selectFrom('log')
    .select(['seq', 'event', 'record_time'])
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(atOnce)
    .execute()
  return rows.map(({ seq, event, record_time }) => ({
    seq,
    recordTime: record_time,
    indexed: indexOf(JSON.parse(event) as EpcisEvent),
  }))
}

/** Of records that somebody has read those that come next; none if others come before them. */
function entriesOf(records: readonly StoredEvent[], after: number): readonly Entry[] {
  if ((records[0]?.seq ?? Number.POSITIVE_INFINITY) > after + 1) return []
  const next = records.filter(({ seq }) => seq > after).slice(0, atOnce)
  return next.map(({ seq, recordTime, event }) => ({ seq, recordTime, indexed: indexOf(event) }))
}

interface Indexing {
  /** Brings the index up to the end of the log as it is when asked, or up to a record of it. */
  readonly indexed: (upTo?: number) => Promise<void>
  /** Indexes records that have been read, so that they need not be read again for it. */
  readonly index: (records: readonly StoredEvent[]) => Promise<void>
}

/** How far the log is, and the index of it. */
async function ends(read: Read): Promise<{ readonly log: number; readonly events: number }> {
  const found = await sql<{ name: string; seq: number }>`
    select name, seq from marks where name = 'log' or name = 'events'`.execute(read)
  const of = (name: string) => found.rows.find((row) => row.name === name)?.seq ?? 0
  return { log: of('log'), events: of('events') }
}

export function makeIndexing(db: Database, names: NameMemory): Indexing {
  const memory = { names, listed: emptyListed() }

  /** Goes on by what one transaction takes; answers with how far the index is then. */
  async function step(records: readonly StoredEvent[] | undefined): Promise<number> {
    const { learnt, upTo } = await deriving(db, async (tx) => {
      const after = (await lockMark(db, tx, 'events'))?.seq ?? 0
      const entries =
        records === undefined ? await entriesAfter(tx, after) : entriesOf(records, after)
      const upTo = entries.at(-1)?.seq ?? after
      if (upTo === after) return { learnt: undefined, upTo }
      const learnt = await writeIndex(db, tx, memory, entries)
      await moveMark(tx, 'events', { seq: upTo })
      return { learnt, upTo }
    })
    if (learnt === undefined) return upTo
    remember(memory.names, learnt.names)
    if (memory.listed.epcs.size > mostListed) memory.listed.epcs.clear()
    for (const [field, value] of learnt.listed) memory.listed[field].add(value)
    return upTo
  }

  async function follow(to: number, records?: readonly StoredEvent[]): Promise<void> {
    for (let upTo = -1; upTo < to; ) {
      const next = await step(records)
      // The log ends there, or goes on elsewhere than with these records.
      if (next === upTo) return
      upTo = next
    }
  }

  return {
    indexed: async (upTo = Number.POSITIVE_INFINITY) => {
      const { log, events } = await reading(db, ends)
      const to = Math.min(log, upTo)
      if (events < to) await follow(to)
    },
    index: async (records) => {
      const last = records.at(-1)?.seq ?? 0
      const { events } = await reading(db, ends)
      if (events < last) await follow(last, records)
    },
  }
}
