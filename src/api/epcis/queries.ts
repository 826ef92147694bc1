import type { Context } from 'hono'
import {
  bareEvent,
  type EpcisEvent,
  type EpcisQuery,
  epcisQueryDocument,
  findEvents,
  type Json,
  type ListedField,
  listedFields,
  type NamedQuery,
  readQuery,
  type StoredEvent,
} from '../../ledger/index.ts'
import { audit } from '../ledger/audit.ts'
import type { LedgerEnv } from '../ledger/env.ts'
import { badPerPage, badToken, perPageOf } from './capture.ts'
import { linkNext, originOf, sendDocument } from './negotiate.ts'
import { except, problemOf, sendProblem } from './problem.ts'
import { epcisRoute } from './routes.ts'

type Here = Context<LedgerEnv>

/** Parameters of the address; several values of one are apart by a bar. */
function parametersOf(c: Here): Map<string, string> {
  const all = Object.entries(c.req.queries())
  return new Map(all.map(([name, values]) => [name, values.join('|')]))
}

/** Parameters that would keep the answer open; this server answers once. */
const streaming = [
  'stream',
  'second',
  'minute',
  'hour',
  'dayOfMonth',
  'month',
  'dayOfWeek',
  'reportIfEmpty',
  'initialRecordTime',
]

const isStreaming = (c: Here) =>
  c.req.header('upgrade')?.toLowerCase() === 'websocket' ||
  streaming.some((name) => c.req.query(name) !== undefined)

const noStreams = (c: Here) =>
  except(
    c,
    'ImplementationException',
    'answers are not streamed here: ask again with GE_recordTime',
    {
      status: 501,
    },
  )

/** Answers a query with one page of events. */
async function answer(c: Here, query: EpcisQuery, queryName?: string): Promise<Response> {
  const { ledger } = c.var
  const found = await findEvents(ledger, query)
  if (!found.ok) return sendProblem(c, problemOf(found.problem))
  if (found.next !== undefined) linkNext(c, found.next, ledger.now())
  const name = queryName === undefined ? {} : { queryName }
  return sendDocument(c, epcisQueryDocument(found.events, { created: ledger.now(), ...name }))
}

const findAll = epcisRoute({
  needs: 'query',
  method: 'get',
  path: '/events',
  summary: 'events that a query asks for, page by page',
  success: 200,
  statuses: [413, 501],
  isQuery: true,
  handler: (c) => {
    if (isStreaming(c)) return noStreams(c)
    const read = readQuery(parametersOf(c))
    return read.ok ? answer(c, read.query) : sendProblem(c, problemOf(read.problem))
  },
})

const readEvent = epcisRoute({
  needs: 'query',
  method: 'get',
  path: '/events/{eventID}',
  summary: 'one event; where it was declared wrong, the declaration',
  success: 200,
  handler: async (c) => {
    const id = c.req.param('eventID') ?? ''
    const event = (await c.var.ledger.store.byEventIDs([id])).at(-1)
    if (event === undefined) return except(c, 'NoSuchResourceException', `no event ${id}`)
    return sendDocument(c, bareEvent(event))
  },
})

const gs1Context = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'

const collection = (member: readonly string[]) => ({
  '@context': gs1Context,
  type: 'Collection',
  member,
})

/** The query that a top-level resource stands for. */
const resources: Readonly<Record<ListedField, { one: string; parameter: string | undefined }>> = {
  eventTypes: { one: 'eventType', parameter: 'eventType' },
  epcs: { one: 'epc', parameter: undefined },
  bizSteps: { one: 'bizStep', parameter: 'EQ_bizStep' },
  bizLocations: { one: 'bizLocation', parameter: 'EQ_bizLocation' },
  readPoints: { one: 'readPoint', parameter: 'EQ_readPoint' },
  dispositions: { one: 'disposition', parameter: 'EQ_disposition' },
}

const epcLists = ['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList'] as const
const classLists = [
  'quantityList',
  'childQuantityList',
  'inputQuantityList',
  'outputQuantityList',
] as const

/** Whether an event names an object or a class, in whatever role. */
function isAbout(event: EpcisEvent, epc: string): boolean {
  const fields = event as unknown as Partial<Record<string, unknown>>
  const listed = (name: string): readonly unknown[] => {
    const list = fields[name]
    return Array.isArray(list) ? list : []
  }
  return (
    fields['parentID'] === epc ||
    epcLists.some((name) => listed(name).includes(epc)) ||
    classLists.some((name) =>
      listed(name).some((one) => (one as { readonly epcClass?: string }).epcClass === epc),
    )
  )
}

