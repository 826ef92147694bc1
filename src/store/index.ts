/** The ledger's database: SQLite in a folder, or PostgreSQL. */
import type { DeskStore, Head, LedgerStore } from '../ledger/index.ts'
import { connectPostgres, connectSqlite } from './connect.ts'
import { migrate } from './migrate.ts'
import { restoreInto } from './restore.ts'
import { storeOn } from './store-on.ts'
import type { Database } from './database.ts'
import type { StorePlace } from './place.ts'

export { StoreError } from './errors.ts'
export { sha256 } from './hash.ts'
export type { StorePlace } from './place.ts'

async function connect(place: StorePlace): Promise<Database> {
  const db =
    'folder' in place ? await connectSqlite(place.folder) : connectPostgres(place.databaseUrl)
  try {
    await migrate(db)
    return db
  } catch (error) {
    await db.close()
    throw error
  }
}

/**
 * Fills an empty database with a backup, of SQLite or of PostgreSQL, checking every record and the
 * chain: all of it, or a `StoreError` and nothing. Answers with the head of the log; the derived
 * tables follow at the next catching up.
 */
export async function restore(file: string, place: StorePlace): Promise<Head> {
  const db = await connect(place)
  try {
    return await restoreInto(db, file)
  } finally {
    await db.close()
  }
}

/**
 * Opens the database, making it or bringing it to the newest schema where needed. Throws a
 * `StoreError`. Of an append that ends with `connection-lost` nobody knows whether it was stored:
 * appending the same records again is safe, as what was stored is then `known`.
 */
export async function openStore(place: StorePlace): Promise<LedgerStore & DeskStore> {
  return storeOn(await connect(place))
}
