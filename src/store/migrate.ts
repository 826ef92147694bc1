/** Brings a database to the newest schema; several programs may open a new one at once. */
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { reading, writing } from './database.ts'
import type { Database, Read } from './database.ts'
import { StoreError } from './errors.ts'
import { migrations } from './migrations.ts'

/** Any number, as long as it is this one. */
const migrationLock = 7_214_113

async function versionOf(db: Database, read: Read): Promise<number> {
  const tables =
    db.kind === 'sqlite'
      ? sql<{ name: string }>`select name from sqlite_master where name = 'schema_version'`
      : sql<{ name: string }>`select relname as name from pg_class
          where oid = to_regclass('schema_version')`
  if ((await tables.execute(read)).rows.length === 0) return 0
  const found = await read.selectFrom('schema_version').select('version').executeTakeFirst()
  return found?.version ?? 0
}

function refuseNewer(version: number): void {
  if (version <= migrations.length) return
  const known = `this program knows version ${migrations.length}`
  throw new StoreError('newer-schema', `the database has version ${version}, ${known}: update it`)
}

/** Runs what is missing; a database of a newer program is refused. */
export async function migrate(db: Database): Promise<void> {
  const version = await reading(db, (read) => versionOf(db, read))
  refuseNewer(version)
  if (version === migrations.length) return
  await writing(db, async (tx) => {
    if (db.kind === 'postgres')
      await sql`select pg_advisory_xact_lock(${migrationLock})`.execute(tx)
    const now = await versionOf(db, tx)
    refuseNewer(now)
    if (now === 0) {
      await tx.schema
        .createTable('schema_version')
        .addColumn('version', 'integer', (column) => column.notNull())
        .execute()
      await tx.insertInto('schema_version').values({ version: 0 }).execute()
    }
    for (const step of migrations.slice(now)) {
      await step(tx as unknown as Transaction<Record<string, Record<string, unknown>>>, db.kind)
    }
    await tx.updateTable('schema_version').set({ version: migrations.length }).execute()
  })
}
