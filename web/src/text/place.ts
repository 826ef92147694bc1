import type { Range } from '../document/splice.ts'

/** A place of the text that somebody asks to see; the pane shows it once it is there. */
let wanted: Range | undefined
const listeners = new Set<(place: Range) => void>()

export function showPlace(place: Range): void {
  wanted = place
  for (const listener of listeners) listener(place)
}

/** Called with each place asked for, and at once with one that was asked for before. */
export function onPlace(listener: (place: Range) => void): () => void {
  listeners.add(listener)
  if (wanted !== undefined) listener(wanted)
  wanted = undefined
  return () => {
    listeners.delete(listener)
  }
}
