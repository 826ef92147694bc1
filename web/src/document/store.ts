import { engine } from '../engine/client.ts'
import type { ParameterView } from '../engine/protocol.ts'
import { recorded, redone, undone, type History } from './history.ts'
import { editedAt, movedPlaces } from './places.ts'
import { forText, isOtherMoney, readWritten } from './reading.ts'
import { solveMoved, solveText } from './solving.ts'
import { applySplice, spliceBetween, type Splice } from './splice.ts'
import { nothing, store, workspace, type Selected } from './state.ts'

export { useWorkspace, workspace } from './state.ts'
export type { Selected, Workspace } from './state.ts'

/** Opens a text as the document in hand; what was undone or selected before is gone. */
export function openText(
  text: string,
  file: string,
  { sets = {}, diskHash = '' }: { sets?: Readonly<Record<string, string>>; diskHash?: string } = {},
): void {
  const saved = { text, solution: null, plant: null }
  store.setState({ ...nothing, text, file, sets, diskHash, saved })
  solveText()
}

/** Replaces the whole text; edits with the same gesture are undone together. */
export function setText(text: string, gesture = ''): void {
  const splice = spliceBetween(workspace().text, text)
  if (splice === undefined) return
  store.setState(({ history }) => ({ history: recorded(history, splice, gesture) }))
  apply([splice])
}

/**
 * Writes a value for a parameter: `setParameter('mill.size', '38 um')`. Answers why it cannot be,
 * in which case nothing changes. Edits of one gesture (a drag) are undone together.
 */
export function setParameter(path: string, written: string, gesture = ''): string | undefined {
  const { plant, places, text } = workspace()
  const parameter = plant?.parameters.find((known) => known.path === path)
  if (plant === null || parameter === undefined) return `the plant has no parameter ${path}`
  const read = readWritten(written, parameter, plant.operatingHours)
  if (!read.ok) return read.message
  const place = places.get(path)
  if (place === undefined) void writeDefault(parameter, written.trim(), gesture)
  else setText(text.slice(0, place[0]) + forText(written.trim()) + text.slice(place[1]), gesture)
  return undefined
}

/** Defaults that wait to be written, by path: the last text of each. */
const unwritten = new Map<string, { of: ParameterView; written: string; gesture: string }>()
let isWriting = false

/** Writes a number that the file left to its default, where its unit stands. */
async function writeDefault(of: ParameterView, written: string, gesture: string): Promise<void> {
  unwritten.set(of.path, { of, written, gesture })
  if (isWriting) return
  isWriting = true
  for (let [next] = unwritten.values(); next !== undefined; [next] = unwritten.values()) {
    const { text } = workspace()
    const after = await engine().write(text, next.of.textPath, forText(next.written))
    // Edited meanwhile: it is written into the text as it is now.
    if (after !== undefined && workspace().text !== text) continue
    if (unwritten.get(next.of.path) === next) unwritten.delete(next.of.path)
    if (after !== undefined) setText(after, next.gesture)
  }
  isWriting = false
}

export function undo(): void {
  step(undone(workspace().history))
}

export function redo(): void {
  step(redone(workspace().history))
}

function step(found: { splices: readonly Splice[]; history: History } | undefined): void {
  if (found === undefined) return
  store.setState({ history: found.history })
  apply(found.splices)
}

/** Changes the text, and solves: numbers alone are moved, everything else is read anew. */
function apply(splices: readonly Splice[]): void {
  const { text: before, places: known } = workspace()
  let [text, places] = [before, known]
  let path: string | undefined
  for (const [k, splice] of splices.entries()) {
    const edited = editedAt(places, splice)
    path = k === 0 || path === edited ? edited : undefined
    text = applySplice(text, splice)
    places = movedPlaces(places, splice)
  }
  store.setState({ text, places })
  const value = path === undefined ? undefined : movedTo(path)
  if (path === undefined || value === undefined) solveText()
  else solveMoved(path, value)
}

/** The number that now stands at a parameter's place, shown at once; undefined if it is none. */
function movedTo(path: string): number | undefined {
  const { plant, places, text } = workspace()
  const place = places.get(path)
  const parameter = plant?.parameters.find((known) => known.path === path)
  if (plant === null || place === undefined || parameter === undefined) return undefined
  const written = text.slice(...place)
  const read = readWritten(written, parameter, plant.operatingHours)
  if (isOtherMoney(written, parameter)) return undefined
  if (!read.ok || !isNear(read.deviation ?? 0, parameter.deviation ?? 0)) return undefined
  const now = { ...parameter, value: read.value, text: written, isDefault: false }
  const parameters = plant.parameters.map((known) => (known === parameter ? now : known))
  store.setState({ plant: { ...plant, parameters } })
  return read.value
}

const isNear = (a: number, b: number) =>
  Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b))

export function select(selected: Selected | null): void {
  const now = workspace().selected
  if (now?.kind === selected?.kind && now?.name === selected?.name) return
  store.setState({ selected })
}

/** Marks the present text as saved; `diskHash` is what the server then has. */
export function markSaved(diskHash: string): void {
  const { text, plant, solution, state } = workspace()
  const isSolved = state === 'solved'
  store.setState({
    diskHash,
    saved: { text, plant: isSolved ? plant : null, solution: isSolved ? solution : null },
  })
}

/** Keeps the present solution to compare later ones with. */
export function pinBaseline(name: string): void {
  const { solution, text } = workspace()
  if (solution !== null) store.setState({ baseline: { name, solution, text } })
}

export function dropBaseline(): void {
  store.setState({ baseline: null })
}
