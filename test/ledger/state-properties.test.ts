import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  canonical,
  catchUp,
  contentsOf,
  type EpcisEvent,
  genealogy,
  type Json,
  type Ledger,
  type LotState,
  verify,
} from '../../src/ledger/index.ts'
import { openStore } from '../../src/store/index.ts'
import { draws } from '../draws.ts'
import { declareWrong, named, write } from './histories.ts'
import { memoryLedger } from './memory-derived.ts'
import { type History, historyOf, stepDraws } from './random-history.ts'

const runs = { numRuns: draws(600) }

interface Derived {
  readonly lots: readonly LotState[]
  readonly movements: readonly unknown[]
  readonly flows: readonly unknown[]
  readonly campaigns: readonly unknown[]
  readonly contents: ReadonlyMap<string, unknown>
}

/** Sorted by what they say, because tables have no order. */
const inOrder = (list: readonly unknown[]) => list.map((one) => canonical(one as Json)).sort()

async function derivedOf(ledger: Ledger): Promise<Derived> {
  const { store } = ledger
  const { lots } = await store.searchLots({ offset: 0, limit: 10_000 })
  const uris = lots.map(({ uri }) => uri)
  return {
    lots: [...lots].sort((a, b) => (a.uri < b.uri ? -1 : 1)),
    movements: inOrder(await store.movements({ limit: 100_000 })),
    flows: inOrder(await store.flowsWith(uris)),
    campaigns: inOrder(await store.campaigns({})),
    contents: await contentsOf(ledger, [...uris].sort()),
  }
}

async function ledgerOf(events: readonly EpcisEvent[]): Promise<Ledger> {
  const ledger = memoryLedger()
  await write(ledger, events)
  await catchUp(ledger)
  return ledger
}

const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0)

test('mass is conserved to the milligram, lot by lot and place by place', async () => {
  await fc.assert(
    fc.asyncProperty(stepDraws(), async (drawn) => {
      const ledger = await ledgerOf(historyOf(drawn).events)
      const { lots } = await derivedOf(ledger)
      const movements = await ledger.store.movements({ limit: 100_000 })
      for (const { uri, mg, came, went, adjusted, places, findings } of lots) {
        expect(came - went + adjusted).toBe(mg)
        expect(sum(Object.values(places))).toBe(mg)
        expect(sum(movements.filter((one) => one.lot === uri).map((one) => one.change))).toBe(mg)
        for (const [at, held] of Object.entries(places)) {
          const last = movements.filter((one) => one.lot === uri && one.place === at).at(-1)
          expect(last?.after).toBe(held)
        }
        expect(findings).toEqual([])
      }
    }),
    runs,
  )
})

test('of each element splits and blends let out what they took in', async () => {
  await fc.assert(
    fc.asyncProperty(stepDraws(['receive', 'split', 'blend', 'move']), async (drawn) => {
      const { events } = historyOf(drawn)
      const ledger = await ledgerOf(events)
      const { lots } = await derivedOf(ledger)
      const contents = await contentsOf(
        ledger,
        lots.map(({ uri }) => uri),
      )
      const fraction = (uri: string, element: string) =>
        contents.get(uri)?.find((one) => one.element === element)?.fraction ?? Number.NaN
      for (const element of ['Nd', 'Dy']) {
        const received = lots.filter(({ master }) => master?.kind === 'feed')
        const came = sum(received.map(({ uri, came: mg }) => mg * fraction(uri, element)))
        const there = sum(lots.map(({ uri, mg }) => (mg === 0 ? 0 : mg * fraction(uri, element))))
        expect(Math.abs(came - there)).toBeLessThan(0.5)
      }
    }),
    runs,
  )
})

/** Events in another order of arrival, and in batches between which the tables catch up. */
const arrivals = (history: History) =>
  fc.record({
    order: fc.shuffledSubarray(
      history.events.map((_, index) => index),
      { minLength: history.events.length, maxLength: history.events.length },
    ),
    batch: fc.integer({ min: 1, max: 9 }),
  })

/** Asks between the batches, so that what is remembered of the answers has to be forgotten. */
async function writeIn(ledger: Ledger, events: readonly EpcisEvent[], batch: number) {
  for (let start = 0; start < events.length; start += batch) {
    await write(ledger, events.slice(start, start + batch))
    await catchUp(ledger)
    const { lots } = await ledger.store.searchLots({ offset: 0, limit: 1000 })
    await contentsOf(
      ledger,
      lots.map(({ uri }) => uri),
    )
  }
}

