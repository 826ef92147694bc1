import { applyNodeChanges, useReactFlow, useStore, type NodeChange } from '@xyflow/react'
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type RefObject,
} from 'react'
import type { PlantView } from '../engine/protocol.ts'
import { nodesOf } from './graph.ts'
import { layOut, remembered } from './layout-engine.ts'
import { simpleLayout, type Layout } from './layout.ts'
import type { Point } from './route.ts'
import { sheetOf, structureKey, type Sheet } from './sheet.ts'
import type { UnitNodeType } from './UnitNode.tsx'

/** What of the plant is drawn: the same record as long as its structure is the same. */
export function useSheet(plant: PlantView): Sheet {
  const key = useMemo(() => structureKey(plant), [plant])
  const kept = useRef<Sheet>(undefined)
  if (kept.current?.key !== key) kept.current = sheetOf(plant)
  return kept.current
}

/** A frame or two after the columns were drawn, ms. */
const shown = 50

/** Simple columns at once; the layout of the library when it is there. */
export function useLayout(sheet: Sheet): { readonly layout: Layout; readonly failed: boolean } {
  const first = useMemo(() => remembered(sheet), [sheet])
  const simple = useMemo(() => first ?? simpleLayout(sheet), [sheet, first])
  const [laid, setLaid] = useState<{ readonly key: string; readonly layout: Layout | null }>()
  useEffect(() => {
    if (first !== undefined) return undefined
    let isWanted = true
    const answer = (layout: Layout | null) => {
      if (isWanted) setLaid({ key: sheet.key, layout })
    }
    // The library is large: it is fetched when the simple columns stand on the screen.
    const begin = setTimeout(() => void layOut(sheet).then(answer, () => answer(null)), shown)
    return () => {
      isWanted = false
      clearTimeout(begin)
    }
  }, [sheet, first])
  const own = laid?.key === sheet.key ? laid.layout : undefined
  return { layout: own ?? simple, failed: own === null }
}

/** Room for the toolbar above and the legend below. */
const padding = { top: '60px', bottom: '64px', left: '24px', right: '40px' } as const

/** Shows the whole plant again when its layout or the room for it changes, until someone zooms. */
export function useFit(layout: Layout, isTouched: RefObject<boolean>): () => void {
  const { fitView } = useReactFlow()
  const room = useStore(({ width, height }) => `${width} ${height}`)
  const fit = useCallback(() => {
    isTouched.current = false
    void fitView({ padding })
  }, [fitView, isTouched])
  useEffect(() => {
    if (isTouched.current) return undefined
    const frame = requestAnimationFrame(fit)
    return () => cancelAnimationFrame(frame)
  }, [layout, room, fit, isTouched])
  return fit
}

export function useNodes(
  sheet: Sheet,
  layout: Layout,
  positions: Readonly<Record<string, Point>>,
): {
  readonly nodes: UnitNodeType[]
  readonly onNodesChange: (changes: NodeChange<UnitNodeType>[]) => void
} {
  const [nodes, setNodes] = useState<UnitNodeType[]>(() => nodesOf(sheet, layout, positions))
  useLayoutEffect(() => setNodes(nodesOf(sheet, layout, positions)), [sheet, layout, positions])
  const onNodesChange = useCallback((changes: NodeChange<UnitNodeType>[]) => {
    setNodes((now) => applyNodeChanges(changes, now))
  }, [])
  return { nodes, onNodesChange }
}
