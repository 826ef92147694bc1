import { formatNumber } from '../quantities/index.ts'
import type { Transient } from '../scenario/index.ts'
import { elementColour, elementOrder, faint, ink, paper, quiet } from './palette.ts'
import { element, label, round } from './svg.ts'

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const font = 'system-ui, DejaVu Sans, sans-serif'
/** Most elements that get a picture of their own, and how many stand in a row. */
const most = 6
const across = 3

/** Round numbers from nothing to at most `end`, about `count` of them. */
function ticks(end: number, count: number): number[] {
  const rough = end / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough) ?? rough
  return Array.from({ length: Math.floor(end / step + 1e-9) + 1 }, (_, k) => k * step)
}

/** The time axis: days, or hours where it is short. */
function timeAxis(until: number) {
  const [unit, seconds] = until > 4 * 86400 ? (['d', 86400] as const) : (['h', 3600] as const)
  return {
    unit,
    marks: ticks(until / seconds, 6).map((v) => ({ text: String(round(v)), at: v * seconds })),
  }
}

function frame(
  box: Box,
  t: Transient,
  title: string,
  yTicks: readonly (readonly [number, string])[],
) {
  const { unit, marks } = timeAxis(t.until)
  const x = (time: number) => box.x + (time / t.until) * box.width
  const bottom = box.y + box.height
  return [
    label(title, box.x, box.y - 8, { 'font-weight': 600, 'font-size': 13, fill: ink }),
    ...marks.flatMap(({ text, at }, k) => [
      element('path', { d: `M${round(x(at))} ${bottom}v4`, stroke: ink }),
      label(k === marks.length - 1 ? `${text} ${unit}` : text, x(at), bottom + 17, {
        'text-anchor': 'middle',
        fill: quiet,
      }),
    ]),
    ...yTicks.flatMap(([y, text]) => [
      element('path', { d: `M${box.x - 4} ${round(y)}h4`, stroke: ink }),
      label(text, box.x - 7, y + 4, { 'text-anchor': 'end', fill: quiet }),
    ]),
    element('rect', { ...box, fill: 'none', stroke: faint }),
    ...t.events.map((event) =>
      element('path', {
        d: `M${round(x(event.time))} ${box.y}v${box.height}`,
        stroke: ink,
        'stroke-dasharray': '2 3',
      }),
    ),
  ]
}

interface Line {
  readonly name: string
  readonly colour: string
  readonly values: readonly (number | null)[]
}

/** Lines over time with their names at the end, pushed apart where they would cover each other. */
function lines(box: Box, t: Transient, all: readonly Line[], y: (v: number) => number): string[] {
  const x = (time: number) => round(box.x + (time / t.until) * box.width)
  let last = Number.NEGATIVE_INFINITY
  const ends = all
    .map((line) => ({ line, at: y(line.values.at(-1) ?? 0) }))
    .sort((a, b) => a.at - b.at)
    .map(({ line, at }) => {
      last = Math.max(at, last + 13)
      return label(line.name, box.x + box.width + 5, last + 4, { fill: line.colour })
    })
  const paths = all.map(({ colour, values }) => {
    let [d, pen] = ['', 'M']
    values.forEach((v, j) => {
      if (v === null) pen = 'M'
      else {
        d += `${pen}${x(t.times[j] ?? 0)} ${round(y(v))}`
        pen = 'L'
      }
    })
    return element('path', { d, fill: 'none', stroke: colour, 'stroke-width': 1.8 })
  })
  return [...paths, ...ends]
}

/** Rare earths that weigh most in what is held, in the order of every picture. */
function mainElements(t: Transient): string[] {
  const rows = t.settled.filter(
    (r) => r.of === 'hold-up' && (t.frames.organic[r.element] ?? []).length > 0,
  )
  const all = rows.length > 0 ? rows.map((r) => r.element) : Object.keys(t.frames.organic)
  const weight = (el: string) => Math.max(0, ...(t.holdUp[el] ?? []))
  const heaviest = Math.max(...Object.keys(t.frames.organic).map(weight))
  const metals = all.filter((el) => el !== 'Na' && el !== 'NH4' && weight(el) > 1e-6 * heaviest)
  return elementOrder(metals.sort((a, b) => weight(b) - weight(a)).slice(0, most))
}

/** Not those of elements: a product is several of them. */
const productColours = [ink, '#1f5fa8', '#7a4a1e', '#5a6067'] as const

/** What is held, each element over the most that it ever is. */
function heldPanel(t: Transient, box: Box, elements: readonly string[]): string[] {
  const y = (share: number) => box.y + box.height * (1 - share)
  const all = elements.map((el): Line => {
    const values = t.holdUp[el] ?? []
    const top = Math.max(...values, t.steady.holdUp[el] ?? 0, 1e-30)
    const name = `${el} ${formatNumber(top, 3)} kg`
    return { name, colour: elementColour(el), values: values.map((v) => v / top) }
  })
  const marks = [0, 0.5, 1].map((v) => [y(v), `${100 * v} %`] as const)
  return [...frame(box, t, 'hold-up, over its most', marks), ...lines(box, t, all, y)]
}

