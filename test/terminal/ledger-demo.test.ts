import { readFileSync } from 'node:fs'
import { afterAll, expect, it } from 'vitest'
import { ledgerOver } from '../../src/cli/ledger/open.ts'
import { flagged } from '../../src/ledger/index.ts'
import { openStore, sha256 } from '../../src/store/index.ts'
import { campaignBalance, demoHistory } from '../../src/twin/index.ts'
import { folder, say } from './kit.ts'

const files = folder()
afterAll(() => files.remove())
const data = files.path('demo')
const [days, to] = ['91', '2026-03-01']
const plant = readFileSync(
  new URL('../../plants/belfast-demonstration.yaml', import.meta.url),
  'utf8',
)

const request = {
  plant,
  seed: 1,
  to: Date.parse(`${to}T00:00:00Z`),
  days: Number(days),
  by: 'demonstration',
  sha256,
}

const filled = say('demo', '--days', days, '--to', to, '--data', data, '--json')

it('fills a new ledger, and never one that is there', async () => {
  const { code, out, err } = await filled
  expect([code, err]).toEqual([0, ''])
  const { lots, campaigns, planted, events, head } = JSON.parse(out) as Record<string, unknown>
  expect(campaigns).toBe(4)
  expect(Number(lots)).toBeGreaterThan(90)
  expect(planted).toMatchObject([{ what: 'mass', element: 'Nd' }])
  expect(head).toMatchObject({ seq: events })
  const again = await say('demo', '--days', days, '--to', to, '--data', data)
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('there is a ledger already')])
  for (const wrong of [
    ['--days', '9'],
    ['--to', '2026-13-01'],
    ['--to', '2999-01-01'],
    ['--seed', 'x'],
  ]) {
    expect((await say('demo', ...wrong, '--data', files.path('none'))).code, wrong.join(' ')).toBe(
      2,
    )
  }
})

it('tells the same history for the same seed, another for another', async () => {
  const { head } = JSON.parse((await filled).out) as { head: { hash: string } }
  const other = files.path('again')
  const again = await say('demo', '--days', days, '--to', to, '--data', other, '--json')
  expect((JSON.parse(again.out) as { head: { hash: string } }).head).toEqual(head)
  const [first] = [...demoHistory({ ...request, seed: 2, days: 60 }).captured()]
  const store = await openStore({ folder: other })
  const [stored] = await store.read(0, 1)
  await store.close()
  expect(first?.events[0]?.eventID).not.toBe(stored?.event.eventID)
}, 30_000)

it('tells a long history with all that a plant lives through, and nothing that is refused', () => {
  const told = demoHistory({ ...request, days: 250 })
  const said = [...told.captured()].flatMap(({ events }) => events)
  expect(told.campaigns).toBe(18)
  expect(told.planted.map(({ what, element }) => `${what} ${element}`)).toEqual([
    'mass Nd',
    'assay Dy',
    'assay Nd',
  ])
  const reasons = said.flatMap(({ errorDeclaration }) => errorDeclaration?.reason ?? [])
  expect(reasons.sort()).toEqual(['did_not_occur', 'incorrect_data', 'incorrect_data'])
  const steps = new Set(said.map(({ bizStep }) => bizStep))
  for (const step of ['stock_taking', 'shipping', 'destroying', 'assembling', 'disassembling']) {
    expect(steps, [...steps].join(' ')).toContain(step)
  }
}, 30_000)

it('closes every balance but those with an error planted, and names what is wrong there', async () => {
  const { planted } = JSON.parse((await filled).out) as {
    planted: readonly { campaign: string; lot: string; what: string }[]
  }
  const store = await openStore({ folder: data })
  const ledger = await ledgerOver(store)
  for (const { uri, code } of await store.campaigns({})) {
    const report = await campaignBalance(ledger, uri, { isSynthetic: true })
    const open = report?.elements.filter(({ verdict }) => verdict === 'open') ?? []
    const closed = report?.elements.filter(({ verdict }) => verdict === 'closed') ?? []
    const error = planted.find(({ campaign }) => campaign === code)
    expect(open.length > 0, code).toBe(error !== undefined)
    if (error === undefined) {
      const elements = closed.map(({ element }) => element)
      expect(elements, code).toEqual(expect.arrayContaining(['Nd', 'Pr', 'Dy', 'Tb', 'Fe', 'Co']))
    } else expect(report?.suspects[0]).toMatchObject({ code: error.lot, what: error.what })
    expect(report?.missing).toEqual([])
  }
  const corrections = await store.select({
    isDeclaration: true,
    orderBy: 'seq',
    direction: 'ASC',
    limit: 100,
  })
  expect(corrections).toHaveLength(3)
  const reasons = corrections.map(({ event }) => event.errorDeclaration?.reason)
  expect(reasons.filter((reason) => reason === 'did_not_occur')).toHaveLength(1)
  expect((await flagged(ledger)).length).toBeGreaterThan(0)
  expect(await store.findings(10)).toEqual([])
  await store.close()
}, 30_000)

it('holds what a recycler has: feed, products, residues, effluents, samples, hold-up', async () => {
  await filled
  const of = async (...words: readonly string[]) => {
    const { out } = await say('ledger', 'lots', ...words, '--data', data, '--json')
    return JSON.parse(out) as { total: number; lots: { shipments: unknown[] }[] }
  }
  for (const [kind, least] of [
    ['feed', 25],
    ['product', 16],
    ['by-product', 4],
    ['residue', 12],
    ['effluent', 4],
    ['sample', 25],
    ['hold-up', 4],
  ] as const) {
    expect((await of('--kind', kind)).total, kind).toBeGreaterThanOrEqual(least)
  }
  const { lots } = await of('--product', 'didymium')
  expect(lots.some(({ shipments }) => shipments.length > 0)).toBe(true)
  const inventory = await say('ledger', 'inventory', '--data', data)
  expect(inventory.out).toMatch(/synthetic/i)
})
