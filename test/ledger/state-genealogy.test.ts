import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  catchUp,
  contentsOf,
  custodyOf,
  type EpcisEvent,
  type Flow,
  genealogy,
  type Ledger,
  originOf,
  recycledShare,
  setSite,
} from '../../src/ledger/index.ts'
import { draws } from '../draws.ts'
import {
  assay,
  campaign,
  charge,
  day,
  draw,
  lot,
  place,
  receive,
  transform,
  write,
} from './histories.ts'
import { memoryLedger } from './memory-derived.ts'
import { historyOf, stepDraws } from './random-history.ts'

const kg = (mass: number) => Math.round(mass * 1e6)
const store = place('store')
const [f1, f2, f3, p1, p2] = ['F1', 'F2', 'F3', 'P1', 'P2'].map(lot) as [
  string,
  string,
  string,
  string,
  string,
]
const c1 = campaign('C1')

async function ledgerOf(events: readonly EpcisEvent[]): Promise<Ledger> {
  const ledger = memoryLedger()
  await write(ledger, events)
  await catchUp(ledger)
  return ledger
}

const nd = (value: number) => [{ analyte: 'Nd', value, u: 0.002, k: 2 }]
const of = (uri: string, mass: number) => ({ lot: uri, mg: kg(mass) })

/** Share of an element that comes from, or goes to, each lot. */
async function sharesOf(
  ledger: Ledger,
  uri: string,
  element: string,
  direction: 'up' | 'down' = 'up',
) {
  const found = await genealogy(ledger, uri, { direction })
  const ends = found.ends.map(({ lot: end, shares }) => [end, shares[element] ?? 0] as const)
  return { ends: Object.fromEntries(ends), unknown: found.unknown[element], found }
}

const twoFeeds = [
  receive(day(1), of(f1, 100), store, {
    supplier: 'urn:x:a',
    sources: [{ class: 'post-consumer', share: 1 }],
    origin: [{ step: 'mined', country: 'AU' }],
    custody: 'segregated',
  }),
  receive(day(1), of(f2, 100), store, {
    supplier: 'urn:x:b',
    sources: [
      { class: 'pre-consumer', share: 0.5 },
      { class: 'post-consumer', share: 1, element: 'Dy' },
    ],
    custody: 'controlled-blending',
  }),
  assay(day(2), f1, nd(0.2)),
  assay(day(2), f2, nd(0.3)),
]

test('a draw is of what was charged before it, by mass of the element, and of nothing later', async () => {
  const ledger = await ledgerOf([
    ...twoFeeds,
    charge(day(3), c1, [of(f1, 100)]),
    draw(day(4), c1, [of(p1, 10)], store),
    charge(day(5), c1, [of(f2, 100)]),
    draw(day(6), c1, [of(p2, 10)], store),
    assay(day(7), p1, nd(0.8)),
    assay(day(7), p2, nd(0.8)),
  ])
  const first = await sharesOf(ledger, p1, 'Nd')
  expect(first.ends).toEqual({ [f1]: 1 })
  expect(first.found.nodes.map(({ uri }) => uri)).not.toContain(f2)
  const second = await sharesOf(ledger, p2, 'Nd')
  // 20 kg Nd of F1, 8 kg of it drawn: 12 of 42.
  expect(second.ends[f1]).toBeCloseTo(12 / 42, 9)
  expect(second.ends[f2]).toBeCloseTo(30 / 42, 9)
  const down = await sharesOf(ledger, f1, 'Nd', 'down')
  expect(down.ends[p1]).toBeCloseTo(8 / 20, 9)
  expect(down.ends[p2]).toBeCloseTo(((12 / 42) * 8) / 20, 9)
  expect(down.unknown).toBeCloseTo(1 - 8 / 20 - ((12 / 42) * 8) / 20, 9)
})

test('a lot without the element is no source of it, one of which nobody has said may be', async () => {
  const events = (more: readonly EpcisEvent[]) => [
    ...twoFeeds,
    receive(day(2), of(f3, 10), store),
    ...more,
    charge(day(3), c1, [of(f1, 100), of(f3, 10)]),
    draw(day(4), c1, [of(p1, 10)], store),
    assay(day(7), p1, nd(0.8)),
  ]
  const said = await sharesOf(await ledgerOf(events([assay(day(2), f3, nd(0))])), p1, 'Nd')
  expect(said.ends).toEqual({ [f1]: 1 })
  expect(said.found.nodes.map(({ uri }) => uri)).toContain(f3)
  const unsaid = await sharesOf(await ledgerOf(events([])), p1, 'Nd')
  expect(unsaid.ends[f1]).toBeCloseTo(20 / 30, 9)
  expect(unsaid.unknown).toBeCloseTo(10 / 30, 9)
})

