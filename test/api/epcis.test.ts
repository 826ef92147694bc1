import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StoreError } from '../../src/store/index.ts'
import { appFor, local, sent } from './kit.ts'
import { documentOf, eventOf, type LedgerApp, ledgerApp, vectorsOf } from './ledger-kit.ts'

let served: LedgerApp
beforeAll(async () => {
  served = await ledgerApp({ ledgerLimits: { captureEvents: 250, captureBytes: 300_000 } })
})
afterAll(async () => {
  expect(served.faults).toEqual([])
  await served.close()
})

const post = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
  served.ask(path, { method: 'POST', body, headers })

interface Listed {
  readonly epcisBody: {
    readonly queryResults: {
      readonly queryName: string
      readonly resultsBody: { readonly eventList: readonly Record<string, unknown>[] }
    }
  }
}

/** Events of an answer, without the time of their capture. */
const eventsOf = (document: Listed) =>
  document.epcisBody.queryResults.resultsBody.eventList.map(({ recordTime: _, ...event }) => event)

interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly errors?: readonly { readonly message: string }[]
}

/** Asserts that an answer is a problem document, and gives it. */
function problemOf(answer: Awaited<ReturnType<LedgerApp['ask']>>) {
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  const problem = answer.json<Problem>()
  expect(problem.status).toBe(answer.status)
  expect(problem.title).not.toBe('')
  return [problem.status, problem.type.replace('epcisException:', '')]
}

/** Events of a document as they were written there, without what capture may add. */
function given(document: unknown): readonly Record<string, unknown>[] {
  const { epcisBody, ...rest } = document as Record<string, unknown>
  const body = epcisBody as { readonly eventList: readonly Record<string, unknown>[] } | undefined
  const list = body?.eventList ?? [rest]
  return list.map(({ recordTime: _, '@context': __, ...event }) => event)
}

/** Namespaces may move to the document; what they mean is looked at by the hashes. */
const plain = ({ '@context': _, ...event }: Record<string, unknown>) => event

describe('documents of others', () => {
  it.each(vectorsOf('Capture/Documents'))('%s is captured and comes back', async (_, document) => {
    const events = given(document)
    const fresh = await ledgerApp()
    const taken = await fresh.ask('/epcis/capture', { method: 'POST', body: document })
    expect([taken.status, taken.text]).toEqual([202, ''])
    const place = new URL(taken.headers.get('location') ?? '').pathname
    const job = (await fresh.ask(place)).json()
    expect(job).toMatchObject({ running: false, success: true, errors: [] })
    const found = (await fresh.ask('/epcis/events?perPage=100')).json<Listed>()
    const back = eventsOf(found).map(plain)
    expect(back).toHaveLength(events.length)
    for (const [k, event] of events.entries()) expect(back[k]).toMatchObject(event)
    // Nothing was added but an event ID where there was none.
    for (const [k, event] of events.entries()) {
      const added = Object.keys(back[k] ?? {}).filter((key) => !(key in event))
      expect(added.filter((key) => key !== 'eventID')).toEqual([])
    }
    // Captured again it is the same, and nothing is stored twice.
    const again = await fresh.ask('/epcis/capture', { method: 'POST', body: document })
    expect(again.status).toBe(202)
    expect((await fresh.store.head()).seq).toBe(events.length)
    // What comes back is a document that can be captured, and means the same.
    const elsewhere = await fresh.ask('/epcis/capture', { method: 'POST', body: found })
    expect([elsewhere.status, (await fresh.store.head()).seq]).toEqual([202, events.length])
    await fresh.close()
  })

  it.each(vectorsOf('Capture/Events'))('%s is captured as one event', async (_, event) => {
    const taken = await post('/epcis/events', event)
    expect(taken.status).toBe(201)
    const place = new URL(taken.headers.get('location') ?? '')
    const read = await served.ask(place.pathname)
    expect(plain(read.json())).toMatchObject(given(event)[0] ?? {})
  })

  it.each(vectorsOf('Capture/Invalid'))(
    '%s is refused, and nothing stored',
    async (_, document) => {
      const before = await served.store.head()
      const refused = await post('/epcis/capture', document)
      expect(problemOf(refused)).toEqual([400, 'ValidationException'])
      expect(refused.json<Problem>().errors?.[0]?.message).not.toBe('')
      expect(await served.store.head()).toEqual(before)
    },
  )
})

