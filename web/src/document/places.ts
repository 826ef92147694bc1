import type { ParameterView } from '../engine/protocol.ts'
import { shifted, type Range, type Splice } from './splice.ts'

/** Where each number of the plant stands in the present text. */
export type Places = ReadonlyMap<string, Range>

export function placesOf(parameters: readonly ParameterView[]): Places {
  return new Map(
    parameters.flatMap(({ path, range }) => (range === undefined ? [] : [[path, range]])),
  )
}

/** The places after an edit; those that it cut across are no longer known. */
export function movedPlaces(places: Places, splice: Splice): Places {
  const moved = new Map<string, Range>()
  for (const [path, range] of places) {
    const now = shifted(range, splice)
    if (now !== undefined) moved.set(path, now)
  }
  return moved
}

/** The one parameter inside whose text an edit lies; undefined where it is none, or several. */
export function editedAt(places: Places, { at, removed }: Splice): string | undefined {
  const end = at + removed.length
  let found: string | undefined
  for (const [path, [from, to]] of places) {
    if (end < from || at > to) continue
    // Next to a number another one may begin, and an alias stands for several.
    if (found !== undefined || at < from || end > to) return undefined
    found = path
  }
  return found
}
