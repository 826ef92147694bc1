/**
 * The steps from an empty database to the newest schema, in order; each is run once, in a
 * transaction, and never changed after a release.
 */
import { sql } from 'kysely'
import type { ColumnDataType, CreateTableBuilder, Expression, Transaction } from 'kysely'
import { makeIndexCanonical } from './canonical-index.ts'
import type { Database } from './database.ts'

type Tx = Transaction<Record<string, Record<string, unknown>>>
type Table = CreateTableBuilder<string, string>
type Kind = Database['kind']

interface Types {
  readonly text: Expression<unknown>
  readonly int: ColumnDataType
}

/** Text is compared byte by byte in both. */
const typesOf = (kind: Kind): Types => ({
  text: kind === 'sqlite' ? sql`text` : sql`text collate "C"`,
  int: 'bigint',
})

/** Adds columns from a line of names; `?` lets a column be null. */
function columns(table: Table, type: ColumnDataType | Expression<unknown>, names: string): Table {
  return names.split(' ').reduce((table, name) => {
    if (name.endsWith('?')) return table.addColumn(name.slice(0, -1), type as ColumnDataType)
    return table.addColumn(name, type as ColumnDataType, (column) => column.notNull())
  }, table)
}

/** A number that the database counts up itself. */
const counted = (table: Table, kind: Kind): Table =>
  kind === 'sqlite'
    ? table.addColumn('id', 'integer', (column) => column.primaryKey())
    : table.addColumn('id', 'bigint', (column) =>
        column.primaryKey().generatedByDefaultAsIdentity(),
      )

/** Rows lie in the order of the key: SQLite then keeps no second tree. */
const keyed = (table: Table, kind: Kind, key: string): Table => {
  const name = table.toOperationNode().table.table.identifier.name
  const made = table.addPrimaryKeyConstraint(`${name}_key`, key.split(' '))
  return kind === 'sqlite' ? made.modifyEnd(sql`without rowid`) : made
}

async function index(tx: Tx, table: string, names: string, isUnique = false): Promise<void> {
  const list = names.split(' ')
  const made = tx.schema
    .createIndex(`${table}_by_${list.join('_')}`)
    .on(table)
    .columns(list)
  await (isUnique ? made.unique() : made).execute()
}

/** The log is only ever added to; the database itself refuses anything else. */
async function keepLog(tx: Tx, kind: Kind): Promise<void> {
  const why = 'the log is only ever added to'
  if (kind === 'sqlite') {
    for (const act of ['update', 'delete']) {
      await sql
        .raw(
          `create trigger log_refuses_${act} before ${act} on log begin select raise(abort, '${why}'); end`,
        )
        .execute(tx)
    }
    return
  }
  await sql
    .raw(
      `create function log_is_kept() returns trigger language plpgsql as $$ begin raise exception '${why}'; end $$`,
    )
    .execute(tx)
  await sql
    .raw(
      'create trigger log_refuses_change before update or delete on log for each row execute function log_is_kept()',
    )
    .execute(tx)
  await sql
    .raw(
      'create trigger log_refuses_truncate before truncate on log execute function log_is_kept()',
    )
    .execute(tx)
}

async function makeLog(tx: Tx, kind: Kind, { text, int }: Types): Promise<void> {
  const create = (name: string): Table => tx.schema.createTable(name)
  const log = create('log').addColumn('seq', kind === 'sqlite' ? 'integer' : int, (column) =>
    column.primaryKey(),
  )
  const texts = columns(log, text, 'key content_hash event context captured_by')
  await columns(columns(texts, int, 'record_time'), text, 'previous hash').execute()
  await index(tx, 'log', 'key', true)
  await keepLog(tx, kind)
  const marks = columns(columns(create('marks'), text, 'name'), int, 'seq')
  await keyed(columns(marks, text, 'hash'), kind, 'name').execute()
  await columns(counted(create('names'), kind), text, 'value').execute()
  await index(tx, 'names', 'value', true)
  const events = create('events').addColumn('seq', kind === 'sqlite' ? 'integer' : int, (column) =>
    column.primaryKey(),
  )
  await columns(
    events,
    int,
    'type action? biz_step? disposition? read_point? biz_location? transformation? event_time record_time is_declaration',
  ).execute()
  await index(tx, 'events', 'event_time seq')
  await index(tx, 'events', 'record_time seq')
  // Other fields are looked for in the order of time: a tree for each would slow every capture.
  await index(tx, 'events', 'biz_step event_time seq')
  await keyed(columns(create('event_things'), int, 'thing seq'), kind, 'thing seq').execute()
  await keyed(columns(create('listed'), text, 'field value'), kind, 'field value').execute()
}

