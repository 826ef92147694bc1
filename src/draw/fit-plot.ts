import * as echarts from 'echarts/core'
import { LineChart, ScatterChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components'
import { LabelLayout } from 'echarts/features'
import { SVGRenderer } from 'echarts/renderers'
import { formatNumber } from '../quantities/index.ts'
import type { FitPicture } from '../scenario/index.ts'
import { powerOfTen } from './axis.ts'
import { elementColour, elementOrder, faint, ink, paper, quiet } from './palette.ts'

echarts.use([
  LineChart,
  ScatterChart,
  LabelLayout,
  GridComponent,
  LegendComponent,
  TitleComponent,
  SVGRenderer,
])

/** Filled shapes, so that sources differ without colour. */
const shapes = ['circle', 'rect', 'triangle', 'diamond', 'pin', 'arrow'] as const

const axisLine = { onZero: false, lineStyle: { color: ink } }
const splitLine = { lineStyle: { color: faint, opacity: 0.5 } }

type Axis = { readonly type: 'log' | 'value'; readonly name: string; readonly gap: number }

function axis({ type, name, gap }: Axis, gridIndex: number, [min, max]: readonly [number, number]) {
  return {
    type,
    gridIndex,
    name,
    nameLocation: 'middle' as const,
    nameGap: gap,
    min,
    max,
    axisLine,
    splitLine,
    ...(type === 'log' ? { axisLabel: { formatter: powerOfTen } } : {}),
  }
}

/** Whole decades around some numbers. */
function decades(values: readonly number[]): readonly [number, number] {
  const logs = values.filter((value) => value > 0).map(Math.log10)
  if (logs.length === 0) return [0.1, 10]
  const [low, high] = [Math.floor(Math.min(...logs)), Math.ceil(Math.max(...logs))]
  return [10 ** low, 10 ** Math.max(high, low + 1)]
}

function guide(from: number, to: number, factor: number) {
  return {
    type: 'line' as const,
    xAxisIndex: 0,
    yAxisIndex: 0,
    symbol: 'none',
    silent: true,
    clip: true,
    lineStyle: {
      color: quiet,
      width: 1,
      type: factor === 1 ? ('solid' as const) : ('dashed' as const),
    },
    data: [
      [from, from * factor],
      [to, to * factor],
    ],
  }
}

/** One series for each source and element, so that the legend of sources can be in grey. */
function clouds(picture: FitPicture, sources: readonly string[], symbols: readonly string[]) {
  return [0, 1].flatMap((panel) =>
    sources.flatMap((source, s) =>
      symbols.map((element) => ({
        type: 'scatter' as const,
        xAxisIndex: panel,
        yAxisIndex: panel,
        silent: true,
        symbol: shapes[s % shapes.length] ?? 'circle',
        symbolSize: 7,
        itemStyle: { color: elementColour(element), opacity: 0.75 },
        data: picture.points
          .filter((point) => point.source === source && point.element === element)
          .map((p) => ({
            value: panel === 0 ? [p.measured, p.predicted] : [p.pH, p.unloaded],
            // Too small to be fitted: shown, but faint.
            ...(p.used ? {} : { itemStyle: { opacity: 0.25 } }),
          })),
      })),
    ),
  )
}

function lines(picture: FitPicture) {
  return picture.isotherms.map(({ element, line }) => ({
    type: 'line' as const,
    xAxisIndex: 1,
    yAxisIndex: 1,
    symbol: 'none',
    silent: true,
    lineStyle: { color: elementColour(element), width: 1.6 },
    endLabel: { show: true, formatter: element, color: elementColour(element), fontSize: 12 },
    labelLayout: { moveOverlap: 'shiftY' as const },
    data: line.map(([pH, D]) => [pH, D]),
  }))
}

/** Names of sources with their shapes, and of elements with their colours. */
function legend(sources: readonly string[], symbols: readonly string[]) {
  const entry = (name: string, icon: string, color: string) => ({
    name: name.length > 40 ? `${name.slice(0, 38)}…` : name,
    icon,
    itemStyle: { color },
  })
  const data = [
    ...symbols.map((element) => entry(element, 'roundRect', elementColour(element))),
    ...sources.map((source, s) => entry(source, shapes[s % shapes.length] ?? 'circle', quiet)),
  ]
  return {
    data,
    series: data.map(({ name }) => ({ type: 'scatter' as const, name, data: [] })),
  }
}

/**
 * A fit as SVG: predicted over measured D with lines of agreement and of a factor of two, and the
 * isotherms of log D over pH with the measured D carried to unloaded extractant.
 */
export function drawFit(title: string, picture: FitPicture): string {
  const symbols = elementOrder([...new Set(picture.points.map(({ element }) => element))])
  const sources = [...new Set(picture.points.map(({ source }) => source))]
  const D = decades(picture.points.flatMap(({ measured, predicted }) => [measured, predicted]))
  const pH = picture.points.map((point) => point.pH)
  const pHRange = [
    Math.floor(2 * Math.min(...pH, 99) - 0.1) / 2,
    Math.ceil(2 * Math.max(...pH, -9) + 0.1) / 2,
  ] as const
  const unloaded = decades(picture.points.map((point) => point.unloaded))
  const { data, series } = legend(sources, symbols)
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: 1100, height: 600 })
  const strength = `${formatNumber(picture.extractant, 3)} mol/L of unloaded extractant`
  chart.setOption({
    animation: false,
    backgroundColor: paper,
    textStyle: { fontFamily: 'system-ui, DejaVu Sans, sans-serif', color: ink },
    title: { text: title, left: 70, top: 8, textStyle: { fontSize: 16 } },
    legend: { data, top: 36, left: 66, itemWidth: 10, itemHeight: 10, selectedMode: false },
    grid: [
      { left: 76, top: 92, bottom: 60, width: 440 },
      { left: 610, top: 92, bottom: 60, width: 440 },
    ],
    xAxis: [
      axis({ type: 'log', name: 'measured D', gap: 30 }, 0, D),
      axis({ type: 'value', name: 'pH at equilibrium', gap: 30 }, 1, pHRange),
    ],
    yAxis: [
      axis({ type: 'log', name: 'predicted D', gap: 48 }, 0, D),
      axis({ type: 'log', name: `D at ${strength}`, gap: 48 }, 1, unloaded),
    ],
    series: [
      guide(...D, 1),
      guide(...D, 2),
      guide(...D, 0.5),
      ...series,
      ...lines(picture),
      ...clouds(picture, sources, symbols),
    ],
  })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return svg
}