test('what was drawn and not analysed may have taken all: shares are lower bounds', async () => {
  const ledger = await ledgerOf([
    ...twoFeeds,
    charge(day(3), c1, [of(f1, 100)]),
    draw(day(4), c1, [of(p2, 15)], store),
    charge(day(5), c1, [of(f2, 100)]),
    draw(day(6), c1, [of(p1, 10)], store),
    assay(day(7), p1, nd(0.8)),
  ])
  const { ends, unknown } = await sharesOf(ledger, p1, 'Nd')
  expect(ends[f1]).toBeCloseTo(5 / 50, 9)
  expect(ends[f2]).toBeCloseTo(30 / 50, 9)
  expect(unknown).toBeCloseTo(15 / 50, 9)
})

test('more than was charged cannot come from it', async () => {
  const ledger = await ledgerOf([
    ...twoFeeds,
    charge(day(3), c1, [of(f1, 50), of(f2, 50)]),
    draw(day(4), c1, [of(p1, 50)], store),
    assay(day(7), p1, nd(0.8)),
  ])
  const { ends, unknown } = await sharesOf(ledger, p1, 'Nd')
  expect(ends[f1]).toBeCloseTo(10 / 40, 9)
  expect(unknown).toBeCloseTo(15 / 40, 9)
})

test('a split is of its lot, also when nobody has analysed it', async () => {
  const ledger = await ledgerOf([
    receive(day(1), of(f1, 10), store, { sources: [{ class: 'primary', share: 1 }] }),
    transform(day(2), [of(f1, 4)], [of(p1, 3), of(p2, 1)], store),
    assay(day(3), p1, nd(0.4)),
  ])
  expect((await sharesOf(ledger, p1, 'Nd')).ends).toEqual({ [f1]: 1 })
  const down = await sharesOf(ledger, f1, 'Nd', 'down')
  expect(down.ends[f1]).toBeCloseTo(0.6, 9)
  expect(down.ends[p1]).toBeCloseTo(0.3, 9)
  expect(down.ends[p2]).toBeCloseTo(0.1, 9)
  const [share] = (await recycledShare(ledger, p1)).elements
  expect(share).toEqual({ element: 'Nd', preConsumer: 0, postConsumer: 0, primary: 1, unknown: 0 })
})

test('what is written down for one moment is put in the order in which it can have been', async () => {
  const names = ['A', 'B', 'C', 'D', 'E', 'F'].map(lot)
  const splits = names.slice(1).map((to, index) => {
    const from = names[index] ?? ''
    return transform(day(2), [{ lot: from, mg: kg(1) }], [{ lot: to, mg: kg(1) }], store)
  })
  const last = names.at(-1) ?? ''
  const ledger = await ledgerOf([
    receive(day(1), of(lot('A'), 1), store),
    assay(day(1), lot('A'), nd(0.2)),
    ...splits,
    charge(day(2), c1, [{ lot: last, mg: kg(1) }]),
    draw(day(2), c1, [of(p1, 0.1)], store),
    assay(day(3), p1, nd(0.8)),
  ])
  const { ends, found } = await sharesOf(ledger, p1, 'Nd')
  expect(ends).toEqual({ [lot('A')]: 1 })
  expect(found.cycles).toEqual([])
  const round = await ledgerOf([
    receive(day(1), of(f1, 1), store),
    assay(day(1), f1, nd(0.2)),
    charge(day(2), c1, [of(f1, 1), of(f2, 1)]),
    draw(day(2), c1, [of(f2, 1)], store),
  ])
  expect((await genealogy(round, f2, { direction: 'up' })).cycles).toEqual([c1, f2].sort())
})

test('limits of depth are said', async () => {
  const ledger = await ledgerOf([
    receive(day(1), of(f1, 10), store),
    transform(day(2), [of(f1, 10)], [of(f2, 10)], store),
    transform(day(3), [of(f2, 10)], [of(f3, 10)], store),
  ])
  const one = await genealogy(ledger, f3, { direction: 'up', depth: 1 })
  expect(one.isCut).toBe(true)
  expect(one.nodes.map(({ uri }) => uri)).not.toContain(f1)
  expect((await genealogy(ledger, f3, { direction: 'up' })).isCut).toBe(false)
})

const charged = [
  ...twoFeeds,
  charge(day(3), c1, [of(f1, 100), of(f2, 100)]),
  draw(day(4), c1, [of(p1, 10)], store),
  assay(day(7), p1, nd(0.8)),
]

test('recycled shares are by class and element, and what nobody said is unknown', async () => {
  const [share] = (await recycledShare(await ledgerOf(charged), p1)).elements
  expect(share?.postConsumer).toBeCloseTo(0.4, 9)
  expect(share?.preConsumer).toBeCloseTo(0.3, 9)
  expect(share?.unknown).toBeCloseTo(0.3, 9)
  expect(share?.primary).toBe(0)
})

