/** Where a ledger is kept. Apart from the rest of the store, which loads a database. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** A folder on this machine, or the URL of a PostgreSQL database. */
export type StorePlace = { readonly folder: string } | { readonly databaseUrl: string }

/** The embedded database in its folder. */
export const sqliteFile = 'ledger.sqlite'

/** False for a folder that no ledger was ever made in; a database has to be asked. */
export function mayHold(place: StorePlace): boolean {
  return !('folder' in place) || existsSync(join(place.folder, sqliteFile))
}
