/** What makes a change of the log show: a hash of every record's content, and the chain of them. */
import { canonical } from './canonical.ts'
import type { EpcisEvent, Json } from './epcis/event.ts'
import { declaredIn, remoteIn } from './epcis/context.ts'
import { eventHash } from './epcis/hash.ts'
import type { NewRecord, RecordText, StoredEvent } from './store.ts'

type Sha256 = (text: string) => string

/** The hash that stands before the first record of a ledger. */
export const firstHash = '0'.repeat(64)

type Names = Readonly<Record<string, string>>

/** The namespaces that a context declares, in one form, and by what a text shows to use each. */
interface Declared {
  readonly names: Names
  readonly text: string
  readonly uses: readonly string[]
}

const declaredBefore = new WeakMap<Names, Declared>()

/** Contexts come again and again: what they declare is written once. */
function declaredBy(context: Json): Declared {
  const names = declaredIn(context)
  const known = declaredBefore.get(names)
  if (known !== undefined) return known
  const uses = Object.keys(names).map((prefix) => `"${prefix}:`)
  const declared = { names, text: canonical(names), uses }
  declaredBefore.set(names, declared)
  return declared
}

/** Of what is declared only what a text uses. */
function usedIn(text: string, declared: Declared): Pick<Declared, 'names' | 'text'> {
  if (declared.uses.every((use) => text.includes(use))) return declared
  const used = Object.entries(declared.names).filter(([prefix]) => text.includes(`"${prefix}:`))
  const names = Object.fromEntries(used)
  return { names, text: canonical(names) }
}

/** Content in one form with its hash, and the namespaces that its prefixes stand for. */
interface Content {
  readonly text: string
  /** True where the text is the whole event. */
  readonly isWhole: boolean
  readonly names: Names
  readonly hash: string
}

function contentIn(event: EpcisEvent, context: Json, sha256: Sha256): Content {
  const fields = event as unknown as Readonly<Record<string, Json>>
  const { '@context': own, recordTime } = fields
  const isWhole = own === undefined && recordTime === undefined
  const text = canonical(isWhole ? fields : contentOf(fields))
  const declared = declaredBy(own === undefined ? context : [context, own])
  const { names, text: namesText } = usedIn(text, declared)
  return { text, isWhole, names, hash: sha256(`[${text},${namesText}]`) }
}

/**
 * SHA-256 (hex) of an event's content: everything but its recordTime, with the namespaces that its
 * prefixes stand for. The order of fields and where a namespace is declared make no difference.
 */
export function contentHash(event: EpcisEvent, context: Json, sha256: Sha256): string {
  return contentIn(event, context, sha256).hash
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
  const { text, isWhole, names, hash } = contentIn(kept, context, sha256)
  const remote = remoteIn(context)
  return {
    key: declared === undefined ? eventID : `${eventID} ${declared}`,
    contentHash: hash,
    event: kept,
    ...(isWhole ? { text } : {}),
    // Of a document's context only what the event needs: it is kept with every event.
    context: remote.length === 0 ? names : [...remote, names],
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
