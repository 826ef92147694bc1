import { describe, expect, it } from 'vitest'
import {
  drawBalance,
  drawDrift,
  drawGenealogy,
  drawInventory,
  drawTimeline,
} from '../../src/draw/index.ts'
import type {
  Campaign,
  Content,
  Genealogy,
  GenealogyEdge,
  GenealogyNode,
  InventoryReport,
  LotKind,
} from '../../src/ledger/index.ts'
import { random } from '../../src/numerics/index.ts'
import { balanceOf } from '../../src/twin/balance/balance-of.ts'
import { type Item, sideOf } from '../../src/twin/balance/draft.ts'
import { type BalanceReport, type BalanceRole, drift } from '../../src/twin/index.ts'
import { wellFormed } from './xml.ts'

const day = 86_400_000
const start = Date.parse('2024-01-08T06:00:00Z')
const uri = (what: string, code: string) => `https://recycler.example/id/${what}/${code}`

function item(
  role: BalanceRole,
  kind: LotKind,
  code: string,
  kg: number,
  of: Record<string, number>,
): Item {
  return {
    role,
    side: sideOf(role),
    lot: uri('lot', code),
    master: { uri: uri('lot', code), code, kind, product: kind },
    mg: Math.round(kg * 1e6),
    massU: 0.002 * kg,
    contents: Object.entries(of).map(
      ([element, fraction]): Content => ({
        element,
        fraction,
        u: 0.006 * fraction,
        isBelow: false,
        from: uri('lot', code),
        status: 'final',
      }),
    ),
  }
}

/** A campaign that closes but for what is taken from its Dy. */
function balance(k: number, lost = 0): BalanceReport {
  const draw = random(k + 1)
  const near = (value: number) => value * (1 + 0.004 * draw.normal())
  return balanceOf(
    {
      kind: 'campaign',
      title: `Campaign C-2024-${String(k + 1).padStart(2, '0')}`,
      campaign: uri('campaign', `C-${k}`),
      from: start + 12 * k * day,
      to: start + (12 * k + 10) * day,
      isSynthetic: true,
      notes: [],
      assays: [],
      holdUp: { basis: 'measured', detail: 'lots of kind hold-up' },
      items: [
        item('feed', 'feed', 'F-1', 560, {
          Nd: near(0.23),
          Pr: near(0.05),
          Dy: near(0.018),
          Tb: near(0.002),
          Fe: near(0.63),
        }),
        item('feed', 'feed', 'F-2', 440, {
          Nd: near(0.22),
          Pr: near(0.054),
          Dy: near(0.019),
          Tb: near(0.0025),
          Fe: near(0.63),
        }),
        item('open', 'hold-up', 'H-0', 500, { Nd: 0.2, Pr: 0.013, Dy: 0.009, Tb: 0.004, Fe: 0 }),
        item('product', 'product', 'P-1', 78, {
          Nd: near(0.855),
          Pr: 0.001,
          Dy: 1e-6,
          Tb: 1e-6,
          Fe: 1e-6,
        }),
        item('product', 'product', 'P-2', 243, {
          Nd: near(0.633),
          Pr: near(0.207),
          Dy: 1e-6,
          Tb: 1e-6,
          Fe: 1e-6,
        }),
        item('product', 'product', 'P-3', 20 * (1 - lost), {
          Nd: 1e-5,
          Pr: 1e-5,
          Dy: near(0.868),
          Tb: 0.001,
          Fe: 0,
        }),
        item('by-product', 'by-product', 'B-1', 2.5, {
          Nd: 0,
          Pr: 0,
          Dy: 0.001,
          Tb: near(0.83),
          Fe: 0,
        }),
        item('residue', 'residue', 'R-1', 1400, {
          Nd: near(0.00335),
          Pr: near(0.00075),
          Dy: near(0.0004),
          Tb: 3e-5,
          Fe: near(0.45),
        }),
        item('close', 'hold-up', 'H-1', 500, { Nd: 0.2, Pr: 0.013, Dy: 0.011, Tb: 0.0039, Fe: 0 }),
      ],
    },
    {},
  )
}

