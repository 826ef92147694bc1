import * as echarts from 'echarts/core'
import { LineChart } from 'echarts/charts'
import { GridComponent, TitleComponent } from 'echarts/components'
import { LabelLayout } from 'echarts/features'
import { SVGRenderer } from 'echarts/renderers'
import type { DesignReport, ReportedCircuit, Solution } from '../scenario/index.ts'
import { faint, ink, paper, phaseLines, quiet } from './palette.ts'
import { drawStageProfile } from './stage-profile.ts'
import { escapeXml } from './svg.ts'

echarts.use([LineChart, LabelLayout, GridComponent, TitleComponent, SVGRenderer])

/** A picture with what its file name ends in. */
export interface DesignPicture {
  readonly suffix: string
  readonly title: string
  readonly svg: string
}

interface Line {
  readonly name: string
  readonly points: readonly (readonly [number, number])[]
  readonly colour: string
  readonly dash?: 'dashed' | 'dotted'
}

interface Panel {
  readonly title: string
  readonly x: string
  readonly y: string
  readonly lines: readonly Line[]
  /** A point that is marked: the one that was chosen. */
  readonly mark?: readonly [number, number]
}

const axisLine = { onZero: false, lineStyle: { color: ink } }
const splitLine = { lineStyle: { color: faint, opacity: 0.5 } }
const wide = { left: 84, width: 400, top: 70, height: 270, apart: 530 } as const

/** Two panels side by side. */
function panels(title: string, both: readonly Panel[]): string {
  const size = { width: 84 + both.length * wide.apart, height: 400 }
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...size })
  const at = (k: number) => wide.left + k * wide.apart
  const axis = (name: string, gap: number, gridIndex: number) => ({
    type: 'value' as const,
    gridIndex,
    name,
    nameLocation: 'middle' as const,
    nameGap: gap,
    scale: true,
    axisLine,
    splitLine,
  })
  chart.setOption({
    animation: false,
    backgroundColor: paper,
    textStyle: { fontFamily: 'system-ui, DejaVu Sans, sans-serif', color: ink },
    title: [
      { text: title, left: 20, top: 8, textStyle: { fontSize: 16 } },
      ...both.map((p, k) => ({
        text: p.title,
        left: at(k) - 10,
        top: 40,
        textStyle: { fontSize: 12, fontWeight: 'normal' as const, color: quiet },
      })),
    ],
    grid: both.map((_, k) => ({
      left: at(k),
      width: wide.width,
      top: wide.top,
      height: wide.height,
    })),
    xAxis: both.map((p, k) => axis(p.x, 28, k)),
    yAxis: both.map((p, k) => axis(p.y, 52, k)),
    series: both.flatMap((panel, k) => [
      ...panel.lines.map(({ name, points, colour, dash }) => ({
        type: 'line' as const,
        xAxisIndex: k,
        yAxisIndex: k,
        silent: true,
        symbolSize: 5,
        symbol: 'circle',
        itemStyle: { color: colour },
        lineStyle: { color: colour, width: 1.8, type: dash ?? ('solid' as const) },
        endLabel: { show: true, formatter: name, color: colour, fontSize: 12 },
        labelLayout: { moveOverlap: 'shiftY' as const },
        data: points.map(([x, y]) => [x, y]),
      })),
      {
        type: 'line' as const,
        xAxisIndex: k,
        yAxisIndex: k,
        silent: true,
        symbol: 'diamond',
        symbolSize: 13,
        itemStyle: { color: ink },
        data: panel.mark === undefined ? [] : [[...panel.mark]],
      },
    ]),
  })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return svg
}

const [solid, dashed, third] = [phaseLines.aqueous.colour, phaseLines.organic.colour, quiet]

/** Stages and hold-up over S as cascade theory has them. */
function holdUpPicture({ name, theory }: ReportedCircuit): DesignPicture {
  const { range, design } = theory
  const title = `${name}: stages and hold-up over S, constant separation factor`
  const svg = panels(title, [
    {
      title: 'hold-up; marked: the design by the controlling side',
      x: 'S, moles on the organic per mole of feed',
      y: 'S (n + m)',
      lines: [{ name: 'Φ', colour: solid, points: range.map((p) => [p.S, p.holdUp]) }],
      mark: [design.S, design.holdUp],
    },
    {
      title: 'stages',
      x: 'S, moles on the organic per mole of feed',
      y: 'stages',
      lines: [
        { name: 'n', colour: solid, points: range.map((p) => [p.S, p.extraction]) },
        { name: 'm', colour: dashed, dash: 'dashed', points: range.map((p) => [p.S, p.scrub]) },
      ],
    },
  ])
  return { suffix: `-${name}-holdup`, title, svg }
}

