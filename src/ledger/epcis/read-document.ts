/** Takes documents apart: EPCISDocument, EPCISQueryDocument, or one bare event. */
import {
  type Check,
  type Checking,
  type Fields,
  form,
  hasPrefix,
  isRecord,
  noPrefix,
  shown,
  text,
  time,
  wrong,
} from './checks.ts'
import type { Json } from './event.ts'
import type { Problem } from './problem.ts'
import { checkContext, isEventType } from './validate.ts'

/** A document taken apart. Its events are not checked yet: `checkEvent` does that. */
export interface EpcisDocument {
  readonly events: readonly unknown[]
  /** Its `@context`; an empty record where a bare event has none. */
  readonly context: Json
  /** What else it said of itself: creationDate, sender, receiver ... */
  readonly header: { readonly [field: string]: Json }
  /** The path of its list of events: epcisBody.eventList. Empty for a bare event. */
  readonly path: string
  /** User fields that are no facts of the events and stay out of their hash. */
  readonly ignored: readonly string[]
}

export type DocumentRead =
  | { readonly ok: true; readonly document: EpcisDocument }
  | { readonly ok: false; readonly problems: readonly Problem[] }

const version: Check = (value, path, to) =>
  form(/^2(?:\.\d+){0,2}$/, 'version of EPCIS that is understood here', '2.0')(
    typeof value === 'number' ? String(value) : value,
    path,
    to,
  )

const headers: ReadonlyMap<string, Check> = new Map([
  ['@context', checkContext],
  ['type', () => {}],
  ['epcisBody', () => {}],
  ['epcisHeader', () => {}],
  ['id', text],
  ['schemaVersion', version],
  ['creationDate', time],
  ['sender', text],
  ['receiver', text],
  ['instanceIdentifier', text],
])

function checkHeader(document: Fields, to: Checking): void {
  for (const [name, value] of Object.entries(document)) {
    const check = headers.get(name)
    if (check !== undefined) check(value, name, to)
    else if (!hasPrefix(name)) wrong(to, name, `there is no field ${name} here`, noPrefix)
  }
  for (const name of ['@context', 'schemaVersion', 'creationDate']) {
    if (document[name] === undefined) wrong(to, name, `the field ${name} is missing`, name)
  }
}

/** The record at a place, or a problem. */
function inside(from: unknown, path: string, to: Checking): Fields | undefined {
  if (isRecord(from)) return from
  wrong(to, path, `${shown(from)} is no record of fields`, path)
  return undefined
}

/** Fields that a list under `prefix:ignoreFields` names. */
function ignoredIn(record: Fields): readonly string[] {
  return Object.entries(record).flatMap(([name, value]) =>
    /^[^:]+:ignoreFields$/.test(name) && Array.isArray(value)
      ? value.filter((one): one is string => typeof one === 'string')
      : [],
  )
}

function eventsOf(holder: Fields, path: string, to: Checking): readonly unknown[] {
  const { eventList, event } = holder
  if (eventList === undefined && isRecord(event)) return [event]
  if (Array.isArray(eventList)) return eventList
  wrong(to, `${path}.eventList`, `${shown(eventList)} is no list of events`, 'a list of events')
  return []
}

/** The part of a document that holds the list of events, and its path. */
function holderOf(document: Fields, to: Checking): [Fields, string] | undefined {
  const body = inside(document['epcisBody'], 'epcisBody', to)
  if (document['type'] === 'EPCISDocument') {
    return body === undefined ? undefined : [body, 'epcisBody']
  }
  const path = 'epcisBody.queryResults'
  const results = body === undefined ? undefined : inside(body['queryResults'], path, to)
  const inner = `${path}.resultsBody`
  const list = results === undefined ? undefined : inside(results['resultsBody'], inner, to)
  return list === undefined ? undefined : [list, inner]
}

/**
 * Reads an EPCISDocument, an EPCISQueryDocument or one bare event. The events come back as they
 * stand there, unchecked; only a bare event loses its `@context`, which is the document's then.
 * Never throws.
 */
export function readDocument(value: unknown): DocumentRead {
  const to: Checking = { problems: [], names: new Map() }
  if (!isRecord(value)) {
    wrong(to, '', `${shown(value)} is no document`, 'an EPCISDocument, or one event')
    return { ok: false, problems: to.problems }
  }
  const { '@context': context = {}, type, epcisBody: _, ...rest } = value
  if (isEventType(type)) {
    checkContext(context, '@context', to)
    if (to.problems.length > 0) return { ok: false, problems: to.problems }
    const events = [{ type, ...rest }]
    return {
      ok: true,
      document: { events, context: context as Json, header: {}, path: '', ignored: [] },
    }
  }
  if (type !== 'EPCISDocument' && type !== 'EPCISQueryDocument') {
    const expected = 'EPCISDocument, EPCISQueryDocument, or a type of event'
    wrong(to, 'type', `${shown(type)} is no type of document`, expected)
    return { ok: false, problems: to.problems }
  }
  checkHeader(value, to)
  const [holder, path] = holderOf(value, to) ?? [{}, '']
  const events = path === '' ? [] : eventsOf(holder, path, to)
  if (to.problems.length > 0) return { ok: false, problems: to.problems }
  const body = isRecord(value['epcisBody']) ? value['epcisBody'] : {}
  const results = isRecord(body['queryResults']) ? body['queryResults'] : {}
  return {
    ok: true,
    document: {
      events,
      context: context as Json,
      header: rest as { readonly [field: string]: Json },
      path: `${path}.eventList`,
      ignored: [value, body, results].flatMap(ignoredIn),
    },
  }
}