describe('answers of other repositories', () => {
  it.each(vectorsOf('Query'))('%s is captured as it came', async (_, document) => {
    const { eventList, event } = (document as Listed).epcisBody.queryResults.resultsBody as {
      readonly eventList?: readonly object[]
      readonly event?: object
    }
    const events = eventList ?? [event]
    const fresh = await ledgerApp()
    const taken = await fresh.ask('/epcis/capture', { method: 'POST', body: document })
    expect([taken.status, taken.text]).toEqual([202, ''])
    expect((await fresh.store.head()).seq).toBe(events.length)
    await fresh.close()
  })

  it.each(vectorsOf('Query/Invalid'))('%s is refused', async (_, document) => {
    expect(problemOf(await post('/epcis/capture', document))).toEqual([400, 'ValidationException'])
  })

  it.each(vectorsOf('Query/Queries/Invalid'))('%s is no query to keep', async (_, document) => {
    const refused = await post('/epcis/queries', document)
    expect(problemOf(refused)).toEqual([400, 'QueryValidationException'])
  })
})

describe('capture', () => {
  it('keeps all or nothing, or the good ones when that is asked for', async () => {
    const mixed = documentOf([eventOf(900), { ...eventOf(901), action: 'PERHAPS' }, eventOf(902)])
    const { seq } = await served.store.head()
    expect(problemOf(await post('/epcis/capture', mixed))).toEqual([400, 'ValidationException'])
    expect((await served.store.head()).seq).toBe(seq)
    const header = { 'gs1-capture-error-behaviour': 'proceed' }
    const taken = await post('/epcis/capture', mixed, header)
    expect([taken.status, (await served.store.head()).seq]).toEqual([202, seq + 2])
    const job = (await served.ask(new URL(taken.headers.get('location') ?? '').pathname)).json()
    expect(job).toMatchObject({
      success: false,
      captureErrorBehaviour: 'proceed',
      errors: [{ type: 'epcisException:ValidationException', errors: [{ event: 1 }] }],
    })
    const odd = { 'gs1-capture-error-behaviour': 'hope' }
    expect(problemOf(await post('/epcis/capture', mixed, odd))[0]).toBe(400)
  })

  it('tells of another content under an ID that is taken, and keeps what was there', async () => {
    const event = eventOf(910)
    const single = { '@context': documentOf([])['@context'], ...event }
    expect((await post('/epcis/events', single)).status).toBe(201)
    expect((await post('/epcis/events', single)).status).toBe(201)
    const other = { ...single, bizStep: 'shipping' }
    expect(problemOf(await post('/epcis/events', other))).toEqual([
      409,
      'ResourceAlreadyExistsException',
    ])
    const { seq } = await served.store.head()
    const taken = await post(
      '/epcis/capture',
      documentOf([eventOf(911), { ...event, bizStep: 'shipping' }]),
    )
    const job = (await served.ask(new URL(taken.headers.get('location') ?? '').pathname)).json()
    expect(job).toMatchObject({
      success: false,
      errors: [{ type: 'epcisException:ResourceAlreadyExistsException', status: 409 }],
    })
    expect((await served.store.head()).seq).toBe(seq)
  })

  it('takes no more than its limits, which it says', async () => {
    const many = Array.from({ length: 251 }, (_, k) => eventOf(20_000 + k))
    const refused = await post('/epcis/capture', documentOf(many))
    expect(problemOf(refused)).toEqual([413, 'CaptureLimitExceededException'])
    expect(refused.headers.get('gs1-epcis-capture-limit')).toBe('250')
    expect(refused.headers.get('gs1-epcis-capture-file-size-limit')).toBe('300000')
    const long = documentOf([eventOf(20_000, { 'example:text': 'x'.repeat(300_000) })])
    expect(problemOf(await post('/epcis/capture', long))).toEqual([
      413,
      'CaptureLimitExceededException',
    ])
  })

  it('refuses what is no document, in the form that was meant', async () => {
    expect(problemOf(await post('/epcis/capture', '{'))).toEqual([400, 'ValidationException'])
    expect(problemOf(await post('/epcis/capture', { type: 'Other' }))[0]).toBe(400)
    for (const type of ['application/xml', 'text/plain', '']) {
      const answer = await post('/epcis/capture', '<a/>', { 'content-type': type })
      expect(problemOf(answer)).toEqual([415, 'UnsupportedMediaTypeException'])
    }
    const ld = { 'content-type': 'application/ld+json; charset=utf-8' }
    expect((await post('/epcis/capture', documentOf([eventOf(920)]), ld)).status).toBe(202)
  })

  it('that the database cannot keep is no capture, and says so', async () => {
    const failing = await ledgerApp()
    const full = async () => {
      throw new StoreError('disk-full', 'the disk of the database is full')
    }
    const broken = appFor({ store: { ...failing.store, append: full } })
    const answer = await broken.app.request(
      local('/epcis/capture'),
      sent('POST', documentOf([eventOf(930)])),
    )
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      503,
      'application/problem+json',
    ])
    expect(await answer.text()).toContain('is full')
    expect([(await failing.store.head()).seq, broken.faults]).toEqual([0, []])
    await broken.close()
    await failing.close()
  })

  it('lists what was captured, the newest first, page by page', async () => {
    const ids: string[] = []
    let path = '/epcis/capture?perPage=2'
    for (;;) {
      const page = await served.ask(path)
      ids.push(...page.json<{ captureID: string }[]>().map(({ captureID }) => captureID))
      const link = /^<(.*)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1]
      if (link === undefined) break
      path = new URL(link).pathname + new URL(link).search
    }
    expect(ids.length).toBeGreaterThan(3)
    expect(new Set(ids).size).toBe(ids.length)
    expect(problemOf(await served.ask('/epcis/capture/none'))).toEqual([
      404,
      'NoSuchResourceException',
    ])
  })
})

