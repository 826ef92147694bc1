import { describe, expect, it } from 'vitest'
import type { Content, LotKind } from '../../src/ledger/index.ts'
import { random } from '../../src/numerics/index.ts'
import { balanceOf } from '../../src/twin/balance/balance-of.ts'
import { type Draft, type Item, sideOf } from '../../src/twin/balance/draft.ts'
import type { BalanceReport, BalanceRole } from '../../src/twin/index.ts'

type Fractions = Readonly<Record<string, number>>

/** An item with 1 % assays and 0.2 % masses, unless told otherwise. */
function item(
  role: BalanceRole,
  code: string,
  kg: number,
  fractions: Fractions,
  more: {
    kind?: LotKind
    product?: string
    from?: string
    massU?: number
    u?: number
    relative?: number
  } = {},
): Item {
  const { kind = 'feed', product = 'magnets', massU = 0.002 * kg, u, relative = 0.01 } = more
  const lot = `https://x.example/lot/${code}`
  return {
    role,
    side: sideOf(role),
    lot,
    master: { uri: lot, code, kind, product },
    mg: Math.round(kg * 1e6),
    massU,
    contents: Object.entries(fractions).map(
      ([element, fraction]): Content => ({
        element,
        fraction,
        u: u ?? relative * fraction,
        isBelow: false,
        from: more.from ?? lot,
        status: 'final',
      }),
    ),
  }
}

const measuredHoldUp = { basis: 'measured', detail: '' } as const
const draftOf = (items: readonly Item[], more: Partial<Draft> = {}): Draft => ({
  kind: 'campaign',
  title: 'Campaign C-1',
  campaign: 'https://x.example/campaign/C-1',
  from: 0,
  to: 1,
  isSynthetic: true,
  notes: [],
  items,
  holdUp: measuredHoldUp,
  assays: [],
  ...more,
})

/** Six feed lots, two products, a residue, hold-up before and after: closes exactly in truth. */
function campaign(seed: number | undefined, planted: Fractions = {}): Draft {
  const draw = random(seed ?? 1)
  const near = (value: number, relative: number) =>
    seed === undefined ? value : value * (1 + relative * draw.normal())
  const read = (code: string, of: Fractions, relative: number): Fractions =>
    Object.fromEntries(
      Object.entries(of).map(([element, value]) => [
        element,
        near(value, relative) * (1 + (planted[`${element} ${code}`] ?? 0)),
      ]),
    )
  const feeds = [90, 110, 100, 95, 105, 100].map((kg, k) => ({
    code: `F-${k}`,
    kg,
    of: { Nd: 0.22 + 0.002 * k, Pr: 0.05 - 0.001 * k, Dy: 0.015 },
  }))
  const open = { code: 'H-0', kg: 20, of: { Nd: 0.03, Pr: 0.007, Dy: 0.002 } }
  const close = { code: 'H-1', kg: 20, of: { Nd: 0.032, Pr: 0.006, Dy: 0.002 } }
  const residue = { code: 'R-1', kg: 700, of: { Nd: 0.008, Pr: 0.002, Dy: 0.0006 } }
  const total = (el: 'Nd' | 'Pr' | 'Dy') =>
    [...feeds, open].reduce((sum, lot) => sum + lot.kg * lot.of[el], 0) -
    close.kg * close.of[el] -
    residue.kg * residue.of[el]
  const didymium = {
    code: 'P-1',
    kg: 190,
    of: { Nd: (total('Nd') - 0.2) / 190, Pr: total('Pr') / 190, Dy: 0.0002 },
  }
  const dysprosium = {
    code: 'P-2',
    kg: 10,
    of: { Nd: 0.02, Pr: 0, Dy: (total('Dy') - 190 * 0.0002) / 10 },
  }
  const make = (
    role: BalanceRole,
    lot: { code: string; kg: number; of: Fractions },
    kind: LotKind,
    product = '',
  ) => {
    // Oxides are titrated, the others are measured by plasma.
    const relative = kind === 'product' ? 0.003 : 0.01
    const of = read(lot.code, lot.of, relative)
    return item(role, lot.code, near(lot.kg, 0.002), of, { kind, product, relative })
  }
  return draftOf([
    ...feeds.map((lot) => make('feed', lot, 'feed', 'magnets')),
    make('open', open, 'hold-up'),
    make('product', didymium, 'product', 'didymium'),
    make('product', dysprosium, 'product', 'Dy2O3'),
    make('residue', residue, 'residue'),
    make('close', close, 'hold-up'),
  ])
}

