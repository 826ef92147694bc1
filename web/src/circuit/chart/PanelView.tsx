import { memo } from 'react'
import type { Band, Dot, Line, Panel } from './figure-types.ts'
import { type Axis, type Tick, ticksOf } from './scale.ts'
import { type Box, endLabels, pathOf, smoothPath, xAt, yAt } from './shape.ts'

interface Props {
  readonly panel: Panel
  readonly box: Box
  readonly x: Axis
  readonly xTicks: readonly Tick[]
  readonly bands: readonly Band[]
  /** The lowest panel carries the numbers of the x axis. */
  readonly last: boolean
  readonly clip: string
}

const coloured = (colour: string) => ({ '--chart-colour': colour }) as React.CSSProperties

function pathFor(line: Line, box: Box, x: Axis, y: Axis): string {
  if (line.smooth !== true) return pathOf(line.points, box, x, y)
  const places = line.points.flatMap(([px, py]): (readonly [number, number])[] => {
    const at = py === null ? Number.NaN : yAt(box, y, py)
    const across = xAt(box, x, px)
    return Number.isFinite(at) && Number.isFinite(across) ? [[across, at]] : []
  })
  return smoothPath(places)
}

function Lines({ panel, box, x, clip }: Pick<Props, 'panel' | 'box' | 'x' | 'clip'>) {
  return (
    <g clipPath={`url(#${clip})`}>
      {panel.lines.map((line) => (
        <path
          key={line.id}
          className={line.faint === true ? 'chart-line chart-line-faint' : 'chart-line'}
          style={coloured(line.colour)}
          d={pathFor(line, box, x, panel.y)}
          strokeWidth={line.width ?? 1.8}
          strokeDasharray={line.dash}
        />
      ))}
    </g>
  )
}

/** A line that ends so far before the right edge carries its name where it ends, px. */
const early = 28

/** The names at the ends of the lines, at the last point that the panel shows. */
function Ends({ panel, box, x }: Pick<Props, 'panel' | 'box' | 'x'>) {
  const [low, high] = [Math.min(panel.y.from, panel.y.to), Math.max(panel.y.from, panel.y.to)]
  const right = box.left + box.width
  const ends = panel.lines.flatMap(({ label, colour, points }) => {
    const last = points.findLast(([, y]) => y !== null && y >= low && y <= high)
    if (label === '' || last?.[1] === undefined || last[1] === null) return []
    return [{ text: label, colour, y: yAt(box, panel.y, last[1]), x: xAt(box, x, last[0]) }]
  })
  const [top, bottom] = [box.top + 5, box.top + box.height - 4]
  const inside = endLabels(
    ends.filter((end) => end.x < right - early),
    top,
    bottom,
  )
  const outside = endLabels(
    ends.filter((end) => end.x >= right - early),
    top,
    bottom,
  )
  return (
    <>
      {outside.map((end) => (
        <g key={`${end.text} ${end.from}`}>
          {Math.abs(end.at - end.from) > 4 && (
            <path
              className="chart-leader"
              d={`M${right + 2} ${end.from.toFixed(1)}L${right + 10} ${end.at.toFixed(1)}`}
            />
          )}
          <text className="chart-end" style={coloured(end.colour)} x={right + 12} y={end.at + 4}>
            {end.text}
          </text>
        </g>
      ))}
      {inside.map((end) => (
        <text
          key={`${end.text} ${end.from}`}
          className="chart-end chart-end-inside"
          style={coloured(end.colour)}
          x={end.x + 5}
          y={end.at + 4}
        >
          {end.text}
        </text>
      ))}
    </>
  )
}