describe('queries', () => {
  beforeAll(async () => {
    const many = Array.from({ length: 200 }, (_, k) => eventOf(1000 + k))
    expect((await post('/epcis/capture', documentOf(many))).status).toBe(202)
  })

  it('gives 200 events page by page, each once, whatever is captured meanwhile', async () => {
    const seen: unknown[] = []
    let path = '/epcis/events?GE_eventTime=2026-01-01T16:40:00Z&LT_eventTime=2026-01-01T20:00:00Z'
    path += '&EQ_bizStep=storing&orderBy=eventTime&orderDirection=ASC&perPage=37'
    for (let pages = 0; ; pages++) {
      const page = await served.ask(path)
      expect([page.status, pages < 7]).toEqual([200, true])
      seen.push(...eventsOf(page.json<Listed>()).map(({ eventID }) => eventID))
      await post(
        '/epcis/capture',
        documentOf([eventOf(1050, { eventID: `urn:uuid:new-${pages}` })]),
      )
      const link = page.headers.get('link')
      if (link === null) break
      expect(page.headers.get('gs1-next-page-token-expires')).toMatch(/^\d{4}-.*Z$/)
      const next = new URL(/^<(.*)>; rel="next"$/.exec(link)?.[1] ?? '')
      path = next.pathname + next.search
    }
    expect(seen).toEqual(Array.from({ length: 200 }, (_, k) => eventOf(1000 + k).eventID))
  })

  it('refuses what it cannot ask, with the exception for it', async () => {
    const wrong: readonly (readonly [string, number, string])[] = [
      ['/epcis/events?perPage=0', 400, 'QueryParameterException'],
      ['/epcis/events?EQ_nothing=1', 400, 'QueryParameterException'],
      ['/epcis/events?nextPageToken=made.up', 400, 'QueryParameterException'],
      ['/epcis/events?maxEventCount=3&EQ_bizStep=storing', 413, 'QueryTooLargeException'],
      [`/epcis/events?MATCH_anyEPC=${'x'.repeat(9000)}`, 414, 'URITooLongException'],
      ['/epcis/events?stream=true', 501, 'ImplementationException'],
      ['/epcis/events/none', 404, 'NoSuchResourceException'],
      ['/epcis/nothing', 404, 'NoSuchResourceException'],
      ['/epcis/epcs?perPage=many', 400, 'QueryParameterException'],
    ]
    for (const [path, status, name] of wrong) {
      expect(problemOf(await served.ask(path)), path).toEqual([status, name])
    }
  })

  it('lists what events name, and the events of each', async () => {
    const lists: readonly (readonly [string, string, boolean])[] = [
      ['eventTypes', 'ObjectEvent', true],
      ['epcs', 'https://recycler.example/id/lot/L-3', true],
      ['bizSteps', 'storing', true],
      ['bizLocations', 'urn:none', false],
      ['readPoints', 'urn:none', false],
      ['dispositions', 'urn:none', false],
    ]
    for (const [field, one, isThere] of lists) {
      const members: string[] = []
      let path = `/epcis/${field}?perPage=2`
      for (;;) {
        const page = await served.ask(path)
        const { type, member } = page.json<{ type: string; member: string[] }>()
        expect([page.status, type], field).toEqual([200, 'Collection'])
        members.push(...member)
        const link = /^<(.*)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1]
        if (link === undefined) break
        path = new URL(link).pathname + new URL(link).search
      }
      expect(members.includes(one), field).toBe(isThere)
      expect(new Set(members).size, field).toBe(members.length)
      const value = encodeURIComponent(one)
      expect((await served.ask(`/epcis/${field}/${value}`)).json()).toMatchObject({
        member: ['events'],
      })
      const events = await served.ask(`/epcis/${field}/${value}/events?perPage=1000`)
      expect(eventsOf(events.json<Listed>()).length > 0, field).toBe(isThere)
    }
    const lot = encodeURIComponent('https://recycler.example/id/lot/L-3')
    const of = await served.ask(
      `/epcis/epcs/${lot}/events?perPage=1000&GE_eventTime=2026-01-01T16:40:00Z`,
    )
    for (const event of eventsOf(of.json<Listed>()))
      expect(JSON.stringify(event)).toContain('/L-3"')
    const twice = await served.ask('/epcis/bizSteps/storing/events?EQ_bizStep=storing')
    expect(problemOf(twice)).toEqual([400, 'QueryParameterException'])
  })

  it('keeps a query by its name until it is deleted', async () => {
    const query = { eventType: ['ObjectEvent'], EQ_bizStep: ['storing'], eventCountLimit: 5 }
    const body = { name: 'stored', query }
    const made = await post('/epcis/queries', body)
    expect([made.status, new URL(made.headers.get('location') ?? '').pathname]).toEqual([
      201,
      '/epcis/queries/stored',
    ])
    expect(problemOf(await post('/epcis/queries', body))).toEqual([
      409,
      'ResourceAlreadyExistsException',
    ])
    expect((await served.ask('/epcis/queries/stored')).json()).toMatchObject(body)
    expect((await served.ask('/epcis/queries')).json()).toMatchObject([body])
    const found = (await served.ask('/epcis/queries/stored/events')).json<Listed>()
    expect(found.epcisBody.queryResults.queryName).toBe('stored')
    expect(eventsOf(found)).toHaveLength(5)
    for (const odd of [{ name: 'a b', query }, { name: 'x', query: { EQ_nothing: 1 } }, []]) {
      expect(problemOf(await post('/epcis/queries', odd))).toEqual([
        400,
        'QueryValidationException',
      ])
    }
    const gone = () => served.ask('/epcis/queries/stored', { method: 'DELETE' })
    expect((await gone()).status).toBe(204)
    expect(problemOf(await gone())).toEqual([404, 'NoSuchNameException'])
    expect(problemOf(await served.ask('/epcis/queries/stored/events'))[0]).toBe(404)
  })

  it('says that it sends nothing to others', async () => {
    await post('/epcis/queries', { name: 'all', query: {} })
    const path = '/epcis/queries/all/subscriptions'
    expect((await served.ask(path)).json()).toEqual([])
    expect(problemOf(await post(path, { dest: 'https://elsewhere.example' }))).toEqual([
      501,
      'ImplementationException',
    ])
    expect(problemOf(await served.ask(`${path}/1`))[0]).toBe(404)
    const upgrade = { upgrade: 'websocket', connection: 'Upgrade' }
    const open = await served.ask('/epcis/queries/all/events', { headers: upgrade })
    expect(problemOf(open)).toEqual([501, 'ImplementationException'])
    const token = await served.ask('/epcis/nextPageToken/any', { method: 'DELETE' })
    expect(token.status).toBe(204)
  })
})

