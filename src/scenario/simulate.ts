import { bank as builtIn, type Databank } from '../databank/index.ts'
import { solve, type FlowsheetSolution } from '../flowsheet/index.ts'
import { atomicWeights, buildFlowsheet, plantChemistry, type PlantChemistry } from './build.ts'
import type { PlantDocument } from './plant.ts'
import type { Solution } from './solution.ts'
import { toSolution } from './to-solution.ts'
import { withWindows } from './windows.ts'

/** What one simulation leaves for the next: in memory only, opaque, never written to a file. */
export interface SimulationState {
  readonly chemistry: PlantChemistry
  readonly solved: FlowsheetSolution
}

export interface SimulateOptions {
  /** State of an earlier simulation of this or a similar plant, to start from. */
  readonly warm?: SimulationState
  /** The data to use; the built-in databank if left out. */
  readonly bank?: Databank
  /** Speciates every liquor for its pH, about a millisecond a stream; left out otherwise. */
  readonly pH?: boolean
  /** Finds how far each circuit's flows may move before a limit is missed: many solves. */
  readonly windows?: boolean
}

export interface Simulation {
  readonly solution: Solution
  /** To hand to the next simulation as `warm`. */
  readonly state: SimulationState
}

/**
 * Solves a plant: every stream, stage and product, with all balances; or a named outcome in the
 * solution with the culprit and advice. Never throws on a plant that `readPlant` accepted.
 */
export function simulate(plant: PlantDocument, options: SimulateOptions = {}): Solution {
  return simulateWarm(plant, options).solution
}

/** Like `simulate`, and answers the state from which a similar plant is solved faster. */
export function simulateWarm(plant: PlantDocument, options: SimulateOptions = {}): Simulation {
  const { warm, bank = builtIn } = options
  const chemistry = plantChemistry(plant, bank, warm?.chemistry)
  const sheet = buildFlowsheet(plant, bank, chemistry)
  const solved = solve(sheet, warm === undefined ? {} : { from: warm.solved })
  const { streams, results } = solved
  const state = { streams, results, properties: chemistry.properties }
  const measured = { plant, state, weights: atomicWeights(bank) }
  const solution = toSolution(solved, measured, bank, options.pH === true)
  return {
    solution: options.windows === true ? withWindows(solution, solved, measured) : solution,
    state: { chemistry, solved },
  }
}