const elementOf = (report: BalanceReport, element: string) => {
  const found = report.elements.find((one) => one.element === element)
  if (found === undefined) throw new Error(`no ${element}`)
  return found
}

describe('the balance of a campaign', () => {
  it('closes to a milligram where the truth does, and gives the recovery', () => {
    const report = balanceOf(campaign(undefined), {})
    const nd = elementOf(report, 'Nd')
    expect(Math.abs(nd.gap.value)).toBeLessThan(1e-6)
    expect(nd.verdict).toBe('closed')
    expect(nd.byRole.feed?.value).toBeCloseTo(
      [90, 110, 100, 95, 105, 100].reduce((sum, kg, k) => sum + kg * (0.22 + 0.002 * k), 0),
      6,
    )
    const produced = nd.byRole.product?.value ?? 0
    expect(nd.recovery?.value).toBeCloseTo(produced / (nd.in.value - 20 * 0.032), 12)
    expect(report.reconciliation?.outcome).toBe('reconciled')
    expect(report.suspects).toEqual([])
    expect(report.missing).toEqual([])
  })

  it('has the uncertainty of the gap that hand calculation gives', () => {
    const report = balanceOf(
      draftOf([
        item('feed', 'F', 100, { Nd: 0.3 }, { massU: 0.5, u: 0.003 }),
        item('product', 'P', 60, { Nd: 0.48 }, { kind: 'product', massU: 0.1, u: 0.002 }),
      ]),
      {},
    )
    const { gap, recovery, z } = elementOf(report, 'Nd')
    // 30 - 28.8; (0.3 x 0.5)^2 + (100 x 0.003)^2 + (0.48 x 0.1)^2 + (60 x 0.002)^2
    expect(gap.value).toBeCloseTo(1.2, 9)
    expect(gap.u).toBeCloseTo(Math.sqrt(0.0225 + 0.09 + 0.002304 + 0.0144), 9)
    expect(z).toBeCloseTo(1.2 / 0.35946, 3)
    // 0.96 times the root of the squares of (0.15, 0.3)/30 and (0.048, 0.12)/28.8
    expect(recovery?.value).toBeCloseTo(0.96, 9)
    expect(recovery?.u).toBeCloseTo(0.96 * Math.sqrt(0.1125 / 900 + 0.016704 / 829.44), 9)
  })

  it('cancels stock that lies there at both ends, uncertainty and all', () => {
    const lying = (role: BalanceRole) => item(role, 'S', 500, { Nd: 0.3 })
    const { gap } = elementOf(balanceOf(draftOf([lying('open'), lying('close')]), {}), 'Nd')
    expect(gap.value).toBe(0)
    expect(gap.u).toBeLessThan(1e-6)
  })

  it('counts an assay that speaks for two lots once: their errors are one', () => {
    const two = (from: string | undefined) => {
      const half = (code: string) =>
        item(
          'product',
          code,
          30,
          { Nd: 0.48 },
          { kind: 'product', massU: 0, ...(from === undefined ? {} : { from }) },
        )
      const feed = item('feed', 'F', 100, { Nd: 0.288 }, { massU: 0, u: 0 })
      return elementOf(balanceOf(draftOf([feed, half('P1'), half('P2')]), {}), 'Nd').gap.u
    }
    expect(two(undefined)).toBeCloseTo(Math.SQRT2 * 30 * 0.0048, 9)
    expect(two('https://x.example/lot/S')).toBeCloseTo(2 * 30 * 0.0048, 9)
  })

  it('correlates assays of one product as it is told', () => {
    const lots = [0, 1].map((k) =>
      item('product', `P${k}`, 30, { Nd: 0.48 }, { kind: 'product', massU: 0 }),
    )
    const feed = item('feed', 'F', 100, { Nd: 0.288 }, { massU: 0, u: 0 })
    const u = (assayCorrelation: number) =>
      elementOf(balanceOf(draftOf([feed, ...lots]), { assayCorrelation }), 'Nd').gap.u
    expect(u(0.5)).toBeCloseTo(30 * 0.0048 * Math.sqrt(2 + 1), 9)
  })

  it('finds the sample that was wrong, of six feed lots that look alike', () => {
    let found = 0
    for (let seed = 1; seed <= 20; seed++) {
      const report = balanceOf(campaign(seed, { 'Nd F-2': 0.25 }), {})
      expect(report.reconciliation?.outcome).toBe('gross-error')
      const [first] = report.suspects
      if (first?.code === 'F-2' && first.element === 'Nd' && first.flag === 'gross') {
        found++
        expect(first.wouldBe).toBeLessThan(first.measured)
        expect(Math.abs(first.wouldBe / 0.224 - 1)).toBeLessThan(0.12)
      }
    }
    expect(found).toBeGreaterThanOrEqual(19)
  })

  it('names the event, the sample and the laboratory of what it suspects', () => {
    const lot = 'https://x.example/lot/F-2'
    const draft = campaign(undefined, { 'Nd F-2': 0.25 })
    const assay = {
      lot,
      sample: 'https://x.example/lot/F-2-S1',
      time: 5,
      event: 'ni:///sha-256;1',
      analyte: 'Nd',
      value: 0.28,
      basis: 'element',
      condition: 'wet',
      status: 'final',
      laboratory: 'Lab A',
    } as const
    const [first] = balanceOf({ ...draft, assays: [assay] }, {}).suspects
    expect(first).toMatchObject({ sample: assay.sample, laboratory: 'Lab A', event: assay.event })
    expect(first?.unlike).toBeGreaterThan(0.2)
  })

  it('leaves a gap open and says so when a drum of residue was forgotten', () => {
    const whole = campaign(undefined)
    const report = balanceOf(
      { ...whole, items: whole.items.filter(({ role }) => role !== 'residue') },
      {},
    )
    expect(elementOf(report, 'Nd').verdict).toBe('open')
    expect(elementOf(report, 'Nd').gap.value).toBeCloseTo(5.6, 6)
  })

  it('invents no uncertainty and no assay: what is not said is named', () => {
    const bare = campaign(undefined)
    const items = bare.items.map((one) => ({
      ...one,
      contents: one.contents.map(({ u: _, ...content }) => content),
    }))
    const report = balanceOf({ ...bare, items }, {})
    expect(elementOf(report, 'Nd')).toMatchObject({ verdict: 'not judged' })
    expect(elementOf(report, 'Nd').gap.u).toBeUndefined()
    expect(report.missing).toContainEqual({
      lot: 'https://x.example/lot/F-0',
      code: 'F-0',
      what: 'assay',
      element: 'Nd',
    })
    expect(report.reconciliation).toBeUndefined()
    expect(elementOf(balanceOf({ ...bare, items }, { assayU: 0.01 }), 'Nd').verdict).toBe('closed')
    const unassayed = balanceOf(
      {
        ...bare,
        items: bare.items.map((one) => (one.role === 'residue' ? { ...one, contents: [] } : one)),
      },
      {},
    )
    expect(elementOf(unassayed, 'Nd')).toMatchObject({
      verdict: 'not judged',
      because: 'not assayed in R-1',
    })
  })

  it('does not judge a campaign whose hold-up nobody knows, and takes a model for it', () => {
    const whole = campaign(undefined)
    const items = whole.items.filter(({ role }) => role !== 'open' && role !== 'close')
    const unknown = balanceOf({ ...whole, items, holdUp: { basis: 'unknown', detail: '' } }, {})
    expect(elementOf(unknown, 'Nd')).toMatchObject({ verdict: 'not judged' })
    expect(elementOf(unknown, 'Nd').recovery).toBeUndefined()
    const model = {
      open: { Nd: 0.6, Pr: 0.14, Dy: 0.04 },
      close: { Nd: 0.64, Pr: 0.12, Dy: 0.04 },
      u: 0.2,
      detail: 'belfast',
    }
    const modelled = balanceOf(
      { ...whole, items, holdUp: { basis: 'modelled', detail: 'belfast' } },
      { modelledHoldUp: model },
    )
    expect(elementOf(modelled, 'Nd').verdict).toBe('closed')
    expect(Math.abs(elementOf(modelled, 'Nd').gap.value)).toBeLessThan(1e-6)
    expect(modelled.lines.at(-1)).toMatchObject({ role: 'close', mass: { value: 0.8 } })
  })

  it('takes "below the limit" for something between nothing and the limit', () => {
    const below: Item = {
      ...item('residue', 'R', 100, {}, { kind: 'residue', massU: 0 }),
      contents: [{ element: 'Nd', fraction: 0.01, isBelow: true, from: 'r', status: 'final' }],
    }
    const feed = item('feed', 'F', 100, { Nd: 0.3 }, { massU: 0, u: 0 })
    const nd = elementOf(balanceOf(draftOf([feed, below]), {}), 'Nd')
    expect(nd.out.value).toBeCloseTo(0.5, 12)
    expect(nd.out.u).toBeCloseTo(0.5 / Math.sqrt(3), 12)
  })
})
