import type { CircuitReport, StageResult } from '../../flowsheet/unit-op.ts'
import type { Built, SectionParams } from './model.ts'
import type { SxSolution } from './problem.ts'

const at = (a: Float64Array, i: number) => a[i] as number

/** Share of the stoichiometric loading in the organic leaving each stage. */
export function loadings(built: Built, solution: SxSolution): Float64Array {
  const { problem, laid, circuit } = built
  const n = laid.network.stages
  const { organicForward, organicBack, organicExit } = laid.network
  const result = new Float64Array(n)
  circuit.inventory.exchanged.forEach((e, k) => {
    if (e.charge < 2) return
    for (let i = 0; i < n; i++) {
      const organic = at(organicForward, i) + at(organicBack, i) + at(organicExit, i)
      const y = at(solution.organicRate, k * n + i) / organic
      result[i] = at(result, i) + (at(problem.bound, k) * y) / at(problem.extractant, i)
    }
  })
  return result
}

/** pH = -log10 of free H+ on the concentration scale. */
export const stagePH = (solution: SxSolution, stage: number) =>
  -at(solution.lnHydrogen, stage) / Math.LN10

/** The stage profile in the words of people. */
export function circuitReport(
  built: Built,
  solution: SxSolution,
  held: CircuitReport['held'],
): CircuitReport {
  const { circuit, laid, problem } = built
  const { network } = laid
  const n = network.stages
  const loading = loadings(built, solution)
  const { exchanged } = circuit.inventory
  const metals = exchanged
    .map((e, k) => ({ name: e.element, k, charge: e.charge }))
    .filter((e) => e.charge > 1 || e.name === 'Na' || e.name === 'NH4')
  // A copy of a record with all its keys is made sooner than the record key by key.
  const none: Readonly<Record<string, number>> = Object.fromEntries(metals.map((m) => [m.name, 0]))
  const stages: StageResult[] = []
  for (let i = 0; i < n; i++) {
    const section = circuit.sections[laid.sectionOf[i] as number] as SectionParams
    const forward = at(network.organicForward, i)
    const organicFlow = forward + at(network.organicBack, i) + at(network.organicExit, i)
    let aqueousFlow = at(network.aqueousBack, i) + at(network.aqueousExit, i)
    for (const r of network.recycles) if (r.from === i) aqueousFlow += r.flow
    const aqueous: Record<string, number> = { ...none }
    const organic: Record<string, number> = { ...none }
    const D: Record<string, number> = { ...none }
    for (const { name, k } of metals) {
      aqueous[name] = (aqueous[name] ?? 0) + at(solution.aqueous, k * n + i)
      organic[name] = (organic[name] ?? 0) + at(solution.organicRate, k * n + i) / organicFlow
      D[name] = at(solution.D, k * n + i)
    }
    stages.push({
      index: i + 1,
      section: section.name,
      aqueous,
      organic,
      D,
      pH: stagePH(solution, i),
      freeExtractant: problem.monomersPerFree * Math.exp(at(solution.lnFree, i)),
      loading: at(loading, i),
      aqueousFlow: aqueousFlow / 1000,
      organicFlow: organicFlow / 1000,
      mixerPhaseRatio: section.mixerPhaseRatio ?? organicFlow / aqueousFlow,
    })
  }
  return {
    stages,
    elements: [...new Set(metals.map((m) => m.name))],
    extractant: circuit.set.id,
    iterations: solution.iterations,
    ...(held === undefined ? {} : { held }),
  }
}
