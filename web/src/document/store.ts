import { create } from 'zustand'
import { engine } from '../engine/client.ts'
import type { PlantView, Solved } from '../engine/protocol.ts'
import type { Finding, Solution } from '../../../src/scenario/index.ts'
import { noHistory, recorded, redone, undone, type History } from './history.ts'
import { applySplice, spliceBetween, type Splice } from './splice.ts'

/** The plant file in hand, its solution, and what the person looks at: one document. */
export interface Workspace {
  /** Name shown, and under which it is saved. */
  readonly file: string
  /** The plant file as it stands. */
  readonly text: string
  /** Of the last text that could be read. */
  readonly plant: PlantView | null
  /** The last good one: stays while another is computed. */
  readonly solution: Solution | null
  /** Of the present text. */
  readonly state: 'solving' | 'solved' | 'infeasible' | 'refused'
  /** When refused. */
  readonly findings: readonly Finding[]
  /** When infeasible. */
  readonly failure: Solution['outcome']
  readonly saved: { readonly text: string; readonly solution: Solution | null } | null
  /** Pinned. */
  readonly baseline: { readonly name: string; readonly solution: Solution } | null
  readonly selected: Selected | null
  /** Files that the plant names, by their path relative to it. */
  readonly sets: Readonly<Record<string, string>>
  readonly history: History
  /** Milliseconds of the last reading and solving. */
  readonly took: { readonly read: number; readonly solve: number } | null
}

export interface Selected {
  readonly kind: 'unit' | 'stream'
  readonly name: string
}

const empty: Workspace = {
  file: '',
  text: '',
  plant: null,
  solution: null,
  state: 'solving',
  findings: [],
  failure: null,
  saved: null,
  baseline: null,
  selected: null,
  sets: {},
  history: noHistory,
  took: null,
}

const store = create<Workspace>(() => empty)

/** What a component needs of the workspace: `useWorkspace((w) => w.solution)`. */
export const useWorkspace = <T>(pick: (workspace: Workspace) => T): T => store(pick)

/** The workspace now, outside components. */
export const workspace = (): Workspace => store.getState()

/** Opens a text as the document in hand; what was undone or selected before is gone. */
export function openText(
  text: string,
  file: string,
  sets: Readonly<Record<string, string>> = {},
): void {
  store.setState({ ...empty, text, file, sets, saved: { text, solution: null } })
  void solve()
}

/** Replaces the whole text; edits with the same gesture are undone together. */
export function setText(text: string, gesture = ''): void {
  const splice = spliceBetween(workspace().text, text)
  if (splice === undefined) return
  store.setState(({ history }) => ({ text, history: recorded(history, splice, gesture) }))
  void solve()
}

/** Writes a value over the text of a parameter: `setParameter('mill.size', '38 um')`. */
export function setParameter(path: string, written: string, gesture = ''): void {
  const { plant, text } = workspace()
  const range = plant?.parameters.find((parameter) => parameter.path === path)?.range
  if (range === undefined) return
  setText(text.slice(0, range[0]) + written + text.slice(range[1]), gesture)
}

export function undo(): void {
  step(undone(workspace().history))
}

export function redo(): void {
  step(redone(workspace().history))
}

function step(found: { splices: readonly Splice[]; history: History } | undefined): void {
  if (found === undefined) return
  const { splices, history } = found
  store.setState(({ text }) => ({ text: splices.reduce(applySplice, text), history }))
  void solve()
}

export function select(selected: Selected | null): void {
  store.setState({ selected })
}

/** Keeps the present solution to compare later ones with. */
export function pinBaseline(name: string): void {
  const { solution } = workspace()
  if (solution !== null) store.setState({ baseline: { name, solution } })
}

export function dropBaseline(): void {
  store.setState({ baseline: null })
}

let isRunning = false
let isDirty = false

/** Solves the present text; while one solve runs, later texts wait and only the last is solved. */
async function solve(): Promise<void> {
  store.setState({ state: 'solving' })
  if (isRunning) {
    isDirty = true
    return
  }
  isRunning = true
  do {
    isDirty = false
    const { text, file, sets } = workspace()
    const solved = await engine().solve({ text, file, sets })
    if (workspace().text === text && workspace().file === file) show(solved)
  } while (isDirty)
  isRunning = false
}

function show(solved: Solved): void {
  if (!solved.ok) {
    store.setState({ state: 'refused', findings: solved.findings, failure: null })
    return
  }
  const { plant, solution, took } = solved
  if (solution.status === 'failed') {
    const failure = solution.outcome
    store.setState({ plant, state: 'infeasible', findings: [], failure, took })
    return
  }
  const { saved, text } = workspace()
  const isSaved = saved !== null && saved.text === text && saved.solution === null
  store.setState({
    plant,
    solution,
    state: 'solved',
    findings: [],
    failure: null,
    took,
    ...(isSaved ? { saved: { text, solution } } : {}),
  })
}
