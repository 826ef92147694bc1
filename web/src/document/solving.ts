import { engine, type Edited } from '../engine/client.ts'
import type { Solved, UnitView } from '../engine/protocol.ts'
import type { Solution } from '../../../src/scenario/index.ts'
import { placesOf } from './places.ts'
import { store, workspace } from './state.ts'
import { noteTimes, type Took } from './timing.ts'

/** What waits to be solved: the whole text, or numbers moved since the last that was solved. */
type Waiting =
  | { readonly kind: 'text' }
  | { readonly kind: 'edit'; readonly moves: ReadonlyMap<string, number> }

let waiting: Waiting | undefined
let isRunning = false
/** False while the worker's plant is not the one of the text: then the text must be read. */
let isInStep = false
let begun = 0
let idle: ReturnType<typeof setTimeout> | undefined

/** Quiet time after which the text is read again behind edits of numbers, ms. */
const untilReading = 700

/** Reads and solves the present text. Newer requests replace those that wait. */
export function solveText(): void {
  waiting = { kind: 'text' }
  start()
}

/** Solves with a number moved; the text, which must hold it already, is read when all is quiet. */
export function solveMoved(path: string, value: number): void {
  if (!isInStep || waiting?.kind === 'text') {
    solveText()
    return
  }
  waiting = { kind: 'edit', moves: new Map([...(waiting?.moves ?? []), [path, value]]) }
  start()
}

function start(): void {
  clearTimeout(idle)
  begun = performance.now()
  if (workspace().state !== 'solving') store.setState({ state: 'solving' })
  if (!isRunning) void run()
}

async function run(): Promise<void> {
  isRunning = true
  try {
    for (let next = waiting; next !== undefined; next = waiting) {
      waiting = undefined
      if (next.kind === 'text') await runText()
      else await runEdit(next.moves)
    }
  } finally {
    isRunning = false
  }
}

async function runText(): Promise<void> {
  const { text, file, sets } = workspace()
  const from = begun
  const solved = await engine().solve({ text, file, sets })
  isInStep = solved.ok
  // A stale answer is not shown: its places are those of another text.
  if (workspace().text === text && workspace().file === file) showSolved(solved, from)
}

async function runEdit(moves: ReadonlyMap<string, number>): Promise<void> {
  const { text, file } = workspace()
  const from = begun
  const list = [...moves].map(([path, value]) => ({ path, value }))
  const edited = await engine().edit({ text, moves: list })
  if (edited === undefined) {
    waiting = { kind: 'text' }
    return
  }
  isInStep = edited.ok
  if (!edited.ok && waiting !== undefined) waiting = { kind: 'text' }
  if (workspace().file === file && waiting?.kind !== 'text') showEdited(edited, from)
  if (waiting === undefined && edited.ok) idle = setTimeout(readBehind, untilReading)
}

/** Reads the text again behind edits of numbers: places, bounds and findings are its own. */
function readBehind(): void {
  if (waiting !== undefined || isRunning) return
  waiting = { kind: 'text' }
  begun = performance.now()
  void run()
}

function showSolved(solved: Solved, from: number): void {
  if (!solved.ok) {
    store.setState({ state: 'refused', findings: solved.findings, failure: null })
    return
  }
  const { plant, solution, took } = solved
  const { saved, text } = workspace()
  store.setState({ plant, places: placesOf(plant.parameters) })
  showSolution(solution, from, took)
  const isSaved = saved !== null && saved.text === text && saved.plant === null
  if (isSaved) store.setState({ saved: { text, plant, solution: workspace().solution } })
}

function showEdited(edited: NonNullable<Edited>, from: number): void {
  if (!edited.ok) {
    store.setState({ state: 'refused', findings: edited.findings, failure: null })
    return
  }
  const { units, solution, took } = edited
  showUnits(units)
  showSolution(solution, from, took)
}

/** Units with other stages are drawn anew; all others stay the records that they were. */
function showUnits(changed: readonly UnitView[]): void {
  const { plant } = workspace()
  if (plant === null) return
  const byName = new Map(changed.map((unit) => [unit.name, unit]))
  const differs = plant.units.some((unit) => {
    const now = byName.get(unit.name)
    return (
      now !== undefined &&
      JSON.stringify({ ...now, line: 0 }) !== JSON.stringify({ ...unit, line: 0 })
    )
  })
  if (!differs) return
  const units = plant.units.map((unit) => {
    const now = byName.get(unit.name)
    return now === undefined ? unit : { ...now, line: unit.line }
  })
  store.setState({ plant: { ...plant, units } })
}

function showSolution(solution: Solution, from: number, spent: Omit<Took, 'answer'>): void {
  const isLast = waiting === undefined
  const took = { ...spent, answer: performance.now() - from }
  noteTimes(from, took)
  if (solution.status === 'failed') {
    const state = isLast ? 'infeasible' : 'solving'
    store.setState({ state, findings: [], failure: solution.outcome, took })
    return
  }
  const state = isLast ? 'solved' : 'solving'
  store.setState({ solution, state, findings: [], failure: null, took })
}