async function makeDerived(tx: Tx, kind: Kind, { text, int }: Types): Promise<void> {
  const create = (name: string): Table => tx.schema.createTable(name)
  const id = kind === 'sqlite' ? 'integer' : int
  const lots = create('lots').addColumn('id', id, (column) => column.primaryKey())
  const lotTexts = columns(lots, text, 'uri code? kind? product? words')
  await columns(lotTexts, int, 'mg in_stock first_time').execute()
  await index(tx, 'lots', 'code')
  await index(tx, 'lots', 'first_time id')
  const states = create('lot_states').addColumn('id', id, (column) => column.primaryKey())
  await columns(states, text, 'state').execute()
  await columns(columns(create('findings'), int, 'lot time'), text, 'finding').execute()
  await index(tx, 'findings', 'lot')
  await index(tx, 'findings', 'time')
  const moves = columns(columns(create('movements'), int, 'lot time'), text, 'event')
  await columns(columns(moves, int, 'line place change after'), text, 'why').execute()
  await index(tx, 'movements', 'lot time')
  await index(tx, 'movements', 'time')
  await index(tx, 'movements', 'place time')
  const holdings = columns(create('holdings'), int, 'lot place mg since')
  await keyed(holdings, kind, 'lot place').execute()
  await columns(create('spans'), int, 'node since until lot place mg').execute()
  await index(tx, 'spans', 'node since')
  await index(tx, 'spans', 'node until')
  await index(tx, 'spans', 'lot')
  const flows = columns(columns(create('flows'), int, 'node lot direction time'), text, 'event')
  await columns(flows, int, 'mg').execute()
  await index(tx, 'flows', 'node direction time')
  await index(tx, 'flows', 'lot direction time')
  const campaigns = columns(columns(create('campaigns'), text, 'uri'), int, 'start_time end_time?')
  await keyed(columns(campaigns, text, 'campaign'), kind, 'uri').execute()
  await index(tx, 'campaigns', 'start_time')
}

async function makeDesk(tx: Tx, kind: Kind, { text, int }: Types): Promise<void> {
  const create = (name: string): Table => tx.schema.createTable(name)
  await keyed(columns(create('accounts'), text, 'name account'), kind, 'name').execute()
  const keys = columns(create('keys'), text, 'secret_hash account kind')
  await keyed(
    columns(columns(keys, int, 'expires_at created_at'), text, 'key'),
    kind,
    'secret_hash',
  ).execute()
  await index(tx, 'keys', 'account')
  const audits = columns(counted(create('audits'), kind), int, 'time')
  await columns(audits, text, 'account entry').execute()
  await index(tx, 'audits', 'time')
  await index(tx, 'audits', 'account time')
  const captures = columns(columns(create('captures'), text, 'id'), int, 'created_at')
  await keyed(columns(captures, text, 'job'), kind, 'id').execute()
  await index(tx, 'captures', 'created_at id')
  await keyed(columns(create('queries'), text, 'name query'), kind, 'name').execute()
  await keyed(columns(create('settings'), text, 'name value'), kind, 'name').execute()
}

/** The hash that a chain without records has. */
const start = { seq: 0, hash: '0'.repeat(64) }

/** How far the index of events is: up to here it was written with the log, in one transaction. */
async function markIndex(tx: Tx): Promise<void> {
  await sql`insert into marks (name, seq, hash)
    select 'events', seq, ${start.hash} from marks where name = 'log' on conflict do nothing`.execute(
    tx,
  )
}

type Migration = (tx: Tx, kind: Kind) => Promise<void>

export const migrations: readonly Migration[] = [
  async (tx, kind) => {
    const types = typesOf(kind)
    await makeLog(tx, kind, types)
    await makeDerived(tx, kind, types)
    await makeDesk(tx, kind, types)
    await tx
      .insertInto('marks')
      .values([
        { name: 'log', ...start },
        { name: 'derived', ...start },
      ])
      .execute()
  },
  makeIndexCanonical,
  markIndex,
]
