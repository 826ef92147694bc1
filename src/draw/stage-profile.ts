import * as echarts from 'echarts/core'
import { LineChart } from 'echarts/charts'
import {
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  TitleComponent,
} from 'echarts/components'
import { LabelLayout } from 'echarts/features'
import { SVGRenderer } from 'echarts/renderers'
import type { SolvedStage } from '../scenario/index.ts'
import { powerOfTen } from './axis.ts'
import { elementColour, elementOrder, faint, ink } from './palette.ts'

echarts.use([
  LineChart,
  LabelLayout,
  GridComponent,
  LegendComponent,
  MarkAreaComponent,
  TitleComponent,
  SVGRenderer,
])

export interface StageProfile {
  readonly title: string
  readonly stages: readonly SolvedStage[]
}

/** Smallest concentration drawn on the log axis, mol/L: below it nothing is measurable. */
const drawnFrom = 1e-9

type Phase = 'aqueous' | 'organic'

function lines(profile: StageProfile, symbols: readonly string[], phase: Phase) {
  return symbols.map((symbol) => ({
    type: 'line' as const,
    xAxisIndex: 1,
    yAxisIndex: 2,
    name: `${symbol} ${phase}`,
    symbol: 'none',
    silent: true,
    lineStyle: {
      color: elementColour(symbol),
      width: phase === 'aqueous' ? 2 : 1.4,
      type: phase === 'aqueous' ? ('solid' as const) : ('dashed' as const),
    },
    endLabel: {
      show: phase === 'aqueous',
      formatter: symbol,
      color: elementColour(symbol),
      fontSize: 12,
    },
    labelLayout: { moveOverlap: 'shiftY' as const },
    data: profile.stages.map((stage) => {
      const value = stage[phase][symbol] ?? 0
      return [stage.index, value > drawnFrom ? value : null]
    }),
  }))
}

/** Runs of stages with the same section, as shaded bands with their names. */
function bands(stages: readonly SolvedStage[]) {
  const runs: { name: string; from: number; to: number }[] = []
  for (const stage of stages) {
    const last = runs.at(-1)
    if (last !== undefined && last.name === stage.section) last.to = stage.index
    else runs.push({ name: stage.section, from: stage.index, to: stage.index })
  }
  return runs.map((run, index) => [
    {
      name: run.name,
      xAxis: run.from - 0.5,
      itemStyle: { color: index % 2 === 0 ? 'rgba(31,95,168,0.05)' : 'rgba(181,116,0,0.07)' },
      label: { position: 'insideTop' as const, color: ink, fontSize: 12 },
    },
    { xAxis: run.to + 0.5 },
  ])
}

const axisLine = { lineStyle: { color: ink } }
const splitLine = { lineStyle: { color: faint, opacity: 0.5 } }

function stageAxis(stages: readonly SolvedStage[], gridIndex: number, shown: boolean) {
  return {
    type: 'value' as const,
    gridIndex,
    min: 0.5,
    max: stages.length + 0.5,
    minInterval: 1,
    name: shown ? 'stage (organic enters at 1)' : '',
    nameLocation: 'middle' as const,
    nameGap: 28,
    axisLine: { ...axisLine, onZero: false },
    axisLabel: { show: shown, formatter: (value: number) => (value % 1 === 0 ? `${value}` : '') },
    splitLine: { show: false },
  }
}

function strip(profile: StageProfile, name: string, yAxisIndex: number, colour: string) {
  return {
    type: 'line' as const,
    xAxisIndex: 0,
    yAxisIndex,
    name,
    symbol: 'none',
    silent: true,
    lineStyle: {
      color: colour,
      width: 1.6,
      type: yAxisIndex === 0 ? 'solid' : ('dashed' as const),
    },
    data: profile.stages.map((stage) => [
      stage.index,
      yAxisIndex === 0 ? stage.pH : 100 * stage.loading,
    ]),
  }
}

/**
 * Stage profile of a circuit as SVG: every element's aqueous (solid) and organic (dashed)
 * concentration on a log axis, pH and loading in a strip above on the same stage axis.
 */
export function drawStageProfile(profile: StageProfile): string {
  const present = new Set(
    profile.stages.flatMap((stage) =>
      Object.keys(stage.organic).filter((el) => (stage.organic[el] ?? 0) > drawnFrom),
    ),
  )
  const symbols = elementOrder([...present])
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 1000, height: 640 })
  chart.setOption({
    animation: false,
    backgroundColor: '#fdfdfc',
    textStyle: { fontFamily: 'system-ui, DejaVu Sans, sans-serif', color: ink },
    title: { text: profile.title, left: 60, top: 8, textStyle: { fontSize: 16 } },
    grid: [
      { left: 76, right: 76, top: 62, height: 110 },
      { left: 76, right: 76, top: 200, bottom: 56 },
    ],
    xAxis: [stageAxis(profile.stages, 0, false), stageAxis(profile.stages, 1, true)],
    yAxis: [
      {
        type: 'value',
        gridIndex: 0,
        name: 'pH (solid)',
        scale: true,
        splitNumber: 3,
        axisLine,
        splitLine,
      },
      {
        type: 'value',
        gridIndex: 0,
        position: 'right',
        name: 'loading, % (dashed)',
        min: 0,
        splitNumber: 3,
        axisLine,
        splitLine: { show: false },
      },
      {
        type: 'log',
        gridIndex: 1,
        name: 'mol/L: aqueous solid, organic dashed',
        nameLocation: 'middle',
        nameGap: 52,
        axisLine,
        splitLine,
        axisLabel: { formatter: powerOfTen },
      },
    ],
    series: [
      strip(profile, 'pH', 0, ink),
      strip(profile, 'loading', 1, '#6b7178'),
      ...lines(profile, symbols, 'aqueous'),
      ...lines(profile, symbols, 'organic'),
      {
        type: 'line',
        xAxisIndex: 1,
        yAxisIndex: 2,
        data: [],
        markArea: { silent: true, data: bands(profile.stages) },
      },
    ],
  })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return svg
}
