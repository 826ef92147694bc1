import { useEffect } from 'react'
import { create } from 'zustand'
import { store, workspace, type Workspace } from '../document/state.ts'
import { engine, startEngine } from '../engine/client.ts'
import type { MoneyAnswer, MoneyView, tasks } from '../engine/tasks/appraise.ts'
import type { SolveRequest } from '../engine/protocol.ts'

/** What the money of the plant in hand is, and what it is held against. */
export interface Appraised {
  /** The last one that could be made; null before there is any. */
  readonly now: MoneyView | null
  /** Of the plant as saved, and of the baseline; null where there is none or it is on its way. */
  readonly saved: MoneyView | null
  readonly baseline: { readonly name: string; readonly view: MoneyView } | null
  /** Why there is no appraisal of the present plant; empty where there is one. */
  readonly why: string
  /** True while what is shown is not of the last solution. */
  readonly isStale: boolean
}

const nothing: Appraised = { now: null, saved: null, baseline: null, why: '', isStale: true }
const appraised = create<Appraised>(() => nothing)

/** Pages of money that are open: without any, nothing is appraised. */
let viewers = 0
const isOpen = () => viewers > 0
let isRunning = false
/** What the last appraisal was of. */
let last: { readonly solution: Workspace['solution']; readonly text: string } | undefined

/** Appraises the solution in hand, then those that it is held against; one at a time. */
async function refresh(): Promise<void> {
  if (isRunning || viewers === 0) return
  isRunning = true
  try {
    for (let isMore = true; isMore && isOpen(); ) isMore = await step()
  } catch (error) {
    appraised.setState({ why: error instanceof Error ? error.message : String(error) })
  } finally {
    isRunning = false
  }
}

/** Does the next thing that is to be done; false where all is done. */
async function step(): Promise<boolean> {
  const { solution, text, file } = workspace()
  if (solution === null) return false
  if (last?.solution !== solution) {
    const answer = await engine().tasks<typeof tasks>('appraise').appraise(undefined)
    if (workspace().file !== file) return true
    last = { solution, text }
    // Of numbers that are being moved this is of the latest, which the next solution tells of too.
    appraised.setState({ ...shown(answer), isStale: workspace().solution !== solution })
    return true
  }
  return (await holdAgainstSaved()) || (await holdAgainstBaseline())
}

const shown = (answer: MoneyAnswer): Pick<Appraised, 'now' | 'why'> | Pick<Appraised, 'why'> =>
  answer.ok ? { now: answer.view, why: '' } : { why: answer.why }

let savedText: string | undefined
async function holdAgainstSaved(): Promise<boolean> {
  const { saved, text, file, sets, state } = workspace()
  if (saved === null || saved.text === savedText) return false
  if (saved.text === text) {
    if (state !== 'solved') return false
    savedText = saved.text
    appraised.setState(({ now }) => ({ saved: now }))
    return true
  }
  savedText = saved.text
  const answer = await viewOf({ text: saved.text, file, sets })
  if (savedText === saved.text) appraised.setState({ saved: answer.ok ? answer.view : null })
  return true
}

let pinned: Workspace['baseline'] = null
async function holdAgainstBaseline(): Promise<boolean> {
  const { baseline, file, sets, text } = workspace()
  if (baseline === pinned) return false
  pinned = baseline
  if (baseline === null) {
    appraised.setState({ baseline: null })
    return true
  }
  const { now } = appraised.getState()
  const isNow = baseline.text === text && now !== null && !appraised.getState().isStale
  const answer: MoneyAnswer = isNow
    ? { ok: true, view: now }
    : await viewOf({ text: baseline.text, file, sets })
  if (pinned !== baseline) return true
  appraised.setState({
    baseline: answer.ok ? { name: baseline.name, view: answer.view } : null,
  })
  return true
}

/** The money of a plant other than that in hand, made by a worker of its own. */
export async function viewOf(request: SolveRequest): Promise<MoneyAnswer> {
  const other = startEngine()
  try {
    const solved = await other.solve(request)
    if (!solved.ok) {
      const [first] = solved.findings
      const line = first === undefined ? '' : ` Line ${first.line}: ${first.message}.`
      return { ok: false, why: `The plant file cannot be read.${line}` }
    }
    return await other.tasks<typeof tasks>('appraise').appraise(undefined)
  } finally {
    other.close()
  }
}

store.subscribe((now, before) => {
  if (now.file !== before.file) {
    last = undefined
    savedText = undefined
    pinned = null
    appraised.setState(nothing)
  }
  if (now.solution !== before.solution) appraised.setState({ isStale: true })
  void refresh()
})

/** The money of the plant in hand; appraised as long as a component that asks for it is shown. */
export function useAppraised(): Appraised {
  useEffect(() => {
    viewers += 1
    void refresh()
    return () => {
      viewers -= 1
    }
  }, [])
  return appraised()
}
