import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawBreakdown } from './breakdown.ts'
import { drawCashFlow } from './cash-flow.ts'
import { drawComparison } from './comparison.ts'
import { drawFootprint } from './footprint.ts'
import { axisOver, chartFigure } from '../frame.ts'
import { drawOdds } from './odds.ts'
import { drawSwings } from './swings.ts'

const amount = fc.oneof(
  fc.double({ min: -1e9, max: 1e9, noNaN: true }),
  fc.constantFrom(0, 1e-12, -1e-12, 1e15),
)
const name = fc.string({ maxLength: 60 })

const charts = {
  breakdown: fc
    .record({
      title: name,
      unit: name,
      parts: fc.array(fc.record({ name, amount, group: name }), { maxLength: 12 }),
      missing: fc.array(name, { maxLength: 3 }),
    })
    .map((chart) => drawBreakdown('t', [chart, chart])),
  cashFlow: fc.array(fc.tuple(amount, amount, amount), { maxLength: 30 }).map((rows) =>
    drawCashFlow({
      title: 't',
      unit: 'MUSD (2024)',
      periods: rows.map((_, k) => `${2026 + k}`),
      series: [
        { name: 'a', values: rows.map(([a]) => a) },
        { name: '<b>', values: rows.map(([, b]) => b) },
      ],
      lines: [{ name: 'sum', values: rows.map(([, , c]) => c) }],
    }),
  ),
  footprint: fc
    .array(fc.record({ name, byGroup: fc.dictionary(name, amount, { maxKeys: 5 }) }), {
      maxLength: 6,
    })
    .map((bars) =>
      drawFootprint({ title: 't', unit: 'u', bars, ranges: [{ name: 'r', low: 1, high: 9 }] }),
    ),
  comparison: fc
    .array(fc.tuple(fc.option(amount), fc.option(amount)), { maxLength: 7 })
    .map((rows) =>
      drawComparison({
        title: 't',
        names: ['one', 'two & three'],
        figures: rows.map((values, k) => ({ name: `figure ${k}`, unit: 'u', values })),
      }),
    ),
  odds: fc.array(amount, { maxLength: 40 }).map((values) =>
    drawOdds({
      title: 't',
      unit: 'u',
      samples: [
        { name: 'a', values: [...values, Number.NaN] },
        { name: 'b', values },
      ],
      marks: [{ name: 'P50', at: values[0] ?? 0 }],
    }),
  ),
  swings: fc
    .array(fc.record({ name, low: fc.option(amount), high: fc.option(amount) }), { maxLength: 9 })
    .map((bars) => drawSwings({ title: 't', unit: 'u', base: 3, bars })),
}

const attribute = (svg: string, key: string) =>
  [...svg.matchAll(new RegExp(`\\s${key}="([^"]*)"`, 'g'))].map(([, value]) => Number(value))

describe('a chart of any numbers', () => {
  it.each(Object.entries(charts))('%s stays within its sheet, every figure finite', (_, chart) => {
    fc.assert(
      fc.property(chart, (svg) => {
        const [, wide, high] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []
        for (const [key, most] of [
          ['x', Number(wide)],
          ['y', Number(high)],
        ] as const) {
          for (const at of attribute(svg, key)) {
            expect(at).toBeGreaterThanOrEqual(0)
            expect(at).toBeLessThanOrEqual(most)
          }
        }
        expect(svg).not.toMatch(/NaN|Infinity|undefined/)
        for (const size of [...attribute(svg, 'width'), ...attribute(svg, 'height')]) {
          expect(size).toBeGreaterThanOrEqual(0)
        }
      }),
      { numRuns: 60 },
    )
  })
})

it('escapes names', () => {
  const svg = drawBreakdown('a < b', [
    { title: 'c & d', unit: '', parts: [{ name: '<script>', amount: 1 }] },
  ])
  expect(svg).not.toContain('<script>')
  expect(svg).toContain('&lt;script&gt;')
})

it('draws a bar as long as its amount', () => {
  const svg = drawBreakdown('t', [
    {
      title: 't',
      unit: '',
      parts: [
        { name: 'a', amount: 10 },
        { name: 'b', amount: 4 },
      ],
    },
  ])
  const bars = [...svg.matchAll(/<rect[^>]*width="([\d.]+)"[^>]*><title>/g)].map((m) =>
    Number(m[1]),
  )
  expect((bars[1] ?? 0) / (bars[0] ?? 1)).toBeCloseTo(0.4, 3)
})

describe('an axis', () => {
  it('reaches over all values with ticks at 1, 2 or 5 times ten', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 }),
        (values) => {
          const axis = axisOver(values, 0, 100)
          for (const value of values) {
            expect(axis.at(value)).toBeGreaterThanOrEqual(-1e-6)
            expect(axis.at(value)).toBeLessThanOrEqual(100 + 1e-6)
          }
          expect(axis.ticks.length).toBeLessThanOrEqual(9)
        },
      ),
    )
  })
})

it('writes figures with four digits at most, thousands apart', () => {
  expect(chartFigure(1234567)).toBe('1\u202f235\u202f000')
  expect(chartFigure(-0.012345)).toBe('\u22120.0123')
  expect(chartFigure(0)).toBe('0')
})
