import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  catchUp,
  type Claim,
  custodyAccount,
  type CustodyAccountQuery,
  type EpcisEvent,
  findings,
  flagged,
  inventory,
  type Ledger,
  lotView,
  rebuild,
  verify,
} from '../../src/ledger/index.ts'
import { draws } from '../draws.ts'
import {
  assay,
  campaign,
  campaignMark,
  charge,
  count,
  day,
  declareWrong,
  draw,
  lot,
  move,
  named,
  place,
  receive,
  sendBack,
  ship,
  transform,
  write,
} from './histories.ts'
import { memoryLedger } from './memory-derived.ts'
import { historyOf, stepDraws } from './random-history.ts'
import { textOf } from './memory-store.ts'

const kg = (mass: number) => Math.round(mass * 1e6)
const of = (code: string, mass: number) => ({ lot: lot(code), mg: kg(mass) })
const nd = (value: number, more = {}) => [{ analyte: 'Nd', value, u: 0.002, k: 2, ...more }]
const store = place('store')
const yard = place('yard')
const c1 = campaign('C1')

async function ledgerOf(events: readonly EpcisEvent[]): Promise<Ledger> {
  const ledger = memoryLedger()
  await write(ledger, events)
  await catchUp(ledger)
  return ledger
}

const history = [
  receive(day(1), of('F1', 100), store, { sources: [{ class: 'post-consumer', share: 0.5 }] }),
  assay(day(2), lot('F1'), [...nd(0.2), { analyte: 'H2O', value: 0.1, u: 0.01, k: 2 }]),
  campaignMark(day(3), c1, true),
  charge(day(3), c1, [of('F1', 60)]),
  draw(day(4), c1, [of('P1', 12)], store, { product: 'Nd2O3' }),
  assay(day(5), lot('P1'), nd(0.8)),
  ship(day(6), [of('P1', 5)]),
  campaignMark(day(7), c1, false),
]

test('inventory by place, lot and element, now and then, with what nobody knows', async () => {
  const ledger = await ledgerOf([...history, receive(day(8), of('F2', 7), yard)])
  const now = await inventory(ledger)
  expect(now.lines.map(({ code, wetMg }) => [code, wetMg])).toEqual([
    ['F1', kg(40)],
    ['P1', kg(7)],
    ['F2', kg(7)],
  ])
  expect(now.lines[0]).toMatchObject({ dryMg: kg(36), isKnown: true })
  expect(now.lines[2]).toMatchObject({ isKnown: false, contained: [] })
  const [total] = now.total.contained
  expect(total).toMatchObject({ element: 'Nd', unknownMg: kg(7), atMostMore: 0 })
  expect(total?.mg).toBeCloseTo(kg(40 * 0.2 + 7 * 0.8), 3)
  expect(total?.u).toBeCloseTo(kg(Math.hypot(40 * 0.001, 7 * 0.001)), 0)
  expect(now.total).toMatchObject({ lots: 3, wetMg: kg(54), dryMg: kg(36), dryUnknownMg: kg(14) })
  const before = await inventory(ledger, { at: day(2) })
  expect(before.total.wetMg).toBe(kg(100))
  expect(before.total.contained[0]?.mg).toBeCloseTo(kg(20), 3)
  const there = await inventory(ledger, { place: yard })
  expect(there.lines.map(({ code }) => code)).toEqual(['F2'])
  expect((await inventory(ledger, { kinds: ['product'] })).total.wetMg).toBe(kg(7))
})

const query: CustodyAccountQuery = {
  element: 'Nd',
  class: 'post-consumer',
  method: 'mass-balance-credits',
  places: [store],
  from: day(0),
  to: day(100),
  conversionFactor: 0.9,
}

const claim = (code: string, mass: number): Claim & { readonly lot: string } => ({
  lot: lot(code),
  element: 'Nd',
  class: 'post-consumer',
  mg: kg(mass),
  model: 'mass-balance-credits',
})