test('origin is by step; our campaign separated it; what nobody said is unknown', async () => {
  const ledger = await ledgerOf(charged)
  await setSite(ledger.store, {
    name: 'Belfast',
    authority: 'https://recycler.example/id',
    country: 'GB',
    isSynthetic: true,
  })
  const { steps } = await originOf(ledger, p1)
  const shares = (step: string) => steps.find((one) => one.step === step)?.shares
  expect(shares('separated')).toEqual([{ country: 'GB', facility: 'Belfast', share: 1 }])
  expect(shares('mined')?.map(({ country }) => country)).toEqual(['unknown', 'AU'])
  expect(shares('mined')?.[1]?.share).toBeCloseTo(0.4, 9)
  const feed = await originOf(ledger, f1)
  expect(feed.steps.map(({ step }) => step)).toEqual(['mined'])
})

test('custody is the weakest of all that a lot came from', async () => {
  const ledger = await ledgerOf(charged)
  expect(await custodyOf(ledger, p1)).toMatchObject({
    model: 'controlled-blending',
    because: [{ lot: f2, model: 'controlled-blending' }],
    origins: 2,
  })
  expect(await custodyOf(ledger, f1)).toMatchObject({ model: 'segregated', origins: 1 })
  const unsaid = await ledgerOf([receive(day(1), of(f1, 10), store)])
  expect(await custodyOf(unsaid, f1)).toMatchObject({ model: 'unknown' })
  const two = await ledgerOf([
    receive(day(1), of(f1, 10), store, { custody: 'identity-preserved', supplier: 'urn:x:a' }),
    receive(day(1), of(f2, 10), store, { custody: 'identity-preserved', supplier: 'urn:x:b' }),
    transform(day(2), [of(f1, 10), of(f2, 10)], [of(f3, 20)], store),
  ])
  expect(await custodyOf(two, f1)).toMatchObject({ model: 'identity-preserved' })
  expect(await custodyOf(two, f3)).toMatchObject({ model: 'segregated', origins: 2 })
})

type Parts = Map<string, number>

const total = (parts: Parts) => [...parts.values()].reduce((a, b) => a + b, 0)
const addTo = (parts: Parts, name: string, mass: number) =>
  parts.set(name, (parts.get(name) ?? 0) + mass)

/** The same by another way: follows every feed lot forward through pools, gram by gram. */
function followed(flows: readonly Flow[], fractionOf: (lot: string) => number) {
  const sources = new Map<string, Parts>()
  const pools = new Map<string, Parts>()
  const inputs = new Map<string, Set<string>>()
  for (const { node, direction, lot: uri } of flows) {
    if (direction === 'in') inputs.set(node, (inputs.get(node) ?? new Set()).add(uri))
  }
  const partsOf = (uri: string) => sources.get(uri) ?? new Map([[uri, 1]])
  for (const { node, direction, lot: uri, mg } of flows) {
    const pool = pools.get(node) ?? new Map<string, number>()
    pools.set(node, pool)
    const mass = mg * fractionOf(uri)
    if (direction === 'in') {
      let left = mass
      for (const [source, share] of partsOf(uri)) {
        addTo(pool, source, mass * share)
        left -= mass * share
      }
      addTo(pool, '?', left)
      continue
    }
    const [only, ...others] = inputs.get(node) ?? []
    if (only !== undefined && others.length === 0) {
      sources.set(uri, new Map(partsOf(only)))
      continue
    }
    const held = total(pool)
    const covered = Math.min(1, held / mass)
    const parts: Parts = new Map()
    for (const [source, there] of pool) {
      if (source !== '?') parts.set(source, (there / held) * covered)
      pool.set(source, there * Math.max(1e-12, 1 - mass / held))
    }
    sources.set(uri, parts)
  }
  return sources
}

test('shares are what following every feed lot forward gives', async () => {
  const names = ['receive', 'split', 'blend', 'charge', 'charge', 'draw', 'draw'] as const
  await fc.assert(
    fc.asyncProperty(stepDraws(names), async (drawn) => {
      const { events, lots } = historyOf(drawn)
      const ledger = await ledgerOf(events)
      const flows = [...(await ledger.store.flowsWith(lots))].sort(
        (a, b) => a.time - b.time || (a.direction < b.direction ? -1 : 1),
      )
      const contents = await contentsOf(ledger, lots)
      for (const element of ['Nd', 'Dy']) {
        const fraction = (uri: string) =>
          contents.get(uri)?.find((one) => one.element === element)?.fraction ?? 0
        const expected = followed(flows, fraction)
        for (const uri of lots.slice(-3)) {
          if (fraction(uri) === 0) continue
          const { ends } = await sharesOf(ledger, uri, element)
          const parts = expected.get(uri) ?? new Map([[uri, 1]])
          for (const [source, share] of parts) {
            if (source !== '?') expect(ends[source] ?? 0).toBeCloseTo(share, 7)
          }
        }
      }
    }),
    { numRuns: draws(800) },
  )
})
