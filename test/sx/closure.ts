import type { SxProblem, SxSolution } from '../../src/unitops/sx/problem.ts'

/**
 * Largest relative gap between what enters and what leaves, over all components and over acid, from
 * the flows at the boundary alone. Shares nothing with the solver.
 */
export function closureGap(problem: SxProblem, solution: SxSolution): number {
  const { network } = problem
  const n = network.stages
  const last = n - 1
  const at = (a: Float64Array, i: number) => a[i] as number
  const shareOut = (i: number) => {
    const all =
      at(network.organicForward, i) + at(network.organicBack, i) + at(network.organicExit, i)
    const bled = i === last ? (1 - network.keepOrganic) * at(network.organicForward, i) : 0
    return (at(network.organicExit, i) + bled) / all
  }
  const aqueousOut = (i: number) =>
    at(network.aqueousExit, i) +
    (i === last ? (1 - network.keepAqueous) * at(network.aqueousForward, i) : 0)
  let worst = 0
  for (let k = 0; k < problem.components; k++) {
    let into = at(problem.organicSource, k)
    let out = 0
    for (let i = 0; i < n; i++) {
      into += at(problem.source, k * n + i)
      out += aqueousOut(i) * at(solution.aqueous, k * n + i)
      out += shareOut(i) * at(solution.organicRate, k * n + i)
    }
    const gap = Math.abs(into - out) / Math.max(into, out)
    if (!(gap <= worst)) worst = gap
  }
  let into = 0
  let out = 0
  for (let i = 0; i < n; i++) {
    into += at(problem.acid, i)
    out += aqueousOut(i) * at(solution.acid, i)
  }
  return Math.max(worst, Math.abs(into - out) / Math.max(into, out))
}

/**
 * Largest gap of the local equilibria, computed afresh from the concentrations reported: mass
 * action, acid and extractant of every stage. Only for circuits with full efficiency.
 */
export function equilibriumGap(problem: SxProblem, solution: SxSolution): number {
  const { network, components } = problem
  const n = network.stages
  const at = (a: Float64Array, i: number) => a[i] as number
  const field = () => new Float64Array(components)
  const [x, lnD, dH, dE] = [field(), field(), field(), field()]
  let worst = 0
  for (let i = 0; i < n; i++) {
    const organic =
      at(network.organicForward, i) + at(network.organicBack, i) + at(network.organicExit, i)
    let acid = 0
    let extractant = 0
    for (let k = 0; k < components; k++) {
      x[k] = at(solution.aqueous, k * n + i)
      acid += at(problem.protons, k) * at(x, k)
      extractant += (at(problem.bound, k) * at(solution.organicRate, k * n + i)) / organic
    }
    const hydrogen = Math.exp(at(solution.lnHydrogen, i))
    const free = Math.exp(at(solution.lnFree, i))
    problem.evaluate(hydrogen, free, x, lnD, dH, dE)
    for (let k = 0; k < components; k++) {
      const y = at(solution.organicRate, k * n + i) / organic
      if (y > 1e-250 && at(x, k) > 1e-250)
        worst = Math.max(worst, Math.abs(Math.log(y / at(x, k)) - at(lnD, k)))
    }
    const total = acid + hydrogen - 1e-14 / hydrogen
    worst = Math.max(worst, Math.abs(total - at(solution.acid, i)) / (at(solution.acid, i) + 1e-7))
    if (problem.usesFree)
      worst = Math.max(
        worst,
        Math.abs(extractant + problem.monomersPerFree * free - at(problem.extractant, i)) /
          at(problem.extractant, i),
      )
  }
  return worst
}
