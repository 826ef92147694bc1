import { create } from 'zustand'
import { readStored } from '../document/server.ts'
import { workspace } from '../document/store.ts'
import type { MoneyView } from '../engine/tasks/appraise.ts'
import type { SolveRequest } from '../engine/protocol.ts'
import { viewOf } from './appraised.ts'

/** The plant that the one in hand is compared with; it stays while the page is open. */
interface Compared {
  readonly name: string
  readonly view: MoneyView | null
  readonly isOnItsWay: boolean
  /** Why there is nothing to compare with; empty where there is. */
  readonly why: string
}

const nothing: Compared = { name: '', view: null, isOnItsWay: false, why: '' }
const compared = create<Compared>(() => nothing)

export const useCompared = (): Compared => compared()
export const dropCompared = (): void => compared.setState(nothing)

let turn = 0

async function compare(name: string, find: () => Promise<SolveRequest | undefined>): Promise<void> {
  turn += 1
  const own = turn
  compared.setState({ name, view: null, isOnItsWay: true, why: '' })
  const set = (next: Partial<Compared>) => {
    if (own === turn) compared.setState({ isOnItsWay: false, ...next })
  }
  try {
    const request = await find()
    if (request === undefined) {
      set({ why: `${name} cannot be read from the server.` })
      return
    }
    const answer = await viewOf(request)
    set(answer.ok ? { view: answer.view } : { why: answer.why })
  } catch (error) {
    set({ why: error instanceof Error ? error.message : String(error) })
  }
}

/** Compares with a plant of the server's folder. */
export const compareStored = (name: string): Promise<void> =>
  compare(name, async () => {
    const stored = await readStored(name)
    return stored === undefined
      ? undefined
      : { file: stored.name, text: stored.text, sets: stored.sets }
  })

/** Compares with a plant file of the person's disk; what it names is looked for beside this one. */
export const compareFile = (file: File): Promise<void> =>
  compare(file.name, async () => ({
    file: file.name,
    text: await file.text(),
    sets: workspace().sets,
  }))

/** Compares with an appraisal that is at hand: the saved plant, the baseline. */
export function compareView(name: string, view: MoneyView): void {
  turn += 1
  compared.setState({ name, view, isOnItsWay: false, why: '' })
}
