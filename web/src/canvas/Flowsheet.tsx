import { ReactFlow, ReactFlowProvider, useReactFlow } from '@xyflow/react'
import {
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
} from 'react'
import type { Solution } from '../../../src/scenario/index.ts'
import type { PlantView } from '../engine/protocol.ts'
import type { FlowUnit } from './flows.ts'
import { edgesOf } from './graph.ts'
import type { Layout } from './layout.ts'
import { LineEdge } from './LineEdge.tsx'
import { createLive, LiveContext, type Live } from './live.ts'
import { Arrows, Legend, Readout } from './Readout.tsx'
import type { Point } from './route.ts'
import type { Sheet } from './sheet.ts'
import { Toolbar } from './Toolbar.tsx'
import { UnitNode } from './UnitNode.tsx'
import { useDetail } from './detail.ts'
import { useFit, useLayout, useNodes, useSheet } from './use-canvas.ts'
import { isArrow, step, type Arrow, type Pivot, type Spot } from './walk.ts'
import '@xyflow/react/dist/base.css'
import './canvas.css'

/** Where units were dragged to, by their names; kept beside the plant file by whoever owns it. */
export type Positions = Readonly<Record<string, Point>>

export interface FlowsheetProps {
  readonly plant: PlantView
  readonly solution: Solution
  readonly selected: Spot | null
  readonly onSelect: (kind: Spot['kind'], name: string) => void
  /** Nothing is to be selected any more. */
  readonly onClear?: () => void
  readonly onOpen: (unit: string) => void
  /** True while a later text is being solved. */
  readonly stale: boolean
  /** Units and streams that a search found. */
  readonly found?: readonly string[]
  /** The unit, loop or specification at which the present text has no solution. */
  readonly failing?: string | null
  /** Lines whose flow differs from this one's say by how much. */
  readonly compare?: Solution | null
  readonly positions?: Positions
  readonly onArrange?: (positions: Positions) => void
}

/** The canvas has its own keys and its own selection; the library moves, zooms and draws. */
const manners = {
  nodeTypes: { unit: UnitNode },
  edgeTypes: { line: LineEdge },
  minZoom: 0.08,
  maxZoom: 4,
  nodesFocusable: false,
  edgesFocusable: false,
  nodesConnectable: false,
  elementsSelectable: false,
  nodeDragThreshold: 4,
  zoomOnDoubleClick: false,
  deleteKeyCode: null,
  selectionKeyCode: null,
  multiSelectionKeyCode: null,
} as const

const none: Positions = {}
const nothing: readonly string[] = []

/** The plant as its flow diagram: drawn from its structure, with the flows of the last solution. */
export function Flowsheet(props: FlowsheetProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  )
}

function Canvas(props: FlowsheetProps) {
  const { plant, stale, selected } = props
  const [unit, setUnit] = useState<FlowUnit>('kg/h')
  const { isFar, isFarthest, nameSize } = useDetail()
  const live = useLiveOf(props, unit, isFar)
  const sheet = useSheet(plant)
  const { layout, failed } = useLayout(sheet)
  const drawing = useDrawing(props, sheet, layout)
  const { onKeyDown, ...pointing } = useHands(props, sheet, drawing.move)
  return (
    <LiveContext value={live}>
      <section
        className={`canvas${isFar ? ' canvas-far' : ''}${isFarthest ? ' canvas-farthest' : ''}`}
        aria-label="Flowsheet"
        aria-busy={stale}
        style={
          { '--canvas-name': `${nameSize}px`, '--canvas-thick': nameSize / 11 } as CSSProperties
        }
        onKeyDown={onKeyDown}
        {...pointing}
      >
        <Arrows />
        <Toolbar
          unit={unit}
          onUnit={setUnit}
          movable={selected?.kind === 'unit' ? selected.name : null}
          onMove={(dx, dy) => selected !== null && drawing.move(selected.name, dx, dy)}
          onTidy={drawing.tidy}
          onFit={drawing.fit}
        />
        {drawing.drawn}
        <div className="canvas-foot">
          <Readout />
          {failed ? (
            <p className="canvas-said" role="status">
              The layout library did not load: units stand in the order of the flow.
            </p>
          ) : null}
          <Legend />
        </div>
        {stale ? <div className="canvas-stale" /> : null}
      </section>
    </LiveContext>
  )
}

