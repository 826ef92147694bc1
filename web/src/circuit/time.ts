import { elementColour, elementOrder } from '../../../src/draw/palette.ts'
import type { Transient } from '../../../src/scenario/index.ts'
import type { FigureData, Line, Panel, Upright } from './chart/figure-types.ts'
import { type Axis, linearAxis, logAxis, stageTicks, type Tick } from './chart/scale.ts'
import { formatNumber, formatPercent } from '../ui/format.ts'
import { bandsOf, organicDash, type Scale, stageAxis } from './profile.ts'
import type { Cells } from '../ui/cells.ts'

const day = 86400
const hour = 3600

/** A moment as people say it: hours in the first three days, then days. */
export function moment(seconds: number | null): string {
  if (seconds === null) return 'later'
  return seconds < 3 * day
    ? `${formatNumber(seconds / hour, 3)}\u202fh`
    : `${formatNumber(seconds / day, 3)}\u202fd`
}

/** The time axis: days, or hours where it is short. */
export function timeAxis(until: number): { readonly axis: Axis; readonly seconds: number } {
  const seconds = until > 4 * day ? day : hour
  const title = seconds === day ? 'time, days' : 'time, hours'
  return { axis: { title, kind: 'linear', from: 0, to: until / seconds }, seconds }
}

/** Metals that are in the circuit at any moment, in the order of every list. */
export function movingElements({ frames }: Transient): readonly string[] {
  const top = (el: string) => Math.max(0, ...(frames.organic[el] ?? []).map((c) => Math.max(...c)))
  return elementOrder(Object.keys(frames.organic).filter((el) => top(el) > 1e-9))
}

const values = (columns: readonly (readonly number[])[] | undefined) => (columns ?? []).flat()

/** Axes that hold for all frames, so that nothing jumps while it is played. */
export function frameAxes(t: Transient, chosen: readonly string[], scale: Scale) {
  const { aqueous, organic, pH, loading } = t.frames
  const all = chosen.flatMap((el) => [...values(aqueous[el]), ...values(organic[el])])
  return {
    pH: linearAxis('pH', values(pH)),
    loading: linearAxis(
      'loading, %',
      values(loading).map((v) => 100 * v),
      true,
    ),
    concentration: scale === 'log' ? logAxis('mol/L', all, 9) : linearAxis('mol/L', all, true),
  }
}

/** The stages at one moment. */
export function frameFigure(
  t: Transient,
  frame: number,
  chosen: readonly string[],
  axes: ReturnType<typeof frameAxes>,
): FigureData {
  const { stages, aqueous, organic, pH, loading } = t.frames
  const column = (values: readonly number[] | undefined, factor = 1) =>
    stages.map(({ index }, k) => [index, factor * (values?.[k] ?? Number.NaN)] as const)
  const strip = (id: string, y: Axis, points: Line['points']): Panel => ({
    id,
    height: 54,
    y,
    ticks: 3,
    lines: [{ id, label: '', colour: 'var(--ink)', points, width: 1.6 }],
  })
  const lines = chosen.flatMap((el): Line[] => [
    {
      id: `${el} aqueous`,
      label: el,
      colour: elementColour(el),
      width: 2,
      points: column(aqueous[el]?.[frame]),
    },
    {
      id: `${el} organic`,
      label: '',
      colour: elementColour(el),
      dash: organicDash,
      width: 1.5,
      points: column(organic[el]?.[frame]),
    },
  ])
  return {
    x: stageAxis(stages.length),
    xTicks: stageTicks(stages.length),
    bands: bandsOf(stages),
    panels: [
      strip('pH', axes.pH, column(pH[frame])),
      strip('loading', axes.loading, column(loading[frame], 100)),
      { id: 'concentrations', height: 250, y: axes.concentration, lines },
    ],
  }
}

const purityTicks: readonly Tick[] = [
  { value: 1, text: '0' },
  { value: 0.1, text: '90 %' },
  { value: 0.01, text: '99 %' },
  { value: 1e-3, text: '99.9 %' },
  { value: 1e-4, text: '99.99 %' },
]

/** Not those of elements: a product is several of them. */
const productColours = ['var(--ink)', 'var(--phase-aqueous)', 'var(--phase-solid)', 'var(--quiet)']

type Product = Transient['products'][number]

export const productName = ({
  outlet,
  elements,
  atLeast,
}: Pick<Product, 'outlet' | 'elements' | 'atLeast'>) =>
  `${elements.join(' + ')} ≥ ${formatPercent(atLeast)} in ${outlet}`

