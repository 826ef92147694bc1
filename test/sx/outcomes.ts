import type { SxProblem, SxSolution } from '../../src/unitops/sx/problem.ts'
import { fromFiveStarts } from './second-method.ts'

const at = (a: Float64Array, i: number) => a[i] as number

/** Extractant taken by metals over all extractant, in the stage where it is largest. */
export function largestLoading(problem: SxProblem, solution: SxSolution): number {
  const { network, components } = problem
  const n = network.stages
  let largest = 0
  for (let i = 0; i < n; i++) {
    const organic =
      at(network.organicForward, i) + at(network.organicBack, i) + at(network.organicExit, i)
    let taken = 0
    for (let k = 0; k < components; k++)
      if (at(problem.protons, k) > 1)
        taken += (at(problem.bound, k) * at(solution.organicRate, k * n + i)) / organic
    largest = Math.max(largest, taken / at(problem.extractant, i))
  }
  return largest
}

/** What a draw ends in; the unit operation reports the same names. */
export function outcomeOf(problem: SxProblem, solution: SxSolution): string {
  if (baseCannotLeave(problem)) return 'saponification-above-throughput'
  if (!solution.converged) return 'max-iterations'
  if (solution.lnHydrogen.some((ln) => ln < Math.log(1e-7)))
    return 'saponification-above-throughput'
  return problem.usesFree && largestLoading(problem, solution) > 0.75
    ? 'extractant-saturated'
    : 'converged'
}

/**
 * True where the base on the organic exceeds all that the first battery could neutralise: its acid
 * and the charge of what metal the organic has room for. By the feeds alone; where reflux brings
 * acid and metal back the sum is not known and the answer is false.
 */
function baseCannotLeave(problem: SxProblem): boolean {
  const { network, components } = problem
  const n = network.stages
  const base = problem.organicSource.reduce((sum, v) => sum + v, 0)
  if (base === 0 || !problem.usesFree) return false
  let end = 1
  while (end < n && at(network.aqueousBack, end) > 0) end++
  if (network.recycles.some((r) => r.to < end)) return false
  if (end < n && at(network.aqueousForward, n - 1) * network.keepAqueous > 0) return false
  let acid = 0
  let charge = 0
  let room = 0
  for (let i = 0; i < end; i++) {
    acid += at(problem.acid, i)
    for (let k = 0; k < components; k++)
      if (at(problem.protons, k) > 1)
        charge += at(problem.protons, k) * at(problem.source, k * n + i)
    if (i < end - 1) continue
    const organic = at(network.organicForward, i) * at(problem.extractant, i)
    for (let k = 0; k < components; k++)
      if (at(problem.protons, k) > 1)
        room = Math.max(room, (organic * at(problem.protons, k)) / at(problem.bound, k))
  }
  return base > acid - Math.max(charge - room, 0)
}

/** How an open draw was confirmed by other means; undefined where it was not. */
export function confirmation(problem: SxProblem): string | undefined {
  if (baseCannotLeave(problem)) return 'the base on the organic cannot leave'
  return fromFiveStarts(problem) === undefined
    ? 'a second method fails from five starts'
    : undefined
}
