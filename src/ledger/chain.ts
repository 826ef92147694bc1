/** What makes a change of the log show: a hash of every record's content, and the chain of them. */
import type { EpcisEvent, Json } from './epcis/event.ts'
import { declaredIn, remoteIn } from './epcis/context.ts'
import { eventHash } from './epcis/hash.ts'
import type { NewRecord, RecordText, StoredEvent } from './store.ts'

type Sha256 = (text: string) => string

/** The hash that stands before the first record of a ledger. */
export const firstHash = '0'.repeat(64)

/** Texts that JSON writes as they are: no quote, backslash, control sign or half of a pair. */
const plain = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/

const quoted = (text: string) => (plain.test(text) ? `"${text}"` : JSON.stringify(text))

/** Keys in order; most records come in one already. */
function keysOf(record: object): readonly string[] {
  const keys = Object.keys(record)
  for (let i = 1; i < keys.length; i++) {
    if ((keys[i - 1] as string) > (keys[i] as string)) return keys.sort()
  }
  return keys
}

/**
 * JSON in one form only, after RFC 8785: keys in order of their UTF-16 units, no blanks, numbers
 * and texts as ECMAScript writes them. Fields that are undefined are left out.
 */
export function canonical(value: Json | undefined): string {
  if (typeof value === 'string') return quoted(value)
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null)
  let text = ''
  if (Array.isArray(value)) {
    for (const one of value) text += (text === '' ? '' : ',') + canonical(one)
    return `[${text}]`
  }
  const record = value as { readonly [key: string]: Json | undefined }
  for (const key of keysOf(record)) {
    const field = record[key]
    if (field !== undefined) {
      text += `${text === '' ? '' : ','}${quoted(key)}:${canonical(field)}`
    }
  }
  return `{${text}}`
}

/** Content in one form, and the namespaces that its prefixes stand for. */
interface Content {
  readonly text: string
  /** True where the text is the whole event. */
  readonly isWhole: boolean
  readonly names: Readonly<Record<string, string>>
}

function contentIn(event: EpcisEvent, context: Json): Content {
  const fields = event as unknown as Readonly<Record<string, Json>>
  const { '@context': own, recordTime } = fields
  const isBare = own === undefined && recordTime === undefined
  const text = canonical(isBare ? fields : contentOf(fields))
  const declared = declaredIn(own === undefined ? context : [context, own])
  const all = Object.entries(declared)
  const used = all.filter(([prefix]) => text.includes(`"${prefix}:`))
  return {
    text,
    isWhole: isBare,
    names: used.length === all.length ? declared : Object.fromEntries(used),
  }
}

const hashOf = ({ text, names }: Content, sha256: Sha256) => sha256(`[${text},${canonical(names)}]`)

/**
 * SHA-256 (hex) of an event's content: everything but its recordTime, with the namespaces that its
 * prefixes stand for. The order of fields and where a namespace is declared make no difference.
 */
export function contentHash(event: EpcisEvent, context: Json, sha256: Sha256): string {
  return hashOf(contentIn(event, context), sha256)
}

/**
 * True when the text of an event and its namespaces, as they lie in the database, are what was
 * hashed; false when they have to be read first to tell.
 */
export function isHashed(
  { event, context, contentHash: hash }: Pick<RecordText, 'event' | 'context' | 'contentHash'>,
  sha256: Sha256,
): boolean {
  return sha256(`[${event},${context}]`) === hash
}

function contentOf(fields: Readonly<Record<string, Json>>): Readonly<Record<string, Json>> {
  const { '@context': _, recordTime: __, ...content } = fields
  return content
}

/** What of a record the chain binds, beside the record before it. */
export type Link = Pick<StoredEvent, 'seq' | 'recordTime' | 'key' | 'contentHash' | 'by'>

/** The hash (hex) of a record that follows the one whose hash is `previous`. */
export function chainHash(previous: string, record: Link, sha256: Sha256): string {
  const { seq, recordTime, key, contentHash, by } = record
  return sha256(JSON.stringify([previous, seq, recordTime, key, contentHash, by]))
}

/**
 * The record of a valid event: without recordTime, with the CBV 2.0 event hash as its ID where it
 * has none (`ignored` fields are no part of that), under the key that makes capturing it again the
 * same capture.
 */
export function newRecord(
  event: EpcisEvent,
  context: Json,
  by: string,
  sha256: Sha256,
  ignored?: readonly string[],
): NewRecord {
  const kept = namedEvent(event, context, sha256, ignored)
  const eventID = kept.eventID ?? ''
  const declared = kept.errorDeclaration?.declarationTime
  const content = contentIn(kept, context)
  const remote = remoteIn(context)
  return {
    key: declared === undefined ? eventID : `${eventID} ${declared}`,
    contentHash: hashOf(content, sha256),
    event: kept,
    ...(content.isWhole ? { text: content.text } : {}),
    // Of a document's context only what the event needs: it is kept with every event.
    context: remote.length === 0 ? content.names : [...remote, content.names],
    by,
  }
}

/** The event with an ID and without recordTime. */
function namedEvent(
  event: EpcisEvent,
  context: Json,
  sha256: Sha256,
  ignored?: readonly string[],
): EpcisEvent {
  const eventID = event.eventID ?? eventHash(event, context, sha256, ignored)
  const named = event.eventID === undefined ? { ...event, eventID } : event
  if (named.recordTime === undefined) return named
  const { recordTime: _, ...rest } = named
  return rest
}
