import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bank } from '../../src/databank/index.ts'
import { type Ledger, runCommand, unnamedSite } from '../../src/ledger/index.ts'
import { openStore, sha256 } from '../../src/store/index.ts'
import { type BalanceReport, campaignBalance, periodBalance } from '../../src/twin/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'didymium-balance-'))
let ledger: Ledger
const administrator = { account: 'ann', role: 'administrator' } as const
const at = (day: number, clock: string) =>
  `2026-03-${String(day).padStart(2, '0')}T${clock}:00+00:00`
const ms = (day: number) => Date.parse(at(day, '00:00'))

async function run(name: string, input: object): Promise<void> {
  const outcome = await runCommand(ledger, name, input, administrator)
  expect(outcome, `${name} ${JSON.stringify(input)}`).toMatchObject({ status: 'accepted' })
}

/** Nd of a lot with 1 % standard uncertainty. */
const assayed = (lot: string, nd: number, time: string) =>
  run('assay', {
    lot,
    condition: 'wet',
    laboratory: 'Works laboratory',
    results: [{ analyte: 'Nd', value: `${nd} ± ${0.02 * nd} %` }],
    time,
  })

beforeAll(async () => {
  const store = await openStore({ folder })
  ledger = { store, sha256, now: () => ms(28), elements: bank.elements }
  await run('receive', {
    lot: 'F-1',
    kind: 'feed',
    product: 'magnets',
    mass: '500 kg',
    place: 'yard',
    time: at(1, '08:00'),
  })
  await assayed('F-1', 24, at(1, '10:00'))
  await run('start-campaign', { campaign: 'C-1', place: 'sx', time: at(2, '08:00') })
  await run('charge', {
    campaign: 'C-1',
    lots: [{ lot: 'F-1', mass: '300 kg' }],
    time: at(2, '09:00'),
  })
  await run('draw', {
    campaign: 'C-1',
    lots: [
      { lot: 'P-1', mass: '60 kg', kind: 'product', product: 'Nd2O3' },
      { lot: 'R-1', mass: '200 kg', kind: 'residue' },
    ],
    place: 'store',
    time: at(4, '09:00'),
  })
  await run('draw', {
    campaign: 'C-1',
    lots: [{ lot: 'H-1', mass: '100 kg', kind: 'hold-up' }],
    place: 'sx',
    time: at(5, '09:00'),
  })
  await run('end-campaign', { campaign: 'C-1', time: at(5, '10:00') })
  await assayed('P-1', 85, at(6, '08:00'))
  await assayed('R-1', 1, at(6, '08:00'))
  await assayed('H-1', 19, at(6, '08:00'))
  await run('start-campaign', { campaign: 'C-2', place: 'sx', time: at(7, '08:00') })
  await run('charge', {
    campaign: 'C-2',
    lots: [
      { lot: 'H-1', mass: '100 kg' },
      { lot: 'F-1', mass: '50 kg' },
    ],
    time: at(7, '09:00'),
  })
  await run('release', { lots: [{ lot: 'P-1' }], decision: 'released', time: at(8, '08:00') })
  await run('ship', { lots: [{ lot: 'P-1' }], to: 'magnet-maker', time: at(8, '09:00') })
})
afterAll(async () => {
  await ledger.store.close()
  rmSync(folder, { recursive: true })
})

const nd = (report: BalanceReport | undefined) => {
  const found = report?.elements.find(({ element }) => element === 'Nd')
  if (found === undefined) throw new Error('no Nd')
  return found
}
const sitesOwn = { massU: 0.001 }

describe('balances of a ledger', () => {
  it('balances a campaign by code and by URI, hold-up as it was drawn', async () => {
    const report = await campaignBalance(ledger, 'C-1', sitesOwn)
    expect(report?.holdUp.basis).toBe('measured')
    // 300 x 0.24 = 72 in; 51 product, 2 residue, 19 still in the circuits.
    expect(nd(report).in.value).toBeCloseTo(72, 9)
    expect(nd(report).gap.value).toBeCloseTo(0, 9)
    expect(nd(report).recovery?.value).toBeCloseTo(51 / (72 - 19), 9)
    expect(nd(report)).toMatchObject({ verdict: 'closed' })
    const uri = `${unnamedSite.authority}/campaign/C-1`
    expect(await campaignBalance(ledger, uri, sitesOwn)).toEqual(report)
    expect(await campaignBalance(ledger, 'C-9', sitesOwn)).toBeUndefined()
  })

  it('does not judge a campaign that runs, unless a model says what it holds', async () => {
    const report = await campaignBalance(ledger, 'C-2', sitesOwn)
    expect(report?.to).toBeUndefined()
    expect(nd(report)).toMatchObject({
      verdict: 'not judged',
      because: 'what the circuits hold is not known',
    })
    const model = { open: {}, close: { Nd: 31 }, u: 0.1, detail: 'a model' }
    const modelled = await campaignBalance(ledger, 'C-2', { ...sitesOwn, modelledHoldUp: model })
    expect(nd(modelled).gap.value).toBeCloseTo(0, 9)
    expect(nd(modelled).verdict).toBe('closed')
  })

  it('names what has no uncertainty where the site gives no default', async () => {
    const report = await campaignBalance(ledger, 'C-1')
    expect(nd(report).verdict).toBe('not judged')
    expect(report?.missing.map(({ code, what }) => `${code} ${what}`)).toContain('P-1 mass')
  })

  it('balances a period: stock, what came, what left, and what is under way', async () => {
    const report = await periodBalance(ledger, { from: ms(1), to: ms(20) }, sitesOwn)
    const of = nd(report)
    expect(of.byRole.feed?.value).toBeCloseTo(120, 9)
    expect(of.byRole.product?.value).toBeCloseTo(51, 9)
    // 150 kg of feed and 200 of residue in stock; 19 + 12 kg of Nd charged into C-2, which runs.
    expect(of.byRole.close?.value).toBeCloseTo(36 + 2 + 31, 9)
    expect(of.gap.value).toBeCloseTo(0, 9)
    expect(report.holdUp).toMatchObject({
      basis: 'computed',
      detail: expect.stringContaining('C-2'),
    })
    expect(of.verdict).toBe('closed')
  })

  it.each([2, 3, 4.5, 6, 7.5, 9])(
    'balances periods that meet on day %f, each by itself',
    async (middle) => {
      const cut = ms(1) + (middle - 1) * 864e5
      const first = await periodBalance(ledger, { from: ms(1), to: cut }, sitesOwn)
      const second = await periodBalance(ledger, { from: cut, to: ms(20) }, sitesOwn)
      expect(nd(first).gap.value).toBeCloseTo(0, 9)
      expect(nd(second).gap.value).toBeCloseTo(0, 9)
      expect(nd(first).byRole.close?.value ?? 0).toBeCloseTo(nd(second).byRole.open?.value ?? 0, 9)
    },
  )

  it('balances one place: what was moved there and away', async () => {
    const store = `${unnamedSite.authority}/place/store`
    const report = await periodBalance(
      ledger,
      { from: ms(1), to: ms(20), places: [store] },
      sitesOwn,
    )
    expect(nd(report).byRole.product?.value).toBeCloseTo(51, 9)
    expect(nd(report).byRole.close?.value).toBeCloseTo(2, 9)
    expect(nd(report).byRole['moved in']?.value).toBeCloseTo(53, 9)
    expect(nd(report).gap.value).toBeCloseTo(0, 9)
  })
})
