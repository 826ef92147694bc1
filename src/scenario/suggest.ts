import { nearest } from '../quantities/index.ts'

const mostNamed = 30

/** `did you mean "rate"? known: assay, rate`: the advice for an unknown name. */
export function suggest(word: string, known: readonly string[]): string {
  const near = nearest(word, known)
  const list = [...known].sort().slice(0, mostNamed).join(', ')
  const all = known.length === 0 ? '' : `known: ${list}${known.length > mostNamed ? ' ...' : ''}`
  if (near === undefined) return all
  return all === '' ? `did you mean "${near}"?` : `did you mean "${near}"? ${all}`
}
