import type { Ref } from 'react'
import type { ResultSpread } from '../../../../src/scenario/index.ts'
import type { Target } from '../../engine/tasks/results.ts'
import { formatNumber } from '../../ui/format.ts'
import type { Bins } from './bins.ts'
import { ticksOf } from './tornado.ts'

const width = 720
const height = 240
const [left, right, top, floor] = [56, 40, 52, 196] as const

/** True where a value does not do what a target asks. */
function misses(value: number, { comparison, target }: Target): boolean {
  if (comparison === '>=') return value < target
  return comparison === '<=' ? value > target : false
}

/**
 * Draws of one result as bars from zero, with the band from P10 to P90, the value as written and
 * its targets; bars beyond a target are outlined in the colour of a shortfall.
 */
export function HistogramChart({
  spread,
  bins,
  targets,
  chart,
}: {
  readonly spread: ResultSpread
  readonly bins: Bins
  readonly targets: readonly Target[]
  readonly chart: Ref<SVGSVGElement>
}) {
  const { from, width: step, counts } = bins
  const until = from + step * counts.length
  const marks = targets.map(({ target }) => target)
  // A target far off is told in words: drawing it would press the bars together.
  const near = marks.filter((at) => at > from - (until - from) && at < until + (until - from))
  const low = Math.min(from, spread.base ?? from, ...near)
  const high = Math.max(until, spread.base ?? until, ...near)
  const x = (value: number) => left + ((width - left - right) * (value - low)) / (high - low || 1)
  const most = Math.max(1, ...counts)
  const y = (count: number) => floor - ((floor - top) * count) / most
  const digits = Math.min(9, Math.max(4, Math.ceil(Math.log10(Math.abs(high) / (high - low))) + 2))
  return (
    <svg
      ref={chart}
      role="img"
      className="studies-svg"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-label={spreadSentence(spread)}
    >
      <rect
        className="studies-band"
        x={x(spread.p10)}
        width={Math.max(0, x(spread.p90) - x(spread.p10))}
        y={top}
        height={floor - top}
      />
      <CountTicks most={most} y={y} />
      <Bars bins={bins} targets={targets} x={x} y={y} />
      <Axis low={low} high={high} x={x} digits={digits} spread={spread} />
      {near.map((target) => (
        <Mark
          key={target}
          at={x(target)}
          y={top - 32}
          text="target"
          anchor="middle"
          className="studies-target"
        />
      ))}
      <Mark at={x(spread.p10)} y={top - 6} text="P10" anchor="end" className="studies-mark" />
      <Mark at={x(spread.p50)} y={top - 19} text="P50" anchor="middle" className="studies-mark" />
      <Mark at={x(spread.p90)} y={top - 6} text="P90" anchor="start" className="studies-mark" />
    </svg>
  )
}

interface Scales {
  readonly x: (value: number) => number
  readonly y: (count: number) => number
}

function CountTicks({ most, y }: Pick<Scales, 'y'> & { readonly most: number }) {
  const ticks = ticksOf(0, most).filter(Number.isInteger)
  return ticks.map((tick) => (
    <g key={tick}>
      <line className="studies-gridline" x1={left} x2={width - right} y1={y(tick)} y2={y(tick)} />
      <text className="studies-tick" x={left - 6} y={y(tick) + 4} textAnchor="end">
        {tick}
      </text>
    </g>
  ))
}

function Bars({
  bins: { from, width: step, counts },
  targets,
  x,
  y,
}: Scales & { readonly bins: Bins; readonly targets: readonly Target[] }) {
  const barWidth = Math.max(1, x(from + step) - x(from) - 1)
  return counts.map((count, k) => {
    const middle = from + (k + 0.5) * step
    const isShort = targets.some((target) => misses(middle, target))
    return (
      <rect
        key={middle}
        className={isShort ? 'studies-beyond studies-short' : 'studies-beyond'}
        x={x(from + k * step)}
        y={y(count)}
        width={barWidth}
        height={Math.max(0, floor - y(count))}
      />
    )
  })
}

function Mark({
  at,
  y,
  text,
  anchor,
  className,
}: {
  readonly at: number
  readonly y: number
  readonly text: string
  readonly anchor: 'start' | 'middle' | 'end'
  readonly className: string
}) {
  return (
    <g>
      <line className={className} x1={at} x2={at} y1={y + 4} y2={floor} />
      <text className="studies-tick" x={at} y={y} textAnchor={anchor}>
        {text}
      </text>
    </g>
  )
}

function Axis({
  low,
  high,
  x,
  digits,
  spread,
}: {
  readonly low: number
  readonly high: number
  readonly x: (value: number) => number
  readonly digits: number
  readonly spread: ResultSpread
}) {
  return (
    <>
      <line className="studies-base" x1={left} x2={width - right} y1={floor} y2={floor} />
      {ticksOf(low, high).map((tick) => (
        <text key={tick} className="studies-tick" x={x(tick)} y={floor + 16} textAnchor="middle">
          {formatNumber(tick, digits)}
        </text>
      ))}
      <text
        className="studies-tick"
        x={(left + width - right) / 2}
        y={floor + 36}
        textAnchor="middle"
      >
        {spread.unit === '' ? spread.result : `${spread.result}, ${spread.unit}`}
      </text>
      <text className="studies-tick" x={4} y={top - 6}>
        draws
      </text>
    </>
  )
}

/** The band of a result in words. */
export function spreadSentence({ result, unit, p10, p50, p90, base, deviation }: ResultSpread) {
  const end = unit === '' ? '' : `\u202f${unit}`
  const of = (value: number) => formatNumber(value, 5)
  const written = base === null ? '' : ` As written it is ${of(base)}${end}.`
  if (!(deviation > 0)) return `${result} does not vary: ${of(p50)}${end}.${written}`
  return `${result}: P10 ${of(p10)}, P50 ${of(p50)}, P90 ${of(p90)}${end}.${written}`
}
