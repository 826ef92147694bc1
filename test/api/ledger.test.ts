import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type {
  AssayAnswer,
  BalanceReport,
  CampaignDetail,
  CampaignList,
  Certificate,
  CommandAnswer,
  CustodyAccount,
  Expectation,
  Genealogy,
  InventoryReport,
  LedgerFindings,
  LedgerInfo,
  LedgerPlaceList,
  LotPage,
  LotView,
  SpecificationList,
  VerifyReport,
} from '../../src/api/contract.ts'
import { setSite } from '../../src/ledger/index.ts'
import { readPlant, simulate } from '../../src/scenario/index.ts'
import { smallPlant } from '../terminal/kit.ts'
import { filesOf } from './kit.ts'
import { addAccount, type LedgerApp, ledgerApp, signedIn } from './ledger-kit.ts'

let served: LedgerApp
let plants: ReturnType<typeof filesOf>
let as: Readonly<Record<'op' | 'lab' | 'quality' | 'boss', { readonly cookie: string }>>

const site = {
  name: 'Made-up recycling',
  authority: 'https://recycler.example/id',
  country: 'GB',
  isSynthetic: true,
  places: ['receiving', 'store', 'laboratory', 'sx1'].map((code) => ({ code, name: code })),
}

const done: Record<string, CommandAnswer> = {}

/** Does a command, which has to be accepted. */
async function act(who: keyof typeof as, name: string, input: object, key = name) {
  const answer = await served.ask(`/api/ledger/commands/${name}`, {
    method: 'POST',
    headers: as[who],
    body: input,
  })
  expect([answer.status, answer.text.slice(0, 300)], name).toEqual([200, expect.any(String)])
  done[key] = answer.json<CommandAnswer>()
}

const at = (hour: string) => `2026-03-02T${hour}:00+00:00`

beforeAll(async () => {
  plants = filesOf({ 'small.yaml': smallPlant })
  served = await ledgerApp({ now: () => Date.UTC(2026, 2, 10), folder: plants.root })
  await setSite(served.store, site)
  await addAccount(served.store, 'operator-1', 'operator')
  await addAccount(served.store, 'laboratory-1', 'laboratory')
  await addAccount(served.store, 'quality-1', 'quality')
  await addAccount(served.store, 'boss', 'administrator')
  as = {
    op: await signedIn(served, 'operator-1'),
    lab: await signedIn(served, 'laboratory-1'),
    quality: await signedIn(served, 'quality-1'),
    boss: await signedIn(served, 'boss'),
  }
  await act('op', 'receive', {
    lot: 'F-1',
    mass: '400 ± 0.4 kg',
    place: 'receiving',
    supplier: 'lagan-recycling',
    product: 'NdFeB swarf',
    sources: [{ class: 'pre-consumer', share: '100 %' }],
    time: at('08:00'),
  })
  await act('lab', 'assay', {
    lot: 'F-1',
    condition: 'wet',
    laboratory: 'site laboratory',
    results: [
      { analyte: 'Nd', value: '22.4 ± 0.3 %', k: 2 },
      { analyte: 'Dy', value: '1.2 ± 0.04 %', k: 2 },
    ],
    time: at('09:00'),
  })
  await act('op', 'start-campaign', { campaign: 'C-1', place: 'sx1', time: at('10:00') })
  await act('op', 'charge', {
    campaign: 'C-1',
    lots: [{ lot: 'F-1', mass: '300 ± 0.2 kg' }],
    time: at('11:00'),
  })
  await act('op', 'draw', {
    campaign: 'C-1',
    lots: [
      { lot: 'P-1', mass: '80 ± 0.05 kg', kind: 'product', product: 'Nd2O3' },
      { lot: 'R-1', mass: '190 kg', kind: 'residue' },
    ],
    place: 'store',
    time: at('12:00'),
  })
  await act('op', 'end-campaign', { campaign: 'C-1', time: at('13:00') })
})
afterAll(async () => {
  expect(served.faults).toEqual([])
  await served.close()
  plants.remove()
})