/** A query that is asked of one value of a resource. */
function within(query: EpcisQuery, epc: string): EpcisQuery {
  const part = {
    parameter: 'epc',
    holds: ({ event }: StoredEvent) => isAbout(event, epc),
    select: { things: [epc] },
  }
  return { ...query, text: `${epc} ${query.text}`, parts: [part, ...query.parts] }
}

/** The three routes of a top-level resource: its values, what there is of one, its events. */
function resourceRoutes(field: ListedField) {
  const { one, parameter } = resources[field]
  const value = (c: Here) => c.req.param(one) ?? ''
  const list = epcisRoute({
    needs: 'query',
    method: 'get',
    path: `/${field}`,
    summary: `${field} that events of the ledger name`,
    success: 200,
    handler: async (c) => {
      const { ledger } = c.var
      const perPage = perPageOf(c)
      if (perPage === undefined) return badPerPage(c)
      const token = c.req.query('nextPageToken')
      const after = token === undefined ? '' : Buffer.from(token, 'base64url').toString()
      if (token !== undefined && Buffer.from(after).toString('base64url') !== token) {
        return badToken(c)
      }
      const found = await ledger.store.distinct(field, after, perPage + 1)
      const member = found.slice(0, perPage)
      const last = member.at(-1)
      if (found.length > perPage && last !== undefined) {
        linkNext(c, Buffer.from(last).toString('base64url'), ledger.now())
      }
      return sendDocument(c, collection(member))
    },
  })
  const read = epcisRoute({
    needs: 'query',
    method: 'get',
    path: `/${field}/{${one}}`,
    summary: `what there is of one of the ${field}`,
    success: 200,
    handler: (c) => sendDocument(c, collection(['events'])),
  })
  const events = epcisRoute({
    needs: 'query',
    method: 'get',
    path: `/${field}/{${one}}/events`,
    summary: `events of one of the ${field}`,
    success: 200,
    statuses: [413],
    isQuery: true,
    handler: (c) => {
      const asked = parametersOf(c)
      if (parameter !== undefined) {
        if (asked.has(parameter)) {
          const detail = `${parameter} is in the path already`
          return except(c, 'QueryParameterException', detail)
        }
        asked.set(parameter, value(c))
      }
      const found = readQuery(asked)
      if (!found.ok) return sendProblem(c, problemOf(found.problem))
      return answer(c, parameter === undefined ? within(found.query, value(c)) : found.query)
    },
  })
  return [list, read, events]
}

// ---- queries by name

const queryName = /^[\w.~-]{1,100}$/

const shown = ({ name, query, createdAt }: NamedQuery) => ({
  name,
  createdAt: new Date(createdAt).toISOString(),
  query,
})

const noQuery = (c: Here, name: string) => except(c, 'NoSuchNameException', `no query ${name}`)

const addQuery = epcisRoute({
  needs: 'define-query',
  method: 'post',
  path: '/queries',
  summary: 'keeps a query under a name',
  success: 201,
  statuses: [409],
  handler: async (c) => {
    const { ledger } = c.var
    const body: unknown = await c.req.json().catch(() => undefined)
    const { name, query } = (typeof body === 'object' && body !== null ? body : {}) as {
      readonly name?: unknown
      readonly query?: unknown
    }
    if (typeof name !== 'string' || !queryName.test(name)) {
      const detail = 'name: 1 to 100 letters, digits, dots, dashes, underscores or tildes'
      return except(c, 'QueryValidationException', detail)
    }
    const read = readQuery(query as Json)
    if (!read.ok) {
      const { detail } = read.problem
      return except(c, 'QueryValidationException', `query: ${detail}`)
    }
    const kept = { name, query: query as Json, createdAt: ledger.now() }
    const isNew = await ledger.store.addQuery(kept)
    const outcome = isNew ? 'accepted' : 'conflict'
    await audit(c, { action: 'define-query', subject: name, outcome })
    if (!isNew) {
      const detail = `there is a query ${name}; DELETE it first`
      return except(c, 'ResourceAlreadyExistsException', detail)
    }
    c.header('Location', `${originOf(c)}/epcis/queries/${encodeURIComponent(name)}`)
    return c.body(null, 201)
  },
})

