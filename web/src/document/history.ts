import { inverse, type Splice } from './splice.ts'

/** One step of undo: splices in the order in which they were made, and what they belong to. */
export interface Step {
  readonly splices: readonly Splice[]
  /** Edits of one gesture (a drag, a run of typing) join into one step. */
  readonly gesture: string
}

export interface History {
  readonly done: readonly Step[]
  readonly undone: readonly Step[]
}

export const noHistory: History = { done: [], undone: [] }

const mostSteps = 500

/** History with a splice more; it joins the last step when both belong to one gesture. */
export function recorded(history: History, splice: Splice, gesture: string): History {
  const last = history.done.at(-1)
  if (last !== undefined && gesture !== '' && last.gesture === gesture) {
    const joined = { splices: joinedSplices(last.splices, splice), gesture }
    return { done: [...history.done.slice(0, -1), joined], undone: [] }
  }
  const step = { splices: [splice], gesture }
  return { done: [...history.done.slice(1 - mostSteps), step], undone: [] }
}

/** A splice over what the one before inserted becomes part of it: a drag stays one splice. */
function joinedSplices(splices: readonly Splice[], next: Splice): readonly Splice[] {
  const last = splices.at(-1)
  if (last === undefined || next.at !== last.at || next.removed !== last.inserted) {
    return [...splices, next]
  }
  return [...splices.slice(0, -1), { ...last, inserted: next.inserted }]
}

/** The splices that take the last step back, in order, and the history then. */
export function undone({ done, undone }: History) {
  const step = done.at(-1)
  if (step === undefined) return undefined
  const splices = [...step.splices].reverse().map(inverse)
  return { splices, history: { done: done.slice(0, -1), undone: [...undone, step] } }
}

/** The splices that make the last undone step again, and the history then. */
export function redone({ done, undone }: History) {
  const step = undone.at(-1)
  if (step === undefined) return undefined
  return { splices: step.splices, history: { done: [...done, step], undone: undone.slice(0, -1) } }
}