async function read<T>(path: string): Promise<T> {
  const answer = await served.ask(`/api/ledger${path}`, { headers: as.op })
  expect([answer.status, answer.status === 200 ? '' : answer.text], path).toEqual([200, ''])
  return answer.json<T & object>()
}

const refusal = async (path: string, more: object = {}) => {
  const answer = await served.ask(`/api/ledger${path}`, { headers: as.op, ...more })
  const { error } = answer.json<{ error: Record<string, unknown> }>()
  return [answer.status, error['code'], error['status']]
}

describe('what is there', () => {
  it('is said of the ledger as a whole, with what I may do', async () => {
    const info = await read<LedgerInfo>('')
    expect(info).toMatchObject({
      site,
      counts: { lots: 3, lotsInStock: 3, campaigns: 1 },
      database: 'sqlite',
      isOpen: false,
      me: { account: 'operator-1', role: 'operator', via: 'sign-in' },
    })
    expect(info.head.seq).toBe(info.counts.events)
    expect(info.may).toContain('command receive')
    expect(info.may).not.toContain('command assay')
  })

  it('is found by text, kind, place, product, stock and time', async () => {
    const codes = async (query: string) =>
      (await read<LotPage>(`/lots?${query}`)).lots.map(({ code }) => code).sort()
    expect(await codes('')).toEqual(['F-1', 'P-1', 'R-1'])
    expect(await codes('kind=product,residue')).toEqual(['P-1', 'R-1'])
    expect(await codes('place=store')).toEqual(['P-1', 'R-1'])
    expect(await codes(`place=${encodeURIComponent(`${site.authority}/place/receiving`)}`)).toEqual(
      ['F-1'],
    )
    expect(await codes('product=Nd2O3')).toEqual(['P-1'])
    expect(await codes('text=R-')).toEqual(['R-1'])
    expect(await codes('stock=0')).toEqual([])
    expect(await codes('from=2026-03-02T11:30:00Z&to=2026-03-03')).toEqual(['P-1', 'R-1'])
    const page = await read<LotPage>('/lots?limit=1&offset=1')
    expect([page.lots.length, page.total, page.offset]).toEqual([1, 3, 1])
    for (const odd of ['limit=9999', 'from=yesterday', 'stock=perhaps']) {
      expect(await refusal(`/lots?${odd}`)).toEqual([400, 'bad-request', undefined])
    }
  })

  it('is shown lot by lot, by code or URI', async () => {
    const view = await read<LotView>('/lot?ref=F-1')
    expect(view.lot).toMatchObject({ mg: 100_000_000, master: { code: 'F-1', kind: 'feed' } })
    const uri = encodeURIComponent(view.lot.uri)
    expect((await read<LotView>(`/lot?ref=${uri}`)).lot.uri).toBe(view.lot.uri)
    for (const path of [
      '/lot?ref=X',
      '/genealogy?lot=X',
      '/certificate?lot=X',
      '/label.svg?lot=X',
    ]) {
      expect(await refusal(path)).toEqual([404, 'not-found', undefined])
    }
  })

  it('has places, campaigns with their sums, and an inventory now and then', async () => {
    const { places } = await read<LedgerPlaceList>('/places')
    expect(places.map(({ code, mg }) => [code, mg])).toContainEqual(['receiving', 100_000_000])
    const { campaigns } = await read<CampaignList>('/campaigns')
    expect(campaigns).toMatchObject([
      { code: 'C-1', chargedMg: 300_000_000, drawnMg: 270_000_000, charges: 1, draws: 2 },
    ])
    const detail = await read<CampaignDetail>('/campaign?ref=C-1')
    expect(detail.flows.map(({ code, direction, kind }) => [code, direction, kind])).toEqual([
      ['F-1', 'in', 'feed'],
      ['P-1', 'out', 'product'],
      ['R-1', 'out', 'residue'],
    ])
    expect(await refusal('/campaign?ref=C-9')).toEqual([404, 'not-found', undefined])
    const now = await read<InventoryReport>('/inventory')
    expect(now.total.wetMg).toBe(370_000_000)
    const before = await read<InventoryReport>(`/inventory?at=${encodeURIComponent(at('10:30'))}`)
    expect(before.total.wetMg).toBe(400_000_000)
    expect((await read<InventoryReport>('/inventory?place=store&kind=product')).lines).toHaveLength(
      1,
    )
  })

  it('has an origin, a balance, an analysis and findings', async () => {
    const up = await read<Genealogy>('/genealogy?lot=P-1')
    expect(up.nodes.map(({ code }) => code).sort()).toEqual(['C-1', 'F-1', 'P-1'])
    const down = await read<Genealogy>('/genealogy?lot=F-1&direction=down&shares=0')
    expect(down.nodes.length).toBeGreaterThan(2)
    const balance = await read<BalanceReport>('/balance?campaign=C-1')
    expect(balance).toMatchObject({ kind: 'campaign', isSynthetic: true })
    expect(await read('/balance?from=2026-03-01&to=2026-03-05')).toMatchObject({ kind: 'period' })
    expect(await refusal('/balance')).toEqual([400, 'bad-request', undefined])
    expect(await refusal('/balance?campaign=C-9')).toEqual([404, 'not-found', undefined])
    expect(await read('/drift')).toMatchObject({ isSynthetic: true })
    const expected = await read<Expectation>('/expectation?campaign=C-1&plant=small')
    expect(expected).toMatchObject({ campaign: `${site.authority}/campaign/C-1`, code: 'C-1' })
    expect(await read('/drift?plant=small.yaml&learnFrom=2')).toMatchObject({ isSynthetic: true })
    expect(await read('/balance?campaign=C-1&plant=small&holdUpU=0.2')).toMatchObject({
      holdUp: { basis: 'modelled' },
    })
    for (const path of [
      '/expectation?campaign=C-1',
      '/expectation?campaign=C-1&plant=none',
      '/expectation?campaign=C-9&plant=small',
      '/drift?plant=..%2Fsmall.yaml',
      '/balance?campaign=C-1&plant=none&holdUpU=0.2',
    ]) {
      expect(await refusal(path), path).toEqual([404, 'not-found', undefined])
    }
    const { specifications } = await read<SpecificationList>('/specifications')
    const [first, second] = specifications
    const spec = `${first?.id},${second?.id}`
    const certificate = await read<Certificate>(`/certificate?lot=P-1&spec=${spec}`)
    expect(certificate.conformity.map(({ specification }) => specification.id).join(',')).toBe(spec)
    expect(await refusal('/certificate?lot=P-1&spec=none')).toEqual([404, 'not-found', undefined])
    const account = await read<CustodyAccount>(
      '/custody?element=Nd&class=pre-consumer&method=mass-balance-credits&from=2026-03-01&to=2026-04-01',
    )
    expect(account).toMatchObject({ isInOrder: true, claimed: 0 })
    expect(account.query.places).toContain(`${site.authority}/place/receiving`)
    const found = await read<LedgerFindings>('/findings')
    expect(found.flags).toEqual([])
  })
})