/** Feeds into a campaign, its draws split and blended: `wide` feed lots. */
function family(wide: number): Genealogy {
  const node = (code: string, depth: number, more: Partial<GenealogyNode>): GenealogyNode => ({
    uri: uri('lot', code),
    type: 'lot',
    code,
    kind: 'feed',
    product: 'motor magnets',
    time: start,
    depth,
    shares: { Nd: 1 / wide, Dy: 1 / wide },
    ...more,
  })
  const feeds = Array.from({ length: wide }, (_, k) =>
    node(`F-2024-${String(k + 1).padStart(4, '0')}`, 2, {}),
  )
  const nodes: GenealogyNode[] = [
    node('P-2024-0007', 0, {
      kind: 'product',
      product: 'didymium',
      mg: 24_500_000,
      shares: { Nd: 1, Dy: 1 },
    }),
    {
      ...node('C-2024-03', 1, { type: 'campaign', shares: { Nd: 1 } }),
      uri: uri('campaign', 'C-3'),
    },
    node('H-2024-02', 2, { kind: 'hold-up', product: 'circuits', shares: { Nd: 0.21 } }),
    { ...node('blend', 2, { type: 'transformation' }), uri: 'ni:///sha-256;1?ver=CBV2.0' },
    ...feeds,
    node('S-1', 3, { kind: 'sample', product: '' }),
  ]
  const edge = (from: string, to: string, mg: number): GenealogyEdge => ({
    from,
    to,
    mg,
    time: start,
  })
  const campaign = uri('campaign', 'C-3')
  return {
    lot: uri('lot', 'P-2024-0007'),
    direction: 'up',
    nodes,
    edges: [
      edge(campaign, uri('lot', 'P-2024-0007'), 24_500_000),
      edge(uri('lot', 'H-2024-02'), campaign, 500_000_000),
      ...feeds.map((feed) => edge(feed.uri, campaign, 152_300_000)),
      edge(uri('lot', 'S-1'), 'ni:///sha-256;1?ver=CBV2.0', 200_000),
      edge('ni:///sha-256;1?ver=CBV2.0', uri('lot', 'F-2024-0001'), 200_000),
    ],
    ends: [],
    unknown: { Nd: 0.034 },
    elements: ['Nd', 'Dy'],
    isCut: false,
    limits: { depth: 30, flows: 20_000 },
    cycles: [],
  }
}

const campaigns: readonly Campaign[] = Array.from({ length: 60 }, (_, k) => ({
  uri: uri('campaign', `C-${k}`),
  code: `C-2024-${String(k + 1).padStart(2, '0')}`,
  place: uri('place', ['leach', 'sx', 'calciner'][k % 3] ?? ''),
  start: start + 12 * k * day,
  ...(k === 59 ? {} : { end: start + (12 * k + 20 + (k % 5)) * day }),
}))

function stock(): InventoryReport {
  const lines = Array.from({ length: 40 }, (_, k) => ({
    lot: uri('lot', `L-${k}`),
    code: `L-${k}`,
    kind: (['feed', 'product', 'residue', 'by-product', 'sample'] as const)[k % 5] ?? 'feed',
    place: uri('place', ['yard', 'store', 'product store', 'residue bay'][(k % 5) % 4] ?? ''),
    wetMg: 1e6 * (20 + 7 * k) * (k % 5 === 4 ? 0.01 : 1),
    contained: [],
    isKnown: true,
  }))
  return {
    contentsAreAsKnownNow: true,
    lines,
    places: [],
    total: { lots: 40, wetMg: 0, dryMg: 0, dryUnknownMg: 0, contained: [] },
  }
}

const many = Array.from({ length: 24 }, (_, k) => balance(k, k < 14 ? 0 : 0.015 * (k - 13)))
const look = { isSynthetic: true }
const pictures: Readonly<Record<string, () => string | Promise<string>>> = {
  balance: () => drawBalance(balance(3, 0.2)),
  drift: () => drawDrift(drift(many)),
  genealogy: () => drawGenealogy(family(9), look),
  'genealogy-wide': () => drawGenealogy(family(900), look),
  timeline: () => drawTimeline(campaigns, { ...look, now: start + 735 * day }),
  inventory: () => drawInventory(stock(), look),
}

describe('pictures of the ledger', () => {
  it.each(Object.keys(pictures))(
    '%s is well-formed, says that it is synthetic, and is drawn the same twice',
    async (name) => {
      const svg = (await pictures[name]?.()) ?? ''
      expect(wellFormed(svg)).toEqual([])
      expect(svg).toContain('synthetic')
      expect(svg).not.toMatch(/NaN|Infinity|undefined/)
      expect(await pictures[name]?.()).toBe(svg)
    },
  )
})
