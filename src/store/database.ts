/** What the rest of this room knows of a database, whichever it is. */
import { CompiledQuery, sql } from 'kysely'
import type { Kysely, RawBuilder, Transaction } from 'kysely'
import { storeError } from './errors.ts'
import type { Tables } from './schema.ts'

export type Read = Kysely<Tables> | Transaction<Tables>
export type Write = Transaction<Tables>

export interface Database {
  readonly kind: 'sqlite' | 'postgres'
  /** Of SQLite. */
  readonly file?: string
  readonly read: Kysely<Tables>
  readonly write: Kysely<Tables>
  /** As `write`, for what can be made anew from the log: does not wait for the disk. */
  readonly derive: Kysely<Tables>
  readonly close: () => Promise<void>
}

/** Does work in one transaction that may write: all of it is durable afterwards, or nothing. */
export async function writing<T>(db: Database, work: (tx: Write) => Promise<T>): Promise<T> {
  try {
    return await db.write.transaction().execute(work)
  } catch (error) {
    throw storeError(error)
  }
}

/**
 * The same for what is made from the log. A power cut may take the last of it, and never more of it
 * than of the log: what it was made from was on the disk before, and SQLite takes back whole
 * transactions from the last one on.
 */
export async function deriving<T>(db: Database, work: (tx: Write) => Promise<T>): Promise<T> {
  try {
    return await db.derive.transaction().execute(work)
  } catch (error) {
    throw storeError(error)
  }
}

/** Does work that only reads. */
export async function reading<T>(db: Database, work: (read: Read) => Promise<T>): Promise<T> {
  try {
    return await work(db.read)
  } catch (error) {
    throw storeError(error)
  }
}

type Cell = string | number | null
type Columns = Readonly<Record<string, 'text' | 'bigint'>>

/** Rows of one SQLite statement: a long insert is cut into these; few texts are then prepared. */
const chunks = [128, 16, 1]

function sqliteInsert(table: string, columns: readonly string[], rows: number): string {
  const row = `(${columns.map(() => '?').join(',')})`
  return `insert into ${table} (${columns.join(',')}) values ${Array.from({ length: rows }, () => row).join(',')}`
}

const texts = new Map<string, string>()
function textOf(key: string, make: () => string): string {
  const known = texts.get(key)
  if (known !== undefined) return known
  const made = make()
  texts.set(key, made)
  return made
}

async function insertSqlite(
  tx: Write,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  ending: string,
) {
  let at = 0
  while (at < rows.length) {
    const size = chunks.find((size) => size <= rows.length - at) ?? 1
    const text = textOf(
      `${table} ${size} ${ending}`,
      () => `${sqliteInsert(table, columns, size)} ${ending}`,
    )
    const cells: Cell[] = []
    for (let i = at; i < at + size; i++) for (const cell of rows[i] ?? []) cells.push(cell)
    await tx.executeQuery(CompiledQuery.raw(text, cells))
    at += size
  }
}

async function insertPostgres(
  tx: Write,
  table: string,
  columns: Columns,
  rows: readonly (readonly Cell[])[],
  ending: string,
) {
  const names = Object.keys(columns)
  const text = textOf(`${table} unnest ${ending}`, () => {
    const types = names.map((name, i) => `$${i + 1}::${columns[name]}[]`)
    return `insert into ${table} (${names.join(',')}) select * from unnest(${types.join(',')}) ${ending}`
  })
  const most = 2000
  for (let at = 0; at < rows.length; at += most) {
    const some = rows.slice(at, at + most)
    const arrays = names.map((_, i) => some.map((row) => row[i] ?? null))
    await tx.executeQuery(CompiledQuery.raw(text, arrays))
  }
}

/** Inserts many rows in the order of the columns, in few statements. */
export async function insertRows(
  db: Database,
  tx: Write,
  into: { readonly table: keyof Tables; readonly columns: Columns; readonly ending?: string },
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  const { table, columns, ending = '' } = into
  if (rows.length === 0) return
  if (db.kind === 'sqlite') await insertSqlite(tx, table, Object.keys(columns), rows, ending)
  else await insertPostgres(tx, table, columns, rows, ending)
}

/** The condition that a column is one of a list, however long: one text for all lengths. */
export function among(
  db: Database,
  column: string,
  values: readonly string[] | readonly number[],
): RawBuilder<boolean> {
  if (values.length === 0) return sql<boolean>`1 = 0`
  const name = sql.ref(column)
  if (db.kind === 'sqlite') {
    return sql<boolean>`${name} in (select value from json_each(${JSON.stringify(values)}))`
  }
  const type = typeof values[0] === 'number' ? sql`bigint[]` : sql`text[]`
  return sql<boolean>`${name} = any(${values}::${type})`
}

/** Parts of a list, in order, each at most so long. */
export function parts<T>(list: readonly T[], most: number): (readonly T[])[] {
  const found: (readonly T[])[] = []
  for (let at = 0; at < list.length; at += most) found.push(list.slice(at, at + most))
  return found
}
