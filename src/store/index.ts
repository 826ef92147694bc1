/** The ledger's database: SQLite in a folder, or PostgreSQL. */
import type { DeskStore, LedgerStore } from '../ledger/index.ts'
import { connectPostgres, connectSqlite } from './connect.ts'
import { makeDerived } from './derived.ts'
import { makeDesk } from './desk.ts'
import { makeFlows } from './flows.ts'
import { makeLog } from './log.ts'
import { migrate } from './migrate.ts'
import { nameMemory } from './names.ts'
import { makeProjecting } from './project.ts'
import { select } from './select.ts'
import { reading } from './database.ts'

export { StoreError } from './errors.ts'
export { sha256 } from './hash.ts'
export type { StoreErrorCode } from './errors.ts'

/** Where a ledger is kept: a folder on this machine, or the URL of a PostgreSQL database. */
export type StorePlace = { readonly folder: string } | { readonly databaseUrl: string }

/**
 * Opens the database, making it or bringing it to the newest schema where needed. Throws a
 * `StoreError`. Of an append that ends with `connection-lost` nobody knows whether it was stored:
 * appending the same records again is safe, as what was stored is then `known`.
 */
export async function openStore(place: StorePlace): Promise<LedgerStore & DeskStore> {
  const db =
    'folder' in place ? await connectSqlite(place.folder) : connectPostgres(place.databaseUrl)
  try {
    await migrate(db)
  } catch (error) {
    await db.close()
    throw error
  }
  const names = nameMemory()
  const { settled, ...log } = makeLog(db, names)
  return {
    kind: db.kind,
    ...log,
    select: (selection) => reading(db, (read) => select(db, read, names, selection)),
    ...makeProjecting(db, names),
    ...makeDerived(db, names),
    ...makeFlows(db, names),
    ...makeDesk(db),
    backup: () => Promise.reject(new Error('not yet')),
    close: async () => {
      await settled()
      await db.close()
    },
  }
}
