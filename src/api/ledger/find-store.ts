import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DeskStore, LedgerStore } from '../../ledger/index.ts'

/** The file of the embedded database in its folder. */
const ledgerFile = 'ledger.sqlite'

/** Where a server looks for its ledger. */
export interface LedgerPlace {
  /** The folder of an embedded database. */
  readonly data?: string
  /** A PostgreSQL database: it goes before a folder. */
  readonly databaseUrl?: string
}

/** Opens the database of a ledger; undefined where none was made yet: a server makes none. */
export async function findStore(
  place: LedgerPlace,
): Promise<(LedgerStore & DeskStore) | undefined> {
  const { data, databaseUrl } = place
  const isThere = data !== undefined && existsSync(join(data, ledgerFile))
  if (databaseUrl === undefined && !isThere) return undefined
  // Loaded when used: most who serve plants have no ledger.
  const { openStore } = await import('../../store/index.ts')
  return openStore(databaseUrl === undefined ? { folder: data ?? '' } : { databaseUrl })
}
