import { useEffect, useState } from 'react'
import type { PlantView } from '../engine/protocol.ts'
import { circuitTasks } from './edit.ts'
import type { CircuitPlan } from './plan.ts'

/** What the plant in hand says of a circuit; undefined until the worker has answered. */
export function usePlan(plant: PlantView | null, name: string): CircuitPlan | undefined {
  const [plan, setPlan] = useState<CircuitPlan>()
  useEffect(() => {
    if (plant === null || name === '') return undefined
    let isWanted = true
    void circuitTasks()
      .plan({ name })
      .then((found) => {
        if (!isWanted) return
        // Most edits change no structure: the same record spares everything that hangs on it.
        setPlan((old) => (isSame(old, found) ? old : found))
      })
    return () => {
      isWanted = false
    }
  }, [plant, name])
  return plan?.name === name ? plan : undefined
}

function isSame(a: CircuitPlan | undefined, b: CircuitPlan | undefined): boolean {
  const bare = (plan: CircuitPlan | undefined) => JSON.stringify({ ...plan, plant: '' })
  return bare(a) === bare(b)
}
