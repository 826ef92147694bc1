import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { bank } from '../../src/databank/index.ts'
import type { Ledger } from '../../src/ledger/index.ts'
import { readPlant, simulate, type PlantDocument, type Solution } from '../../src/scenario/index.ts'
import {
  type BalanceLine,
  type BalanceReport,
  type BalanceRole,
  type DriftSeries,
  drift,
  expectation,
  modelledHoldUp,
  solveAsFiled,
  solvedHere,
} from '../../src/twin/index.ts'

/** Oxide that is bought and sold: what a plant does is tested elsewhere. */
const text = `
schema: didymium/plant@1
title: A store
operatingHours: 6000 h/y
units:
  oxide: { type: feed, rate: 10 t/y, form: oxide, assay: { Nd: 60 %, Dy: 10 % } }
  neodymium-oxide: { type: product, elements: [Nd] }
streams:
  all: oxide.out -> neodymium-oxide.in
`
const circuits = new URL('../../docs/how-to/dysprosium-cut.yaml', import.meta.url)
const uri = 'https://x.example/campaign/C-1'
const start = Date.parse('2026-01-05T00:00:00Z')

/** A ledger that knows one campaign, of which the balance is given: all that is asked of it. */
function ledgerOf(hours: number): Ledger {
  const campaign = { uri, code: 'C-1', place: 'p', start, end: start + hours * 3.6e6 }
  const store = {
    projected: async () => 0,
    head: async () => ({ seq: 0, hash: '' }),
    read: async () => [],
    campaigns: async () => [campaign],
  }
  return { store, sha256: String, now: () => start, elements: bank.elements } as unknown as Ledger
}

function read(source: string): PlantDocument {
  const reading = readPlant(source)
  if (!reading.ok) throw new Error(JSON.stringify(reading))
  return reading.plant
}

let plant: PlantDocument
let solution: Solution
beforeAll(() => {
  plant = read(text)
  solution = simulate(plant)
  expect(solution.status).toBe('converged')
}, 60_000)

function line(
  role: BalanceRole,
  name: string,
  kg: number,
  fractions: Readonly<Record<string, number>>,
): BalanceLine {
  return {
    role,
    side: role === 'feed' ? 'in' : 'out',
    name,
    mass: { value: kg, u: 0.002 * kg },
    elements: Object.entries(fractions).map(([element, fraction]) => ({
      element,
      fraction: { value: fraction, u: 0.01 * fraction },
      contained: { value: kg * fraction, u: 0.01 * kg * fraction },
      isBelow: false,
    })),
  }
}

/** A balance of exactly what the plant makes in `hours`, its products times `by`. */
function balance(hours: number, by = 1): BalanceReport {
  const seconds = hours * 3600
  const feeds = Object.entries(solution.streams).filter(([, { from }]) => {
    const unit = solution.units[from.split('.')[0] ?? '']
    return unit?.kind === 'feed'
  })
  const products = solution.products.flatMap(({ name }) => {
    const stream = Object.values(solution.streams).find(({ to }) => to.split('.')[0] === name)
    return stream === undefined ? [] : [{ name, stream }]
  })
  const lines = [
    ...feeds.map(([name, { mass, elements }]) =>
      line(
        'feed',
        name,
        mass * seconds,
        Object.fromEntries(Object.entries(elements).map(([el, rate]) => [el, rate / mass])),
      ),
    ),
    ...products.map(({ name, stream: { mass, elements } }) =>
      line(
        'product',
        name,
        mass * seconds * by,
        Object.fromEntries(Object.entries(elements).map(([el, rate]) => [el, rate / mass])),
      ),
    ),
  ]
  const sum = (element: string, side: 'in' | 'out') =>
    lines
      .filter((one) => one.side === side)
      .flatMap((one) => one.elements.filter((part) => part.element === element))
      .reduce((total, { contained }) => total + (contained?.value ?? 0), 0)
  const elements = [...new Set(lines.flatMap((one) => one.elements.map(({ element }) => element)))]
  return {
    kind: 'campaign',
    title: 'Campaign C-1',
    campaign: uri,
    from: start,
    isSynthetic: false,
    lines,
    holdUp: { basis: 'measured', detail: '' },
    suspects: [],
    missing: [],
    notes: [],
    elements: elements.map((element) => {
      const [input, output] = [sum(element, 'in'), sum(element, 'out')]
      const recovery = { value: input > 0 ? output / input : 0, u: 0.01 }
      const gap = { value: input - output, u: 0.01 * input }
      return {
        element,
        byRole: {},
        in: { value: input },
        out: { value: output },
        gap,
        verdict: 'closed',
        isComplete: true,
        recovery,
      }
    }),
  }
}

/** The operating hours in so many hours of the calendar. */
const calendar = (hours: number) => (hours * 8766) / plant.operatingHours

