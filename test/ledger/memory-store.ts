/** The log of a ledger in memory, as a database keeps it: what tests of pure parts write to. */
import { createHash } from 'node:crypto'
import {
  type Appended,
  canonicalUri,
  chainHash,
  type EpcisEvent,
  firstHash,
  type Ledger,
  type LedgerStore,
  type ListedField,
  type NewRecord,
  type Selection,
  type RecordText,
  type StoredEvent,
  timeOf,
  type WantedUri,
} from '../../src/ledger/index.ts'

export type LogStore = Pick<
  LedgerStore,
  | 'kind'
  | 'head'
  | 'append'
  | 'read'
  | 'texts'
  | 'byEventIDs'
  | 'naming'
  | 'select'
  | 'distinct'
  | 'index'
>

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** A ledger of which only the log may be used. */
export function ledgerOver(store: LogStore, now: () => number): Ledger {
  return { store, sha256, now, elements: [] } as unknown as Ledger
}

const lists = [
  'epcList',
  'childEPCs',
  'inputEPCList',
  'outputEPCList',
  'quantityList',
  'childQuantityList',
  'inputQuantityList',
  'outputQuantityList',
]

const fieldsOf = (event: EpcisEvent) => event as unknown as Readonly<Record<string, unknown>>

/** EPCs, classes and parents that an event names. */
function epcsOf(event: EpcisEvent): Set<string> {
  const fields = fieldsOf(event)
  const found = new Set<string>()
  for (const list of lists) {
    for (const one of (fields[list] ?? []) as (string | { epcClass: string })[]) {
      found.add(typeof one === 'string' ? one : one.epcClass)
    }
  }
  if (typeof fields['parentID'] === 'string') found.add(fields['parentID'])
  return found
}

const ownLots = ['didymium:lot', 'didymium:of', 'didymium:campaign']

function thingsOf(event: EpcisEvent): Set<string> {
  const fields = fieldsOf(event)
  const found = epcsOf(event)
  for (const name of ['transformationID', ...ownLots]) {
    const value = fields[name]
    if (typeof value === 'string') found.add(value)
  }
  const transactions = (fields['bizTransactionList'] ?? []) as { bizTransaction: string }[]
  for (const { bizTransaction } of transactions) found.add(bizTransaction)
  return found
}

const listed: Readonly<Record<ListedField, (event: EpcisEvent) => Iterable<string | undefined>>> = {
  eventTypes: (event) => [event.type],
  epcs: epcsOf,
  bizSteps: (event) => [event.bizStep],
  bizLocations: (event) => [event.bizLocation?.id],
  readPoints: (event) => [event.readPoint?.id],
  dispositions: (event) => [event.disposition],
}

const among = (wanted: readonly string[] | undefined, value: unknown) =>
  wanted === undefined || (typeof value === 'string' && wanted.includes(value))

const amongUris = (wanted: readonly WantedUri[] | undefined, values: Iterable<unknown>) =>
  wanted === undefined ||
  [...values].some((value) => {
    if (typeof value !== 'string') return false
    const uri = canonicalUri(value)
    return wanted.some((one) =>
      typeof one === 'string' ? uri === canonicalUri(one) : uri.startsWith(one.beginning),
    )
  })

const inside = (range: Selection['eventTime'], value: number) =>
  value >= (range?.from ?? -Infinity) && value < (range?.to ?? Infinity)

function isSelected({ seq, event, recordTime }: StoredEvent, by: Selection): boolean {
  const fields = fieldsOf(event)
  return (
    among(by.types, event.type) &&
    among(by.actions, fields['action']) &&
    among(by.bizSteps, event.bizStep) &&
    among(by.dispositions, event.disposition) &&
    amongUris(by.readPoints, [event.readPoint?.id]) &&
    amongUris(by.bizLocations, [event.bizLocation?.id]) &&
    amongUris(by.transformationIDs, [fields['transformationID']]) &&
    among(by.eventIDs, event.eventID) &&
    inside(by.eventTime, timeOf(event.eventTime) ?? Number.NaN) &&
    inside(by.recordTime, recordTime) &&
    amongUris(by.things, thingsOf(event)) &&
    seq <= (by.upTo ?? Number.POSITIVE_INFINITY) &&
    (by.isDeclaration === undefined || by.isDeclaration === (event.errorDeclaration !== undefined))
  )
}

const valueOf = (stored: StoredEvent, orderBy: Selection['orderBy']) =>
  orderBy === 'eventTime' ? (timeOf(stored.event.eventTime) ?? 0) : stored[orderBy]

/** A record as a database has it. */
export const textOf = (record: StoredEvent): RecordText => ({
  ...record,
  event: JSON.stringify(record.event),
  context: JSON.stringify(record.context),
})

/** An empty log. `log` is what it holds, for tests to look at. */
export function memoryLog(): LogStore & { readonly log: readonly StoredEvent[] } {
  const log: StoredEvent[] = []
  const byKey = new Map<string, StoredEvent>()
  const answer = (record: NewRecord): Appended => {
    const there = byKey.get(record.key)
    if (there === undefined) return { outcome: 'stored', key: record.key, seq: 0 }
    const outcome = there.contentHash === record.contentHash ? 'known' : 'conflict'
    return { outcome, key: record.key, seq: there.seq }
  }
  const add = (record: NewRecord, recordTime: number) => {
    const previous = log.at(-1)?.hash ?? firstHash
    const { text: _, ...kept } = record
    const link = { ...kept, seq: log.length + 1, recordTime }
    const stored = { ...link, previous, hash: chainHash(previous, link, sha256) }
    log.push(stored)
    byKey.set(record.key, stored)
    return stored.seq
  }
  return {
    kind: 'sqlite',
    log,
    head: async () => ({ seq: log.length, hash: log.at(-1)?.hash ?? firstHash }),
    append: async (records, at) => {
      const answers = records.map(answer)
      if (answers.some(({ outcome }) => outcome === 'conflict')) return answers
      return records.map((record) => {
        const now = answer(record)
        return now.outcome === 'stored' ? { ...now, seq: add(record, at) } : now
      })
    },
    read: async (afterSeq, limit) => log.slice(afterSeq, afterSeq + limit),
    texts: async (afterSeq, limit) => log.slice(afterSeq, afterSeq + limit).map(textOf),
    byEventIDs: async (ids) => log.filter(({ event }) => ids.includes(event.eventID ?? '')),
    index: async () => {},
    naming: async (things, upTo = Number.POSITIVE_INFINITY) =>
      log.filter(({ seq, event }) => seq <= upTo && amongUris(things, thingsOf(event))),
    select: async (by) => {
      const sign = by.direction === 'ASC' ? 1 : -1
      const order = (value: number, seq: number, other: StoredEvent) =>
        sign * (value - valueOf(other, by.orderBy) || seq - other.seq)
      const { after } = by
      return log
        .filter((one) => isSelected(one, by))
        .filter((one) => after === undefined || order(after.value, after.seq, one) < 0)
        .toSorted((a, b) => order(valueOf(a, by.orderBy), a.seq, b))
        .slice(0, by.limit)
    },
    distinct: async (field, after, limit) => {
      const all = new Set(log.flatMap(({ event }) => [...listed[field](event)]))
      return [...all]
        .filter((one): one is string => one !== undefined && one > after)
        .toSorted()
        .slice(0, limit)
    },
  }
}