const listQueries = epcisRoute({
  needs: 'query',
  method: 'get',
  path: '/queries',
  summary: 'queries by name',
  success: 200,
  handler: async (c) => {
    const { ledger } = c.var
    const perPage = perPageOf(c)
    if (perPage === undefined) return badPerPage(c)
    const token = c.req.query('nextPageToken') ?? ''
    if (token !== '' && !queryName.test(token)) return badToken(c)
    const found = await ledger.store.queries(token, perPage + 1)
    const page = found.slice(0, perPage)
    const last = page.at(-1)
    if (found.length > perPage && last !== undefined) linkNext(c, last.name, ledger.now())
    return sendDocument(c, page.map(shown))
  },
})

const nameIn = (c: Here) => c.req.param('queryName') ?? ''

const readNamed = epcisRoute({
  needs: 'query',
  method: 'get',
  path: '/queries/{queryName}',
  summary: 'a query',
  success: 200,
  handler: async (c) => {
    const found = await c.var.ledger.store.query(nameIn(c))
    return found === undefined ? noQuery(c, nameIn(c)) : sendDocument(c, shown(found))
  },
})

const removeQuery = epcisRoute({
  needs: 'define-query',
  method: 'delete',
  path: '/queries/{queryName}',
  summary: 'forgets a query',
  success: 204,
  handler: async (c) => {
    const name = nameIn(c)
    const isGone = await c.var.ledger.store.removeQuery(name)
    const outcome = isGone ? 'accepted' : 'not-found'
    await audit(c, { action: 'remove-query', subject: name, outcome })
    return isGone ? c.body(null, 204) : noQuery(c, name)
  },
})

const runNamed = epcisRoute({
  needs: 'query',
  method: 'get',
  path: '/queries/{queryName}/events',
  summary: 'events that a query asks for, page by page',
  success: 200,
  statuses: [413, 501],
  handler: async (c) => {
    const found = await c.var.ledger.store.query(nameIn(c))
    if (found === undefined) return noQuery(c, nameIn(c))
    if (isStreaming(c)) return noStreams(c)
    const perPage = c.req.query('perPage') === undefined ? undefined : perPageOf(c)
    if (perPage === undefined && c.req.query('perPage') !== undefined) return badPerPage(c)
    const token = c.req.query('nextPageToken')
    const read = readQuery({
      ...(found.query as Readonly<Record<string, Json>>),
      ...(perPage === undefined ? {} : { perPage }),
      ...(token === undefined ? {} : { nextPageToken: token }),
    })
    return read.ok ? answer(c, read.query, found.name) : sendProblem(c, problemOf(read.problem))
  },
})

// ---- subscriptions: this server sends nothing to others, so that there are none

const listSubscriptions = epcisRoute({
  needs: 'query',
  method: 'get',
  path: '/queries/{queryName}/subscriptions',
  summary: 'subscriptions of a query: none, as none are offered',
  success: 200,
  handler: async (c) => {
    const found = await c.var.ledger.store.query(nameIn(c))
    return found === undefined ? noQuery(c, nameIn(c)) : sendDocument(c, [])
  },
})

const noSubscriptions = 'this server sends nothing to others: ask for events with GE_recordTime'

const subscribe = epcisRoute({
  needs: 'define-query',
  method: 'post',
  path: '/queries/{queryName}/subscriptions',
  summary: 'not offered: this server sends nothing to others',
  success: 201,
  statuses: [501],
  handler: (c) => except(c, 'ImplementationException', noSubscriptions, { status: 501 }),
})

const noSubscription = (c: Here) =>
  except(c, 'NoSuchResourceException', 'no such subscription: none are offered')

const readSubscription = epcisRoute({
  needs: 'query',
  method: 'get',
  path: '/queries/{queryName}/subscriptions/{subscriptionID}',
  summary: 'a subscription: there are none',
  success: 200,
  handler: noSubscription,
})

const unsubscribe = epcisRoute({
  needs: 'define-query',
  method: 'delete',
  path: '/queries/{queryName}/subscriptions/{subscriptionID}',
  summary: 'ends a subscription: there are none',
  success: 204,
  handler: noSubscription,
})

const dropToken = epcisRoute({
  needs: 'query',
  method: 'delete',
  path: '/nextPageToken/{token}',
  summary: 'lets a token of a page go; nothing is kept for it',
  success: 204,
  handler: (c) => c.body(null, 204),
})

export const queryRoutes = [
  findAll,
  readEvent,
  ...listedFields.flatMap((field) => resourceRoutes(field)),
  addQuery,
  listQueries,
  readNamed,
  removeQuery,
  runNamed,
  listSubscriptions,
  subscribe,
  readSubscription,
  unsubscribe,
  dropToken,
] as const
