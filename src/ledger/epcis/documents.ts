/** Events on their way out: EPCIS documents for others to capture, and answers to queries. */
import type { StoredEvent } from '../store.ts'
import { declaredIn, remoteIn } from './context.ts'
import type { Json } from './event.ts'

type Declared = Readonly<Record<string, string>>

const gs1Context = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'

/** GS1's context, other addresses, and prefixes where there are any. */
function contextOf(remote: Iterable<string>, declared: Declared): readonly Json[] {
  const own = Object.keys(declared).length === 0 ? [] : [declared]
  return [gs1Context, ...remote, ...own]
}

const listed = (context: Json | undefined): readonly Json[] => {
  if (context === undefined) return []
  return Array.isArray(context) ? context : [context]
}

/** Events as they were captured, and one context for all of them. */
interface Gathered {
  readonly context: Json
  readonly events: readonly Json[]
}

/**
 * What an event means otherwise than the context of all by a prefix: its own namespace, or null
 * where it uses the prefix and nobody ever said what for.
 */
function otherwise(
  event: Readonly<Record<string, Json>>,
  mine: Declared,
  all: Declared,
): Readonly<Record<string, string | null>> {
  const other: Record<string, string | null> = {}
  let text: string | undefined
  for (const [prefix, meaning] of Object.entries(all)) {
    const own = mine[prefix]
    if (own === meaning) continue
    if (own !== undefined) other[prefix] = own
    text ??= JSON.stringify(event)
    if (own === undefined && text.includes(`"${prefix}:`)) other[prefix] = null
  }
  return other
}

/** One context for all; an event that means something else by a prefix carries its own. */
function gather(
  stored: readonly StoredEvent[],
  write: (record: StoredEvent) => Readonly<Record<string, Json>>,
): Gathered {
  const all: Record<string, string> = {}
  const remote = new Set<string>()
  for (const { context } of stored) {
    for (const address of remoteIn(context)) remote.add(address)
    for (const [prefix, meaning] of Object.entries(declaredIn(context))) all[prefix] ??= meaning
  }
  const events = stored.map((record) => {
    const event = write(record)
    const other = otherwise(event, declaredIn(record.context), all)
    if (Object.keys(other).length === 0) return event
    return { ...event, '@context': [other, ...listed(event['@context'])] }
  })
  return { context: contextOf(remote, all), events }
}

const asWritten = ({ event }: StoredEvent) => event as unknown as Readonly<Record<string, Json>>

const withRecordTime = (record: StoredEvent) => ({
  ...asWritten(record),
  recordTime: new Date(record.recordTime).toISOString(),
})

/** An EPCISDocument: captured again it gives the same events. `created` in ms since 1970. */
export function epcisDocument(
  stored: readonly StoredEvent[],
  { created }: { readonly created: number },
): Json {
  const { context, events } = gather(stored, asWritten)
  return {
    '@context': context,
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: new Date(created).toISOString(),
    epcisBody: { eventList: events },
  }
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
  const { context, events } = gather(stored, withRecordTime)
  const { subscriptionID, queryName = 'SimpleEventQuery' } = about
  return {
    '@context': context,
    type: 'EPCISQueryDocument',
    schemaVersion: '2.0',
    creationDate: new Date(about.created).toISOString(),
    epcisBody: {
      queryResults: {
        ...(subscriptionID === undefined ? {} : { subscriptionID }),
        queryName,
        resultsBody: { eventList: events },
      },
    },
  }
}

/** One event as a document of its own, with its recordTime. */
export function bareEvent(record: StoredEvent): Json {
  const { '@context': own, ...event } = withRecordTime(record) as Readonly<Record<string, Json>>
  const context = contextOf(remoteIn(record.context), declaredIn(record.context))
  return { '@context': [...context, ...listed(own)], ...event }
}
