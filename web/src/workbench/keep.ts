import { useState } from 'react'

/** What was written into a form, kept while the person looks elsewhere. */
export function kept<T>(first: T): () => readonly [T, (next: T) => void] {
  let value = first
  return function useKept() {
    const [, draw] = useState(0)
    const set = (next: T) => {
      value = next
      draw((n) => n + 1)
    }
    return [value, set]
  }
}
