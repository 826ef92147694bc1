import { factor, solveFactored } from '../../src/numerics/index.ts'
import type { SxProblem } from '../../src/unitops/sx/problem.ts'

const at = (a: Float64Array, i: number) => a[i] as number

/** Concentrations of one component at given distribution ratios, by a dense solve. */
function denseChain(problem: SxProblem, organic: Float64Array) {
  const { network } = problem
  const n = network.stages
  const matrix = new Float64Array(n * n)
  const pivots = new Int32Array(n)
  const put = (row: number, column: number, v: number) => {
    matrix[row * n + column] = at(matrix, row * n + column) + v
  }
  return (D: (i: number) => number, source: Float64Array, from: number, entering: number) => {
    matrix.fill(0)
    const b = source.slice(from, from + n)
    b[0] = at(b, 0) + entering
    for (let i = 0; i < n; i++) {
      const y = D(i)
      const on = at(network.aqueousForward, i)
      let aqueous = at(network.aqueousBack, i) + at(network.aqueousExit, i) + on
      for (const r of network.recycles) {
        if (r.from !== i) continue
        aqueous += r.flow
        put(r.to, i, -r.flow)
      }
      put(i, i, aqueous + y * at(organic, i))
      if (i > 0) put(i - 1, i, -at(network.aqueousBack, i) - y * at(network.organicBack, i))
      const forward = y * at(network.organicForward, i)
      if (i + 1 < n) put(i + 1, i, -on - forward)
      else put(0, i, -network.keepAqueous * on - network.keepOrganic * forward)
    }
    if (factor(matrix, n, pivots) >= 0) return undefined
    solveFactored(matrix, n, pivots, b)
    return b
  }
}

/**
 * A second way to the steady state that shares no code with the solver: damped substitution on the
 * logarithms of hydrogen and free extractant, every component by a dense linear solve over the
 * stages. Slow and simple. Full efficiency and no activity model only. Answers the profile, or
 * undefined when it does not settle.
 */
export function substitution(
  problem: SxProblem,
  start: { readonly hydrogen: number; readonly freeShare: number },
  sweeps = 1500,
): { readonly lnHydrogen: Float64Array; readonly lnFree: Float64Array } | undefined {
  const { network } = problem
  const organic = network.organicForward.map(
    (v, i) => v + at(network.organicBack, i) + at(network.organicExit, i),
  )
  const chain = denseChain(problem, organic)
  const acid = chain(() => 0, problem.acid, 0, 0)
  if (acid === undefined) return undefined
  const lnHydrogen = new Float64Array(network.stages).fill(Math.log(start.hydrogen))
  const lnFree = problem.extractant.map((c) =>
    Math.log((start.freeShare * c) / Math.max(problem.monomersPerFree, 1)),
  )
  let damping = 0.2
  let before = Number.POSITIVE_INFINITY
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const sums = contents(problem, chain, lnHydrogen, lnFree)
    if (sums === undefined) return undefined
    let worst = 0
    const move: [Float64Array, number, number][] = []
    for (let i = 0; i < network.stages; i++) {
      const h = Math.exp(at(lnHydrogen, i))
      const gapH = Math.log((h + at(sums.charge, i)) / (at(acid, i) + 1e-14 / h))
      const held = problem.monomersPerFree * Math.exp(at(lnFree, i)) + at(sums.taken, i)
      const gapE = problem.usesFree ? Math.log(held / at(problem.extractant, i)) : 0
      if (!Number.isFinite(gapH + gapE)) return undefined
      worst = Math.max(worst, Math.abs(gapH), Math.abs(gapE))
      move.push([lnHydrogen, i, gapH], [lnFree, i, gapE])
    }
    if (worst < 1e-9) return { lnHydrogen, lnFree }
    damping = worst < before ? Math.min(damping * 1.05, 0.5) : Math.max(damping * 0.6, 0.002)
    before = worst
    for (const [to, i, gap] of move)
      to[i] = at(to, i) - Math.max(-0.5, Math.min(0.5, damping * gap))
  }
  return undefined
}

/** Charge of the metals in the aqueous and extractant taken in the organic, by stage. */
function contents(
  problem: SxProblem,
  chain: ReturnType<typeof denseChain>,
  lnHydrogen: Float64Array,
  lnFree: Float64Array,
) {
  const { components, network } = problem
  const n = network.stages
  const field = () => new Float64Array(components)
  const [x, lnD, dH, dE] = [field(), field(), field(), field()]
  const D = new Float64Array(n * components)
  for (let i = 0; i < n; i++) {
    problem.evaluate(Math.exp(at(lnHydrogen, i)), Math.exp(at(lnFree, i)), x, lnD, dH, dE)
    for (let k = 0; k < components; k++) D[k * n + i] = Math.exp(Math.min(at(lnD, k), 600))
  }
  const charge = new Float64Array(n)
  const taken = new Float64Array(n)
  for (let k = 0; k < components; k++) {
    const entering = at(problem.organicSource, k)
    const c = chain((i) => at(D, k * n + i), problem.source, k * n, entering)
    if (c === undefined) return undefined
    for (let i = 0; i < n; i++) {
      charge[i] = at(charge, i) + at(problem.protons, k) * at(c, i)
      taken[i] = at(taken, i) + at(problem.bound, k) * at(D, k * n + i) * at(c, i)
    }
  }
  return { charge, taken }
}

/** Five starts, from strongly acid and free to nearly neutral and loaded. */
export const fiveStarts = [
  { hydrogen: 1, freeShare: 0.9 },
  { hydrogen: 0.1, freeShare: 0.5 },
  { hydrogen: 0.03, freeShare: 0.8 },
  { hydrogen: 0.3, freeShare: 0.2 },
  { hydrogen: 0.003, freeShare: 0.4 },
] as const
