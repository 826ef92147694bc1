import { describe, expect, it } from 'vitest'
import {
  drawPfd,
  type Drawing,
  drawStageProfile,
  elementColour,
  elementOrder,
} from '../../src/draw/index.ts'
import { layOut, type Layout } from '../../src/draw/layout.ts'
import { labelWidth } from '../../src/draw/row-graph.ts'
import { hasSymbol } from '../../src/draw/symbols.ts'
import { type SolvedStage, unitOps } from '../../src/scenario/index.ts'
import { wellFormed } from './xml.ts'

type Stream = Drawing['streams'][number]

const unit = (name: string, symbol: string, more: object = {}) => ({
  name,
  kind: symbol,
  symbol,
  ...more,
})
const line = (name: string, from: string, to: string, more: Partial<Stream> = {}): Stream => ({
  name,
  from,
  to,
  toPort: 'in',
  phase: 'aqueous',
  flow: '1.5 kg/h',
  weight: 1,
  ...more,
})

const small: Drawing = {
  title: 'Small <plant> & "co"',
  block: [
    { name: 'basis', value: '30 t/y feed at 6000 h/y' },
    { name: 'worst balance gap', value: '1.0e-15 (sx1 Nd)' },
  ],
  units: [
    unit('magnets', 'feed'),
    unit('acid', 'reagent'),
    unit('scrub-acid', 'reagent'),
    unit('leach', 'leach'),
    unit('filter', 'filter'),
    unit('sx1', 'sx-circuit', {
      compartments: [
        { name: 'extraction', stages: 12 },
        { name: 'scrub', stages: 8 },
        { name: 'strip', stages: 6 },
      ],
    }),
    unit('recovery', 'acid-recovery'),
    unit('oxide', 'product', { caption: '99.81 % REO/TREO · 9.8 t/y' }),
    unit('residue', 'discharge'),
    unit('brine', 'discharge'),
  ],
  streams: [
    line('S1', 'magnets', 'leach', { phase: 'solid' }),
    line('R1', 'acid', 'leach'),
    line('S2', 'leach', 'filter'),
    line('S3', 'filter', 'residue', { phase: 'solid' }),
    line('clear-liquor', 'filter', 'sx1'),
    line('R2', 'scrub-acid', 'sx1', { toPort: 'scrub' }),
    line('S5', 'sx1', 'oxide'),
    line('S6', 'sx1', 'recovery'),
    line('S7', 'recovery', 'leach'),
    line('S8', 'recovery', 'brine'),
  ],
}

/** A chain of many units with side outlets and three recycles, as a whole plant has. */
function longPlant(count: number): Drawing {
  const names = Array.from({ length: count }, (_, i) => `unit-${i + 1}`)
  const streams = names.slice(1).map((name, i) => line(`S${i + 1}`, names[i] ?? '', name))
  const sides = names.filter((_, i) => i % 3 === 2).map((name, i) => line(`W${i}`, name, 'waste'))
  const back = [3, 9, 20].filter((i) => i + 4 < count)
  const recycles = back.map((i) => line(`B${i}`, names[i + 4] ?? '', names[i] ?? ''))
  const units = [...names.map((name) => unit(name, 'tank')), unit('waste', 'discharge')]
  return { title: 'Long', block: [], units, streams: [...streams, ...sides, ...recycles] }
}

/** The one that several tests look at; a layout of its size takes a second. */
const long = layOut(longPlant(26))

/** Rectangles of flow labels and of symbols, by name. */
function boxes({ streams, units }: Layout) {
  const labels = streams.flatMap(({ stream, marks }) =>
    marks.map(({ x, y }, k) => ({
      name: `${stream.name} label ${k}`,
      left: x,
      right: x + labelWidth(stream),
      top: y - 11,
      bottom: y + 11,
    })),
  )
  const symbols = units.map(({ unit: { name }, x, y, width, height }) => ({
    name,
    left: x,
    right: x + width,
    top: y,
    bottom: y + height + 24,
  }))
  return [...labels, ...symbols]
}

function collisions(layout: Layout): string[] {
  const all = boxes(layout)
  return all.flatMap((a, i) =>
    all
      .slice(i + 1)
      .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
      .map((b) => `${a.name} on ${b.name}`),
  )
}

/** Coordinates to whole pixels: what a reader sees, not what the last digit of a layout says. */
const rounded = (svg: string) =>
  svg
    .replaceAll(/<[^>]*>/g, (tag) =>
      tag.replaceAll(/-?\d+\.\d+/g, (number) => `${Math.round(Number(number))}`),
    )
    .replaceAll('><', '>\n<')