describe('a plant that takes long', () => {
  it('is solved apart: others are answered meanwhile', async () => {
    const text = readFileSync('plants/belfast-demonstration.yaml', 'utf8')
    writeFileSync(plants.path('large.yaml'), text)
    const reading = readPlant(text, { file: 'large.yaml' })
    if (!reading.ok) throw new Error('the demonstration plant is refused')
    const began = performance.now()
    simulate(reading.plant)
    const here = performance.now() - began
    const asked = read<Expectation>('/expectation?campaign=C-1&plant=large')
    const isDone = asked.then(() => true)
    let longest = 0
    for (;;) {
      const from = performance.now()
      const pause = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 1))
      if (await Promise.race([isDone, pause])) break
      expect((await served.ask('/api/health')).status).toBe(200)
      longest = Math.max(longest, performance.now() - from)
    }
    expect((await asked).code).toBe('C-1')
    expect(longest).toBeLessThan(here / 2)
  })
})

describe('what is drawn and printed', () => {
  const svgs = [
    '/genealogy.svg?lot=P-1',
    '/balance.svg?campaign=C-1',
    '/drift.svg',
    '/inventory.svg',
    '/campaigns.svg',
    '/label.svg?lot=P-1',
  ]
  it.each(svgs)('%s is a picture', async (path) => {
    const answer = await served.ask(`/api/ledger${path}`, { headers: as.op })
    expect([answer.status, answer.headers.get('content-type')], answer.text.slice(0, 200)).toEqual([
      200,
      'image/svg+xml; charset=utf-8',
    ])
    expect(answer.text).toMatch(/^<svg[\s\S]*<\/svg>\s*$/)
    expect(answer.headers.get('content-disposition')).toMatch(/^inline; filename="[\w.-]+\.svg"$/)
  })

  it('labels and certificates are prints; a certificate is for who may promise', async () => {
    for (const [path, who] of [
      ['/label.pdf?lot=P-1', 'op'],
      ['/certificate.pdf?lot=P-1', 'quality'],
    ] as const) {
      const answer = await served.ask(`/api/ledger${path}`, { headers: as[who] })
      expect(
        [answer.status, answer.headers.get('content-type')],
        answer.text.slice(0, 200),
      ).toEqual([200, 'application/pdf'])
      expect(answer.text).toMatch(/^%PDF-/)
    }
    expect((await refusal('/certificate.pdf?lot=P-1'))[0]).toBe(403)
    const [newest] = await served.store.audited({ account: 'quality-1', limit: 1 })
    expect(newest).toMatchObject({ action: 'certificate', outcome: 'accepted' })
  })
})

