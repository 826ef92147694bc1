/** Solves a plant for what was charged: what takes long of comparing it with a campaign. */
import {
  type PlantDocument,
  simulateWarm,
  type Simulation,
  type Solution,
} from '../scenario/index.ts'
import { type ActualFeed, fedWith, statedFeed } from './actual-feed.ts'

/** The plant as its file has it, solved once for all campaigns that are held against it. */
const solvedFiles = new WeakMap<PlantDocument, Simulation>()

function solvedFile(plant: PlantDocument): Simulation {
  const known = solvedFiles.get(plant)
  if (known !== undefined) return known
  const solved = simulateWarm(plant)
  solvedFiles.set(plant, solved)
  return solved
}

/** What the solved plant makes of a feed; plain data, so that a worker can answer with it. */
export interface AsCharged {
  readonly solution?: Solution
  /** kg/s of all feeds of the solution, and of each element in them. */
  readonly stated?: { readonly mass: number; readonly elements: Readonly<Record<string, number>> }
  /** Why there is no solution. */
  readonly without?: string
  /** Elements that the plant file states and no assay of the lots does. */
  readonly kept: readonly string[]
  readonly notes: readonly string[]
}

/** The plant as its file has it, solved; nothing is charged. */
export const solveAsFiled = (plant: PlantDocument): Solution => solvedFile(plant).solution

/**
 * The plant solved for a feed, at the rate at which it was charged in these hours of the calendar
 * where they are known and it can run so, else at its own.
 */
export function solveAsCharged(
  plant: PlantDocument,
  actual: ActualFeed,
  calendar: number | undefined,
): AsCharged {
  const file = solvedFile(plant)
  const hours = calendar === undefined ? undefined : (calendar * plant.operatingHours) / 8766
  const solved = (solution: Solution, kept: readonly string[], notes: readonly string[]) => ({
    solution,
    stated: statedFeed(plant, solution),
    kept,
    notes,
  })
  if (file.solution.status !== 'converged') return solved(file.solution, [], [])
  const stated = statedFeed(plant, file.solution)
  if (!(stated.mass > 0))
    return { kept: [], notes: [], without: 'the plant file has no unit of type feed' }
  const factors = new Map<string, number>()
  const kept: string[] = []
  const notes: string[] = []
  for (const [element, rate] of Object.entries(stated.elements)) {
    const fraction = actual.fractions[element]
    if (fraction === undefined) kept.push(element)
    else if (rate > 0) factors.set(element, (fraction * stated.mass) / rate)
  }
  for (const [element, fraction] of Object.entries(actual.fractions)) {
    if ((stated.elements[element] ?? 0) === 0 && fraction > 0) {
      notes.push(
        `${element} was charged and the plant file knows none: it is not in what is expected`,
      )
    }
  }
  const rate = hours === undefined ? undefined : actual.kg / (hours * 3600) / stated.mass
  const tries = rate === undefined ? [1] : [rate, 1]
  for (const factor of tries) {
    const { solution } = simulateWarm(fedWith(plant, factor, factors), { warm: file.state })
    if (solution.status === 'converged') return solved(solution, kept, notes)
    const why = solution.outcome?.detail ?? 'no solution'
    const at = `${(factor * 100).toFixed(0)} % of the plant's rate`
    notes.push(
      `at ${at} there is no solution (${why})${factor === 1 ? '' : '; taken at its own rate'}`,
    )
    if (factor === 1) return solved(solution, kept, notes)
  }
  return solved(file.solution, kept, notes)
}
