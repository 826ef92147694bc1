import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  bareEvent,
  canonical,
  capture,
  captureLimit,
  chainHash,
  contentHash,
  type EpcisEvent,
  epcisDocument,
  epcisQueryDocument,
  eventHash,
  firstHash,
  type Json,
  newRecord,
  prehash,
  readDocument,
} from '../../src/ledger/index.ts'
import { ledgerOver, memoryLog, sha256 } from './memory-store.ts'

const now = Date.UTC(2026, 2, 1, 12)

/** A ledger over a log in memory, and the log. */
function newLedger() {
  const store = memoryLog()
  return { ledger: ledgerOver(store, () => now), log: store.log }
}

const all = { by: 'anna', behaviour: 'rollback' } as const
const good = { by: 'anna', behaviour: 'proceed' } as const

const event = {
  type: 'ObjectEvent',
  eventTime: '2026-03-01T08:00:00.000+00:00',
  eventTimeZoneOffset: '+00:00',
  action: 'ADD',
  bizStep: 'receiving',
  quantityList: [{ epcClass: 'https://recycler.example/id/lot/F-1', quantity: 812.5, uom: 'KGM' }],
  'didymium:note': { 'didymium:a': 1, 'didymium:b': [2, { 'didymium:c': '3' }] },
} as const
const context = { didymium: 'urn:didymium:ledger:1:' }
const at = (minute: number) => ({ ...event, eventTime: `2026-03-01T08:${minute}:00.000+00:00` })
const bad = { ...event, action: 'TAKE' }
const typed = (value: object) => value as EpcisEvent

const folder = 'test/vectors/epcis/openepcis'
const documents = ['Capture/Documents', 'Capture/Events', 'Query'].flatMap((path) =>
  readdirSync(`${folder}/${path}`)
    .filter((name) => name.endsWith('.json'))
    .map((name) => `${path}/${name}`),
)

function opened(value: unknown) {
  const read = readDocument(value)
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.document
}
const load = (file: string) =>
  opened(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as unknown)