/** Units and lines in their places: drawn again when one of them moves, not when a number does. */
function useDrawing({ positions: given, onArrange }: FlowsheetProps, sheet: Sheet, layout: Layout) {
  // Without an owner for them, positions last as long as the canvas does.
  const [own, setOwn] = useState<Positions>(none)
  const positions = given ?? own
  const arrange = useCallback(
    (next: Positions) => {
      setOwn(next)
      onArrange?.(next)
    },
    [onArrange],
  )
  const { nodes, onNodesChange } = useNodes(sheet, layout, positions)
  const edges = useMemo(() => edgesOf(sheet, layout), [sheet, layout])
  const isTouched = useRef(false)
  const fit = useFit(layout, isTouched)
  const move = (name: string, dx: number, dy: number) => {
    const at = nodes.find(({ id }) => id === name)?.position
    if (at !== undefined) arrange({ ...positions, [name]: { x: at.x + dx, y: at.y + dy } })
  }
  const drawn = useMemo(
    () => (
      <ReactFlow
        {...manners}
        nodes={nodes}
        edges={edges}
        onNodesChange={onNodesChange}
        onMoveStart={(event) => {
          if (event !== null) isTouched.current = true
        }}
        onNodeDragStop={(_, { id, position }) => arrange({ ...positions, [id]: position })}
      />
    ),
    [nodes, edges, onNodesChange, positions, arrange],
  )
  const tidy = Object.keys(positions).length > 0 ? () => arrange(none) : undefined
  return { drawn, fit, move, tidy }
}

/** The store of what changes with every solution; its readers are the labels. */
function useLiveOf(props: FlowsheetProps, unit: FlowUnit, isFar: boolean): Live {
  const { plant, solution, selected, compare = null, found = nothing } = props
  const failing = props.failing ?? solution.outcome?.unit ?? null
  const [live] = useState(() =>
    createLive({
      plant,
      solution,
      compare,
      unit,
      selected,
      failing,
      found: new Set(found),
      isFar,
      regarded: null,
    }),
  )
  useLayoutEffect(() => {
    live.set({ plant, solution, compare, unit, selected, failing, found: new Set(found), isFar })
  }, [live, plant, solution, compare, unit, selected, failing, found, isFar])
  return live
}

/** The unit or stream that an event is about. */
function spotOf(target: EventTarget | null): Spot | undefined {
  if (!(target instanceof Element)) return undefined
  const found = target.closest<HTMLElement | SVGElement>('[data-unit],[data-stream]')
  const { unit, stream } = found?.dataset ?? {}
  if (unit !== undefined) return { kind: 'unit', name: unit }
  return stream === undefined ? undefined : { kind: 'stream', name: stream }
}

const shiftStep = 16
const ways: Readonly<Record<Arrow, readonly [number, number]>> = {
  ArrowLeft: [-shiftStep, 0],
  ArrowRight: [shiftStep, 0],
  ArrowUp: [0, -shiftStep],
  ArrowDown: [0, shiftStep],
}

/** Pointer, keyboard and focus on the whole canvas at once. */
function useHands(
  { selected, onSelect, onClear, onOpen }: FlowsheetProps,
  sheet: Sheet,
  move: (name: string, dx: number, dy: number) => void,
) {
  const pivot = useRef<Pivot>(undefined)
  const { setCenter, screenToFlowPosition, getZoom } = useReactFlow()
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { key, shiftKey, altKey, ctrlKey, metaKey, currentTarget } = event
    if (altKey || ctrlKey || metaKey) return
    if (key === 'Escape' && selected !== null) {
      event.stopPropagation()
      return onClear?.()
    }
    const spot = spotOf(event.target)
    if (spot === undefined) return
    if (key === 'Enter' || key === ' ') {
      event.preventDefault()
      onSelect(spot.kind, spot.name)
      if (key === 'Enter' && spot.kind === 'unit') onOpen(spot.name)
    } else if (isArrow(key)) {
      event.preventDefault()
      if (shiftKey && spot.kind === 'unit') return move(spot.name, ...ways[key])
      const next = step(sheet, spot, key, pivot.current)
      if (next === undefined) return
      pivot.current = next.pivot
      onSelect(next.spot.kind, next.spot.name)
      const name = CSS.escape(next.spot.name)
      const [found] = currentTarget.querySelectorAll<HTMLElement | SVGElement>(
        `[data-${next.spot.kind}="${name}"][role="button"]`,
      )
      found?.focus({ preventScroll: true })
    }
  }
  /** What has the focus is brought into view. */
  const onFocus = ({ target, currentTarget }: FocusEvent<HTMLElement>) => {
    if (spotOf(target) === undefined) return
    const [own, all] = [target.getBoundingClientRect(), currentTarget.getBoundingClientRect()]
    const isSeen =
      own.left >= all.left &&
      own.right <= all.right &&
      own.top >= all.top + 48 &&
      own.bottom <= all.bottom - 48
    if (isSeen) return
    const { x, y } = screenToFlowPosition({ x: own.x + own.width / 2, y: own.y + own.height / 2 })
    void setCenter(x, y, { zoom: getZoom() })
  }
  const onClick = ({ target }: MouseEvent) => {
    const spot = spotOf(target)
    if (spot !== undefined) onSelect(spot.kind, spot.name)
    else if (target instanceof Element && target.classList.contains('react-flow__pane')) onClear?.()
  }
  const onDoubleClick = ({ target }: MouseEvent) => {
    const spot = spotOf(target)
    if (spot?.kind === 'unit') onOpen(spot.name)
  }
  return { onKeyDown, onFocus, onClick, onDoubleClick }
}
