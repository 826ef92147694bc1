import type { DeskStore, LedgerStore } from '../../ledger/index.ts'
import { mayHold, type StorePlace } from '../../store/place.ts'

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
  if (databaseUrl === undefined && data === undefined) return undefined
  const where: StorePlace = databaseUrl === undefined ? { folder: data ?? '' } : { databaseUrl }
  if (!mayHold(where)) return undefined
  // Loaded when used: most who serve plants have no ledger.
  const { openStore } = await import('../../store/index.ts')
  return openStore(where)
}