describe('capture', () => {
  it.each(documents)('%s comes back equal', async (file) => {
    const { ledger, log } = newLedger()
    const { events, context } = load(file)
    const captured = await capture(ledger, events, context, all)
    expect(captured.errors).toEqual([])
    expect(captured.stored.length + captured.known.length).toBe(events.length)
    for (const [i, stored] of log.entries()) {
      // When it was recorded is the ledger's to say.
      const { recordTime: _, ...given } = events[i] as Record<string, unknown>
      const { eventID } = stored.event
      expect(stored.event).toEqual({ ...given, eventID: given['eventID'] ?? eventID })
    }
    // The same again is known; what leaves as a document is the same where it arrives.
    expect((await capture(ledger, events, context, all)).stored).toEqual([])
    const other = newLedger()
    const written = opened(JSON.parse(JSON.stringify(epcisDocument(log, { created: now }))))
    expect((await capture(other.ledger, written.events, written.context, all)).errors).toEqual([])
    expect(other.log.map((one) => one.contentHash)).toEqual(log.map((one) => one.contentHash))
    expect(other.log.map((one) => one.hash)).toEqual(log.map((one) => one.hash))
    const known = await capture(ledger, written.events, written.context, all)
    expect([known.ok, known.known.length]).toEqual([true, log.length])
  })

  it('names an event by its hash, and knows it again however it is spelled', async () => {
    const { ledger, log } = newLedger()
    const first = await capture(ledger, [event], context, all)
    expect(first.stored).toEqual([eventHash(typed(event), context, sha256)])
    const spelled = {
      ...event,
      eventTime: '2026-03-01T09:00:00+01:00',
      bizStep: 'https://ref.gs1.org/cbv/BizStep-receiving',
    }
    const second = await capture(ledger, [spelled, event], context, all)
    expect(second).toEqual({
      ok: true,
      stored: [],
      known: [first.stored[0], first.stored[0]],
      errors: [],
    })
    expect(log).toHaveLength(1)
  })

  it('refuses another content under an ID that is taken', async () => {
    const { ledger, log } = newLedger()
    const [one, other] = [
      { ...event, eventID: 'urn:x:1' },
      { ...at(30), eventID: 'urn:x:1' },
    ]
    await capture(ledger, [one], context, all)
    const rolled = await capture(ledger, [at(10), other], context, all)
    expect(rolled).toMatchObject({ ok: false, stored: [], known: [] })
    expect(rolled.errors).toMatchObject([
      { event: 1, path: 'eventID', exception: 'ResourceAlreadyExistsException' },
    ])
    expect(log).toHaveLength(1)
    const went = await capture(ledger, [at(10), other, one], context, good)
    expect([went.ok, went.stored.length, went.known]).toEqual([false, 1, ['urn:x:1']])
    expect(went.errors.map((error) => error.event)).toEqual([1])
    expect(log).toHaveLength(2)
    // Also among the events of one capture.
    const within = await capture(newLedger().ledger, [one, other], context, all)
    expect(within.errors).toMatchObject([{ event: 1, path: 'eventID' }])
  })

  it('stores all or none, or the good ones', async () => {
    const { ledger, log } = newLedger()
    const none = await capture(ledger, [event, bad, at(10)], context, all)
    expect([none.ok, log.length]).toEqual([false, 0])
    expect(none.errors).toMatchObject([
      { event: 1, path: 'action', exception: 'ValidationException' },
    ])
    const some = await capture(ledger, [event, bad, at(10), 5], context, good)
    expect([some.ok, some.stored.length, log.length]).toEqual([false, 2, 2])
    expect(some.errors.map((error) => error.event)).toEqual([1, 3])
  })

  it('keeps an error declaration beside what it declares wrong', async () => {
    const { ledger, log } = newLedger()
    const { stored } = await capture(ledger, [event], context, all)
    const declarationTime = '2026-03-02T08:00:00.000+00:00'
    const wrong = { ...event, errorDeclaration: { declarationTime, reason: 'incorrect_data' } }
    const declared = await capture(ledger, [wrong], context, all)
    expect(declared.stored).toEqual(stored)
    expect(log.map(({ key }) => key)).toEqual([stored[0], `${stored[0]} ${declarationTime}`])
    expect((await capture(ledger, [wrong, event], context, all)).known).toHaveLength(2)
  })

  it('keeps of a context what the event needs', async () => {
    const { ledger, log } = newLedger()
    const gs1 = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'
    const more = { ...context, unused: 'urn:x:' }
    await capture(ledger, [event], [gs1, more], all)
    await capture(ledger, [at(10)], [gs1, 'https://x.example/context', more], all)
    await capture(ledger, [{ ...at(20), 'didymium:note': undefined }], [gs1, more], all)
    expect(log.map((one) => one.context)).toEqual([
      context,
      ['https://x.example/context', context],
      {},
    ])
    const long = await capture(ledger, [{ ...at(30), '@context': 'x'.repeat(301) }], context, all)
    expect(long.errors).toMatchObject([{ path: '@context' }])
  })

  it('tells enough of what is wrong, and no more', async () => {
    const { ledger } = newLedger()
    const many = Array.from({ length: 3000 }, () => bad)
    expect((await capture(ledger, many, context, all)).errors).toHaveLength(1000)
    expect((await capture(ledger, many, context, good)).errors).toHaveLength(3000)
  })

  it('takes only so many at once', async () => {
    const { ledger } = newLedger()
    const many = Array.from({ length: captureLimit + 1 }, () => event)
    expect((await capture(ledger, many, context, all)).errors).toMatchObject([
      { event: -1, exception: 'CaptureLimitExceededException' },
    ])
  })
})

describe('documents on their way out', () => {
  it('say what prefixes mean, also where two events mean different things', async () => {
    const { ledger, log } = newLedger()
    await capture(ledger, [event], { didymium: 'https://one.example/' }, all)
    await capture(ledger, [at(10)], [{ didymium: 'https://two.example/' }], all)
    await capture(ledger, [at(20), { ...at(30), 'x:y': 1 }], { x: 'https://three.example/' }, all)
    const document = epcisDocument(log, { created: now }) as Record<string, Json>
    expect(document['@context']).toEqual([
      'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
      { didymium: 'https://one.example/', x: 'https://three.example/' },
    ])
    const { events, context } = opened(document)
    const contexts = events.map((one) => (one as Record<string, Json>)['@context'])
    const unsaid = [{ didymium: null }]
    expect(contexts).toEqual([undefined, [{ didymium: 'https://two.example/' }], unsaid, unsaid])
    const other = newLedger()
    await capture(other.ledger, events, context, all)
    expect(other.log.map((one) => one.contentHash)).toEqual(log.map((one) => one.contentHash))
  })

  it('answer queries with the time of recording', async () => {
    const { ledger, log } = newLedger()
    await capture(ledger, [event], context, all)
    const answer = epcisQueryDocument(log, { created: now, queryName: 'mine' })
    expect(answer).toMatchObject({
      type: 'EPCISQueryDocument',
      epcisBody: {
        queryResults: {
          queryName: 'mine',
          resultsBody: { eventList: [{ recordTime: '2026-03-01T12:00:00.000Z' }] },
        },
      },
    })
    const { events, context: said } = opened(answer)
    expect((await capture(ledger, events, said, all)).known).toHaveLength(1)
    const [stored] = log
    if (stored === undefined) throw new Error('nothing is stored')
    const one = opened(bareEvent(stored))
    expect((await capture(ledger, one.events, one.context, all)).known).toHaveLength(1)
  })
})

