import * as echarts from 'echarts/core'
import { BarChart } from 'echarts/charts'
import { GridComponent, MarkLineComponent, TitleComponent } from 'echarts/components'
import { SVGRenderer } from 'echarts/renderers'
import { faint, ink, paper, phaseLines, quiet } from './palette.ts'

echarts.use([BarChart, GridComponent, MarkLineComponent, TitleComponent, SVGRenderer])

const font = 'system-ui, DejaVu Sans, sans-serif'
const bar = phaseLines.aqueous.colour
const pale = '#9db7d6'
const other = phaseLines.organic.colour

/** Values of one result, with the marks that are drawn across. */
export interface Histogram {
  readonly title: string
  readonly unit: string
  readonly values: ArrayLike<number>
  /** Drawn across, and said below the title. */
  readonly marks: readonly { readonly name: string; readonly at: number }[]
}

const columns = 3
const cell = { width: 400, height: 240 } as const

const short = (value: number) => `${Number(value.toPrecision(6))}`

/** Edges and counts; as many bars as the root of the number of values, 5 to 40. */
function binned(values: ArrayLike<number>) {
  const known = Array.from(values).filter(Number.isFinite)
  const [low, high] = known.reduce(
    ([a, b], v) => [Math.min(a, v), Math.max(b, v)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  )
  if (!(high > low)) return { low, width: 0, counts: [known.length] }
  const count = Math.min(40, Math.max(5, Math.round(Math.sqrt(known.length))))
  const width = (high - low) / count
  const counts = Array.from({ length: count }, () => 0)
  for (const value of known) {
    const k = Math.min(count - 1, Math.floor((value - low) / width))
    counts[k] = (counts[k] ?? 0) + 1
  }
  return { low, width, counts }
}

/** An option of the chart library as an SVG of that size. */
function rendered(option: echarts.EChartsCoreOption, width: number, height: number): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height })
  chart.setOption({
    animation: false,
    backgroundColor: paper,
    textStyle: { fontFamily: font, color: ink },
    ...option,
  })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return svg
}

const heading = (text: string) => ({ text, left: 20, top: 10, textStyle: { fontSize: 16 } })
const named = (title: string, unit: string) => (unit === '' ? title : `${title}, ${unit}`)

/** Histograms side by side, three a row, as one SVG. */
export function drawHistograms(title: string, histograms: readonly Histogram[]): string {
  const rows = Math.ceil(histograms.length / columns)
  const place = (k: number) => ({
    left: (k % columns) * cell.width + 20,
    top: 50 + Math.floor(k / columns) * cell.height,
  })
  const caption = (h: Histogram, k: number) => ({
    text: named(h.title, h.unit),
    subtext: h.marks.map(({ name, at }) => `${name} ${short(at)}`).join('   '),
    itemGap: 4,
    subtextStyle: { fontSize: 11, color: quiet },
    ...place(k),
    textStyle: { fontSize: 12, fontWeight: 'normal', width: 370, overflow: 'truncate' },
  })
  const option = {
    title: [heading(title), ...histograms.map(caption)],
    grid: histograms.map((_, k) => ({
      left: place(k).left + 10,
      top: place(k).top + 48,
      width: cell.width - 60,
      height: cell.height - 90,
    })),
    xAxis: histograms.map((_, gridIndex) => ({
      type: 'value',
      gridIndex,
      scale: true,
      splitNumber: 3,
      axisLine: { lineStyle: { color: ink } },
      axisLabel: { fontSize: 11, hideOverlap: true },
      splitLine: { show: false },
    })),
    yAxis: histograms.map((_, gridIndex) => ({ type: 'value', gridIndex, show: false })),
    series: histograms.map(bars),
  }
  const wide = Math.max(1, Math.min(columns, histograms.length)) * cell.width
  return rendered(option, wide, 50 + rows * cell.height)
}

/** A histogram's bars as thin columns at the middle of their bins, and its marks. */
function bars({ values, marks }: Histogram, axis: number) {
  const { low, width, counts } = binned(values)
  const room = cell.width - 60
  return {
    type: 'bar' as const,
    xAxisIndex: axis,
    yAxisIndex: axis,
    silent: true,
    itemStyle: { color: bar, opacity: 0.8 },
    barWidth: Math.max(2, (0.85 * room) / (counts.length + 2)),
    data: counts.map((count, k) => [low + (k + 0.5) * width, count]),
    markLine: {
      silent: true,
      symbol: 'none',
      lineStyle: { color: other, type: 'solid' as const, width: 1.4 },
      label: { show: false },
      precision: 12,
      data: marks.map(({ name, at }) => ({ name, xAxis: at })),
    },
  }
}

/** One result's move when each parameter goes down and up, the longest bar first. */
export interface Tornado {
  readonly title: string
  readonly unit: string
  readonly base: number
  readonly bars: readonly {
    readonly name: string
    /** Value of the result with the parameter low and high; null where there is no solution. */
    readonly low: number | null
    readonly high: number | null
  }[]
}

const rowHeight = 22

/** Tornado charts below each other as one SVG: parameter low pale, parameter high dark. */
export function drawTornado(title: string, tornados: readonly Tornado[]): string {
  const tops: number[] = []
  let height = 50
  for (const tornado of tornados) {
    tops.push(height)
    height += 70 + rowHeight * tornado.bars.length
  }
  const option = {
    title: [
      heading(title),
      ...tornados.map((t, k) => ({
        text: named(t.title, t.unit),
        subtext: 'pale: parameter low, dark: parameter high',
        itemGap: 2,
        subtextStyle: { fontSize: 10, color: quiet },
        left: 20,
        top: tops[k],
        textStyle: { fontSize: 13, fontWeight: 'normal' },
      })),
    ],
    grid: tornados.map((t, k) => ({
      left: 330,
      right: 40,
      top: (tops[k] ?? 0) + 36,
      height: rowHeight * t.bars.length,
    })),
    xAxis: tornados.map(valueAxis),
    yAxis: tornados.map(nameAxis),
    series: tornados.flatMap((t, k) => [side(t, k, 'low'), side(t, k, 'high')]),
  }
  return rendered(option, 1000, height + 10)
}

function valueAxis(tornado: Tornado, gridIndex: number) {
  return {
    type: 'value',
    gridIndex,
    splitNumber: 5,
    axisLine: { lineStyle: { color: ink } },
    axisLabel: { fontSize: 11, formatter: (d: number) => short(tornado.base + d) },
    splitLine: { lineStyle: { color: faint, opacity: 0.5 } },
  }
}

function nameAxis(tornado: Tornado, gridIndex: number) {
  return {
    type: 'category',
    gridIndex,
    inverse: true,
    data: tornado.bars.map(({ name }) => name),
    // Names stand left of the chart, not at the line where nothing changes.
    axisLine: { show: false, onZero: false },
    axisTick: { show: false },
    axisLabel: { fontSize: 11, color: ink, width: 300, overflow: 'truncate' },
  }
}

function side(tornado: Tornado, axis: number, which: 'low' | 'high') {
  return {
    type: 'bar',
    xAxisIndex: axis,
    yAxisIndex: axis,
    silent: true,
    barGap: '-100%',
    barWidth: 14,
    itemStyle: { color: which === 'low' ? pale : bar },
    markLine: {
      silent: true,
      symbol: 'none',
      label: { show: false },
      lineStyle: { color: ink, type: 'solid', width: 1 },
      data: [{ xAxis: 0 }],
    },
    data: tornado.bars.map((row) => {
      const value = row[which]
      return value === null ? 0 : value - tornado.base
    }),
  }
}
