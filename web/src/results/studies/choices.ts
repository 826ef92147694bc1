import { useEffect, useState } from 'react'
import { useWorkspace } from '../../document/store.ts'
import { engine } from '../../engine/client.ts'
import type { Choices, tasks } from '../../engine/tasks/results.ts'

/** How long the plant must stand still, ms. */
const calm = 150

/** What the plant in hand can be asked; undefined until the worker has said. */
export function useChoices(): Choices | undefined {
  const [choices, setChoices] = useState<Choices>()
  const solution = useWorkspace((w) => w.solution)
  const isSolved = useWorkspace((w) => w.state === 'solved')
  useEffect(() => {
    if (solution === null || !isSolved) return
    let isLeft = false
    const ask = async () => {
      const found = await engine().tasks<typeof tasks>('results').choices(undefined)
      if (!isLeft) setChoices(found)
    }
    // While numbers are still moved the list would be out of date before it is read.
    const timer = setTimeout(() => void ask(), calm)
    return () => {
      clearTimeout(timer)
      isLeft = true
    }
  }, [solution, isSolved])
  return choices
}

/** Items whose text holds every word. */
export function matchingWords<T>(
  items: readonly T[],
  textOf: (item: T) => string,
  words: string,
): readonly T[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return items
  return items.filter((item) => {
    const text = textOf(item).toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}
