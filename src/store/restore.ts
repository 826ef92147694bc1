/** Brings a backup of either kind back into an empty database of either kind. */
import {
  copyFileSync,
  createReadStream,
  mkdtempSync,
  openSync,
  readSync,
  closeSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chainHash, contentHash, firstHash } from '../ledger/index.ts'
import type { Head } from '../ledger/index.ts'
import { lockHead, writeRows } from './append.ts'
import type { LogRow } from './append.ts'
import { linesOf } from './backup.ts'
import type { Line } from './backup.ts'
import { connectSqlite } from './connect.ts'
import { sqliteFile } from './place.ts'
import { moveMark } from './marks.ts'
import { writing } from './database.ts'
import type { Database, Write } from './database.ts'
import { StoreError } from './errors.ts'
import { sha256 } from './hash.ts'
import { storedEvent } from './log.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations.ts'
import type { Tables } from './schema.ts'

const sqliteMagic = 'SQLite format 3\0'

function isSqlite(file: string): boolean {
  const handle = openSync(file, 'r')
  try {
    const start = Buffer.alloc(sqliteMagic.length)
    readSync(handle, start)
    return start.toString('latin1') === sqliteMagic
  } finally {
    closeSync(handle)
  }
}

const damaged = (what: string) => new StoreError('corrupt', `the backup is damaged: ${what}`)

async function* linesOfText(file: string): AsyncGenerator<Line> {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })
  let number = 0
  for await (const text of lines) {
    number++
    let line: Line
    try {
      line = JSON.parse(text) as Line
    } catch {
      throw damaged(`line ${number} is no JSON`)
    }
    yield line
  }
}

/** A copy is opened, so that an older backup can be brought to the newest schema. */
async function* linesOfSqlite(file: string): AsyncGenerator<Line> {
  const folder = mkdtempSync(join(tmpdir(), 'didymium-restore-'))
  try {
    copyFileSync(file, join(folder, sqliteFile))
    const db = await connectSqlite(folder)
    try {
      await migrate(db)
      yield* linesOf(db.read)
    } finally {
      await db.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A record of the backup in its place after `before`; refused when it is not as it was written. */
function checked(row: Tables['log'], before: Head): LogRow {
  const record = storedEvent(row)
  const isSound =
    record.seq === before.seq + 1 &&
    record.previous === before.hash &&
    contentHash(record.event, record.context, sha256) === record.contentHash &&
    chainHash(before.hash, record, sha256) === record.hash
  if (!isSound) throw damaged(`record ${before.seq + 1} is not as it was written`)
  const { seq, key, previous, hash, by, recordTime } = record
  const { event, context } = row
  return {
    seq,
    key,
    contentHash: record.contentHash,
    event,
    context,
    by,
    recordTime,
    previous,
    hash,
  }
}

const pageSize = 2000

/** Writes lines into an empty database; answers with the head that they led to. */
async function writeLines(db: Database, tx: Write, lines: AsyncIterable<Line>): Promise<Head> {
  let head: Head = { seq: 0, hash: firstHash }
  let promised: Head | undefined
  let rows = 0
  let end: number | undefined
  let page: LogRow[] = []
  const flush = async () => {
    await writeRows(db, tx, page)
    page = []
  }
  for await (const line of lines) {
    if ('backup' in line) {
      if (line.version > migrations.length) {
        throw new StoreError(
          'newer-schema',
          'the backup was made by a newer version of this program',
        )
      }
      promised = line.head
    } else if ('end' in line) end = line.end
    else {
      rows++
      if (line.table === 'log') {
        const row = checked(line.row, head)
        page.push(row)
        head = { seq: row.seq, hash: row.hash }
        if (page.length >= pageSize) await flush()
      } else {
        // The database counts its rows itself.
        const { id: _, ...row } = line.row
        const values = line.table === 'audits' ? row : line.row
        await tx.insertInto(line.table).values(values).execute()
      }
    }
  }
  if (page.length > 0) await flush()
  if (promised === undefined) throw damaged('it does not begin as a backup of a ledger does')
  if (end !== rows || promised.seq !== head.seq || promised.hash !== head.hash) {
    throw damaged('its end is missing')
  }
  return head
}

/**
 * Fills an empty database with a backup, checking every record and the chain: all of it, or a
 * `StoreError` and nothing. Answers with the head of the log.
 */
export async function restoreInto(db: Database, file: string): Promise<Head> {
  const lines = isSqlite(file) ? linesOfSqlite(file) : linesOfText(file)
  return writing(db, async (tx) => {
    const { seq } = await lockHead(db, tx)
    const accounts = await tx.selectFrom('accounts').select('name').limit(1).execute()
    if (seq > 0 || accounts.length > 0) throw new Error('the database is not empty')
    await tx.deleteFrom('settings').execute()
    const head = await writeLines(db, tx, lines)
    await moveMark(tx, 'log', head)
    return head
  })
}