/** With events at one and the same moment, which only their IDs tell apart. */
const withArrivals = stepDraws()
  .map((drawn) => historyOf(drawn, 0))
  .chain((history) => fc.record({ history: fc.constant(history), arrival: arrivals(history) }))

test('any order of arrival gives the same state', async () => {
  await fc.assert(
    fc.asyncProperty(withArrivals, async ({ history: { events }, arrival }) => {
      const inTime = await derivedOf(await ledgerOf(events))
      const ledger = memoryLedger()
      const shuffled = arrival.order.flatMap((index) => events[index] ?? [])
      await writeIn(ledger, shuffled, arrival.batch)
      expect(await derivedOf(ledger)).toEqual(inTime)
    }),
    runs,
  )
})

test('the embedded database gives the state that memory gives, in any order of arrival', async () => {
  await fc.assert(
    fc.asyncProperty(withArrivals, async ({ history: { events }, arrival }) => {
      const folder = mkdtempSync(join(tmpdir(), 'ledger-state-'))
      const store = await openStore({ folder })
      try {
        const ledger = { ...memoryLedger(), store }
        const shuffled = arrival.order.flatMap((index) => events[index] ?? [])
        await writeIn(ledger, shuffled, arrival.batch)
        const inTime = await ledgerOf(events)
        expect(await derivedOf(ledger)).toEqual(await derivedOf(inTime))
        const times = [...new Set(events.map(({ eventTime }) => Date.parse(eventTime)))]
        for (const time of times) {
          const held = inOrder(await store.holdingsAt(time))
          expect(held).toEqual(inOrder(await inTime.store.holdingsAt(time)))
        }
        expect((await verify(ledger, { checkDerived: true })).isSound).toBe(true)
      } finally {
        await store.close()
        rmSync(folder, { recursive: true })
      }
    }),
    { numRuns: draws(100) },
  )
})

test('a correction gives the state that there is without the mistake', async () => {
  const drawn = fc.record({ made: withArrivals, which: fc.nat(), at: fc.nat(), gone: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(drawn, async ({ made: { history, arrival }, which, at, gone }) => {
      const ledger = memoryLedger()
      const events = history.events.map((event) => named(ledger, event))
      const index = which % events.length
      const wrong = events[index] as EpcisEvent
      const { eventID: _, ...content } = wrong
      const right = named(ledger, { ...content, readPoint: { id: 'urn:x:gate' } })
      const instead = gone ? [] : [right]
      const expected = await ledgerOf([...events.toSpliced(index, 1), ...instead])
      const all = arrival.order.flatMap((one) => events[one] ?? [])
      const declared = [...instead, declareWrong(ledger.now(), wrong, instead)]
      const place = at % (all.length + 1)
      await writeIn(ledger, all.toSpliced(place, 0, ...declared), arrival.batch)
      expect(await derivedOf(ledger)).toEqual(await derivedOf(expected))
    }),
    runs,
  )
})

/** Lots that can be in a lot at all: by what went in before it came out. */
function possible(flows: readonly Flows[], lot: string, before: number): Set<string> {
  const found = new Set<string>()
  for (const out of flows) {
    if (out.lot !== lot || out.direction !== 'out' || out.time > before) continue
    for (const input of flows) {
      if (input.node !== out.node || input.direction !== 'in' || input.time > out.time) continue
      found.add(input.lot)
      for (const further of possible(flows, input.lot, input.time)) found.add(further)
    }
  }
  return found
}

type Flows = Awaited<ReturnType<Ledger['store']['flowsOf']>>[number]

test('no lot has an ancestor that came too late, and shares add up to one', async () => {
  const names = ['receive', 'split', 'blend', 'charge', 'charge', 'draw', 'draw'] as const
  await fc.assert(
    fc.asyncProperty(stepDraws(names), async (drawn) => {
      const { events, lots } = historyOf(drawn)
      const ledger = await ledgerOf(events)
      const flows = await ledger.store.flowsWith(lots)
      for (const lot of lots.slice(-3)) {
        const up = await genealogy(ledger, lot, { direction: 'up' })
        const can = possible(flows, lot, Infinity)
        const shown = up.nodes.filter(({ type, uri }) => type === 'lot' && uri !== lot)
        expect(new Set(shown.map(({ uri }) => uri))).toEqual(can)
        for (const element of up.elements) {
          const known = sum(up.ends.map(({ shares }) => shares[element] ?? 0))
          expect(known + (up.unknown[element] ?? 0)).toBeCloseTo(1, 9)
          expect(known).toBeLessThan(1 + 1e-9)
        }
      }
    }),
    runs,
  )
})