test('an account earns what came in of the class, and is spent by claims', async () => {
  const ledger = await ledgerOf([
    ...history,
    // Out of and into the boundary again: what was counted is not earned twice, and moves are not.
    count(day(8), of('F1', 41), store),
    transform(day(9), [of('P1', 7)], [of('P2', 7)], store),
    ship(day(10), [of('P2', 2)], [claim('P2', 4)]),
    ship(day(11), [of('F1', 3)]),
    sendBack(day(12), [of('F1', 3)], store),
  ])
  const account = await custodyAccount(ledger, query)
  // 20 kg Nd, half of it post-consumer, 90 % of which goes out.
  expect(account.cameIn).toBeCloseTo(kg(20), 3)
  expect(account.cameInOfClass).toBeCloseTo(kg(10), 3)
  expect(account.cameInUnknown).toBeCloseTo(kg(10), 3)
  expect(account.percentage).toBeCloseTo(0.5, 12)
  expect(account.earned).toBe(kg(9))
  expect(account).toMatchObject({ claimed: kg(4), balance: kg(5), expired: 0, isInOrder: true })
  expect(account.entries.map(({ kind }) => kind)).toEqual(['earned', 'claimed'])
})

test('nothing is claimed twice, nor before it was earned, nor after it has expired', async () => {
  const over = await ledgerOf([
    ...history,
    ship(day(10), [of('P1', 2)], [claim('P1', 8), claim('P1', 3)]),
  ])
  const account = await custodyAccount(over, query)
  expect(account.overdrawn).toMatchObject([{ lot: lot('P1'), mg: kg(2) }])
  expect(account).toMatchObject({ claimed: kg(11), balance: 0, isInOrder: false })
  const early = await ledgerOf([
    receive(day(0), of('P0', 5), yard),
    ship(day(0) + 1, [of('P0', 5)], [claim('P0', 1)]),
    ...history,
  ])
  expect((await custodyAccount(early, query)).isInOrder).toBe(false)
  const rolling = { ...query, method: 'mass-balance-rolling-average' } as const
  expect((await custodyAccount(early, rolling)).isInOrder).toBe(true)
  const late = await ledgerOf([...history, ship(day(10), [of('P1', 2)], [claim('P1', 1)])])
  const lasting = await custodyAccount(late, { ...query, lastsFor: 5 * 86_400_000 })
  expect(lasting).toMatchObject({ isInOrder: false, expired: kg(9), balance: 0 })
  const carried = await custodyAccount(late, { ...query, carried: kg(1), from: day(5) })
  expect(carried).toMatchObject({ earned: 0, claimed: kg(1), balance: 0, isInOrder: true })
})

test('a corrected assay flags what was shipped of it and of what was made of it', async () => {
  const ledger = memoryLedger()
  const events = history.map((event) => named(ledger, event))
  await write(ledger, events)
  expect(await flagged(ledger)).toEqual([])
  const wrong = events[1] as EpcisEvent
  const right = named(ledger, assay(day(2), lot('F1'), nd(0.25)))
  await write(ledger, [right, declareWrong(day(20), wrong, [right])])
  const flags = await flagged(ledger)
  expect(flags).toHaveLength(1)
  expect(flags[0]).toMatchObject({ lot: lot('P1'), code: 'P1', shipment: { time: day(6) } })
  expect(flags[0]?.changes).toMatchObject([
    { event: wrong.eventID, kind: 'declared-wrong', of: lot('F1'), time: day(20) },
    { event: right.eventID, kind: 'corrected', of: lot('F1'), time: day(20) },
  ])
  const view = await lotView(ledger, 'P1')
  expect(view?.flags).toEqual(flags)
})

test('a result that comes after the shipping flags the lot too', async () => {
  const ledger = await ledgerOf(history)
  expect(await flagged(ledger)).toEqual([])
  await write(ledger, [assay(day(30), lot('P1'), nd(0.79))])
  const [flag] = await flagged(ledger)
  expect(flag?.changes).toMatchObject([{ kind: 'assayed-later', of: lot('P1'), time: day(30) }])
})

