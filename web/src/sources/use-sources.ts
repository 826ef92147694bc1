import { useEffect, useState } from 'react'
import { useWorkspace } from '../document/store.ts'
import { engine } from '../engine/client.ts'
import type { SourceReport, tasks } from '../engine/tasks/sources.ts'

/**
 * How long the plant must stand still before it is asked again, ms: every unit is calculated for
 * the answer, and moving a number seldom changes it.
 */
const calm = 2000

let last: SourceReport | undefined

/** What the plant in hand rests on; the last answer stays while a new one is fetched. */
export function useSources(): SourceReport | undefined {
  const [report, setReport] = useState(last)
  const solution = useWorkspace((w) => w.solution)
  const isSolved = useWorkspace((w) => w.state === 'solved')
  useEffect(() => {
    if (solution === null || !isSolved) return
    let isLeft = false
    const ask = async () => {
      const found = await engine().tasks<typeof tasks>('sources').sources(undefined)
      last = found
      if (!isLeft) setReport(found)
    }
    const timer = setTimeout(() => void ask(), last === undefined ? 0 : calm)
    return () => {
      clearTimeout(timer)
      isLeft = true
    }
  }, [solution, isSolved])
  return report
}
