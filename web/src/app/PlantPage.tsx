import { useCallback, useState } from 'react'
import type { Positions } from '../canvas/Flowsheet.tsx'
import { useAnnounced } from '../document/announced.ts'
import { select, useWorkspace, type Selected } from '../document/store.ts'
import type { PlantView } from '../engine/protocol.ts'
import { Awaited, Flowsheet, Sankey } from './areas.tsx'
import { arrangementOf, keepArrangement } from './arrangement.ts'
import { useLayout } from './layout.ts'
import { href, navigate, useRoute, withQuery } from './router.ts'

/** The plant as it is drawn: its flowsheet, or the way of one element through it. */
export function PlantPage() {
  const followed = useRoute().query.get('follow')
  return (
    <div className="app-plant">
      <div className="app-plant-view" role="group" aria-label="Drawn as">
        <button type="button" aria-pressed={followed === null} onClick={() => follow(null)}>
          Flowsheet
        </button>
        <button
          type="button"
          aria-pressed={followed !== null}
          onClick={() => follow('rare earths')}
        >
          Follow an element
        </button>
      </div>
      <div className="app-plant-drawing">
        <Awaited>{followed === null ? <Sheet /> : <Followed element={followed} />}</Awaited>
      </div>
    </div>
  )
}

const follow = (element: string | null) => navigate(withQuery({ follow: element }))

/**
 * The plant as far as it is drawn: the same record while only numbers change, so that nothing is
 * drawn anew for a number but what shows it.
 */
function useDrawn(): PlantView | null {
  const plant = useWorkspace((w) => w.plant)
  const [drawn, setDrawn] = useState(plant)
  const isSame =
    drawn !== null &&
    plant?.units === drawn.units &&
    plant.streams === drawn.streams &&
    plant.title === drawn.title &&
    plant.operatingHours === drawn.operatingHours
  if (!isSame && drawn !== plant) setDrawn(plant)
  return isSame ? drawn : plant
}

function Sheet() {
  const plant = useDrawn()
  const solution = useWorkspace((w) => w.solution)
  const selected = useWorkspace((w) => w.selected)
  const baseline = useWorkspace((w) => w.baseline?.solution ?? null)
  const stale = useAnnounced() !== 'solved'
  const file = useWorkspace((w) => w.file)
  const found = useLayout((l) => l.found)
  const [positions, arrange] = useArrangement(file)
  if (plant === null || solution === null) return null
  return (
    <Flowsheet
      plant={plant}
      solution={solution}
      selected={selected}
      onSelect={selectNamed}
      onClear={clear}
      onOpen={open}
      stale={stale}
      found={found}
      compare={baseline}
      positions={positions}
      onArrange={arrange}
    />
  )
}

/** Where the units of a file were dragged to, and how to keep where they are dragged next. */
function useArrangement(file: string): readonly [Positions, (positions: Positions) => void] {
  const [arranged, setArranged] = useState({ file, positions: arrangementOf(file) })
  const own = arranged.file === file ? arranged : { file, positions: arrangementOf(file) }
  if (own !== arranged) setArranged(own)
  const arrange = useCallback(
    (positions: Positions) => {
      setArranged({ file, positions })
      keepArrangement(file, positions)
    },
    [file],
  )
  return [own.positions, arrange]
}

const selectNamed = (kind: Selected['kind'], name: string) => select({ kind, name })
const clear = () => select(null)
const open = (unit: string) => navigate(href('circuit', unit, { unit }))

function Followed({ element }: { readonly element: string }) {
  const plant = useDrawn()
  const solution = useWorkspace((w) => w.solution)
  if (plant === null || solution === null) return null
  return <Sankey plant={plant} solution={solution} element={element} onElement={follow} />
}
