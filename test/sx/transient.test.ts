import { describe, expect, test } from 'vitest'
import type { SteadyInput, TransientReport } from '../../src/flowsheet/unit-op.ts'
import type { Fields } from '../../src/flowsheet/fields.ts'
import { sxCircuit } from '../../src/unitops/sx-circuit.ts'
import type { ThreeSections } from './hundred-stages.ts'
import { inTime, unitOf } from './in-time.ts'

/** Heavy from light rare earths in 22 stages, as the first circuit of the demonstration plant. */
const heavies: ThreeSections = {
  feed: { Pr: 0.0655, Nd: 0.3084, Gd: 0.0006, Tb: 0.0034, Dy: 0.0262 },
  feedH: 0.05,
  feedFlow: 24,
  stages: [8, 8, 6],
  organicFlow: 16.8,
  saponification: 0.24,
  scrubFlow: 5,
  scrubH: 1,
  stripFlow: 2,
  stripH: 5,
}
const plain = unitOf(heavies)
/** Everything that the chains know: bypass, entrainment, bleed, a draw, neutralised reflux. */
const rich = unitOf(
  heavies,
  {
    bleed: 0.01,
    reflux: { fraction: 0.2, from: undefined, to: undefined, neutralised: 0.8 },
    draws: [{ name: 'middle', phase: 'aqueous', section: 'scrub', stage: 3, fraction: 0.05 }],
    settlerTanks: 2,
  },
  { efficiency: 0.9, aqueousInOrganic: 0.003, organicInAqueous: 0.002 },
)

/** Largest difference at the end from what `steady` says, over the most of each outlet. */
function missed(report: TransientReport, input: SteadyInput<Fields>): number {
  const result = sxCircuit.steady(input)
  if (!result.ok) throw new Error(result.detail)
  const table = input.properties.species
  let worst = 0
  for (const [port, columns] of Object.entries(report.outlets)) {
    const stream = result.outlets[port]
    const at = (el: string) =>
      table.species.reduce(
        (sum, s, i) => sum + (s.composition[el] ?? 0) * (stream?.flow[i] ?? 0),
        0,
      )
    const metals = Object.keys(columns).filter((el) => el !== 'Na')
    const most = Math.max(...metals.map(at))
    for (const el of metals) {
      const gap = Math.abs((columns[el]?.at(-1) ?? 0) - at(el)) / most
      worst = Math.max(worst, gap)
    }
  }
  return worst
}

describe('a circuit in time', () => {
  test.each([
    ['plain', plain],
    ['with bypass, entrainment, bleed, draw and neutralised reflux', rich],
  ])('ends where `steady` says and loses nothing: %s', (_, input) => {
    const report = inTime([[0, input]], 400)
    expect(report.gap.worst).toBeLessThan(1e-11)
    expect(report.distance).toBeLessThan(1e-6)
    expect(missed(report, input)).toBeLessThan(1e-6)
    for (const values of Object.values(report.holdUp))
      expect(values.every((v) => Number.isFinite(v) && v >= 0)).toBe(true)
  })

  test('stands still where nothing changes', () => {
    const report = inTime([[0, rich]], 30, { start: 'steady' })
    expect(report.distance).toBeLessThan(1e-8)
    expect(report.effort.steps).toBeLessThan(60)
  })

  test('follows a change of the feed to its new steady state', () => {
    const feed = { ...heavies, feed: { ...heavies.feed, Dy: 0.02 }, feedFlow: 22 }
    const after = unitOf(feed)
    const report = inTime(
      [
        [0, plain],
        [2, after],
      ],
      400,
      { start: 'steady' },
    )
    expect(missed(report, after)).toBeLessThan(1e-6)
    expect(report.gap.worst).toBeLessThan(1e-11)
    const before = report.times.findIndex((t) => t >= 2 * 86400)
    const raffinate = report.outlets['raffinate']?.['Nd'] ?? []
    expect(raffinate[before]).toBeCloseTo(raffinate[0] ?? 0, 12)
    expect(report.events).toEqual([{ time: 2 * 86400, text: 'setting changed' }])
  })

  test('is closer to the truth as the tolerance is tightened', () => {
    const held = (tolerance: number) => {
      const { holdUp } = inTime([[0, plain]], 0.1, { tolerance })
      return Object.fromEntries(Object.entries(holdUp).map(([el, kg]) => [el, kg.at(-1) ?? 0]))
    }
    const [fine, middle, coarse] = [held(2e-4), held(3e-3), held(2e-2)]
    const off = (of: Record<string, number>) =>
      Math.max(...['Nd', 'Dy', 'Tb'].map((el) => Math.abs((of[el] ?? 0) / (fine[el] ?? 1) - 1)))
    expect(off(coarse)).toBeLessThan(1e-2)
    expect(off(middle)).toBeLessThan(1e-3)
  })

  test('sees the strip liquor later through settlers that are nearer to plug flow', () => {
    const arrival = (settlerTanks: number) => {
      const input = { ...plain, params: { ...plain.params, settlerTanks } }
      const { times, outlets } = inTime([[0, input]], 0.4)
      const rates = outlets['strip-liquor']?.['Dy'] ?? []
      return times[rates.findIndex((v) => v > 1e-9)] ?? 0
    }
    const [one, four, twelve] = [arrival(1), arrival(4), arrival(12)]
    expect(four).toBeGreaterThan(1.3 * one)
    expect(twelve).toBeGreaterThan(1.05 * four)
  })

  test('keeps product back by total reflux until it is pure', () => {
    const floors = [{ outlet: 'strip-liquor', elements: ['Dy', 'Tb', 'Gd'], atLeast: 0.9 }]
    const closed = inTime([[0, plain]], 60, { floors, closed: 'until-pure' })
    const [filled, opened] = closed.events
    expect(filled?.text).toBe('filled: feed off')
    expect(opened?.text).toBe('product end opened: feed on')
    const before = closed.times.findLastIndex((t) => t <= (opened?.time ?? 0))
    expect(closed.outlets['strip-liquor']?.['Dy']?.[before]).toBe(0)
    expect(closed.products[0]?.purity[before]).toBeGreaterThan(0.9)
    expect(closed.gap.worst).toBeLessThan(1e-11)
    expect(closed.distance).toBeLessThan(1e-4)
    const timed = inTime([[0, plain]], 0.5, { floors, closed: 6 * 3600 })
    expect(timed.events.at(-1)?.time).toBe(6 * 3600)
  })

  test('names what it cannot do', () => {
    const other = unitOf({ ...heavies, stages: [8, 9, 6] })
    expect(() =>
      inTime(
        [
          [0, plain],
          [1, other],
        ],
        2,
      ),
    ).toThrow('cannot change while it runs')
    const acid = unitOf({ ...heavies, saponification: 0, feedFlow: 4 })
    expect(() => inTime([[0, acid]], 2, { closed: 3600 })).toThrow('no base is used')
  })
})
