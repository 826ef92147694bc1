import { solveCircuit } from '../src/unitops/sx/solve.ts'
import type { SxProblem, SxSolution } from '../src/unitops/sx/problem.ts'
import { prommisProblem, prommisSet } from '../test/published/prommis.ts'
import { dysprosium, neodymium, threeSections, twelve } from '../test/sx/hundred-stages.ts'
import type { ThreeSections } from '../test/sx/hundred-stages.ts'
import type { Benchmark } from './harness.ts'

function solved(problem: SxProblem, from?: SxSolution): SxSolution {
  const solution = solveCircuit(problem, from === undefined ? {} : { from })
  if (!solution.converged) throw new Error(`open by ${solution.residual}`)
  return solution
}

const cold = (name: string, milliseconds: number, problem: () => SxProblem): Benchmark => ({
  name,
  milliseconds,
  prepare: () => {
    const given = problem()
    return () => solved(given).operations
  },
})

/** One scalar changed by 10 % either way from the solution before. */
const changes: readonly ((c: ThreeSections) => ThreeSections)[] = [0.9, 1.1].flatMap((by) => [
  (c: ThreeSections) => ({ ...c, saponification: c.saponification * by }),
  (c: ThreeSections) => ({ ...c, scrubH: c.scrubH * by }),
  (c: ThreeSections) => ({ ...c, scrubFlow: c.scrubFlow * by }),
  (c: ThreeSections) => ({ ...c, stripFlow: c.stripFlow * by }),
  (c: ThreeSections) => ({ ...c, organicFlow: c.organicFlow * by }),
  (c: ThreeSections) => ({ ...c, feedFlow: c.feedFlow * by }),
])

const warm = (name: string, milliseconds: number, circuit: ThreeSections): Benchmark => ({
  name,
  milliseconds,
  prepare: () => {
    const before = solved(threeSections(circuit))
    const after = changes.map((change) => threeSections(change(circuit)))
    let turn = 0
    return () => solved(after[turn++ % after.length] as SxProblem, before).operations
  },
})

/** Solvent-extraction circuits: cold from the problem alone, warm from the solution before. */
export const benchmarks: readonly Benchmark[] = [
  cold('sx PROMMIS-3S cold', 0.3, () => prommisProblem(prommisSet())),
  cold('sx 100 stages Nd | Pr cold', 15, () => threeSections(neodymium)),
  cold('sx 100 stages Dy | Tb cold', 15, () => threeSections(dysprosium)),
  cold('sx 100 stages, 12 elements cold', 15, () => threeSections(twelve)),
  warm('sx 100 stages Nd | Pr warm', 3, neodymium),
  warm('sx 100 stages Dy | Tb warm', 3, dysprosium),
  warm('sx 100 stages, 12 elements warm', 3, twelve),
]
