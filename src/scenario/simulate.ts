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

/** Largest gap with which a plant counts as solved, of any element over any unit or the whole. */
export const gapLimit = 1e-9

/** Closure asked of the recycles where the usual one leaves the plant open: small bleeds. */
export const tightest = { element: 1e-15, species: 1e-14 }

/** Like `simulate`, and answers the state from which a similar plant is solved faster. */
export function simulateWarm(plant: PlantDocument, options: SimulateOptions = {}): Simulation {
  const { warm, bank = builtIn } = options
  const chemistry = plantChemistry(plant, bank, warm?.chemistry)
  const sheet = buildFlowsheet(plant, bank, chemistry)
  const answer = (solved: FlowsheetSolution): Simulation => {
    const { streams, results } = solved
    const state = { streams, results, properties: chemistry.properties }
    const measured = { plant, state, weights: atomicWeights(bank) }
    const solution = toSolution(solved, measured, bank, options.pH === true)
    return {
      solution: options.windows === true ? withWindows(solution, solved, measured) : solution,
      state: { chemistry, solved },
    }
  }
  const first = answer(solve(sheet, warm === undefined ? {} : { from: warm.solved }))
  if (isClosed(first.solution)) return first
  const second = answer(solve(sheet, { from: first.state.solved, closure: tightest }))
  return isClosed(second.solution)
    ? second
    : { solution: refused(second.solution), state: second.state }
}

/** True where there is no solution whose balance could be open. */
function isClosed({ status, balance }: Solution): boolean {
  return status !== 'converged' || balance.worst < gapLimit
}

/** A solution that does not close is none, whatever the solver says. */
function refused(solution: Solution): Solution {
  const { worst, where } = solution.balance
  const [unit = '', at = ''] = where.split(' ')
  return {
    ...solution,
    status: 'failed',
    outcome: {
      name: 'max-iterations',
      unit,
      at,
      detail: `the balance of ${where} stays open by ${worst.toExponential(1)}; ${gapLimit} is the limit`,
      advice: 'a recycle that hardly bleeds cannot be closed to that: bleed more, or feed more',
    },
  }
}