describe('commands', () => {
  const post = (body: unknown) => ({ method: 'POST', body })

  it('answer with the events that they mean, and keep nothing of a preview', async () => {
    expect(done['receive']?.events).toHaveLength(1)
    const before = await served.store.head()
    const input = { lot: 'F-1', mass: '99 kg', time: at('14:00') }
    const preview = await served.ask('/api/ledger/commands/weigh?preview=1', {
      ...post(input),
      headers: as.op,
    })
    expect(preview.json()).toMatchObject({ status: 'accepted', preview: true, events: [{}] })
    expect(await served.store.head()).toEqual(before)
  })

  it('are refused with a status of the published list', async () => {
    const refused: readonly (readonly [string, object, number, string])[] = [
      ['weigh', { lot: 'X', mass: '1 kg', time: at('14:00') }, 422, 'unknown-lot'],
      ['weigh', { lot: 'F-1' }, 422, 'malformed'],
      ['receive', { lot: 'F-1', mass: '1 kg', place: 'receiving' }, 409, 'already-exists'],
      ['charge', { campaign: 'C-1', lots: [{ lot: 'F-1', mass: '1 kg' }] }, 422, 'campaign-ended'],
      ['scrap', { lots: [{ lot: 'F-1', mass: '500 kg' }], how: 'disposed' }, 422, 'not-enough'],
      ['assay', { lot: 'F-1' }, 403, 'forbidden'],
    ]
    for (const [name, input, status, word] of refused) {
      const [code, , why] = await refusal(`/commands/${name}`, post(input))
      expect([code, why], name).toEqual([status, word])
    }
    expect(await refusal('/commands/nothing', post({}))).toEqual([404, 'not-found', undefined])
    expect(await refusal('/commands/weigh', post([]))).toEqual([400, 'bad-request', undefined])
    const audited = await served.store.audited({ account: 'operator-1', limit: 100 })
    const words = audited.map(({ action, outcome }) => `${action} ${outcome}`)
    for (const [name, , , word] of refused) expect(words).toContain(`command ${name} ${word}`)
    expect(words).toContain('command receive accepted')
  })

  it('done twice at once are done once', async () => {
    const input = { lots: [{ lot: 'R-1', mass: '190 kg' }], how: 'disposed', time: at('15:00') }
    const path = '/api/ledger/commands/scrap'
    const both = await Promise.all(
      [0, 1].map(() => served.ask(path, { ...post(input), headers: as.op })),
    )
    const { lot } = await read<LotView>('/lot?ref=R-1')
    expect(lot.mg).toBe(0)
    expect(both.filter(({ status }) => status === 200).length).toBeGreaterThan(0)
  })
})