/** Impurity, one over it by powers of ten: 99 and 99.9 % are as far apart as 90 and 99 %. */
function purityPanel(t: Transient, seconds: number): readonly Panel[] {
  if (t.products.length === 0) return []
  const colour = (k: number) => productColours[k % productColours.length] ?? 'var(--ink)'
  const lines = t.products.map(
    (p, k): Line => ({
      id: productName(p),
      label: p.elements.join('+'),
      colour: colour(k),
      ...(k % 2 === 1 ? { dash: '7 3' } : {}),
      points: p.purity.map((v, j) => [
        (t.times[j] ?? 0) / seconds,
        v === null ? null : Math.max(1 - v, 1e-5),
      ]),
    }),
  )
  const asked = [...new Set(t.products.map((p) => p.atLeast))]
  const rules = asked.map((atLeast) => ({
    id: String(atLeast),
    y: 1 - atLeast,
    text: `asked: ${formatPercent(atLeast)}`,
  }))
  const y: Axis = { title: 'purity', kind: 'log', from: 1, to: 1e-5 }
  return [{ id: 'purity', height: 170, y, yTicks: purityTicks, lines, rules }]
}

/** What is held, each element over the most that it ever is. */
function heldPanel(t: Transient, seconds: number, chosen: readonly string[]): Panel {
  const lines = chosen.flatMap((el): Line[] => {
    const held = t.holdUp[el]
    if (held === undefined) return []
    const top = Math.max(...held, t.steady.holdUp[el] ?? 0, 1e-30)
    const points = held.map((v, j) => [(t.times[j] ?? 0) / seconds, (100 * v) / top] as const)
    return [
      { id: el, label: `${el} ${formatNumber(top, 3)} kg`, colour: elementColour(el), points },
    ]
  })
  const y: Axis = { title: 'hold-up, % of most', kind: 'linear', from: 0, to: 100 }
  return { id: 'held', height: 150, y, ticks: 3, lines }
}

/** Purities and hold-up over time, with the marks of 95 and 99 % of the way to steady. */
export function courseFigure(t: Transient, chosen: readonly string[]): FigureData {
  const { axis, seconds } = timeAxis(t.until)
  const marks = [
    ['95 %', t.settledAt.at95],
    ['99 %', t.settledAt.at99],
  ] as const
  const settled = marks.flatMap(([text, at]): Upright[] =>
    at === null
      ? []
      : [
          {
            id: text,
            x: at / seconds,
            text: `${text} of the way`,
            before: text === '95 %' && at > 0.2 * t.until,
          },
        ],
  )
  const events = t.events
    .filter(({ text }) => text === 'setting changed')
    .map(({ time, text }, k): Upright => ({ id: `event ${k}`, x: time / seconds, text }))
  return {
    x: axis,
    panels: [...purityPanel(t, seconds), heldPanel(t, seconds, chosen)],
    uprights: [...settled, ...events],
  }
}

/** The stages at one moment as a table. */
export function frameCells({ frames }: Transient, frame: number): Cells {
  const elements = Object.keys(frames.aqueous)
  const heads = elements.flatMap((el) => [`${el} aqueous, mol/L`, `${el} organic, mol/L`])
  return [
    ['hours', 'stage', 'section', 'pH', 'loading, %', ...heads],
    ...frames.stages.map(({ index, section }, k) => [
      (frames.times[frame] ?? 0) / hour,
      index,
      section,
      frames.pH[frame]?.[k] ?? null,
      100 * (frames.loading[frame]?.[k] ?? Number.NaN),
      ...elements.flatMap((el) => [
        frames.aqueous[el]?.[frame]?.[k] ?? null,
        frames.organic[el]?.[frame]?.[k] ?? null,
      ]),
    ]),
  ]
}

/** Outlets, hold-up and purities in time as a table. */
export function courseCells(t: Transient): Cells {
  const outlets = Object.entries(t.outlets).flatMap(([outlet, columns]) =>
    Object.entries(columns).map(([el, of]) => ({
      head: `${outlet} ${el}, mol/h`,
      of: of.map((v) => v * hour),
    })),
  )
  const held = Object.entries(t.holdUp).map(([el, of]) => ({ head: `${el} held, kg`, of }))
  const purity = t.products.map((p) => ({
    head: `${productName(p)}, %`,
    of: p.purity.map((v) => (v === null ? null : 100 * v)),
  }))
  const all: readonly { head: string; of: readonly (number | null)[] }[] = [
    ...outlets,
    ...held,
    ...purity,
  ]
  return [
    ['hours', ...all.map(({ head }) => head)],
    ...t.times.map((time, j) => [time / hour, ...all.map(({ of }) => of[j] ?? null)]),
  ]
}
