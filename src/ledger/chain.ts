/** What makes a change of the log show: a hash of every record's content, and the chain of them. */
import type { EpcisEvent, Json } from './epcis/event.ts'
import { namespacesUsed } from './epcis/context.ts'
import { eventHash } from './epcis/hash.ts'
import type { NewRecord, StoredEvent } from './store.ts'

type Sha256 = (text: string) => string

/** The hash that stands before the first record of a ledger. */
export const firstHash = '0'.repeat(64)

/**
 * JSON in one form only, after RFC 8785: keys in order of their UTF-16 units, no blanks, numbers
 * and texts as ECMAScript writes them. Fields that are undefined are left out.
 */
export function canonical(value: Json | undefined): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const record = value as { readonly [key: string]: Json | undefined }
  let text = ''
  for (const key of Object.keys(record).sort()) {
    const field = record[key]
    if (field === undefined) continue
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonical(field)}`
  }
  return `{${text}}`
}

/**
 * SHA-256 (hex) of an event's content: everything but its recordTime, with the namespaces that its
 * prefixes stand for. The order of fields and where a namespace is declared make no difference.
 */
export function contentHash(event: EpcisEvent, context: Json, sha256: Sha256): string {
  const { recordTime: _, '@context': own, ...content } = event as unknown as Record<string, Json>
  const names = namespacesUsed(content, own === undefined ? context : [context, own])
  return sha256(canonical([content, names]))
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
  const { recordTime: _, ...rest } = event
  const eventID = rest.eventID ?? eventHash(event, context, sha256, ignored)
  const kept = (rest.eventID === undefined ? { ...rest, eventID } : rest) as EpcisEvent
  const declared = kept.errorDeclaration?.declarationTime
  return {
    key: declared === undefined ? eventID : `${eventID} ${declared}`,
    contentHash: contentHash(kept, context, sha256),
    event: kept,
    context,
    by,
  }
}
