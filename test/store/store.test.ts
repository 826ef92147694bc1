import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chainHash, firstHash, verify } from '../../src/ledger/index.ts'
import type { LedgerStore, Selection } from '../../src/ledger/index.ts'
import { openStore, sha256, type StorePlace } from '../../src/store/index.ts'
import { kinds, startPlaces } from './databases.ts'
import { day, flow, lot, movement, nothing, record, start, state } from './records.ts'

type Store = Awaited<ReturnType<typeof openStore>>

const everything: Selection = { orderBy: 'seq', direction: 'ASC', limit: 1000 }
const ids = (records: readonly { readonly event: { readonly eventID?: string } }[]) =>
  records.map(({ event }) => Number(event.eventID?.split('/').at(-1)))
const outcomes = (found: readonly { readonly outcome: string }[]) =>
  found.map(({ outcome }) => outcome)
const ledgerOf = (store: LedgerStore) => ({ store, sha256, now: () => start, elements: new Map() })

describe.each(kinds)('%s', (kind) => {
  let places: Awaited<ReturnType<typeof startPlaces>>
  beforeAll(async () => {
    places = await startPlaces(kind)
  })
  afterAll(() => places.end())

  /** A new ledger, closed at the end. */
  async function fresh<T>(use: (store: Store, place: StorePlace) => Promise<T>): Promise<T> {
    const place = await places.next()
    const store = await openStore(place)
    try {
      return await use(store, place)
    } finally {
      await store.close()
    }
  }

  /** SQL that the store itself has no word for. */
  async function ask(place: StorePlace, ...texts: readonly string[]): Promise<void> {
    if ('folder' in place) {
      const { DatabaseSync } = await import('@photostructure/sqlite')
      const database = new DatabaseSync(join(place.folder, 'ledger.sqlite'))
      for (const text of texts) database.exec(text)
      database.close()
    } else {
      const name = place.databaseUrl.split('/').at(-1) ?? ''
      for (const text of texts) await places.postgres?.ask(name, text)
    }
  }

  test('a new ledger is empty, and is there again when it is opened again', async () => {
    await fresh(async (store, place) => {
      expect(store.kind).toBe(kind)
      expect(await store.head()).toEqual({ seq: 0, hash: firstHash })
      expect(await store.read(0, 10)).toEqual([])
      await store.append([record(1)], 7)
      const again = await openStore(place)
      expect(await again.read(0, 10)).toEqual(await store.read(0, 10))
      await again.close()
    })
  })

  test('several programs may open a new ledger at once', async () => {
    const place = await places.next()
    const stores = await Promise.all([1, 2, 3, 4].map(() => openStore(place)))
    await Promise.all(stores.map((store, i) => store.append([record(i)], i)))
    expect(await stores[0]?.head()).toMatchObject({ seq: 4 })
    await Promise.all(stores.map((store) => store.close()))
  })

  test('records come back as they were, in order, on one chain', async () => {
    await fresh(async (store) => {
      const given = [record(1, { 'x:note': 'ärger 🧲 \u0000' } as never), record(2), record(3)]
      expect(outcomes(await store.append(given, 55))).toEqual(['stored', 'stored', 'stored'])
      const kept = await store.read(0, 10)
      expect(kept.map(({ event }) => event)).toEqual(given.map(({ event }) => event))
      let previous = firstHash
      for (const [i, one] of kept.entries()) {
        expect(one).toMatchObject({ ...given[i], seq: i + 1, recordTime: 55, previous })
        expect(one.hash).toBe(chainHash(previous, one, sha256))
        previous = one.hash
      }
      expect(await store.head()).toEqual({ seq: 3, hash: previous })
      expect((await store.read(1, 1)).map(({ seq }) => seq)).toEqual([2])
    })
  })

  test('the same again is known, another content is a conflict and nothing is stored', async () => {
    await fresh(async (store) => {
      await store.append([record(1)], 1)
      expect(outcomes(await store.append([record(2), record(1), record(2)], 2))).toEqual([
        'stored',
        'known',
        'known',
      ])
      const other = record(1, { disposition: 'other' })
      const refused = await store.append([record(3), record(2), other], 3)
      expect(refused.find(({ outcome }) => outcome === 'conflict')).toMatchObject({
        key: other.key,
        seq: 1,
      })
      expect(outcomes(refused)).not.toContain('stored')
      const within = await store.append([record(4), record(4, { disposition: 'other' })], 4)
      expect(outcomes(within)).toContain('conflict')
      expect(await store.head()).toMatchObject({ seq: 2 })
      expect(await store.append([], 5)).toEqual([])
    })
  })

  test('an append that goes by a head is not stored when the log has gone on', async () => {
    await fresh(async (store) => {
      const both = await Promise.all([
        store.append([record(1)], 1, { ifHead: 0 }),
        store.append([record(2), record(3)], 1, { ifHead: 0 }),
        store.append([record(4)], 1, { ifHead: 1 }),
      ])
      expect(both.map(outcomes)).toEqual([['stored'], ['moved', 'moved'], ['stored']])
      expect(ids(await store.read(0, 10))).toEqual([1, 4])
    })
  })

  test('many callers of several openings at once leave no gap and no double', async () => {
    await fresh(async (store, place) => {
      const other = await openStore(place)
      const calls = Array.from({ length: 120 }, (_, i) =>
        (i % 2 === 0 ? store : other).append([record(i % 80), record(1000 + i)], i),
      )
      const all = (await Promise.all(calls)).flat()
      const stored = all.filter(({ outcome }) => outcome === 'stored').map(({ seq }) => seq)
      expect(stored.sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1))
      expect(outcomes(all).filter((outcome) => outcome === 'known')).toHaveLength(40)
      expect(await verify(ledgerOf(other))).toMatchObject({ isSound: true, records: 200 })
      await other.close()
    })
  })

  test('the database refuses to change the log', async () => {
    await fresh(async (store, place) => {
      await store.append([record(1)], 1)
      for (const text of [
        "update log set captured_by = 'me'",
        'delete from log',
        ...(kind === 'postgres' ? ['truncate log'] : []),
      ]) {
        await expect(ask(place, text)).rejects.toThrow('the log is only ever added to')
      }
      expect(await store.read(0, 10)).toHaveLength(1)
    })
  })

  test('what gets round that is found by the chain', async () => {
    const off =
      kind === 'sqlite'
        ? ['drop trigger log_refuses_update', 'drop trigger log_refuses_delete']
        : ['alter table log disable trigger user']
    for (const [text, fault] of [
      ["update log set captured_by = 'me' where seq = 2", { seq: 2, kind: 'changed' }],
      ["update log set event = replace(event, 'OBSERVE', 'DELETE') where seq = 2", { seq: 2 }],
      ['delete from log where seq = 2', { seq: 2, kind: 'missing' }],
      ['delete from log where seq = 3', { kind: 'missing' }],
    ] as const) {
      await fresh(async (store, place) => {
        await store.append([record(1), record(2), record(3)], 1)
        expect(await verify(ledgerOf(store))).toMatchObject({ isSound: true })
        await ask(place, ...off, text)
        expect(await verify(ledgerOf(store))).toMatchObject({ isSound: false, fault })
      })
    }
  })

  test('events are found by their ID, with declarations, and by what they name', async () => {
    await fresh(async (store) => {
      const error = { errorDeclaration: { declarationTime: '2026-02-01T00:00:00Z' } }
      const input = { epcClass: lot('in'), quantity: 1, uom: 'KGM' }
      await store.append(
        [
          record(1),
          record(11),
          record(1, error),
          record(2, {
            type: 'TransformationEvent',
            inputQuantityList: [input],
            outputEPCList: [lot('out')],
            transformationID: 'https://site.example/campaign/c',
          } as never),
          record(3, {
            type: 'AggregationEvent',
            parentID: 'urn:p',
            childEPCs: [lot('out')],
          } as never),
        ],
        1,
      )
      const event1 = record(1).event.eventID ?? ''
      expect((await store.byEventIDs([event1])).map(({ seq }) => seq)).toEqual([1, 3])
      const naming = async (...things: string[]) => ids(await store.naming(things))
      expect(await naming(lot('in'))).toEqual([2])
      expect(await naming(lot('out'), lot('in'))).toEqual([2, 3])
      expect(await naming('https://site.example/campaign/c')).toEqual([2])
      expect(await naming('urn:p')).toEqual([3])
      expect(await naming('urn:nothing')).toEqual([])
      const select = async (some: Partial<Selection>) =>
        (await store.select({ ...everything, ...some })).map(({ seq }) => seq)
      expect(await select({ eventIDs: [event1] })).toEqual([1, 3])
      expect(await select({ eventIDs: [event1], isDeclaration: true })).toEqual([3])
      expect(await select({ isDeclaration: false })).toEqual([1, 2, 4, 5])
      expect(await select({ transformationIDs: ['https://site.example/campaign/c'] })).toEqual([4])
      expect(await select({ things: [lot('out')], types: ['AggregationEvent'] })).toEqual([5])
      expect(await store.distinct('epcs', '', 3)).toEqual([lot(1), lot(11), lot(2)])
      expect(await store.distinct('epcs', lot('in'), 3)).toEqual([lot('out'), 'urn:p'])
      expect(await store.distinct('eventTypes', 'B', 9)).toEqual([
        'ObjectEvent',
        'TransformationEvent',
      ])
    })
  })

  test('a thing by any spelling, and by how it begins', async () => {
    const place = await places.next()
    const [urn, link] = [
      'urn:epc:id:sgtin:0614141.107346.2018',
      'https://id.gs1.org/01/10614141073464/21/2018',
    ]
    const store = await openStore(place)
    const bizTransactionList = [{ bizTransaction: 'urn:order:1' }]
    const given = [
      record(1, { epcList: [urn], readPoint: { id: 'urn:epc:id:sgln:0614141.00777.0' } }),
      record(2, { epcList: [link], bizTransactionList }),
      record(3, { bizLocation: { id: 'https://site.example/place/a/b' } }),
    ]
    await store.append(given, 1)
    const looks = async (looked: typeof store) => {
      const select = async (some: Partial<Selection>) =>
        ids(await looked.select({ ...everything, ...some }))
      for (const things of [[urn], [link], [{ beginning: 'https://id.gs1.org/01/' }]]) {
        expect(await select({ things })).toEqual([1, 2])
        expect(await select({ things, limit: 1, direction: 'DESC' })).toEqual([2])
      }
      expect(ids(await looked.naming([urn]))).toEqual([1, 2])
      expect(await select({ things: [{ beginning: lot(3) }, urn] })).toEqual([1, 2, 3])
      expect(await select({ things: [{ beginning: 'urn:none' }] })).toEqual([])
      expect(await select({ things: ['urn:order:1'] })).toEqual([2])
      expect(await select({ readPoints: ['https://id.gs1.org/414/0614141007776'] })).toEqual([1])
      const bizLocations = [{ beginning: 'https://site.example/place/a/' }]
      expect(await select({ bizLocations })).toEqual([3])
      expect(await looked.distinct('epcs', 'urn:e', 1)).toEqual([urn])
      expect(await looked.distinct('readPoints', '', 1)).toEqual([given[0]?.event.readPoint?.id])
    }
    await looks(store)
    await store.close()
    // As the first version has left it: found as it was spelt, and not by a transaction.
    for (const text of [
      `update names set value = '${urn}' where value = '${link}'`,
      `insert into names (value) values ('${link}')`,
      `update event_things set thing = (select id from names where value = '${link}')
        where seq = 2 and thing = (select id from names where value = '${urn}')`,
      "delete from event_things where thing = (select id from names where value = 'urn:order:1')",
      "update names set value = 'urn:epc:id:sgln:0614141.00777.0' where value = 'https://id.gs1.org/414/0614141007776'",
      'update schema_version set version = 1',
    ]) {
      await ask(place, text)
    }
    const again = await openStore(place)
    await looks(again)
    await again.close()
  })

  test('every field of a selection, both ways, and on from a place', async () => {
    await fresh(async (store) => {
      const at = (hour: number) => `2026-01-01T0${hour}:00:00.000+00:00`
      const given = [
        record(1, { eventTime: at(5), bizStep: 'receiving', bizLocation: { id: 'urn:a' } }),
        record(2, { eventTime: at(3), bizStep: 'shipping', readPoint: { id: 'urn:r' } }),
        record(3, { eventTime: at(3), disposition: 'in_transit', bizLocation: { id: 'urn:a' } }),
        record(4, { eventTime: at(1), action: 'ADD', bizStep: 'receiving' } as never),
      ]
      for (const [i, one] of given.entries()) await store.append([one], 10 * i)
      const select = async (some: Partial<Selection>) =>
        ids(await store.select({ ...everything, ...some }))
      expect(await select({ bizSteps: ['receiving'] })).toEqual([1, 4])
      expect(await select({ bizSteps: ['shipping', 'receiving'] })).toEqual([1, 2, 4])
      expect(await select({ bizSteps: ['none'] })).toEqual([])
      expect(await select({ actions: ['ADD'] })).toEqual([4])
      expect(await select({ dispositions: ['in_transit'] })).toEqual([3])
      expect(await select({ readPoints: ['urn:r'] })).toEqual([2])
      expect(await select({ bizLocations: ['urn:a'], dispositions: ['in_transit'] })).toEqual([3])
      expect(await select({ eventTime: { from: Date.parse(at(3)) } })).toEqual([1, 2, 3])
      expect(await select({ eventTime: { to: Date.parse(at(3)) } })).toEqual([4])
      expect(await select({ recordTime: { from: 10, to: 30 } })).toEqual([2, 3])
      expect(await select({ limit: 2, direction: 'DESC' })).toEqual([4, 3])
      const byTime = { orderBy: 'eventTime', limit: 2 } as const
      expect(await select(byTime)).toEqual([4, 2])
      expect(await select({ ...byTime, after: { value: Date.parse(at(3)), seq: 2 } })).toEqual([
        3, 1,
      ])
      const back = { ...byTime, direction: 'DESC' } as const
      expect(await select(back)).toEqual([1, 3])
      expect(await select({ ...back, after: { value: Date.parse(at(3)), seq: 3 } })).toEqual([2, 4])
      expect(await select({ orderBy: 'recordTime', after: { value: 10, seq: 2 } })).toEqual([3, 4])
      expect(await select({ after: { value: 3, seq: 3 } })).toEqual([4])
    })
  })

  test('a projection is written whole, and only on what it was computed from', async () => {
    await fresh(async (store) => {
      expect(await store.projected()).toBe(0)
      const first = { ...nothing, from: 0, upTo: 5, lots: [state('A', { p: 3 }), state('B')] }
      expect(await store.project(first)).toBe(true)
      expect(await store.project({ ...first, upTo: 9 })).toBe(false)
      expect(await store.projected()).toBe(5)
      const broken = { ...nothing, from: 5, upTo: 6, movements: [movement('A', 'p', NaN, 1)] }
      await expect(store.project({ ...broken, lots: [state('C')] })).rejects.toThrow()
      expect((await store.lots([lot('A'), lot('C')])).size).toBe(1)
      expect(await store.projected()).toBe(5)
      expect(await store.lots([lot('A')])).toEqual(new Map([[lot('A'), state('A', { p: 3 })]]))
      expect(await store.lotsByCode(['A', 'X'])).toEqual(new Map([['A', lot('A')]]))
      await store.forget()
      expect(await store.projected()).toBe(0)
      expect((await store.lots([lot('A')])).size).toBe(0)
    })
  })

  test('lots are searched by text, kind, place, stock and time', async () => {
    await fresh(async (store) => {
      const one = state('F-100%', { 'urn:p': 5 })
      const two = { ...state('F-1002'), first: { time: start + day, id: 'x' } }
      const three = { ...state('R-1'), master: { uri: lot('R-1'), code: 'R-1', kind: 'residue' } }
      await store.project({
        ...nothing,
        upTo: 1,
        lots: [one, two, three as typeof one],
        movements: [movement('F-100%', 'urn:p', start, 5)],
      })
      const search = async (some: object) => {
        const found = await store.searchLots({ offset: 0, limit: 10, ...some })
        expect(found.total).toBeGreaterThanOrEqual(found.lots.length)
        return found.lots.map(({ master }) => master?.code)
      }
      expect(await search({})).toEqual(['F-1002', 'R-1', 'F-100%'])
      expect(await search({ text: 'f-100' })).toEqual(['F-1002', 'F-100%'])
      expect(await search({ text: '100%' })).toEqual(['F-100%'])
      expect(await search({ kinds: ['residue', 'sample'] })).toEqual(['R-1'])
      expect(await search({ product: 'swarf' })).toEqual(['F-1002', 'F-100%'])
      expect(await search({ inStock: true })).toEqual(['F-100%'])
      expect(await search({ inStock: false })).toEqual(['F-1002', 'R-1'])
      expect(await search({ place: 'urn:p' })).toEqual(['F-100%'])
      expect(await search({ place: 'urn:q' })).toEqual([])
      expect(await search({ first: { from: start + 1 } })).toEqual(['F-1002'])
      expect(await search({ offset: 1, limit: 1 })).toEqual(['R-1'])
      expect((await store.searchLots({ offset: 0, limit: 1 })).total).toBe(3)
    })
  })

  test('what is where, now and at any time, follows the movements', async () => {
    await fresh(async (store) => {
      const moves = [
        movement('A', 'p', start, 10),
        movement('A', 'p', start + day, 0, 'm'),
        movement('A', 'q', start + day, 10, 'm'),
        movement('B', 'p', start + day, 7),
      ]
      await store.project({ ...nothing, upTo: 1, movements: moves })
      await store.project({
        ...nothing,
        upTo: 2,
        movements: [movement('B', 'p', start + 2 * day, 4)],
      })
      const at = async (time: number, place?: string) =>
        (await store.holdingsAt(time, place))
          .map(({ lot, place, mg }) => `${lot.at(-1)}${place}${mg}`)
          .sort()
      expect(await at(start - 1)).toEqual([])
      expect(await at(start)).toEqual(['Ap10'])
      expect(await at(start + day - 1)).toEqual(['Ap10'])
      expect(await at(start + day)).toEqual(['Aq10', 'Bp7'])
      expect(await at(start + 3 * day)).toEqual(['Aq10', 'Bp4'])
      expect(await at(start + 3 * day, 'q')).toEqual(['Aq10'])
      expect(await at(start + day, 'p')).toEqual(['Bp7'])
      expect(await store.holdings('p')).toEqual([{ lot: lot('B'), place: 'p', mg: 4 }])
      expect(await store.holdings()).toHaveLength(2)
      expect(await store.holdings('nowhere')).toEqual([])
      const anew = [movement('B', 'q', start, 1), movement('B', 'q', start + 4 * day, 2)]
      await store.project({ ...nothing, upTo: 3, refolded: [lot('B')], movements: anew })
      expect(await at(start + day)).toEqual(['Aq10', 'Bq1'])
      expect(await at(start + 4 * day)).toEqual(['Aq10', 'Bq2'])
      await store.project({ ...nothing, upTo: 4, refolded: [lot('B')] })
      expect(await at(start + 4 * day)).toEqual(['Aq10'])
      const found = await store.movements({ lots: [lot('A')], limit: 10 })
      expect(found).toEqual(moves.slice(0, 3))
      expect(await store.movements({ place: 'q', limit: 10 })).toEqual([moves[2]])
      expect(await store.movements({ time: { from: start + 1 }, limit: 1 })).toEqual([moves[1]])
      expect(await store.movements({ lots: [lot('X')], limit: 1 })).toEqual([])
    })
  })

  test('findings and campaigns', async () => {
    await fresh(async (store) => {
      const finding = { code: 'x', severity: 'error', message: 'm', time: start } as const
      const bad = { ...state('A'), findings: [finding, { ...finding, time: start + 1 }] }
      const campaign = (code: string, from: number, end?: number) => ({
        uri: `urn:${code}`,
        code,
        place: 'p',
        start: from,
        ...(end === undefined ? {} : { end }),
      })
      const [c, d] = [campaign('c', 10, 20), campaign('d', 15)]
      await store.project({ ...nothing, upTo: 1, lots: [bad], campaigns: [c, d, d] })
      expect((await store.findings(10)).map(({ time }) => time)).toEqual([start + 1, start])
      expect(await store.findings(1)).toHaveLength(1)
      expect(await store.campaigns({})).toEqual([c, d])
      expect(await store.campaigns({ uris: ['urn:d', 'urn:e'] })).toEqual([d])
      expect(await store.campaigns({ time: { from: 21 } })).toEqual([d])
      expect(await store.campaigns({ time: { to: 15 } })).toEqual([c])
      await store.project({ ...nothing, upTo: 2, lots: [state('A')], withdrawn: ['urn:d'] })
      expect(await store.findings(10)).toEqual([])
      expect(await store.campaigns({})).toEqual([c])
      await store.project({ ...nothing, upTo: 3, refolded: [lot('A')] })
      expect((await store.lots([lot('A')])).size).toBe(0)
    })
  })

  test('the way up and down a genealogy keeps to time', async () => {
    await fresh(async (store) => {
      const flows = [
        flow('c1', 'A', 'in', 10),
        flow('c1', 'B', 'in', 30),
        flow('c1', 'X', 'out', 20),
        flow('c1', 'Y', 'out', 40),
        flow('c2', 'X', 'in', 50),
        flow('c2', 'Z', 'out', 60),
        flow('c2', 'Y', 'in', 70),
        flow('c3', 'Z', 'in', 80),
        flow('c3', 'A', 'out', 90),
      ]
      await store.project({ ...nothing, upTo: 1, flows })
      const reach = async (name: string, way: 'up' | 'down', depth = 30, most = 1000) => {
        const { flows, isCut } = await store.reach(lot(name), way, { depth, flows: most })
        const found = flows.map(({ node, lot }) => node + lot.at(-1)).sort()
        return isCut ? [...found, 'cut'] : found
      }
      expect(await reach('X', 'up')).toEqual(['c1A', 'c1X'])
      expect(await reach('Y', 'up')).toEqual(['c1A', 'c1B', 'c1Y'])
      // Z was drawn before Y was charged: B is not among its ancestors.
      expect(await reach('Z', 'up')).toEqual(['c1A', 'c1X', 'c2X', 'c2Z'])
      expect(await reach('B', 'down')).toEqual(['c1B', 'c1Y', 'c2Y'])
      expect(await reach('A', 'down')).toEqual('c1A c1X c1Y c2X c2Y c2Z c3A c3Z'.split(' '))
      expect(await reach('A', 'up')).toEqual(
        expect.arrayContaining(['c3A', 'c3Z', 'c2Z', 'c2X', 'c1X', 'c1A']),
      )
      expect(await reach('Z', 'up', 1)).toEqual(['c2X', 'c2Z', 'cut'])
      expect(await reach('Z', 'up', 2)).toEqual(['c1A', 'c1X', 'c2X', 'c2Z'])
      expect(await reach('Z', 'up', 30, 3)).toHaveLength(4)
      expect(await reach('nobody', 'up')).toEqual([])
      expect(await store.flowsOf(['c3', 'c9'])).toEqual(flows.slice(7))
      expect(await store.flowsWith([lot('X')])).toEqual([flows[2], flows[4]])
      await store.project({ ...nothing, upTo: 2, refolded: [lot('X')] })
      expect(await reach('Z', 'up')).toEqual(['c2Z'])
    })
  })

  test('the desk keeps accounts, keys, audit, captures, queries and settings', async () => {
    await fresh(async (store) => {
      const account = {
        name: 'ada',
        fullName: 'Ada',
        role: 'operator',
        passwordHash: 'x',
        isActive: true,
        createdAt: 1,
      } as const
      await store.putAccount(account)
      await store.putAccount({ ...account, isActive: false })
      expect(await store.accounts()).toEqual([{ ...account, isActive: false }])
      const key = {
        secretHash: 'h',
        account: 'ada',
        kind: 'token',
        label: 'l',
        role: 'viewer',
        createdAt: 1,
        expiresAt: 50,
      } as const
      await store.putKey(key)
      await store.putKey({ ...key, secretHash: 'i', kind: 'session' })
      expect(await store.keys({ now: 1, secretHash: 'h' })).toEqual([key])
      expect(await store.keys({ now: 1, account: 'ada' })).toHaveLength(2)
      expect(await store.keys({ now: 50, account: 'ada' })).toEqual([])
      await store.removeKeys({ account: 'ada', kind: 'session' })
      expect(await store.keys({ now: 1 })).toEqual([key])
      const entry = {
        account: 'ada',
        role: 'viewer',
        subject: '',
        outcome: '',
        detail: '',
      } as const
      for (const time of [1, 2, 3]) await store.audit({ ...entry, time, action: `a${time}` })
      await store.audit({ ...entry, account: 'bob', time: 2, action: 'b' })
      const audited = async (filter: object) =>
        (await store.audited({ limit: 9, ...filter })).map(({ action }) => action)
      expect(await audited({})).toEqual(['a3', 'b', 'a2', 'a1'])
      expect(await audited({ account: 'ada', before: 3, limit: 1 })).toEqual(['a2'])
      const job = {
        createdAt: 5,
        isRunning: true,
        isSuccess: false,
        behaviour: 'proceed',
        by: 'ada',
        errors: [],
      } as const
      for (const id of ['a', 'b', 'c']) await store.putCapture({ ...job, id })
      await store.putCapture({ ...job, id: 'a', isRunning: false, finishedAt: 9 })
      expect(await store.capture('a')).toMatchObject({ isRunning: false, finishedAt: 9 })
      expect(await store.capture('z')).toBeUndefined()
      const captures = async (before?: { createdAt: number; id: string }) =>
        (await store.captures(before === undefined ? { limit: 2 } : { limit: 2, before })).map(
          ({ id }) => id,
        )
      expect(await captures()).toEqual(['c', 'b'])
      expect(await captures({ createdAt: 5, id: 'b' })).toEqual(['a'])
      const query = { name: 'q', query: { eventTypes: ['ObjectEvent'] }, createdAt: 1 }
      expect(await store.addQuery(query)).toBe(true)
      expect(await store.addQuery(query)).toBe(false)
      expect(await store.query('q')).toEqual(query)
      expect(await store.queries('', 5)).toEqual([query])
      expect(await store.removeQuery('q')).toBe(true)
      expect(await store.removeQuery('q')).toBe(false)
      await store.setSetting('site', { a: 1 })
      await store.setSetting('site', { a: 2 })
      expect(await store.setting('site')).toEqual({ a: 2 })
      expect(await store.setting('none')).toBeUndefined()
    })
  })

  test('a newer schema is refused, and told', async () => {
    const place = await places.next()
    await (await openStore(place)).close()
    await ask(place, 'update schema_version set version = 99')
    await expect(openStore(place)).rejects.toMatchObject({ code: 'newer-schema' })
  })
})
