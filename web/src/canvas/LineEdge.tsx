import { useReactFlow, useStore, type Edge, type EdgeProps } from '@xyflow/react'
import { memo, useMemo } from 'react'
import { changeText, flowText } from './flows.ts'
import { useCalm, useLive, useLiveStore } from './live.ts'
import { markPlace, pathOf, roomsOf, routeBetween, type Point, type Room } from './route.ts'
import { textWidth, type SheetLine } from './sheet.ts'
import { useDetail } from './detail.ts'

export type LineEdgeType = Edge<
  {
    readonly line: SheetLine
    /** As it was laid out; absent where there is no way yet. */
    readonly way: readonly Point[] | undefined
    /** The longest level piece of its own, where its flow is written large in the whole view. */
    readonly room: Room | undefined
    /** Its flow then stands beside the diamond, otherwise below it. */
    readonly isCrowded: boolean
    /** Corners of the units at both ends for which that way holds. */
    readonly ends: readonly [Point, Point]
    /** Where it leaves and arrives, relative to those corners. */
    readonly ports: readonly [Point, Point]
  },
  'line'
>

const moved = ({ x, y }: Point, by: Point): Point => ({ x: x + by.x, y: y + by.y })

/** Where a unit stands now: as one text, so that a line follows only its own two units. */
const useCorner = (id: string): string =>
  useStore(({ nodeLookup }) => {
    const { x = 0, y = 0 } = nodeLookup.get(id)?.internals.positionAbsolute ?? {}
    return `${x} ${y}`
  })

interface Way {
  readonly way: readonly Point[]
  readonly room: Room | undefined
}

function useWay({ source, target, data }: EdgeProps<LineEdgeType>): Way {
  const [from, to] = [useCorner(source), useCorner(target)]
  const { getNodes } = useReactFlow()
  return useMemo(() => {
    if (data === undefined) return { way: [], room: undefined }
    const [a, b] = [pointOf(from), pointOf(to)]
    const { way, room, ends, ports } = data
    const shift = { x: a.x - ends[0].x, y: a.y - ends[0].y }
    const isTogether = b.x - ends[1].x === shift.x && b.y - ends[1].y === shift.y
    if (way !== undefined && way.length > 1 && isTogether) {
      const place = room && { ...room, at: moved(room.at, shift) }
      return { way: way.map((p) => moved(p, shift)), room: place }
    }
    const boxes = getNodes().map(({ position, width = 0, height = 0 }) => {
      return { ...position, width, height }
    })
    const led = routeBetween(moved(a, ports[0]), moved(b, ports[1]), boxes)
    return { way: led, room: roomsOf({ led }).get('led') }
  }, [data, from, to, getNodes])
}

function pointOf(text: string): Point {
  const [x = '0', y = '0'] = text.split(' ')
  return { x: Number(x), y: Number(y) }
}

function Flow({ line, at, isBeside }: { line: SheetLine; at: Point; isBeside: boolean }) {
  const text = useLive(({ solution, plant, unit, isFar }) =>
    isFar ? '' : flowText(solution.streams[line.name], unit, plant.operatingHours),
  )
  const change = useLive(({ solution, compare, isFar }) =>
    isFar ? '' : changeText(solution.streams[line.name], compare?.streams[line.name]),
  )
  if (text === '') return null
  return (
    <text
      className="canvas-flow"
      x={isBeside ? at.x + 11 : at.x - 9}
      y={isBeside ? at.y - 2.5 : at.y + 15}
    >
      {line.recycle ? '↺ ' : ''}
      {isBeside && change !== '' ? '' : text}
      {change === '' ? null : (
        <tspan className="canvas-flow-change" dx={isBeside ? 0 : 4}>
          {change}
        </tspan>
      )}
    </text>
  )
}

/** In the whole view: the flow on the line, as large as names are, wherever it has the room. */
function FarFlow({ line, room }: { readonly line: SheetLine; readonly room: Room }) {
  const size = useDetail().nameSize
  const text = useLive(({ solution, plant, unit, compare, isFar }) => {
    if (!isFar) return ''
    const now = solution.streams[line.name]
    const change = changeText(now, compare?.streams[line.name])
    const said = change === '' ? flowText(now, unit, plant.operatingHours, 3) : change
    return textWidth(said, size) > room.length - size ? '' : said
  })
  if (text === '') return null
  const isChange = /[%a-z]/.test(text)
  return (
    <text
      className={`canvas-far-flow${isChange ? ' canvas-flow-change' : ''}`}
      x={room.at.x}
      y={room.at.y - size / 4}
    >
      {text}
    </text>
  )
}

function Mark({ line, at, phase }: { line: SheetLine; at: Point; phase: string }) {
  const words = useCalm(({ solution, plant, unit, compare }) => {
    const now = solution.streams[line.name]
    const change = changeText(now, compare?.streams[line.name])
    const flow = `${flowText(now, unit, plant.operatingHours)} ${unit}`
    const parts = [flow, phase, ...(line.recycle ? ['recycle'] : []), change]
    const said = parts.filter((part) => part !== '').join(', ')
    const number = line.mark === line.name ? '' : `${line.mark} `
    return `${number}${line.name}: ${line.from} to ${line.to}, ${said}`
  })
  const isSelected = useLive(
    ({ selected }) => selected?.kind === 'stream' && selected.name === line.name,
  )
  const { set } = useLiveStore()
  const regard = (name: string | null) => () => set({ regarded: name })
  return (
    <g
      role="button"
      tabIndex={-1}
      className="canvas-mark"
      data-stream={line.name}
      aria-label={words}
      aria-pressed={isSelected}
      onFocus={regard(line.name)}
      onBlur={regard(null)}
    >
      <path
        className={`canvas-diamond canvas-edge-${phase}`}
        d={`M${at.x - 11} ${at.y}l11 -7l11 7l-11 7Z`}
      />
      <text className="canvas-number" x={at.x} y={at.y + 2.8}>
        {line.mark}
      </text>
    </g>
  )
}

/** A stream: its line by phase, its number in a diamond, its flow under it. */
export const LineEdge = memo(function LineEdge(props: EdgeProps<LineEdgeType>) {
  const { way, room } = useWay(props)
  const { data } = props
  const name = data?.line.name ?? ''
  const phase = useLive(({ solution }) => solution.streams[name]?.phase ?? 'aqueous')
  const marks = useLive(({ selected, found, regarded }) => {
    const isSelected = selected?.kind === 'stream' && selected.name === name
    const isFound = found.has(name) ? ' canvas-found' : ''
    return `${isSelected ? ' canvas-selected' : ''}${isFound}${regarded === name ? ' canvas-regarded' : ''}`
  })
  const { set } = useLiveStore()
  if (data === undefined) return null
  const path = pathOf(way)
  const at = markPlace(way)
  const regard = (name: string | null) => () => set({ regarded: name })
  return (
    <g
      className={`canvas-stream${marks}`}
      onPointerEnter={regard(name)}
      onPointerLeave={regard(null)}
    >
      <path className="canvas-touch" d={path} data-stream={name} />
      {data.line.recycle ? <path className="canvas-recycle" d={path} /> : null}
      <path
        className={`canvas-line canvas-${phase}`}
        d={path}
        markerEnd={`url(#canvas-arrow-${phase})`}
      />
      <Mark line={data.line} at={at} phase={phase} />
      <Flow line={data.line} at={at} isBeside={data.isCrowded} />
      {room === undefined ? null : <FarFlow line={data.line} room={room} />}
    </g>
  )
})
