/** The event hash of CBV 2.0: the same facts have the same ID, however they are written. */
import type { EpcisEvent, Json } from './event.ts'

/** The text that is hashed. */
export function prehash(event: EpcisEvent, context: Json): string {
  return JSON.stringify([event, context])
}

/** `ni:///sha-256;<hex>?ver=CBV2.0`. */
export function eventHash(
  event: EpcisEvent,
  context: Json,
  sha256: (text: string) => string,
): string {
  return `ni:///sha-256;${sha256(prehash(event, context))}?ver=CBV2.0`
}