describe('expected against actual', () => {
  it('finds nothing where a campaign made exactly what its plant file makes', async () => {
    const found = await expectation(ledgerOf(calendar(200)), solvedHere(plant), uri, balance(200))
    expect(found?.outcome).toBe('solved')
    for (const one of [
      ...(found?.masses ?? []),
      ...(found?.purities ?? []),
      ...(found?.recoveries ?? []),
    ]) {
      expect(Math.abs(one.deviation ?? 1), one.name).toBeLessThan(1e-6)
    }
    expect(found?.masses.length).toBe(solution.products.length)
    expect(found?.feed.kept).toEqual([])
  })

  it('sees 5 % of the products missing as that, in their uncertainty and that of the model', async () => {
    const ledger = ledgerOf(calendar(200))
    const measured = await expectation(ledger, solvedHere(plant), uri, balance(200, 0.95))
    expect(measured?.masses[0]?.deviation).toBeCloseTo(-0.05, 5)
    expect(measured?.masses[0]?.z).toBeCloseTo(-0.05 / (0.95 * 0.002), 1)
    const wide = await expectation(ledger, solvedHere(plant), uri, balance(200, 0.95), {
      modelU: 0.03,
    })
    expect(wide?.masses[0]?.z).toBeCloseTo(-0.05 / Math.hypot(0.95 * 0.002, 0.03), 2)
  })

  it('solves the plant for what was charged: more of an element, more of it in what is made', async () => {
    const plain = balance(200)
    const richer = plain.lines.map((one) =>
      one.side === 'in'
        ? {
            ...one,
            elements: one.elements.map((part) =>
              part.element === 'Dy' && part.contained !== undefined
                ? { ...part, contained: { ...part.contained, value: part.contained.value * 1.05 } }
                : part,
            ),
          }
        : one,
    )
    const ledger = ledgerOf(calendar(200))
    const [before, after] = [
      await expectation(ledger, solvedHere(plant), uri, plain),
      await expectation(ledger, solvedHere(plant), uri, { ...plain, lines: richer }),
    ]
    const dysprosia = (of: typeof before) => {
      const purity = of?.purities[0]?.expected?.value ?? 1
      return (1 - purity) / purity
    }
    expect(dysprosia(after) / dysprosia(before)).toBeCloseTo(1.05, 6)
    expect(after?.feed.fractions['Dy']).toBeCloseTo(0.105, 9)
  })

  it('takes the hold-up of the circuits as inventory', () => {
    const real = read(readFileSync(circuits, 'utf8'))
    const model = modelledHoldUp(solveAsFiled(real), 0.2)
    expect(model?.close['Dy']).toBeGreaterThan(0)
    expect(model?.detail).toContain(real.hash.slice(0, 12))
    expect(model?.open).toEqual(model?.close)
    expect(modelledHoldUp(solveAsFiled(real), 0.2, { beganEmpty: true })?.open).toEqual({})
  })
})

describe('drift over campaigns', () => {
  const series = (gaps: readonly number[]): DriftSeries => {
    const reports = gaps.map(
      (gap, k): BalanceReport => ({
        kind: 'campaign',
        title: `Campaign C-${k}`,
        campaign: `c${k}`,
        from: start + k * 864e5,
        isSynthetic: false,
        elements: [
          {
            element: 'Nd',
            byRole: {},
            in: { value: 100 },
            out: { value: 100 - gap },
            gap: { value: gap },
            verdict: 'not judged',
            isComplete: true,
          },
        ],
        lines: [],
        holdUp: { basis: 'measured', detail: '' },
        suspects: [],
        missing: [],
        notes: [],
      }),
    )
    const [found] = drift(reports.toReversed(), [], { learnFrom: 6 }).series
    if (found === undefined) throw new Error('no series')
    return found
  }
  const calm = [0.1, -0.1, 0.2, 0, -0.1, 0.1]

  it('learns its limits from the first campaigns, in order of time', () => {
    const found = series([...calm, 0])
    expect(found.points.map(({ code }) => code)).toEqual([
      'C-0',
      'C-1',
      'C-2',
      'C-3',
      'C-4',
      'C-5',
      'C-6',
    ])
    expect(found.limits?.mean).toBeCloseTo(0.2 / 6 / 100, 12)
    // Ranges 0.2, 0.3, 0.2, 0.1, 0.2: their mean over 1.128.
    expect(found.limits?.sigma).toBeCloseTo(0.2 / 1.128 / 100, 12)
    expect(found.points.every(({ signal }) => signal === undefined)).toBe(true)
  })

  it('signals one point beyond three deviations', () => {
    expect(series([...calm, 0.6]).points.at(-1)?.signal).toBe('above')
    expect(series([...calm, -0.6]).points.at(-1)?.signal).toBe('below')
  })

  it('signals a small shift by its sum: one deviation in about ten campaigns', () => {
    const shifted = series([...calm, ...Array.from({ length: 14 }, () => 0.0333 + 0.1773)])
    const first = shifted.points.findIndex(({ signal }) => signal !== undefined)
    expect(shifted.points[first]?.signal).toBe('drifts up')
    // Each adds half a deviation to the sum; five are passed with the eleventh.
    expect(first - calm.length).toBeGreaterThanOrEqual(8)
    expect(first - calm.length).toBeLessThanOrEqual(11)
  })
})
