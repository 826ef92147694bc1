/**
 * Copies of a whole ledger, made while others write. SQLite: a database file by VACUUM INTO, which
 * no writer can hold up. PostgreSQL: JSON lines, read in one snapshot. Derived tables are not in
 * the lines: the log makes them anew.
 */
import { createRequire } from 'node:module'
import { existsSync, openSync, closeSync, fsyncSync, renameSync, rmSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import type { Head } from '../ledger/index.ts'
import { storeError } from './errors.ts'
import type { Database, Read } from './database.ts'
import { migrations } from './migrations.ts'
import type { Tables } from './schema.ts'

export const deskTables = [
  'accounts',
  'keys',
  'audits',
  'captures',
  'queries',
  'settings',
] as const satisfies readonly (keyof Tables)[]

export type Line =
  | { readonly backup: 'didymium ledger'; readonly version: number; readonly head: Head }
  | { readonly table: 'log'; readonly row: Tables['log'] }
  | { readonly table: (typeof deskTables)[number]; readonly row: Readonly<Record<string, unknown>> }
  | { readonly end: number }

const pageSize = 1000

/** A whole ledger, line by line: its head, the log, the desk, and how many rows these were. */
export async function* linesOf(read: Read): AsyncGenerator<Line> {
  const { seq, hash } = await read
    .selectFrom('marks')
    .select(['seq', 'hash'])
    .where('name', '=', 'log')
    .executeTakeFirstOrThrow()
  yield { backup: 'didymium ledger', version: migrations.length, head: { seq, hash } }
  let rows = 0
  for (let after = 0; ; ) {
    const page = await read
      .selectFrom('log')
      .selectAll()
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(pageSize)
      .execute()
    for (const row of page) yield { table: 'log', row }
    rows += page.length
    after = page.at(-1)?.seq ?? 0
    if (page.length < pageSize) break
  }
  for (const table of deskTables) {
    const query = read.selectFrom(table).selectAll()
    const all = await (table === 'audits' ? query.orderBy('id' as never) : query).execute()
    for (const row of all) yield { table, row: row as unknown as Record<string, unknown> }
    rows += all.length
  }
  yield { end: rows }
}

async function writeLines(db: Database, handle: FileHandle): Promise<void> {
  await db.read
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      let text = ''
      for await (const line of linesOf(tx)) {
        text += `${JSON.stringify(line)}\n`
        if (text.length < 1_000_000) continue
        await handle.write(text)
        text = ''
      }
      await handle.write(text)
    })
  await handle.sync()
}

/** Runs in a thread of its own: a large file takes a while. */
const vacuum = `
const { parentPort, workerData } = require('node:worker_threads')
const { DatabaseSync } = require(workerData.library)
const database = new DatabaseSync(workerData.from, { timeout: 10000 })
try {
  database.prepare('vacuum into ?').run(workerData.to)
  parentPort.postMessage({ done: true })
} catch (error) {
  parentPort.postMessage({ done: false, sqliteCode: error.sqliteCode, message: error.message })
} finally {
  database.close()
}`

type Vacuumed =
  | { readonly done: true }
  | { readonly done: false; readonly sqliteCode?: number; readonly message: string }

async function vacuumInto(from: string, to: string): Promise<void> {
  const library = createRequire(import.meta.url).resolve('@photostructure/sqlite')
  const said = await new Promise<Vacuumed>((resolve, reject) => {
    const worker = new Worker(vacuum, { eval: true, workerData: { library, from, to } })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  if (!said.done) {
    throw Object.assign(new Error(said.message), { sqliteCode: said.sqliteCode })
  }
  const file = openSync(to, 'r')
  fsyncSync(file)
  closeSync(file)
}

/** Writes a copy to a new file; the file is there only once it is whole. */
export async function backup(db: Database, file: string): Promise<void> {
  if (existsSync(file)) throw new Error(`there is a file ${file} already`)
  const part = `${file}.part`
  rmSync(part, { force: true })
  try {
    if (db.file !== undefined) await vacuumInto(db.file, part)
    else {
      const handle = await open(part, 'wx')
      try {
        await writeLines(db, handle)
      } finally {
        await handle.close()
      }
    }
    renameSync(part, file)
  } catch (error) {
    rmSync(part, { force: true })
    throw storeError(error)
  }
}
