import { memo, useId, useLayoutEffect, useMemo, useRef, useState } from 'react'
import './chart.css'
import type { FigureData, Mark } from './figure-types.ts'
import { PanelView } from './PanelView.tsx'
import { type Axis, placeOn, ticksOf, valueOn } from './scale.ts'
import { type Box, xAt } from './shape.ts'

interface Props extends FigureData {
  /** What a screen reader hears. */
  readonly name: string
  readonly width: number
  /** Room for the names at the ends of the lines, px. */
  readonly right?: number
  /** Where the cursor stands, on the x axis. */
  readonly cursor?: number
  /** Told the value of x under the pointer. */
  readonly onPoint?: (x: number) => void
}

export const left = 76
const between = 18
const foot = 40

/** Where the panels stand below one another. */
function boxesOf(
  data: Pick<FigureData, 'panels' | 'bands' | 'marks'>,
  width: number,
  right: number,
) {
  const head = ((data.bands ?? []).length > 0 ? 18 : 8) + ((data.marks ?? []).length > 0 ? 26 : 0)
  let top = head
  const boxes = data.panels.map((panel): Box => {
    const box = { left, top, width: Math.max(width - left - right, 40), height: panel.height }
    top += panel.height + between
    return box
  })
  return { boxes, head, height: top - between + foot }
}

function Marks({ marks, x, box, top }: { marks: readonly Mark[]; x: Axis; box: Box; top: number }) {
  return marks.map(({ id, x: value, text, way }) => {
    const at = xAt(box, x, value)
    const [from, to] = way === 'in' ? [top - 12, top - 1] : [top - 1, top - 12]
    const head = way === 'in' ? `M${at - 3} ${to - 5}L${at} ${to}L${at + 3} ${to - 5}` : ''
    const tail = way === 'out' ? `M${at - 3} ${to + 5}L${at} ${to}L${at + 3} ${to + 5}` : ''
    return (
      <g key={id}>
        <path className="chart-arrow" d={`M${at} ${from}V${to}${head}${tail}`} />
        <text className="chart-mark" x={at} y={top - 16} textAnchor="middle">
          {text}
        </text>
      </g>
    )
  })
}

/** The part of a figure that a moving cursor does not touch. */
const Still = memo(function Still(props: Omit<Props, 'cursor' | 'onPoint'>) {
  const { x, panels, bands = [], marks = [], uprights = [], width, right = 56 } = props
  const clip = useId().replaceAll(':', '')
  const xTicks = props.xTicks ?? ticksOf(x)
  const { boxes, height, head } = useMemo(
    () => boxesOf({ panels, bands, marks }, width, right),
    [panels, bands, marks, width, right],
  )
  const [first] = boxes
  if (first === undefined) return null
  const bottom = height - foot
  return (
    <g>
      <rect className="chart-paper" width={width} height={height} />
      {panels.map((panel, k) => (
        <PanelView
          key={panel.id}
          panel={panel}
          box={boxes[k] ?? first}
          x={x}
          xTicks={xTicks}
          bands={bands}
          last={k === panels.length - 1}
          clip={`${clip}${k}`}
        />
      ))}
      {bands.map((band) => (
        <text
          key={`${band.name} ${band.from}`}
          className="chart-band-name"
          x={(xAt(first, x, band.from) + xAt(first, x, band.to)) / 2}
          y={12}
          textAnchor="middle"
        >
          {band.name}
        </text>
      ))}
      <Marks marks={marks} x={x} box={first} top={head} />
      {uprights.map(({ id, x: value, text, before = false }) => (
        <g key={id}>
          <path className="chart-rule" d={`M${xAt(first, x, value)} ${first.top}V${bottom}`} />
          <text
            className="chart-tick"
            x={xAt(first, x, value) + (before ? -4 : 4)}
            y={first.top + 11}
            textAnchor={before ? 'end' : 'start'}
          >
            {text}
          </text>
        </g>
      ))}
      <text
        className="chart-title"
        x={first.left + first.width / 2}
        y={height - 6}
        textAnchor="middle"
      >
        {x.title}
      </text>
    </g>
  )
})

/**
 * Charts below one another over one x axis, as SVG. Everything is drawn from its arguments; the
 * cursor is apart, so that moving it draws nothing else anew.
 */
export function Figure({ cursor, onPoint, ...rest }: Props) {
  const { x, panels, bands, marks, width, right = 56, name } = rest
  const { boxes, height, head } = boxesOf(
    { panels, ...(bands && { bands }), ...(marks && { marks }) },
    width,
    right,
  )
  const [first] = boxes
  const point = (event: React.PointerEvent<SVGSVGElement>) => {
    if (onPoint === undefined || first === undefined) return
    const frame = event.currentTarget.getBoundingClientRect()
    const place = ((event.clientX - frame.left) * (width / frame.width) - first.left) / first.width
    if (place > -0.05 && place < 1.05) onPoint(valueOn(x, Math.min(Math.max(place, 0), 1)))
  }
  const at = cursor === undefined || first === undefined ? Number.NaN : placeOn(x, cursor)
  return (
    <svg
      className="chart"
      role="img"
      aria-label={name}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      onPointerMove={point}
      onPointerDown={point}
    >
      <Still {...rest} />
      {first !== undefined && at >= -0.01 && at <= 1.01 && (
        <path
          className="chart-cursor"
          d={`M${(first.left + at * first.width).toFixed(1)} ${head}V${height - foot}`}
        />
      )}
    </svg>
  )
}

/** The width that an element has on the page, as it changes; `start` until it is known. */
export function useWidth(start: number): readonly [React.RefObject<HTMLDivElement | null>, number] {
  const ref = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(start)
  useLayoutEffect(() => {
    const element = ref.current
    if (element === null) return undefined
    const measure = () => {
      const now = Math.floor(element.clientWidth)
      if (now > 0) setWidth(now)
    }
    measure()
    const watch = new ResizeObserver(measure)
    watch.observe(element)
    return () => watch.disconnect()
  }, [])
  return [ref, width]
}
