import { build } from './model.ts'
import type { Built, Circuit, Knobs } from './model.ts'
import type { Profile, SxSolution } from './problem.ts'
import { solveCircuit } from './solve.ts'
import type { SolveOptions } from './solve.ts'

export interface Run {
  readonly built: Built
  readonly solution: SxSolution
}

/**
 * Builds and solves a circuit at a setting of its knobs. Where the reflux is neutralised, the base
 * for it depends on the acid of the strip liquor, which hardly depends on the reflux: repeated
 * until the base is known to 1e-9. Answers a text where the circuit cannot be laid out.
 */
export function runCircuit(
  circuit: Circuit,
  knobs: Knobs,
  from?: Profile,
  limits: Pick<SolveOptions, 'limit'> = {},
): Run | string {
  const options: SolveOptions = { ...limits, room: circuit.room }
  let base = 0
  let profile = from
  for (let pass = 0; ; pass++) {
    const built = build(circuit, knobs, base)
    if (typeof built === 'string') return built
    const solution = solveCircuit(
      built.problem,
      profile === undefined ? options : { ...options, from: profile },
    )
    const wanted = refluxBase(built, solution)
    const settled = Math.abs(wanted - base) <= 1e-9 * Math.max(wanted, base)
    if (settled || pass >= 30 || !solution.converged) return { built, solution }
    base = wanted
    profile = solution
  }
}

/** kg/s of base reagent that neutralises the stated share of the acid in the reflux. */
export function refluxBase(built: Built, solution: SxSolution): number {
  const { circuit, laid } = built
  const { params, inlets, inventory } = circuit
  const share = params.reflux?.neutralised ?? 0
  if (share === 0 || inlets.base === undefined) return 0
  const ion = params.base === 'Na' ? inventory.hydroxide : inventory.ammonia
  const strength = ion < 0 ? 0 : (inlets.base.flow[ion] as number)
  if (!(strength > 0)) return 0
  const section = circuit.sections.findIndex((s) =>
    params.reflux?.from === undefined ? s.type === 'strip' : s.name === params.reflux.from,
  )
  const stage = circuit.starts[section] as number
  const n = laid.network.stages
  let flow = laid.network.aqueousBack[stage] as number
  for (const r of laid.network.recycles) if (r.from === stage) flow += r.flow
  let acid = solution.acid[stage] as number
  inventory.exchanged.forEach((e, k) => {
    acid -= e.charge * (solution.aqueous[k * n + stage] as number)
  })
  return (share * Math.max(acid, 0) * flow) / strength
}