describe('what is spoken', () => {
  it('is said with every answer, and by OPTIONS with what may be asked', async () => {
    const allowed: readonly (readonly [string, string])[] = [
      ['/epcis', 'OPTIONS'],
      ['/epcis/capture', 'GET, OPTIONS, POST'],
      ['/epcis/capture/1', 'GET, OPTIONS'],
      ['/epcis/events', 'GET, OPTIONS, POST'],
      ['/epcis/events/urn%3Aa', 'GET, OPTIONS'],
      ['/epcis/bizSteps', 'GET, OPTIONS'],
      ['/epcis/epcs/a/events', 'GET, OPTIONS'],
      ['/epcis/queries', 'GET, OPTIONS, POST'],
      ['/epcis/queries/a', 'DELETE, GET, OPTIONS'],
      ['/epcis/queries/a/subscriptions', 'GET, OPTIONS, POST'],
      ['/epcis/nextPageToken/a', 'DELETE, OPTIONS'],
    ]
    for (const [path, allow] of allowed) {
      const answer = await served.ask(path, { method: 'OPTIONS' })
      const said = (answer.headers.get('allow') ?? '').split(', ').sort().join(', ')
      expect([answer.status, said, answer.text], path).toEqual([204, allow, ''])
      expect(answer.headers.get('gs1-epcis-capture-limit')).toBe('250')
    }
    const answers = [
      await served.ask('/epcis/capture', { method: 'OPTIONS' }),
      await served.ask('/epcis/events?perPage=1'),
      await served.ask('/epcis/events/none'),
    ]
    for (const { headers } of answers) {
      for (const name of ['EPCIS-Version', 'EPCIS-Min', 'EPCIS-Max', 'CBV-Version', 'CBV-Min']) {
        expect(headers.get(`gs1-${name}`), name).toBe('2.0')
      }
      expect(headers.get('gs1-epc-format')).toBe('Never_Translates')
      expect(headers.get('gs1-cbv-xml-format')).toBe('Never_Translates')
      expect(headers.get('gs1-extensions')).toContain('didymium=')
    }
    const put = await served.ask('/epcis/events', { method: 'PUT', body: {} })
    expect([put.status, put.headers.get('allow')?.includes('POST')]).toEqual([405, true])
  })

  it('is EPCIS 2.0 in JSON; whoever asks for something else is told', async () => {
    const path = '/epcis/events?perPage=1'
    const asked = async (headers: Record<string, string>) => {
      const answer = await served.ask(path, { headers })
      return answer.status === 200 ? answer.headers.get('content-type') : problemOf(answer)
    }
    const not = [406, 'NotAcceptableException']
    expect(await asked({ accept: 'application/ld+json' })).toBe('application/ld+json')
    expect(await asked({ accept: 'text/html, */*;q=0.1' })).toBe('application/json')
    expect(await asked({ accept: 'application/xml' })).toEqual(not)
    expect(await asked({ 'gs1-epcis-version': '2.0.0' })).toBe('application/json')
    expect(await asked({ 'gs1-epcis-min': '1.2', 'gs1-epcis-max': '2.1' })).toBe('application/json')
    for (const headers of [
      { 'gs1-epcis-version': '1.2' },
      { 'gs1-epcis-min': '2.1' },
      { 'gs1-cbv-max': '1.2' },
      { 'gs1-cbv-version': 'new' },
      { 'gs1-epc-format': 'Always_EPC_URN' },
    ]) {
      expect(await asked(headers), JSON.stringify(headers)).toEqual(not)
    }
    expect(await asked({ 'gs1-epc-format': 'No_Preference' })).toBe('application/json')
  })
})