/** Cost and organic over the number of stages. */
function tradeOffPicture({
  name,
  curve,
  cost,
  setting,
}: ReportedCircuit): DesignPicture | undefined {
  if (curve.length < 2) return undefined
  const total = (p: { extraction: number; scrub: number }) => p.extraction + p.scrub
  const part = (key: 'stages' | 'organic' | 'total') =>
    curve.map((p) => [total(p), p.cost[key]] as const)
  const reagents = curve.map((p) => [total(p), p.cost.acid + p.cost.base] as const)
  const title = `${name}: few stages and much reflux to many and little`
  const svg = panels(title, [
    {
      title: 'cost a year in the unit of the weights; marked: the cheapest found',
      x: 'extraction and scrub stages',
      y: 'cost',
      lines: [
        { name: 'all', colour: ink, points: part('total') },
        { name: 'organic', colour: dashed, dash: 'dashed', points: part('organic') },
        { name: 'reagents', colour: solid, dash: 'dotted', points: reagents },
        { name: 'stages', colour: third, points: part('stages') },
      ],
      mark: [setting.extraction + setting.scrub, cost.total],
    },
    {
      title: 'reflux that meets the cut',
      x: 'extraction and scrub stages',
      y: 'W, moles scrubbed back per mole of feed',
      lines: [{ name: 'W', colour: solid, points: curve.map((p) => [total(p), p.W]) }],
    },
  ])
  return { suffix: `-${name}-tradeoff`, title, svg }
}

/** Stages, draw and hold-up of one cascade with three outlets over S. */
function drawPicture(draws: NonNullable<DesignReport['draws']>): DesignPicture {
  const title = 'one cascade with a draw of the middle product, constant separation factors'
  const x = 'S, moles on the organic per mole of feed'
  const over = (key: 'holdUp' | 'extraction' | 'scrub' | 'drawStage') =>
    draws.map((d) => [d.S, d[key]] as const)
  const svg = panels(title, [
    {
      title: 'hold-up',
      x,
      y: 'S (n + m)',
      lines: [{ name: 'Φ', colour: solid, points: over('holdUp') }],
    },
    {
      title: 'stages, and the stage that is drawn from',
      x,
      y: 'stages',
      lines: [
        { name: 'n', colour: solid, points: over('extraction') },
        { name: 'm', colour: dashed, dash: 'dashed', points: over('scrub') },
        { name: 'draw', colour: third, dash: 'dotted', points: over('drawStage') },
      ],
    },
  ])
  return { suffix: '-draw', title, svg }
}

/** The pictures of a design: hold-up, trade-off and the stage profile of every circuit. */
export function drawDesign(report: DesignReport, solution: Solution): DesignPicture[] {
  const { draws = [] } = report
  const drawn = draws.length < 2 ? [] : [drawPicture(draws)]
  const circuits = report.circuits.flatMap((circuit) => {
    const { name } = circuit
    const stages = solution.circuits[name]?.stages ?? []
    const title = `${name}: ${circuit.about}`
    const profile = { suffix: `-${name}-stages`, title, svg: drawStageProfile({ title, stages }) }
    const tradeOff = tradeOffPicture(circuit)
    return [holdUpPicture(circuit), ...(tradeOff === undefined ? [] : [tradeOff]), profile]
  })
  return [...drawn, ...circuits]
}

const style = [
  'body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;',
  `color:${ink};background:${paper}}`,
  'pre{overflow-x:auto;font-size:13px;line-height:1.4}',
  'figure{margin:2rem 0;overflow-x:auto}svg{max-width:100%;height:auto}',
  `figcaption{color:${quiet}}`,
].join('')

/** A design as one HTML page that stands alone: its text, its pictures and the plant. */
export function designPage(report: DesignReport, solution: Solution, text: string): string {
  const pictures = drawDesign(report, solution).map(
    ({ title, svg }) =>
      `<figure role="img" aria-label="${escapeXml(title)}">${svg}` +
      `<figcaption>${escapeXml(title)}</figcaption></figure>`,
  )
  const heading = escapeXml(report.title)
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${heading}</title><style>${style}</style></head><body>`,
    `<h1>${heading}</h1>`,
    `<pre>${escapeXml(text)}</pre>`,
    ...pictures,
    '<h2>The plant</h2>',
    `<pre>${escapeXml(report.plant)}</pre>`,
    '</body></html>',
    '',
  ].join('\n')
}
