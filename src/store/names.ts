/**
 * Texts that occur over and over (things, places, words) are written once and known by a number.
 * A number is never given to another text, so that they may be remembered.
 */
import { sql } from 'kysely'
import { among, parts } from './database.ts'
import type { Database, Read, Write } from './database.ts'

/** Remembers numbers of texts; forgets all when there are too many. */
export interface NameMemory {
  readonly ids: Map<string, number>
  readonly values: Map<number, string>
}

const mostRemembered = 200_000
const partSize = 5_000

export const nameMemory = (): NameMemory => ({ ids: new Map(), values: new Map() })

/** To be called once the transaction that wrote the names is durable. */
export function remember(memory: NameMemory, found: ReadonlyMap<string, number>): void {
  if (memory.ids.size + found.size > mostRemembered) {
    memory.ids.clear()
    memory.values.clear()
  }
  for (const [value, id] of found) {
    memory.ids.set(value, id)
    memory.values.set(id, value)
  }
}

/** Numbers of the texts that are remembered, and the other texts. */
function recalled(memory: NameMemory, values: Iterable<string>) {
  const found = new Map<string, number>()
  const unknown: string[] = []
  for (const value of values) {
    const id = memory.ids.get(value)
    if (id === undefined) unknown.push(value)
    else found.set(value, id)
  }
  return { found, unknown }
}

/** Numbers of those texts that have one. */
export async function findNames(
  db: Database,
  read: Read,
  memory: NameMemory,
  values: Iterable<string>,
): Promise<Map<string, number>> {
  const { found, unknown } = recalled(memory, values)
  for (const part of parts(unknown, partSize)) {
    const rows = await read
      .selectFrom('names')
      .select(['id', 'value'])
      .where(among(db, 'value', part))
      .execute()
    for (const { id, value } of rows) found.set(value, id)
  }
  return found
}

/** Numbers of all these texts; those that have none get one. */
export async function makeNames(
  db: Database,
  tx: Write,
  memory: NameMemory,
  values: ReadonlySet<string>,
): Promise<Map<string, number>> {
  const { found, unknown } = recalled(memory, values)
  // In order: two writers that add the same texts then wait for each other and never in a ring.
  for (const part of parts(unknown.sort(), partSize)) {
    const list =
      db.kind === 'sqlite'
        ? sql`select value from json_each(${JSON.stringify(part)}) where true`
        : sql`select unnest(${part}::text[])`
    const made = await sql<{ id: number; value: string }>`
      insert into names (value) ${list} on conflict do nothing returning id, value`.execute(tx)
    for (const { id, value } of made.rows) found.set(value, id)
  }
  const there = unknown.filter((value) => !found.has(value))
  for (const [value, id] of await findNames(db, tx, memory, there)) found.set(value, id)
  return found
}

/** Texts of numbers. */
export async function valuesOf(
  db: Database,
  read: Read,
  memory: NameMemory,
  ids: Iterable<number>,
): Promise<ReadonlyMap<number, string>> {
  const values = new Map<number, string>()
  const unknown: number[] = []
  for (const id of new Set(ids)) {
    const value = memory.values.get(id)
    if (value === undefined) unknown.push(id)
    else values.set(id, value)
  }
  const found = new Map<string, number>()
  for (const part of parts(unknown, partSize)) {
    const rows = await read
      .selectFrom('names')
      .select(['id', 'value'])
      .where(among(db, 'id', part))
      .execute()
    for (const { id, value } of rows) {
      values.set(id, value)
      found.set(value, id)
    }
  }
  remember(memory, found)
  return values
}
