/** Writes records at the end of the log. What they are found by follows (`indexing.ts`). */
import { chainHash } from '../ledger/index.ts'
import type { Appended, Head, Json, NewRecord } from '../ledger/index.ts'
import { among, insertRows, parts } from './database.ts'
import type { Database, Write } from './database.ts'
import { sqliteCode } from './errors.ts'
import { sha256 } from './hash.ts'
import { lockMark, moveMark } from './marks.ts'

/** What one caller wants appended. */
export interface Batch {
  readonly records: readonly NewRecord[]
  readonly at: number
  readonly ifHead: number | undefined
}

interface Kept {
  readonly seq: number
  readonly contentHash: string
}

const logColumns = {
  seq: 'bigint',
  key: 'text',
  content_hash: 'text',
  event: 'text',
  context: 'text',
  captured_by: 'text',
  record_time: 'bigint',
  previous: 'text',
  hash: 'text',
} as const

/** The head of the log; nobody else appends until this transaction ends. */
export async function lockHead(db: Database, tx: Write): Promise<Head> {
  const head = await lockMark(db, tx, 'log')
  if (head === undefined) throw new Error('the log has no head')
  return head
}

async function knownKeys(db: Database, tx: Write, keys: readonly string[]) {
  const known = new Map<string, Kept>()
  for (const part of parts(keys, 5000)) {
    const rows = await tx
      .selectFrom('log')
      .select(['key', 'seq', 'content_hash'])
      .where(among(db, 'key', part))
      .execute()
    for (const row of rows) known.set(row.key, { seq: row.seq, contentHash: row.content_hash })
  }
  return known
}

/** What becomes of one batch; `fresh` are its records that are new. */
function judge(batch: Batch, head: number, known: ReadonlyMap<string, Kept>) {
  if (batch.ifHead !== undefined && batch.ifHead !== head) {
    const outcomes = batch.records.map(
      ({ key }): Appended => ({ outcome: 'moved', key, seq: head }),
    )
    return { outcomes, fresh: new Map<string, Kept>(), records: [] }
  }
  const fresh = new Map<string, Kept>()
  const records: NewRecord[] = []
  let isRefused = false
  const outcomes = batch.records.map((record): Appended => {
    const { key, contentHash } = record
    const there = known.get(key) ?? fresh.get(key)
    if (there === undefined) {
      const seq = head + records.push(record)
      fresh.set(key, { seq, contentHash })
      return { outcome: 'stored', key, seq }
    }
    if (there.contentHash === contentHash) return { outcome: 'known', key, seq: there.seq }
    isRefused = true
    return { outcome: 'conflict', key, seq: there.seq }
  })
  if (!isRefused) return { outcomes, fresh, records }
  // What had been found new is not stored either: only what is in the log is named.
  const kept = outcomes.filter(({ outcome, key }) => outcome !== 'stored' && known.has(key))
  const own = outcomes.filter(({ outcome, key }) => outcome === 'conflict' && !known.has(key))
  return { outcomes: [...kept, ...own], fresh: new Map<string, Kept>(), records: [] }
}

/** A record in its place in the log. */
export interface LogRow {
  readonly seq: number
  readonly key: string
  readonly contentHash: string
  readonly event: string
  readonly context: string
  readonly by: string
  readonly recordTime: number
  readonly previous: string
  readonly hash: string
}

const contextTexts = new WeakMap<object, string>()

/** Contexts come again and again: each is written once. */
function contextText(context: Json): string {
  if (context === null || typeof context !== 'object') return JSON.stringify(context)
  const known = contextTexts.get(context)
  if (known !== undefined) return known
  const text = JSON.stringify(context)
  contextTexts.set(context, text)
  return text
}

/** Puts records on the chain. */
function chained(batches: readonly { records: readonly NewRecord[]; at: number }[], head: Head) {
  const rows: LogRow[] = []
  let { seq, hash } = head
  for (const { records, at } of batches) {
    for (const record of records) {
      const { key, contentHash, by } = record
      seq++
      const previous = hash
      hash = chainHash(previous, { seq, recordTime: at, key, contentHash, by }, sha256)
      const event = record.text ?? JSON.stringify(record.event)
      const context = contextText(record.context)
      rows.push({
        seq,
        key,
        contentHash,
        event,
        context,
        by,
        recordTime: at,
        previous,
        hash,
      })
    }
  }
  return rows
}

/** Writes rows of the log; the head is for the caller to move. */
export async function writeRows(db: Database, tx: Write, rows: readonly LogRow[]): Promise<void> {
  await insertRows(
    db,
    tx,
    { table: 'log', columns: logColumns },
    rows.map((row) => [
      row.seq,
      row.key,
      row.contentHash,
      row.event,
      row.context,
      row.by,
      row.recordTime,
      row.previous,
      row.hash,
    ]),
  )
}

/** True for what the database says when a key is in the log already. */
export function isTaken(error: unknown): boolean {
  return sqliteCode(error) === 19 || (error as { readonly code?: unknown }).code === '23505'
}

/**
 * Appends batches one after the other, each whole or not at all, in this one transaction. With
 * `isNew` no key is looked for: where one is in the log already that ends with `isTaken`.
 */
export async function appendBatches(
  db: Database,
  tx: Write,
  batches: readonly Batch[],
  isNew: boolean,
): Promise<readonly (readonly Appended[])[]> {
  const head = await lockHead(db, tx)
  const keys = batches.flatMap(({ records }) => records.map(({ key }) => key))
  const known = isNew ? new Map<string, Kept>() : await knownKeys(db, tx, keys)
  let seq = head.seq
  const judged = batches.map((batch) => {
    const { outcomes, fresh, records } = judge(batch, seq, known)
    for (const [key, kept] of fresh) known.set(key, kept)
    seq += records.length
    return { outcomes, records, at: batch.at }
  })
  const outcomes = judged.map(({ outcomes }) => outcomes)
  const rows = chained(judged, head)
  const last = rows.at(-1)
  if (last === undefined) return outcomes
  await writeRows(db, tx, rows)
  await moveMark(tx, 'log', { seq: last.seq, hash: last.hash })
  return outcomes
}