function dotPath(shape: Dot['shape'], x: number, y: number, r: number): string {
  switch (shape) {
    case 'square':
      return `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`
    case 'triangle':
      return `M${x} ${y - 1.2 * r}L${x + 1.1 * r} ${y + 0.8 * r}H${x - 1.1 * r}z`
    case 'diamond':
      return `M${x} ${y - 1.3 * r}L${x + 1.3 * r} ${y}L${x} ${y + 1.3 * r}L${x - 1.3 * r} ${y}z`
    default:
      return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`
  }
}

function Dots({ panel, box, x, clip }: Pick<Props, 'panel' | 'box' | 'x' | 'clip'>) {
  return (
    <g clipPath={`url(#${clip})`}>
      {(panel.dots ?? []).map((dot) => {
        const [px, py] = [xAt(box, x, dot.x), yAt(box, panel.y, dot.y)]
        if (!Number.isFinite(px) || !Number.isFinite(py)) return null
        const look = dot.open === true ? 'chart-dot chart-dot-open' : 'chart-dot'
        return (
          <path
            key={dot.id}
            className={dot.faint === true ? `${look} chart-dot-faint` : look}
            style={coloured(dot.colour)}
            d={dotPath(dot.shape, px, py, dot.size ?? 3.2)}
          >
            {dot.title !== undefined && <title>{dot.title}</title>}
          </path>
        )
      })}
    </g>
  )
}

interface GridProps extends Pick<Props, 'box' | 'x' | 'xTicks' | 'last'> {
  readonly y: Axis
  readonly yTicks: readonly Tick[]
}

const sameTicks = (a: readonly Tick[], b: readonly Tick[]) =>
  a.length === b.length && a.every((tick, k) => tick.value === b[k]?.value)

const sameAxis = (a: Axis, b: Axis) =>
  a.kind === b.kind && a.from === b.from && a.to === b.to && a.title === b.title

const sameBox = (a: Box, b: Box) =>
  a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height

/** The same picture: most solutions move lines, not axes. */
const sameGrid = (a: GridProps, b: GridProps) =>
  a.last === b.last &&
  sameAxis(a.x, b.x) &&
  sameAxis(a.y, b.y) &&
  sameBox(a.box, b.box) &&
  sameTicks(a.xTicks, b.xTicks) &&
  sameTicks(a.yTicks, b.yTicks)

const Grid = memo(function Grid({ box, x, xTicks, y: axis, yTicks, last }: GridProps) {
  const bottom = box.top + box.height
  const right = box.left + box.width
  return (
    <g>
      {yTicks.map(({ value, text }) => {
        const y = yAt(box, axis, value)
        return (
          <g key={text}>
            <path className="chart-grid" d={`M${box.left} ${y}H${right}`} />
            <text className="chart-tick" x={box.left - 6} y={y + 4} textAnchor="end">
              {text}
            </text>
          </g>
        )
      })}
      {xTicks.map(({ value, text }) => {
        const at = xAt(box, x, value)
        return (
          <g key={text}>
            <path className="chart-axis" d={`M${at} ${bottom}v4`} />
            {last && (
              <text className="chart-tick" x={at} y={bottom + 17} textAnchor="middle">
                {text}
              </text>
            )}
          </g>
        )
      })}
      <path className="chart-axis" d={`M${box.left} ${box.top}V${bottom}H${right}`} />
      <text
        className="chart-title"
        transform={`translate(12 ${box.top + box.height / 2}) rotate(-90)`}
        textAnchor="middle"
      >
        {axis.title}
      </text>
    </g>
  )
}, sameGrid)

type BandProps = Pick<Props, 'box' | 'x' | 'bands'>

const sameBands = (a: BandProps, b: BandProps) =>
  sameBox(a.box, b.box) &&
  sameAxis(a.x, b.x) &&
  a.bands.length === b.bands.length &&
  a.bands.every((band, k) => band.name === b.bands[k]?.name && band.to === b.bands[k]?.to)

const Bands = memo(function Bands({ box, x, bands }: BandProps) {
  return bands.map((band, k) => {
    const [from, to] = [xAt(box, x, band.from), xAt(box, x, band.to)]
    return (
      <rect
        key={`${band.name} ${band.from}`}
        className={k % 2 === 0 ? 'chart-band' : 'chart-band chart-band-other'}
        x={from}
        y={box.top}
        width={to - from}
        height={box.height}
      />
    )
  })
}, sameBands)

function Rules({ panel, box }: Pick<Props, 'panel' | 'box'>) {
  return (panel.rules ?? []).map(({ id, y, text, dash }) => {
    const at = yAt(box, panel.y, y)
    if (!(at >= box.top - 1 && at <= box.top + box.height + 1)) return null
    return (
      <g key={id}>
        <path
          className="chart-rule"
          strokeDasharray={dash ?? '5 4'}
          d={`M${box.left} ${at}h${box.width}`}
        />
        <text className="chart-tick" x={box.left + 6} y={at - 4}>
          {text}
        </text>
      </g>
    )
  })
}

/** Words at points; those that would cover earlier ones are left out. */
function Notes({ panel, box, x }: Pick<Props, 'panel' | 'box' | 'x'>) {
  const placed: (readonly [number, number])[] = []
  return (panel.notes ?? []).map((note) => {
    const [px, py] = [xAt(box, x, note.x), yAt(box, panel.y, note.y)]
    const outside = px < box.left - 1 || px > box.left + box.width + 1
    const covers = placed.some(([ox, oy]) => Math.abs(ox - px) < 16 && Math.abs(oy - py) < 12)
    if (!Number.isFinite(py) || !Number.isFinite(px) || outside || covers) return null
    placed.push([px, py])
    return (
      <text
        key={note.id}
        className="chart-note"
        style={note.colour === undefined ? undefined : coloured(note.colour)}
        x={px + (note.dx ?? 0)}
        y={py + (note.dy ?? 0)}
        textAnchor={note.anchor ?? 'middle'}
      >
        {note.text}
      </text>
    )
  })
}

/** One chart of a figure. */
export const PanelView = memo(function PanelView(props: Props) {
  const { box, clip, panel } = props
  return (
    <g>
      <clipPath id={clip}>
        <rect x={box.left} y={box.top - 1} width={box.width + 1} height={box.height + 2} />
      </clipPath>
      <Bands box={box} x={props.x} bands={props.bands} />
      <Grid
        box={box}
        x={props.x}
        xTicks={props.xTicks}
        y={panel.y}
        yTicks={panel.yTicks ?? ticksOf(panel.y, panel.ticks)}
        last={props.last}
      />
      <Rules {...props} />
      <Lines {...props} />
      <Dots {...props} />
      <Notes {...props} />
      <Ends {...props} />
    </g>
  )
})
