import { select, useWorkspace } from '../document/store.ts'
import { Awaited, Flowsheet } from './areas.tsx'
import { href, navigate } from './router.ts'

/** The flowsheet of the plant, solved. */
export function PlantPage() {
  const plant = useWorkspace((w) => w.plant)
  const solution = useWorkspace((w) => w.solution)
  const selected = useWorkspace((w) => w.selected)
  const stale = useWorkspace((w) => w.state !== 'solved')
  if (plant === null || solution === null) return null
  return (
    <Awaited>
      <Flowsheet
        plant={plant}
        solution={solution}
        selected={selected}
        onSelect={select}
        onOpen={open}
        stale={stale}
      />
    </Awaited>
  )
}

const open = (unit: string) => navigate(href('circuit', unit, { unit }))
