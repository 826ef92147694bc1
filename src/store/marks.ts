/** How far the log is and what is derived from it: a row of `marks` each. */
import { sql } from 'kysely'
import type { Head } from '../ledger/index.ts'
import type { Database, Write } from './database.ts'

type Mark = 'log' | 'events' | 'derived'

/** Where a mark stands; nobody else moves it until this transaction ends. */
export async function lockMark(db: Database, tx: Write, name: Mark): Promise<Head | undefined> {
  const lock = db.kind === 'sqlite' ? sql`` : sql`for update`
  const found = await sql<Head>`select seq, hash from marks where name = ${name} ${lock}`.execute(
    tx,
  )
  return found.rows[0]
}

export async function moveMark(
  tx: Write,
  name: Mark,
  to: { readonly seq: number; readonly hash?: string },
): Promise<void> {
  await tx.updateTable('marks').set(to).where('name', '=', name).execute()
}
