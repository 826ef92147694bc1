/** Opens the two databases. */
import { DatabaseSync } from '@photostructure/sqlite'
import { Kysely, PostgresDialect } from 'kysely'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Pool, types } from 'pg'
import type { Database } from './database.ts'
import { storeError } from './errors.ts'
import { sqliteFile } from './place.ts'
import type { Tables } from './schema.ts'
import { patiently, shared, sqliteDialect } from './sqlite-dialect.ts'

/** How long another program may hold the database before it counts as busy, ms. */
const usualPatience = 10_000

/** What a connection itself waits, stopping the process, before it is asked again; ms. */
const shortPatience = 5

/** A connection that waits for the disk at every commit. Cache: 64 MB. */
async function sqliteConnection(file: string, patience: number) {
  const database = new DatabaseSync(file, { timeout: shortPatience })
  try {
    await patiently(patience, () => database.exec('pragma journal_mode = wal'))
    database.exec('pragma synchronous = full')
    database.exec('pragma cache_size = -65536')
    // Pages that are written over and over go into the file once in 64 MB.
    database.exec('pragma wal_autocheckpoint = 16384')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** SQLite in a file of a folder; both are made at first use. */
export async function connectSqlite(folder: string, patience = usualPatience): Promise<Database> {
  try {
    mkdirSync(folder, { recursive: true })
    const file = join(folder, sqliteFile)
    const writer = await sqliteConnection(file, patience)
    const reader = await sqliteConnection(file, patience)
    reader.exec('pragma query_only = on')
    const writing = shared(writer, patience)
    const write = new Kysely<Tables>({ dialect: sqliteDialect(writing, 'full') })
    const derive = new Kysely<Tables>({ dialect: sqliteDialect(writing, 'normal') })
    const read = new Kysely<Tables>({ dialect: sqliteDialect(shared(reader, patience), 'full') })
    const close = async () => {
      // All that was written goes into the one file, so that a copy of it is whole.
      // Where that cannot be, nothing is lost: it stays beside.
      try {
        writer.exec('pragma wal_checkpoint(truncate)')
      } catch {
        // Full or busy.
      }
      for (const one of [read, derive, write]) await one.destroy()
      // Kysely closes only what it has used.
      for (const database of [reader, writer]) if (database.isOpen) database.close()
    }
    return { kind: 'sqlite', file, read, write, derive, close }
  } catch (error) {
    throw storeError(error)
  }
}

/** A whole number of 64 bits as a number: none of ours is beyond 2^53. */
const int8 = 20
const parsers = {
  getTypeParser: (type: number, format?: 'text' | 'binary') =>
    type === int8 ? Number : types.getTypeParser(type, format),
}

/** PostgreSQL by its connection string. A connection that broke is replaced at the next use. */
export function connectPostgres(databaseUrl: string): Database {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 8,
    connectionTimeoutMillis: usualPatience,
    keepAlive: true,
    types: parsers,
  })
  // A connection that breaks while nobody uses it: the pool lets it go.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
    const setting = `set synchronous_commit = on; set lock_timeout = ${usualPatience}`
    client.query(setting).catch(() => undefined)
  })
  const both = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  // Names outlive the server in our memory: what is derived waits for the disk too.
  return { kind: 'postgres', read: both, write: both, derive: both, close: () => both.destroy() }
}