describe('flow diagram', () => {
  it('of a small plant with a recycle is as it was looked at', async () => {
    const svg = await drawPfd(small)
    expect(wellFormed(svg)).toEqual([])
    await expect(rounded(svg)).toMatchFileSnapshot('golden/small.svg')
  })

  it('escapes what a plant may be called', async () => {
    const svg = await drawPfd({ ...small, title: '</title><script>x</script>' })
    expect(wellFormed(svg)).toEqual([])
    expect(svg).not.toContain('<script')
  })

  it('marks recycles, names every unit and shows every flow', async () => {
    const svg = await drawPfd(small)
    expect(svg).toContain('>↺ 1.5 kg/h<')
    expect(svg.match(/↺/g)).toHaveLength(1)
    for (const { name } of small.units) expect(svg).toContain(`>${name}<`)
    for (const { name } of small.streams) expect(svg).toContain(`<title>${name}: `)
    expect(svg).toContain('>clear-liquor<')
  })

  it('puts each reagent over the section that takes it', async () => {
    const { units } = await layOut(small)
    const circuit = units.find((placed) => placed.unit.name === 'sx1')
    expect(circuit?.reagents.map((stream) => stream.toPort)).toEqual(['scrub'])
    const two = {
      ...small,
      streams: [...small.streams, line('R3', 'acid', 'sx1', { toPort: 'base' })],
    }
    const placed = (await layOut(two)).units.find(({ unit }) => unit.name === 'sx1')
    expect(placed?.reagents.map((stream) => stream.toPort)).toEqual(['base', 'scrub'])
  })

  it('lines start and end at the sides of symbols', async () => {
    for (const { units, streams } of [await layOut(small), await long]) {
      const place = new Map(units.map((placed) => [placed.unit.name, placed]))
      for (const { stream, points } of streams) {
        expect(points.length, stream.name).toBeGreaterThan(1)
        const [from, to] = [place.get(stream.from), place.get(stream.to)]
        if (from !== undefined) {
          expect(points[0]?.x).toBeCloseTo(from.x + from.width, 6)
          expect(points[0]?.y).toBeGreaterThanOrEqual(from.y)
          expect(points[0]?.y).toBeLessThanOrEqual(from.y + from.height)
        }
        if (to !== undefined) {
          expect(points.at(-1)?.x).toBeCloseTo(to.x, 6)
          expect(points.at(-1)?.y).toBeGreaterThanOrEqual(to.y)
          expect(points.at(-1)?.y).toBeLessThanOrEqual(to.y + to.height)
        }
      }
    }
  })

  it('lines are orthogonal', async () => {
    const { streams } = await long
    for (const { stream, points } of streams) {
      for (const [i, point] of points.entries()) {
        const next = points[i + 1]
        if (next === undefined) continue
        const straight = Math.min(Math.abs(point.x - next.x), Math.abs(point.y - next.y))
        expect(straight, stream.name).toBeLessThan(0.01)
      }
    }
  })

  it.each([1, 2, 6, 14, 26, 40])(
    'of %i units in a chain fits a sheet, no label on another',
    async (count) => {
      const layout = await (count === 26 ? long : layOut(longPlant(count)))
      expect(layout.units).toHaveLength(count)
      expect(collisions(layout)).toEqual([])
      if (count < 14) return
      expect(layout.width / layout.height).toBeGreaterThan(0.8)
      expect(layout.width / layout.height).toBeLessThan(2.4)
    },
  )

  it('a plant without units, a loop without a stated recycle, a reagent to a discharge', async () => {
    const none = await drawPfd({ title: 'None', block: [], units: [], streams: [] })
    expect(wellFormed(none)).toEqual([])
    const loop = await layOut({
      title: 'Loop',
      block: [],
      units: [unit('a', 'tank'), unit('b', 'tank'), unit('c', 'tank')],
      streams: [line('1', 'a', 'b'), line('2', 'b', 'a'), line('3', 'c', 'c')],
    })
    expect(loop.streams.every(({ points }) => points.length > 1)).toBe(true)
    const direct = await drawPfd({
      title: 'Direct',
      block: [],
      units: [unit('water', 'reagent'), unit('drain', 'discharge')],
      streams: [line('W', 'water', 'drain')],
    })
    expect(direct).toContain('>drain<')
    expect(direct).toContain('>water<')
  })
})

describe('symbols', () => {
  it('every registered unit operation has one of its own', () => {
    const without = unitOps.filter(({ symbol }) => !hasSymbol(symbol)).map(({ symbol }) => symbol)
    expect(without).toEqual([])
    expect(hasSymbol('perpetuum-mobile')).toBe(false)
  })
})

describe('stage profile', () => {
  const stages = Array.from(
    { length: 12 },
    (_, i): SolvedStage => ({
      index: i + 1,
      section: i < 5 ? 'extraction' : i < 9 ? 'scrub' : 'strip',
      aqueous: { Nd: 0.2 * 0.5 ** i, Dy: 1e-5 * 1.4 ** i, Fe: 0 },
      organic: { Nd: 0.05 * 0.5 ** i, Dy: 1e-4 * 1.4 ** i, Fe: 0 },
      D: {},
      beta: {},
      pH: 1 - i / 8,
      freeExtractant: 0.3,
      loading: 0.3,
      aqueousFlow: 1e-6,
      organicFlow: 1e-6,
      mixerPhaseRatio: 1,
    }),
  )
  const svg = drawStageProfile({ title: 'sx1 & co', stages })

  it('is well-formed, names sections, elements at their line and axes with units', () => {
    expect(wellFormed(svg)).toEqual([])
    for (const text of ['extraction', 'scrub', 'strip', 'Nd', 'Dy', 'sx1 &amp; co']) {
      expect(svg).toContain(`>${text}<`)
    }
    expect(svg).toContain('mol/L')
    expect(svg).not.toContain('>Fe<')
    for (const symbol of ['Nd', 'Dy']) expect(svg.toLowerCase()).toContain(elementColour(symbol))
  })

  it('draws aqueous solid and organic dashed', () => {
    const strokes = (dashed: boolean) =>
      [...svg.matchAll(/<path [^>]*stroke="#0072b2"[^>]*>/g)].filter(
        ([path]) => path.includes('stroke-dasharray') === dashed,
      )
    expect(strokes(false)).toHaveLength(1)
    expect(strokes(true)).toHaveLength(1)
  })

  it('has one colour an element and magnet elements first', () => {
    const magnets = ['Nd', 'Pr', 'Dy', 'Tb', 'Sm', 'Gd', 'Ho', 'Y', 'La', 'Ce']
    expect(new Set(magnets.map(elementColour)).size).toBe(magnets.length)
    expect(elementOrder(['Fe', 'La', 'Tb', 'Al', 'Nd'])).toEqual(['Nd', 'Tb', 'La', 'Al', 'Fe'])
  })
})
