import { create } from 'zustand'
import type { PlantView } from '../engine/protocol.ts'
import type { Finding, Solution } from '../../../src/scenario/index.ts'
import { noHistory, type History } from './history.ts'
import type { Places } from './places.ts'
import type { Took } from './timing.ts'

/** The plant file in hand, its solution, and what the person looks at: one document. */
export interface Workspace {
  /** Name shown, and under which it is saved; empty where no plant is open. */
  readonly file: string
  /** The plant file as it stands. */
  readonly text: string
  /** Of the last text that could be read, with the numbers that were moved since. */
  readonly plant: PlantView | null
  /** The last good one: stays while another is computed. */
  readonly solution: Solution | null
  /** Of the present text. */
  readonly state: 'solving' | 'solved' | 'infeasible' | 'refused'
  /** When refused. */
  readonly findings: readonly Finding[]
  /** When infeasible. */
  readonly failure: Solution['outcome']
  /** As opened or last saved. */
  readonly saved: Saved | null
  /** Pinned. */
  readonly baseline: Baseline | null
  readonly selected: Selected | null
  /** Files that the plant names, by their path relative to it. */
  readonly sets: Readonly<Record<string, string>>
  /** Hash of the file on the server's disk as it was read or saved; empty for other files. */
  readonly diskHash: string
  readonly history: History
  /** Where the numbers stand in the present text. */
  readonly places: Places
  /** Milliseconds of the last reading and solving, and of the whole from edit to answer. */
  readonly took: Took | null
}

/** Results that later ones are compared with, and the text that they are of. */
export interface Baseline {
  readonly name: string
  readonly solution: Solution
  readonly text: string
}

export interface Saved {
  readonly text: string
  readonly solution: Solution | null
  readonly plant: PlantView | null
}

export interface Selected {
  readonly kind: 'unit' | 'stream'
  readonly name: string
}

export const nothing: Workspace = {
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
  diskHash: '',
  history: noHistory,
  places: new Map(),
  took: null,
}

export const store = create<Workspace>(() => nothing)

/** What a component needs of the workspace: `useWorkspace((w) => w.solution)`. */
export const useWorkspace = <T>(pick: (workspace: Workspace) => T): T => store(pick)

/** The workspace now, outside components. */
export const workspace = (): Workspace => store.getState()