/** Impurity of each product on a log axis; without products, what leaves by each outlet. */
function outletPanel(t: Transient, box: Box): string[] {
  if (t.products.length === 0) return ratePanel(t, box)
  const decades = 5
  const nines = (impurity: number) => Math.min(decades, -Math.log10(Math.max(impurity, 1e-99)))
  const y = (impurity: number) => box.y + box.height * (1 - nines(impurity) / decades)
  const all = t.products.map((p, k): Line => {
    const values = p.purity.map((v) => (v === null ? null : 1 - v))
    return { name: p.outlet, colour: productColours[k % productColours.length] ?? ink, values }
  })
  const floors = t.products.map((p, k) =>
    element('path', {
      d: `M${box.x} ${round(y(1 - p.atLeast))}h${box.width}`,
      stroke: productColours[k % productColours.length],
      'stroke-dasharray': '5 4',
    }),
  )
  const marks = ['0', '90 %', '99 %', '99.9 %', '99.99 %'].map(
    (text, k) => [y(10 ** -k), text] as const,
  )
  const names = t.products.map((p) => p.elements.join(' + ')).join('; ')
  return [
    ...frame(box, t, `purity: ${names} (dashed: asked for)`, marks),
    ...floors,
    ...lines(box, t, all, y),
  ]
}

function ratePanel(t: Transient, box: Box): string[] {
  const y = (share: number) => box.y + box.height * (1 - share)
  const metals = new Set(mainElements(t))
  const all = Object.entries(t.outlets).map(([outlet, columns], k): Line => {
    const sums = t.times.map((_, j) =>
      Object.entries(columns).reduce((sum, [el, v]) => sum + (metals.has(el) ? (v[j] ?? 0) : 0), 0),
    )
    const top = Math.max(...sums, 1e-30)
    const colour = k % 2 === 0 ? ink : quiet
    return { name: outlet, colour, values: sums.map((v) => v / top) }
  })
  const marks = [0, 0.5, 1].map((v) => [y(v), `${100 * v} %`] as const)
  return [...frame(box, t, 'rare earths leaving, over their most', marks), ...lines(box, t, all, y)]
}

const levels = 14

/** Concentration in the organic over time (across) and stages (up); darkest = its most. */
function heatPanel(t: Transient, box: Box, el: string): string[] {
  const columns = t.frames.organic[el] ?? []
  const { stages, times } = t.frames
  const n = stages.length
  const top = Math.max(...columns.flat(), 1e-30)
  const x = (time: number) => box.x + (time / t.until) * box.width
  const height = box.height / n
  const cells: string[] = []
  // A column stands from the middle before its moment to the middle after it.
  const edge = (j: number) => 0.5 * ((times[Math.max(j - 1, 0)] ?? 0) + (times[j] ?? t.until))
  const ends = [...times.keys()].map((j) => (j + 1 < times.length ? edge(j + 1) : t.until))
  const level = (j: number, i: number) =>
    Math.round(levels * Math.sqrt((columns[j]?.[i] ?? 0) / top))
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < times.length; ) {
      const shade = level(j, i)
      const from = j
      while (j < times.length && level(j, i) === shade) j++
      if (shade === 0) continue
      const [left, end] = [x(from === 0 ? 0 : edge(from)), x(ends[j - 1] ?? t.until)]
      const y = box.y + box.height - (i + 1) * height
      cells.push(
        element('path', {
          d: `M${round(left)} ${round(y)}h${round(end - left)}v${round(height + 0.3)}H${round(left)}z`,
          fill: elementColour(el),
          'fill-opacity': round(shade / levels),
        }),
      )
    }
  }
  const starts = stages.filter((s, i) => i === 0 || stages[i - 1]?.section !== s.section)
  const borders = starts.map(({ index, section }) => {
    const y = box.y + box.height - (index - 1) * height
    return [
      element('path', { d: `M${box.x} ${round(y)}h${box.width}`, stroke: ink, opacity: 0.35 }),
      label(section, box.x + box.width - 4, y - 4, {
        'text-anchor': 'end',
        fill: ink,
        opacity: 0.7,
      }),
    ].join('')
  })
  const marks = starts.map(
    ({ index }) => [box.y + box.height - (index - 0.5) * height, String(index)] as const,
  )
  const title = `${el} in the organic, to ${formatNumber(top, 3)} mol/L`
  return [...cells, ...borders, ...frame(box, t, title, marks)]
}

/**
 * A circuit in time as SVG: what it holds and what leaves over time, then for each of the main
 * elements the organic of every stage (up, organic enters at the bottom) over time (across).
 */
export function drawTransient(t: Transient): string {
  const elements = mainElements(t)
  const rows = Math.ceil(elements.length / across)
  const [width, height] = [1240, 330 + 290 * rows]
  const heat = elements.flatMap((el, k) => {
    const [column, row] = [k % across, Math.floor(k / across)]
    return heatPanel(t, { x: 60 + 395 * column, y: 370 + 290 * row, width: 330, height: 215 }, el)
  })
  const start = {
    steady: 'from steady',
    direct: 'from empty',
    'total-reflux': 'total reflux first',
  }
  const body = [
    element('rect', { x: 0, y: 0, width, height, fill: paper }),
    label(`${t.circuit} of ${t.title}, ${start[t.start]}`, 60, 34, {
      'font-size': 18,
      'font-weight': 600,
      fill: ink,
    }),
    ...heldPanel(t, { x: 60, y: 84, width: 430, height: 200 }, elements),
    ...outletPanel(t, { x: 690, y: 84, width: 430, height: 200 }),
    ...heat,
  ]
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    'font-family': font,
    'font-size': 12,
    role: 'img',
    'aria-label': `${t.circuit} in time`,
  }
  return element('svg', attributes, ...body)
}