test('a lot is seen with all that is known of it, by code or URI', async () => {
  const ledger = await ledgerOf(history)
  const view = await lotView(ledger, 'P1')
  expect(view?.lot.uri).toBe(lot('P1'))
  expect(view?.parents).toMatchObject([{ lot: lot('F1'), code: 'F1', through: c1, mg: kg(60) }])
  expect(view?.events.map(({ step }) => step)).toEqual([undefined, 'inspecting', 'shipping'])
  expect(view?.movements.map(({ change }) => change)).toEqual([kg(12), -kg(5)])
  expect(view?.recycled.elements[0]?.postConsumer).toBeCloseTo(0.5, 9)
  expect((await lotView(ledger, lot('F1')))?.children).toMatchObject([{ code: 'P1', mg: kg(12) }])
  expect(await lotView(ledger, 'P9')).toBeUndefined()
})

test('campaigns are checked: what is drawn of nothing, outside of it, of mixed custody', async () => {
  const kept = { custody: 'identity-preserved', supplier: 'urn:x:a' } as const
  const ledger = memoryLedger()
  const early = named(ledger, draw(day(4), c1, [of('P1', 1)], store))
  const late = named(ledger, draw(day(7), c1, [of('P2', 1)], store))
  await write(ledger, [
    receive(day(1), of('F1', 100), store, kept),
    receive(day(1), of('F2', 100), store, { supplier: 'urn:x:b' }),
    campaignMark(day(3), c1, true),
    early,
    charge(day(5), c1, [of('F1', 60), of('F2', 60)]),
    campaignMark(day(6), c1, false),
    late,
  ])
  const found = (await findings(ledger)).map(({ code, lot: uri }) => [code, uri])
  expect(found).toEqual([
    ['outside-campaign', lot('P2')],
    ['mixed-custody', lot('F1')],
    ['drawn-from-nothing', lot('P1')],
  ])
  await write(ledger, [declareWrong(day(9), late), declareWrong(day(9), early)])
  expect((await findings(ledger)).map(({ code }) => code)).toEqual(['mixed-custody'])
})

test('asked again after every few events, it is as if it were asked for the first time', async () => {
  const orders = stepDraws().chain((drawn) => {
    const { events } = historyOf(drawn)
    return fc.shuffledSubarray([...events], { minLength: events.length })
  })
  const asked = async (ledger: Ledger) => [await findings(ledger), await flagged(ledger)]
  await fc.assert(
    fc.asyncProperty(orders, fc.integer({ min: 1, max: 9 }), async (events, step) => {
      const [ledger, other] = [memoryLedger(), memoryLedger()]
      for (let at = 0; at < events.length; at += step) {
        await write(ledger, events.slice(at, at + step))
        await asked(ledger)
      }
      const wrong = events.slice(0, step).map((event) => declareWrong(day(900), event))
      await write(ledger, wrong)
      await write(other, [...events, ...wrong])
      expect(await asked(ledger)).toEqual(await asked(other))
    }),
    { numRuns: draws(60) },
  )
})

test('campaigns and shipments that nothing has touched are not looked at again', async () => {
  const { store: whole, ...rest } = await ledgerOf(history)
  let read = 0
  const counted = <Asked, Answer>(ask: (asked: Asked) => Answer) => {
    return (asked: Asked) => {
      read++
      return ask(asked)
    }
  }
  const { flowsOf, flowsWith } = whole
  const watched = { ...whole, flowsOf: counted(flowsOf), flowsWith: counted(flowsWith) }
  const ledger = { ...rest, store: watched }
  expect([await findings(ledger), await flagged(ledger)]).toEqual([[], []])
  expect(read).toBeGreaterThan(0)
  read = 0
  expect([await findings(ledger), await flagged(ledger)]).toEqual([[], []])
  expect(read).toBe(0)
})

test('a campaign that never began is withdrawn, and comes back with its start', async () => {
  const ledger = memoryLedger()
  const start = named(ledger, campaignMark(day(3), c1, true))
  await write(ledger, [campaignMark(day(7), c1, false)])
  await catchUp(ledger)
  expect(await ledger.store.campaigns({})).toEqual([])
  await write(ledger, [start])
  await catchUp(ledger)
  expect(await ledger.store.campaigns({})).toMatchObject([{ uri: c1, start: day(3), end: day(7) }])
  await write(ledger, [declareWrong(day(9), start)])
  await catchUp(ledger)
  expect(await ledger.store.campaigns({})).toEqual([])
})

