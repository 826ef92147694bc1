import { bank } from '../../../src/databank/index.ts'
import { readPlant } from '../../../src/scenario/engine.ts'
import type { PlantDocument } from '../../../src/scenario/plant.ts'
import { simulateWarm, type SimulationState } from '../../../src/scenario/simulate.ts'
import type { Solution } from '../../../src/scenario/solution.ts'
import type { SolveRequest, Solved } from './protocol.ts'
import { viewOf } from './view.ts'

/** The plant that the worker has in hand. Tasks read it; only the session replaces it. */
export interface Current {
  readonly request: SolveRequest
  readonly text: string
  readonly plant: PlantDocument
  readonly state: SimulationState
  readonly solution: Solution
  /** The state of the last plant that converged: a better start than one that failed. */
  readonly good: SimulationState
}

let present: Current | undefined

/** The plant in hand; asserts that one was read. */
export function current(): Current {
  if (present === undefined) throw new Error('no plant has been read yet')
  return present
}

/** Reads a text and solves its plant, starting from the plant in hand. */
export function solveText(request: SolveRequest): Solved {
  const begun = performance.now()
  const reading = readPlant(request.text, {
    file: request.file,
    readSet: (path) => (Object.hasOwn(request.sets, path) ? request.sets[path] : undefined),
  })
  const read = performance.now()
  if (!reading.ok) return { ok: false, findings: reading.findings }
  const { plant, tree } = reading
  const { solution, state } = simulateWarm(
    plant,
    present === undefined ? {} : { warm: present.good },
  )
  const isGood = solution.status === 'converged'
  present = {
    request,
    text: request.text,
    plant,
    state,
    solution,
    good: isGood || present === undefined ? state : present.good,
  }
  const solve = performance.now() - read
  const view = viewOf(plant, tree, solution, bank)
  return { ok: true, plant: view, solution: { ...solution }, took: { read: read - begun, solve } }
}