describe('tables of a laboratory', () => {
  const table = 'Lot\tNd (%)\tU (k=2)\tDy (%)\nP-1\t85.2\t0.2\t<0.01\nX-1\t1\t\t2\n'
  const send = (body: object, query = '') =>
    served.ask(`/api/ledger/assays${query}`, { method: 'POST', headers: as.lab, body })

  it('are shown before they are taken, and taken lot by lot', async () => {
    const defaults = { laboratory: 'site laboratory', time: at('16:00') }
    const before = await served.store.head()
    const preview = (await send({ text: table, defaults }, '?preview=1')).json<AssayAnswer>()
    expect(preview).toMatchObject({ preview: true, accepted: 1, refused: 1 })
    expect(preview.changes.map(({ lot, analyte }) => `${lot} ${analyte}`)).toContain('P-1 Nd')
    expect(await served.store.head()).toEqual(before)
    const taken = (await send({ text: table, defaults })).json<AssayAnswer>()
    expect(taken.assays.map(({ lot, status }) => [lot, status])).toEqual([
      ['P-1', 'accepted'],
      ['X-1', 'unknown-lot'],
    ])
    const view = await read<LotView>('/lot?ref=P-1')
    expect(view.lot.assays.map(({ analyte }) => analyte).sort()).toEqual(['Dy', 'Nd'])
    const csv = '"Sample","Nd (%)"\r\n"P-1","85,2"\r\n'
    const rows = [
      ['Lot', 'Nd (%)'],
      ['P-1', '85.2'],
    ]
    for (const body of [{ text: csv }, { rows }]) {
      const answer = await send({ ...body, defaults: { ...defaults, k: 2 } }, '?preview=1')
      expect([answer.status, answer.text.slice(0, 300)]).toEqual([200, expect.any(String)])
    }
  })

  it('are refused with the cells that are wrong', async () => {
    const answer = await send({ text: 'Lot,Nd (%)\nP-1,much\n' })
    expect([answer.status, answer.json()]).toMatchObject([
      422,
      { error: { code: 'refused-table', problems: [{ path: 'row 2, column 2' }] } },
    ])
  })
})

describe('the chain', () => {
  it('is verified, with progress for who asks for it', async () => {
    const report = await read<VerifyReport>('/verify?derived=1')
    expect(report).toMatchObject({ isSound: true })
    const { seq, hash } = report.head
    expect(await read(`/verify?seq=${seq}&hash=${hash}`)).toMatchObject({ isSound: true })
    const other = await read<VerifyReport>(`/verify?seq=${seq}&hash=${'0'.repeat(64)}`)
    expect([other.isSound, other.fault?.kind]).toEqual([false, 'head-differs'])
    const stream = await served.ask('/api/ledger/verify', {
      headers: { ...as.op, accept: 'text/event-stream' },
    })
    expect(stream.headers.get('content-type')).toMatch(/^text\/event-stream/)
    const [, end = ''] = /event: end\ndata: (.*)\n/.exec(stream.text) ?? []
    expect(JSON.parse(end)).toMatchObject({ isSound: true, records: seq })
  })

  it('takes no longer than it may', async () => {
    const short = await ledgerApp({ ledgerLimits: { long: -1 } })
    await short.ask('/epcis/capture', { method: 'POST', body: {} })
    const plain = await short.ask('/api/ledger/verify')
    const asked = await short.ask('/api/ledger/verify', {
      headers: { accept: 'text/event-stream' },
    })
    // An empty log is done before anybody looks at the clock.
    expect([200, 504]).toContain(plain.status)
    expect(asked.text).toMatch(/event: (?:end|failed)/)
    await short.close()
  })
})
