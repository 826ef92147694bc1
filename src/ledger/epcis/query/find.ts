/** Answers a query from the store, page by page. */
import type { Ledger } from '../../ledger.ts'
import type { Range, Selection, StoredEvent } from '../../store.ts'
import type { EpcisException } from '../exceptions.ts'
import { timeOf } from '../time.ts'
import type { Narrowed } from './part.ts'
import { type EpcisQuery, matches } from './query.ts'

export type Found =
  | {
      readonly ok: true
      readonly events: readonly StoredEvent[]
      /** Goes on from here; undefined on the last page. */
      readonly next?: string
    }
  | { readonly ok: false; readonly problem: EpcisException }

/** Events on a page where nobody says how many, and the most. */
const usualPage = 30
const longestPage = 1000

/** How far the pages before this one went. */
interface Place {
  readonly value: number
  readonly seq: number
  /** What was captured later is not seen. */
  readonly upTo: number
  /** Events given so far. */
  readonly given: number
}

/** Opaque: four numbers and a sign of the query that they belong to. */
const writeToken = ({ value, seq, upTo, given }: Place, sign: string) =>
  [value, seq, upTo, given].map((n) => n.toString(36)).join('.') + `.${sign}`

function readToken(token: string, sign: string): Place | undefined {
  const parts = token.split('.')
  const [value, seq, upTo, given] = parts.slice(0, 4).map((part) => {
    const n = Number.parseInt(part, 36)
    return Number.isSafeInteger(n) && n.toString(36) === part ? n : undefined
  })
  const isWhole = parts.length === 5 && parts[4] === sign
  if (!isWhole || value === undefined || seq === undefined) return undefined
  const isCounted = upTo !== undefined && given !== undefined && Math.min(seq, upTo, given) > 0
  return isCounted ? { value, seq, upTo, given } : undefined
}

const both = (a: Range | undefined, b: Range | undefined): Range | undefined => {
  if (a === undefined || b === undefined) return a ?? b
  const from = Math.max(a.from ?? -Infinity, b.from ?? -Infinity)
  const to = Math.min(a.to ?? Infinity, b.to ?? Infinity)
  return {
    ...(Number.isFinite(from) ? { from } : {}),
    ...(Number.isFinite(to) ? { to } : {}),
  }
}

/** What the store narrows by; of two parts that ask for the same column the first is enough. */
function narrowed(query: EpcisQuery): Narrowed {
  let all: Narrowed = {}
  for (const { select = {} } of query.parts) {
    const eventTime = both(all.eventTime, select.eventTime)
    const recordTime = both(all.recordTime, select.recordTime)
    all = {
      ...select,
      ...all,
      ...(eventTime === undefined ? {} : { eventTime }),
      ...(recordTime === undefined ? {} : { recordTime }),
    }
  }
  return all
}

type OrderBy = Selection['orderBy']

function valueOf(stored: StoredEvent, orderBy: OrderBy): number {
  if (orderBy === 'seq') return stored.seq
  return orderBy === 'recordTime' ? stored.recordTime : (timeOf(stored.event.eventTime) ?? 0)
}

/** From where on events are looked at, and up to which record. */
interface From {
  readonly after?: Selection['after']
  readonly upTo: number
  /** How many of them are wanted at most. */
  readonly limit: number
}

/** Meets matching events in order, `limit` of them at most; answers how many it met. */
async function walk(
  ledger: Ledger,
  query: EpcisQuery,
  from: From,
  meet: (stored: StoredEvent) => void,
): Promise<number> {
  const orderBy = query.orderBy ?? 'seq'
  const base: Omit<Selection, 'after' | 'limit'> = {
    ...narrowed(query),
    orderBy,
    direction: query.direction,
  }
  let met = 0
  let after: Selection['after'] = from.after
  let limit = Math.min(from.limit, longestPage + 1)
  while (met < from.limit) {
    const page = await ledger.store.select(
      after === undefined ? { ...base, limit } : { ...base, limit, after },
    )
    for (const stored of page) {
      if (met >= from.limit || stored.seq > from.upTo || !matches(stored, query)) continue
      met++
      meet(stored)
    }
    const last = page.at(-1)
    if (last === undefined || page.length < limit) break
    after = { value: valueOf(last, orderBy), seq: last.seq }
    // Where few of the events match, ever more are looked at together.
    limit = Math.min(2 * limit, 2 * longestPage)
  }
  return met
}

/**
 * One page of what a query asks for: at most `perPage`, on from `token`, which the page before
 * gave. What is captured while somebody pages is not seen by the pages after the first.
 */
export async function findEvents(
  ledger: Ledger,
  query: EpcisQuery,
  page: { readonly perPage?: number; readonly token?: string } = {},
): Promise<Found> {
  const token = page.token ?? query.nextPageToken
  const sign = ledger.sha256(query.text).slice(0, 12)
  const place = token === undefined ? undefined : readToken(token, sign)
  if (token !== undefined && place === undefined) {
    const detail = 'nextPageToken is of another query, or none of ours'
    return { ok: false, problem: { name: 'QueryParameterException', detail } }
  }
  const upTo = place?.upTo ?? (await ledger.store.head()).seq
  const given = place?.given ?? 0
  const { maxEventCount, eventCountLimit = Number.POSITIVE_INFINITY } = query
  if (maxEventCount !== undefined && place === undefined) {
    const count = await walk(ledger, query, { upTo, limit: maxEventCount + 1 }, () => {})
    if (count > maxEventCount) {
      const detail = `more than ${maxEventCount} events match`
      return { ok: false, problem: { name: 'QueryTooLargeException', detail } }
    }
  }
  const asked = page.perPage ?? query.perPage ?? usualPage
  const perPage = Math.min(asked, longestPage, eventCountLimit - given)
  const after = place === undefined ? {} : { after: { value: place.value, seq: place.seq } }
  const found: StoredEvent[] = []
  const from = { ...after, upTo, limit: perPage + 1 }
  await walk(ledger, query, from, (stored) => found.push(stored))
  const events = found.slice(0, perPage)
  const last = events.at(-1)
  const isEnd = found.length <= perPage || given + events.length >= eventCountLimit
  if (last === undefined || isEnd) return { ok: true, events }
  const value = valueOf(last, query.orderBy ?? 'seq')
  const next = { value, seq: last.seq, upTo, given: given + events.length }
  return { ok: true, events, next: writeToken(next, sign) }
}