/** The same value with the fields of every record in another order. */
function shuffled(value: Json, seed: number): Json {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one) => shuffled(one, seed + 1))
  const entries = Object.entries(value).map(([key, one]) => [key, shuffled(one, seed + 1)] as const)
  const order = ([key]: readonly [string, Json]) => sha256(`${seed} ${key}`)
  return Object.fromEntries(entries.toSorted((a, b) => (order(a) < order(b) ? -1 : 1)))
}

const runs = { seed: 20_260_302, numRuns: 200 }

describe('hashes', () => {
  it('do not depend on the order of fields', () => {
    const facts = documents.flatMap((file) => {
      const { events, context } = load(file)
      return events.map((one) => ({ one: one as Json, context }))
    })
    fc.assert(
      fc.property(fc.constantFrom(...facts), fc.nat(), ({ one, context }, seed) => {
        const [a, b] = [one, shuffled(one, seed)].map((value) => typed(value as object))
        if (a === undefined || b === undefined) return
        expect(contentHash(b, context, sha256)).toBe(contentHash(a, context, sha256))
        expect(prehash(b, context)).toBe(prehash(a, context))
      }),
      runs,
    )
  })

  it('change with every value of an event', () => {
    const places = (value: Json): string[] =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, one]) => {
            const below = places(one)
            return below.length === 0 ? [key] : below.map((path) => `${key}.${path}`)
          })
        : []
    const alter = (value: Json, path: readonly string[]): Json => {
      const [key, ...rest] = path
      if (key === undefined) return typeof value === 'number' ? value + 1 : `${value as string}1`
      const copy = structuredClone(value) as Record<string, Json>
      copy[key] = alter(copy[key] ?? null, rest)
      return copy
    }
    const hash = contentHash(typed(event), context, sha256)
    const all = places(event)
    expect(all).toHaveLength(11)
    for (const path of all) {
      const other = typed(alter(event, path.split('.')) as object)
      expect([path, contentHash(other, context, sha256) === hash]).toEqual([path, false])
      expect([path, prehash(other, context) === prehash(typed(event), context)]).toEqual([
        path,
        false,
      ])
    }
    expect(contentHash(typed(event), { didymium: 'urn:other:' }, sha256)).not.toBe(hash)
    expect(contentHash(typed(event), [context, { unused: 'urn:other:' }], sha256)).toBe(hash)
  })

  it('write JSON as RFC 8785 does', () => {
    const value = { b: [1, 1e21, 1e-7, -0], a: 'é"\n\u2028\ud800', '': null, c: { z: true, y: {} } }
    expect(canonical(value)).toBe(
      '{"":null,"a":"é\\"\\n\u2028\\ud800","b":[1,1e+21,1e-7,0],"c":{"y":{},"z":true}}',
    )
    fc.assert(
      fc.property(fc.jsonValue(), (one) => {
        const text = canonical(one as Json)
        expect(canonical(JSON.parse(text) as Json)).toBe(text)
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(one)))
      }),
      runs,
    )
  })

  it('do not take long over long texts', () => {
    const zeros = `0.${'0'.repeat(300_000)}1`
    const path = '/01/12345678'.repeat(30_000)
    const long = typed({ ...event, 'x:zeros': zeros, epcList: [`https://x.example${path}`] })
    const start = performance.now()
    expect(prehash(long, {})).toContain(zeros)
    expect(performance.now() - start).toBeLessThan(1000)
    const text = prehash(typed({ ...event, 'x:a': ['20.50', '20.0', '0.10', '100', '1.'] }), {})
    expect(text.slice(text.indexOf('x:a='))).toBe('x:a=0.1x:a=1.x:a=100x:a=20x:a=20.5')
  })

  it('chain every field of a record', () => {
    const record = { ...newRecord(typed(event), context, 'anna', sha256), seq: 1, recordTime: now }
    const hash = chainHash(firstHash, record, sha256)
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    for (const change of [
      { seq: 2 },
      { recordTime: now + 1 },
      { key: 'urn:x:1' },
      { contentHash: firstHash },
      { by: 'ben' },
    ]) {
      expect(chainHash(firstHash, { ...record, ...change }, sha256)).not.toBe(hash)
    }
    expect(chainHash(hash, record, sha256)).not.toBe(hash)
  })
})
