import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlantView } from '../engine/protocol.ts'
import { folded } from './fold.ts'
import { portKey, type Layout } from './layout.ts'
import type { Point } from './route.ts'
import { sheetOf, type Sheet } from './sheet.ts'

/** A long chain of units with some lines back, in one row: recycles on levels of their own. */
function chain(length: number, back: readonly (readonly [number, number])[]) {
  const units = Array.from({ length }, (_, i) => ({
    name: `u${i}`,
    kind: 'tank',
    title: 'tank',
    about: '',
    group: '',
    symbol: 'tank',
    line: 1,
    inlets: [],
    outlets: [],
    role: i === 0 ? ('feed' as const) : ('unit' as const),
  }))
  const pairs = [
    ...units.slice(1).map((_, i) => [i, i + 1] as const),
    ...back.map(([a, b]) => [Math.max(a, b) % length, Math.min(a, b) % length] as const),
  ]
  const streams = pairs.map(([a, b], i) => {
    return { name: `s${i}`, from: `u${a}.o${i}`, to: `u${b}.i${i}`, line: 1, recycle: false }
  })
  const plant: PlantView = {
    title: '',
    notes: '',
    hash: '',
    operatingHours: 1,
    parameters: [],
    units,
    streams,
  }
  const sheet = sheetOf(plant)
  const at = (i: number): Point => ({ x: 200 * i, y: 0 })
  const [width, middle] = [60, 24]
  const layout: Layout = {
    units: Object.fromEntries(units.map(({ name }, i) => [name, at(i)])),
    ports: Object.fromEntries(
      streams.flatMap(({ name }, i) => {
        const [a, b] = pairs[i] ?? [0, 0]
        return [
          [portKey(`u${a}`, `o${name.slice(1)}`, 'out'), { x: width, y: middle }],
          [portKey(`u${b}`, `i${name.slice(1)}`, 'in'), { x: 0, y: middle }],
        ]
      }),
    ),
    routes: Object.fromEntries(
      pairs.map(([a, b], i) => {
        const [from, to] = [
          { x: 200 * a + width, y: middle },
          { x: 200 * b, y: middle },
        ]
        if (b > a) return [`s${i}`, [from, to]]
        const [out, into, y] = [from.x + 20 + i, to.x - 20 - i, 120 + 12 * i]
        const turns = [
          { x: out, y: from.y },
          { x: out, y },
          { x: into, y },
          { x: into, y: to.y },
        ]
        return [`s${i}`, [from, ...turns, to]]
      }),
    ),
  }
  return { sheet, layout }
}

function checkEnds(sheet: Sheet, { units, ports, routes }: Layout) {
  for (const { name, from, fromPort, to, toPort } of sheet.lines) {
    const way = routes[name] ?? []
    const end = (unit: string, port: string, side: 'in' | 'out') => {
      const [corner, offset] = [units[unit], ports[portKey(unit, port, side)]]
      return { x: (corner?.x ?? 0) + (offset?.x ?? 0), y: (corner?.y ?? 0) + (offset?.y ?? 0) }
    }
    expect(way[0]).toEqual(end(from, fromPort, 'out'))
    expect(way.at(-1)).toEqual(end(to, toPort, 'in'))
    for (let i = 1; i < way.length; i++) {
      const [a, b] = [way[i - 1], way[i]]
      expect(a?.x === b?.x || a?.y === b?.y).toBe(true)
    }
  }
}

describe('a drawing folded into rows', () => {
  it('keeps every line whole, level or upright, from its outlet to its inlet', () => {
    const pair = fc.tuple(fc.nat(29), fc.nat(29)).filter(([a, b]) => a !== b)
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 30 }), fc.array(pair, { maxLength: 6 }), (n, pairs) => {
        const usable = pairs.filter(([a, b]) => a % n !== b % n && Math.max(a, b) < n)
        const { sheet, layout } = chain(n, usable)
        checkEnds(sheet, folded(layout, sheet))
      }),
      { numRuns: 60, seed: 11 },
    )
  })

  it('makes a long plant fill a page, and leaves a short one in one row', () => {
    const rowsOf = ({ units }: Layout) => new Set(Object.values(units).map(({ y }) => y)).size
    const long = chain(24, [[20, 2]])
    expect(rowsOf(folded(long.layout, long.sheet))).toBeGreaterThan(1)
    const short = chain(4, [])
    expect(rowsOf(folded(short.layout, short.sheet))).toBe(1)
  })
})
