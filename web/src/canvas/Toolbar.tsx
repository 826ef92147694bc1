import { useReactFlow } from '@xyflow/react'
import { useState } from 'react'
import { flowUnits, type FlowUnit } from './flows.ts'
import { useLiveStore } from './live.ts'

const moves = [
  ['←', 'left', -16, 0],
  ['→', 'right', 16, 0],
  ['↑', 'up', 0, -16],
  ['↓', 'down', 0, 16],
] as const

export interface ToolbarProps {
  readonly unit: FlowUnit
  readonly onUnit: (unit: FlowUnit) => void
  /** The unit that the arrows move; null where none is selected. */
  readonly movable: string | null
  readonly onMove: (dx: number, dy: number) => void
  /** Undefined where every unit stands as it was laid out. */
  readonly onTidy: (() => void) | undefined
  readonly onFit: () => void
}

export function Toolbar(props: ToolbarProps) {
  const { unit, onUnit, movable, onMove, onTidy, onFit } = props
  const { zoomIn, zoomOut } = useReactFlow()
  return (
    <div className="canvas-toolbar" role="toolbar" aria-label="Flowsheet">
      {movable === null
        ? null
        : moves.map(([sign, way, dx, dy]) => (
            <button
              key={way}
              type="button"
              aria-label={`Move ${movable} ${way}`}
              title={`Move ${movable} ${way} (Shift and arrow key)`}
              onClick={() => onMove(dx, dy)}
            >
              {sign}
            </button>
          ))}
      {onTidy === undefined ? null : (
        <button type="button" onClick={onTidy} title="Put every unit back where it was laid out">
          Tidy up
        </button>
      )}
      <button type="button" aria-label="Zoom out" title="Zoom out" onClick={() => void zoomOut()}>
        −
      </button>
      <button type="button" aria-label="Zoom in" title="Zoom in" onClick={() => void zoomIn()}>
        +
      </button>
      <button type="button" onClick={onFit} title="Show the whole plant">
        Fit
      </button>
      <label className="canvas-unit-choice">
        <span>Flows in</span>
        <select value={unit} onChange={({ target }) => onUnit(asUnit(target.value))}>
          {flowUnits.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <Export />
    </div>
  )
}

const asUnit = (text: string): FlowUnit => flowUnits.find((unit) => unit === text) ?? 'kg/h'

const ways = [
  ['svg', 'SVG'],
  ['png', 'PNG'],
  ['print', 'Print, A3'],
] as const

type Way = (typeof ways)[number][0]

/** The drawing as a sheet with its title block, made when it is asked for. */
function Export() {
  const { get } = useLiveStore()
  const [state, setState] = useState<'idle' | 'drawing' | 'failed'>('idle')
  const draw = async (way: Way) => {
    setState('drawing')
    try {
      const { exportSheet } = await import('./sheet-export.ts')
      await exportSheet(get().solution, way)
      setState('idle')
    } catch {
      setState('failed')
    }
  }
  return (
    <>
      {ways.map(([way, name]) => (
        <button
          key={way}
          type="button"
          disabled={state === 'drawing'}
          aria-label={way === 'print' ? name : `Save as ${name}`}
          title={way === 'print' ? 'Print on A3, with title block' : `Save the drawing as ${name}`}
          onClick={() => void draw(way)}
        >
          {name}
        </button>
      ))}
      <span className="canvas-said" role="status">
        {state === 'drawing'
          ? 'Drawing the sheet …'
          : state === 'failed'
            ? 'The sheet could not be drawn: the layout library did not load. Try again.'
            : ''}
      </span>
    </>
  )
}