test('two who catch up at once, in processes of their own, do it once', async () => {
  const ledger = memoryLedger()
  await write(ledger, history)
  const other = { ...ledger, store: { ...ledger.store } }
  let written = 0
  const project: typeof ledger.store.project = async (projection) => {
    const isWritten = await ledger.store.project(projection)
    if (isWritten) written++
    return isWritten
  }
  other.store.project = project
  await Promise.all([catchUp({ ...ledger, store: { ...ledger.store, project } }), catchUp(other)])
  expect(written).toBe(1)
  const flows = await ledger.store.flowsOf([c1])
  expect(flows).toHaveLength(2)
  await rebuild(ledger)
  expect(await ledger.store.flowsOf([c1])).toEqual(flows)
})

test('the log is verified: what is changed, missing, out of place, or of another head', async () => {
  const ledger = await ledgerOf(history)
  const sound = await verify(ledger, { checkDerived: true })
  expect(sound).toMatchObject({ isSound: true, records: 8, derived: { isSame: true, lots: 2 } })
  const log = await ledger.store.read(0, 100)
  const broken = (records: typeof log, projected = 0): Ledger => ({
    ...ledger,
    store: {
      ...ledger.store,
      projected: async () => projected,
      texts: async (after, limit) =>
        records
          .filter(({ seq }) => seq > after)
          .slice(0, limit)
          .map(textOf),
    },
  })
  const faultOf = async (records: typeof log, ...more: [number?]) =>
    (await verify(broken(records, ...more))).fault
  const change = (index: number, fields: object) =>
    log.map((record, at) => (at === index ? { ...record, ...fields } : record))
  const event = { ...(log[3]?.event as EpcisEvent), bizStep: 'storing' }
  expect(await faultOf(change(3, { event }))).toMatchObject({ seq: 4, kind: 'changed' })
  expect(await faultOf(change(3, { recordTime: 1 }))).toMatchObject({ seq: 4, kind: 'changed' })
  expect(await faultOf(change(3, { by: 'mallory' }))).toMatchObject({ seq: 4, kind: 'changed' })
  expect(await faultOf(log.toSpliced(3, 1))).toMatchObject({ seq: 4, kind: 'missing' })
  const hash = log[0]?.hash
  expect(await faultOf(change(3, { previous: hash }))).toMatchObject({
    seq: 4,
    kind: 'out-of-place',
  })
  expect(await faultOf(log.slice(0, 5), 8)).toMatchObject({ seq: 6, kind: 'missing' })
  expect(await faultOf(log)).toBeUndefined()
  const given = { seq: 5, hash: log[4]?.hash ?? '' }
  expect((await verify(broken(log), { head: given })).isSound).toBe(true)
  expect(await verify(broken(log.slice(0, 4)), { head: given })).toMatchObject({
    isSound: false,
    fault: { kind: 'missing', seq: 5 },
  })
  const other = { seq: 5, hash: log[3]?.hash ?? '' }
  expect((await verify(broken(log), { head: other })).fault?.kind).toBe('head-differs')
})

test('derived tables that are not what the log says are named', async () => {
  const ledger = await ledgerOf(history)
  const state = (await ledger.store.lots([lot('F1')])).get(lot('F1'))
  if (state === undefined) throw new Error('no lot')
  await ledger.store.project({
    upTo: 8,
    lots: [{ ...state, mg: 1 }],
    refolded: [],
    movements: [],
    flows: [],
    campaigns: [],
    withdrawn: [],
  })
  const { isSound, derived } = await verify(ledger, { checkDerived: true })
  expect(isSound).toBe(false)
  expect(derived).toEqual({ isSame: false, lots: 2, differing: [lot('F1')] })
})

test('a move of a lot keeps it whole', async () => {
  const ledger = await ledgerOf([...history, move(day(9), lot('F1'), yard)])
  expect(await ledger.store.holdings(yard)).toEqual([{ lot: lot('F1'), place: yard, mg: kg(40) }])
})
