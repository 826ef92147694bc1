import type { DesignReport, ReportedCircuit } from '../../../src/scenario/index.ts'
import type { FigureData, Line } from '../circuit/chart/figure-types.ts'
import { linearAxis } from '../circuit/chart/scale.ts'
import type { Point } from '../circuit/chart/shape.ts'
import type { Cells } from '../ui/cells.ts'

const line = (id: string, colour: string, points: readonly Point[], dash?: string): Line => ({
  id,
  label: id,
  colour,
  points,
  ...(dash === undefined ? {} : { dash }),
})

const ys = (lines: readonly Line[]) =>
  lines.flatMap(({ points }) => points.map(([, y]) => y ?? Number.NaN))

/** Stages and hold-up over S as cascade theory has them; marked: the design. */
export function theoryFigure({ theory: { range, design } }: ReportedCircuit): FigureData {
  const stages = [
    line(
      'n',
      'var(--phase-aqueous)',
      range.map((p) => [p.S, p.extraction]),
    ),
    line(
      'm',
      'var(--phase-organic)',
      range.map((p) => [p.S, p.scrub]),
      '6 3',
    ),
  ]
  const held = [
    line(
      'Φ',
      'var(--ink)',
      range.map((p) => [p.S, p.holdUp]),
    ),
  ]
  const mark = {
    id: 'design',
    x: design.S,
    y: design.holdUp,
    colour: 'var(--accent)',
    shape: 'diamond',
    size: 5,
    title: 'the design by the controlling side',
  } as const
  return {
    x: linearAxis(
      'S, moles on the organic per mole of feed',
      range.map((p) => p.S),
    ),
    panels: [
      {
        id: 'hold-up',
        height: 130,
        y: linearAxis('S (n + m)', [...ys(held), design.holdUp]),
        lines: held,
        dots: [mark],
        ticks: 4,
      },
      {
        id: 'stages',
        height: 130,
        y: linearAxis('stages', ys(stages), true),
        lines: stages,
        ticks: 4,
      },
    ],
  }
}

/** Cost and reflux over the number of stages; marked: the cheapest found. */
export function tradeOffFigure({
  curve,
  cost,
  setting,
  reflux,
}: ReportedCircuit): FigureData | undefined {
  if (curve.length < 2) return undefined
  const total = (p: { readonly extraction: number; readonly scrub: number }) =>
    p.extraction + p.scrub
  const part = (key: 'stages' | 'organic' | 'total') =>
    curve.map((p) => [total(p), p.cost[key]] as const)
  const costs = [
    line('all', 'var(--ink)', part('total')),
    line('organic', 'var(--phase-organic)', part('organic'), '6 3'),
    line(
      'reagents',
      'var(--phase-aqueous)',
      curve.map((p) => [total(p), p.cost.acid + p.cost.base]),
      '2 3',
    ),
    line('stages', 'var(--quiet)', part('stages')),
  ]
  const W = [
    line(
      'W',
      'var(--phase-aqueous)',
      curve.map((p) => [total(p), p.W]),
    ),
  ]
  const mark = (y: number) =>
    ({
      id: 'chosen',
      x: total(setting),
      y,
      colour: 'var(--accent)',
      shape: 'diamond',
      size: 5,
      title: 'the cheapest found',
    }) as const
  return {
    x: linearAxis('extraction and scrub stages', [...curve.map(total), total(setting)]),
    panels: [
      {
        id: 'cost',
        height: 170,
        y: linearAxis('cost a year', [...ys(costs), cost.total], true),
        lines: costs,
        dots: [mark(cost.total)],
        ticks: 4,
      },
      {
        id: 'reflux',
        height: 110,
        y: linearAxis('W', [...ys(W), reflux]),
        lines: W,
        dots: [mark(reflux)],
        ticks: 3,
      },
    ],
  }
}

/** The operating window as bars about the setting: alone above, with the trim below. */
export function windowRows({ survival: { alone, trimmed } }: ReportedCircuit) {
  const knobs = [...new Set([...Object.keys(alone), ...Object.keys(trimmed)])]
  return knobs.map((knob) => ({ knob, alone: alone[knob], trimmed: trimmed[knob] }))
}

export const theoryCells = ({ theory: { range } }: ReportedCircuit): Cells => [
  ['S', 'n', 'm', 'S (n + m)'],
  ...range.map((p) => [p.S, p.extraction, p.scrub, p.holdUp]),
]

export const tradeOffCells = ({ curve }: ReportedCircuit): Cells => [
  [
    'extraction',
    'scrub',
    'strip',
    'W',
    'organic, L/h',
    'held, L',
    'cost of stages',
    'of organic',
    'of acid',
    'of base',
    'in all',
  ],
  ...curve.map((p) => [
    p.extraction,
    p.scrub,
    p.strip,
    p.W,
    3.6e6 * p.organicFlow,
    1000 * p.holdUp,
    p.cost.stages,
    p.cost.organic,
    p.cost.acid,
    p.cost.base,
    p.cost.total,
  ]),
]

/** Stages and hold-up of one cascade with a draw. */
export function drawFigure(draws: NonNullable<DesignReport['draws']>): FigureData {
  const held = [
    line(
      'Φ',
      'var(--ink)',
      draws.map((d) => [d.S, d.holdUp]),
    ),
  ]
  const stages = [
    line(
      'n',
      'var(--phase-aqueous)',
      draws.map((d) => [d.S, d.extraction]),
    ),
    line(
      'm',
      'var(--phase-organic)',
      draws.map((d) => [d.S, d.scrub]),
      '6 3',
    ),
    line(
      'draw',
      'var(--quiet)',
      draws.map((d) => [d.S, d.drawStage]),
      '2 3',
    ),
  ]
  return {
    x: linearAxis(
      'S, moles on the organic per mole of feed',
      draws.map((d) => d.S),
    ),
    panels: [
      { id: 'hold-up', height: 110, y: linearAxis('S (n + m)', ys(held)), lines: held, ticks: 3 },
      {
        id: 'stages',
        height: 110,
        y: linearAxis('stages', ys(stages), true),
        lines: stages,
        ticks: 3,
      },
    ],
  }
}
