import { chainHash, contentHash, firstHash, isHashed } from './chain.ts'
import type { EpcisEvent, Json } from './epcis/event.ts'
import type { Fault, VerifyReport } from './care-types.ts'
import { foldLot } from './fold.ts'
import type { Ledger, Progress } from './ledger.ts'
import { effectsNaming, type Known } from './log-reading.ts'
import type { LotState } from './state.ts'
import type { Head, RecordText } from './store.ts'

export interface VerifyOptions {
  /** A head that was written down before: a log cut off or written anew is found by it. */
  readonly head?: Head
  /** Fold every lot anew and compare with the derived tables. */
  readonly checkDerived?: boolean
}

const recordsAtOnce = 2000
const lotsAtOnce = 100
const mostDiffering = 100

/** True when the content of a record has the hash that it was written with. */
function hasItsHash(record: RecordText, sha256: Ledger['sha256']): boolean {
  if (isHashed(record, sha256)) return true
  try {
    const event = JSON.parse(record.event) as EpcisEvent
    return contentHash(event, JSON.parse(record.context) as Json, sha256) === record.contentHash
  } catch {
    return false
  }
}

/** What is wrong with a record that has to follow `before`; undefined: nothing. */
function faultOf(before: Head, record: RecordText, sha256: Ledger['sha256']): Fault | undefined {
  const { seq, key } = record
  const expected = before.seq + 1
  if (seq > expected) {
    return { seq: expected, kind: 'missing', message: `record ${expected} is not there` }
  }
  if (seq < expected) {
    return { seq, key, kind: 'out-of-place', message: `record ${seq} comes after ${before.seq}` }
  }
  if (!hasItsHash(record, sha256)) {
    return { seq, key, kind: 'changed', message: `the content of record ${seq} was changed` }
  }
  if (record.previous !== before.hash) {
    const message = `record ${seq} was not written after record ${before.seq} as it is now`
    return { seq, key, kind: 'out-of-place', message }
  }
  if (chainHash(before.hash, record, sha256) !== record.hash) {
    const message = `the key, time, account or hash of record ${seq} was changed`
    return { seq, key, kind: 'changed', message }
  }
  return undefined
}

/** The log is shorter than somebody knows it was, or is another one. */
function endFault(end: Head, atGiven: string | undefined, given: Head): Fault | undefined {
  if (given.seq > end.seq) {
    const message = `the log ends with record ${end.seq}, and had ${given.seq}`
    return { seq: end.seq + 1, kind: 'missing', message }
  }
  if (given.hash === '' || atGiven === given.hash) return undefined
  const message = `record ${given.seq} has the hash ${atGiven ?? 'of no record'}, not the one given`
  return { seq: given.seq, kind: 'head-differs', message }
}

async function lotsThatDiffer(
  known: Known,
  states: readonly LotState[],
): Promise<readonly string[]> {
  const events = await effectsNaming(
    known,
    states.map(({ uri }) => uri),
  )
  return states
    .filter((state) => !isSame(foldLot(state.uri, events).state, state))
    .map(({ uri }) => uri)
}

/** Equal as JSON, whatever the order of the fields. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const left = a as Record<string, unknown>
  const right = b as Record<string, unknown>
  const names = new Set([...Object.keys(left), ...Object.keys(right)])
  return [...names].every((name) => isSame(left[name], right[name]))
}

async function compareDerived({ store }: Ledger): Promise<NonNullable<VerifyReport['derived']>> {
  const known: Known = { store, upTo: await store.projected() }
  const differing: string[] = []
  let lots = 0
  for (;;) {
    const page = await store.searchLots({ offset: lots, limit: lotsAtOnce })
    differing.push(...(await lotsThatDiffer(known, page.lots)))
    lots += page.lots.length
    if (page.lots.length < lotsAtOnce) break
  }
  const isSame = differing.length === 0
  return { isSame, lots, differing: differing.slice(0, mostDiffering) }
}

/**
 * Computes every hash of the log anew and names the first record that is changed, missing or out
 * of its place. A log whose end was cut off is found by the derived tables, which knew more, or by
 * a head that is given.
 */
export async function verify(
  ledger: Ledger,
  options: VerifyOptions = {},
  progress?: Progress,
): Promise<VerifyReport> {
  const { store, sha256 } = ledger
  // The database keeps its head apart from the records: a last one that is not there is missed.
  const kept = await store.head()
  const expected = options.head === undefined ? [kept] : [kept, options.head]
  let end: Head = { seq: 0, hash: firstHash }
  const hashes = new Map([[0, firstHash]])
  for (;;) {
    const records = await store.texts(end.seq, recordsAtOnce)
    for (const record of records) {
      const fault = faultOf(end, record, sha256)
      if (fault !== undefined) return { isSound: false, records: end.seq, head: end, fault }
      end = { seq: record.seq, hash: record.hash }
      if (expected.some(({ seq }) => seq === end.seq)) hashes.set(end.seq, end.hash)
    }
    progress?.(end.seq, Math.max(kept.seq, end.seq))
    if (records.length < recordsAtOnce) break
  }
  const fault =
    endFault(end, undefined, { seq: await store.projected(), hash: '' }) ??
    expected.map((head) => endFault(end, hashes.get(head.seq), head)).find((x) => x !== undefined)
  const derived = options.checkDerived === true ? await compareDerived(ledger) : undefined
  return {
    isSound: fault === undefined && derived?.isSame !== false,
    records: end.seq,
    head: end,
    ...(fault === undefined ? {} : { fault }),
    ...(derived === undefined ? {} : { derived }),
  }
}
