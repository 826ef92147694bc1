import type { Ref } from 'react'
import { formatNumber, formatWithUnit } from '../../ui/format.ts'
import { swing, ticksOf, type Bar, type Tornado } from './tornado.ts'

const width = 880
const names = 300
const side = 96
const rowHeight = 26
const top = 34

/** Bars shown; the others are in the table. */
export const mostBars = 20

/** Names longer than this are cut in the chart; the table has them whole. */
const mostLetters = 40

const cut = (text: string) =>
  text.length > mostLetters ? `…${text.slice(text.length - mostLetters + 1)}` : text

/**
 * Bars of a tornado about the value as written: dark for the parameter moved up, light and outlined
 * for down; both ends carry their number.
 */
export function TornadoChart({
  tornado,
  chart,
}: {
  readonly tornado: Tornado
  readonly chart: Ref<SVGSVGElement>
}) {
  const { base, unit } = tornado
  const bars = tornado.bars.filter((bar) => swing(bar, base) > 0).slice(0, mostBars)
  const ends = [base, ...bars.flatMap(({ low, high }) => [low ?? base, high ?? base])]
  const [least, most] = [Math.min(...ends), Math.max(...ends)]
  const span = most - least
  const [from, to] = [names + side, width - side]
  const x = (value: number) => (span > 0 ? from + ((to - from) * (value - least)) / span : from)
  const height = top + bars.length * rowHeight + 40
  const digits = digitsFor(span, base)
  const floor = height - 34
  return (
    <svg
      ref={chart}
      role="img"
      className="studies-svg"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-label={sentence(tornado)}
    >
      {ticksOf(least, most).map((tick) => (
        <g key={tick}>
          <line className="studies-gridline" x1={x(tick)} x2={x(tick)} y1={top - 6} y2={floor} />
          <text className="studies-tick" x={x(tick)} y={floor + 14} textAnchor="middle">
            {formatNumber(tick, digits)}
          </text>
        </g>
      ))}
      <text className="studies-tick" x={(from + to) / 2} y={height - 4} textAnchor="middle">
        {unit === '' ? tornado.result : `${tornado.result}, ${unit}`}
      </text>
      {bars.map((bar, k) => (
        <Row
          key={bar.parameter}
          bar={bar}
          base={base}
          x={x}
          y={top + k * rowHeight}
          digits={digits}
        />
      ))}
      <line className="studies-base" x1={x(base)} x2={x(base)} y1={top - 8} y2={floor} />
      <text className="studies-label" x={x(base)} y={top - 14} textAnchor="middle">
        {`as written ${formatWithUnit(base, unit, digits)}`}
      </text>
    </svg>
  )
}

/** Digits that tell the ends of a bar apart. */
function digitsFor(span: number, base: number): number {
  if (!(span > 0) || base === 0) return 4
  const more = Math.ceil(Math.log10(Math.abs(base) / span))
  return Math.min(9, Math.max(4, more + 2))
}

function Row({
  bar,
  base,
  x,
  y,
  digits,
}: {
  readonly bar: Bar
  readonly base: number
  readonly x: (value: number) => number
  readonly y: number
  readonly digits: number
}) {
  const middle = y + rowHeight / 2 + 4
  const { low, high } = bar
  return (
    <g>
      <text className="studies-label" x={names} y={middle} textAnchor="end">
        <title>{bar.parameter}</title>
        {cut(bar.parameter)}
      </text>
      <Side value={low} base={base} x={x} y={y} kind="down" />
      <Side value={high} base={base} x={x} y={y} kind="up" />
      <Ends bar={bar} base={base} x={x} y={middle} digits={digits} />
    </g>
  )
}

function Side({
  value,
  base,
  x,
  y,
  kind,
}: {
  readonly value: number | null
  readonly base: number
  readonly x: (value: number) => number
  readonly y: number
  readonly kind: 'down' | 'up'
}) {
  if (value === null) return null
  const [left, right] = [Math.min(x(value), x(base)), Math.max(x(value), x(base))]
  return (
    <rect
      className={`studies-bar-${kind}`}
      x={left}
      y={y + 5}
      width={Math.max(0, right - left)}
      height={rowHeight - 10}
    />
  )
}

/** Numbers at both ends; where both moves lead to one side, the farther one only. */
function Ends({
  bar: { low, high, failures },
  base,
  x,
  y,
  digits,
}: {
  readonly bar: Bar
  readonly base: number
  readonly x: (value: number) => number
  readonly y: number
  readonly digits: number
}) {
  const values = [low, high].filter((value) => value !== null)
  const [left, right] = [Math.min(base, ...values), Math.max(base, ...values)]
  return (
    <>
      {left < base && (
        <text className="studies-tick" x={x(left) - 5} y={y} textAnchor="end">
          {formatNumber(left, digits)}
        </text>
      )}
      {right > base && (
        <text className="studies-tick" x={x(right) + 5} y={y} textAnchor="start">
          {formatNumber(right, digits)}
        </text>
      )}
      {failures.length > 0 && (
        <text className="studies-tick" x={names + 6} y={y} textAnchor="start">
          no solution
          <title>{failures.join('; ')}</title>
        </text>
      )}
    </>
  )
}

/** The strongest of a tornado in words. */
export function sentence({ result, unit, base, bars }: Tornado): string {
  const [first] = bars
  const start = `${result} is ${formatWithUnit(base, unit)} as written.`
  if (first === undefined || !(swing(first, base) > 0)) return `${start} Nothing chosen moves it.`
  const ends = [first.low, first.high].map((value) =>
    value === null ? 'no solution' : formatWithUnit(value, unit, 5),
  )
  const move = formatWithUnit(first.move, first.unit, 3)
  return `${start} ${first.parameter} moves it most: ${ends[0]} with ${move} less, ${ends[1]} with ${move} more.`
}
