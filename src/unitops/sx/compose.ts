import type { Distribution } from '../../chemistry/distribution/model.ts'
import type { LaidOut } from './layout.ts'
import type { SxProblem } from './problem.ts'

/** A component besides the elements of the set, with a distribution ratio that does not move. */
export interface FixedComponent {
  readonly D: number
  readonly protons: number
  readonly bound: number
}

/** Sodium, ammonium on the organic: [NaA] [H+] = constant [HA] [Na+]. */
export interface CationExchange {
  /** Dimensionless, monomer basis; small = exchange complete while there is a partner. */
  readonly constant: number
  /** How many such cations there are; they come last among the components. */
  readonly count: number
}

export interface ComposeInput {
  readonly distribution: Distribution
  /** Charges of the set's elements where they are not what the set says (proton balance). */
  readonly protons?: Float64Array
  readonly fixed: readonly FixedComponent[]
  readonly exchange?: CationExchange
  readonly laid: LaidOut
  /** Monomer, mol/L. */
  readonly extractant: number
  /** Metals entering stage i, mol/s, component-major: of the set, fixed, then the cations. */
  readonly source: Float64Array
  /** Components entering the first stage with fresh organic, mol/s. */
  readonly organicSource: Float64Array
  /** Total protons less hydroxide entering stage i, mol/s (the metals' charge not included). */
  readonly hydrogen: Float64Array
  /** Total sulfate entering stage i, mol/s. */
  readonly sulfate?: Float64Array
  /** Metals that `bound` must sum to by stage, for sets that close on loading, mol/L. */
  readonly loading?: Float64Array
}

/** The numbers of a circuit from a compiled data set and a laid-out network. */
export function composeCircuit(input: ComposeInput): SxProblem {
  const { distribution, fixed, exchange, laid } = input
  const n = laid.network.stages
  const e = distribution.elements.length
  const c = e + fixed.length + (exchange?.count ?? 0)
  const protons = new Float64Array(c)
  const bound = new Float64Array(c)
  protons.set(input.protons ?? distribution.protons)
  bound.set(distribution.bound)
  fixed.forEach((f, q) => {
    protons[e + q] = f.protons
    bound[e + q] = f.bound
  })
  protons.fill(1, e + fixed.length)
  bound.fill(1, e + fixed.length)
  const acid = Float64Array.from(input.hydrogen)
  for (let k = 0; k < c; k++)
    for (let i = 0; i < n; i++)
      acid[i] = (acid[i] as number) + (protons[k] as number) * (input.source[k * n + i] as number)
  const onLoading = distribution.closure === 'loading'
  return {
    components: c,
    network: laid.network,
    protons,
    bound,
    extractant: input.loading ?? new Float64Array(n).fill(input.extractant),
    monomersPerFree: onLoading ? 0 : distribution.monomersPerFree,
    usesFree: distribution.dependsOnFree,
    usesAqueous: distribution.dependsOnAqueous,
    bisulfate: distribution.bisulfatePKa === undefined ? 0 : 10 ** -distribution.bisulfatePKa,
    source: input.source,
    organicSource: input.organicSource,
    acid,
    sulfate: input.sulfate ?? new Float64Array(n),
    evaluate: evaluator(distribution, fixed, exchange, onLoading),
  }
}

function evaluator(
  distribution: Distribution,
  fixed: readonly FixedComponent[],
  exchange: CationExchange | undefined,
  onLoading: boolean,
): SxProblem['evaluate'] {
  if (fixed.length === 0 && exchange === undefined)
    return (h, free, x, lnD, dH, dE) => distribution.evaluate(h, free, x, lnD, dH, dE)
  const e = distribution.elements.length
  const lnFixed = fixed.map((f) => Math.log(f.D))
  const lnK =
    exchange === undefined ? 0 : Math.log(exchange.constant * distribution.monomersPerFree)
  const last = e + fixed.length
  return (hydrogen, free, aqueous, lnD, dLnHydrogen, dLnFree) => {
    distribution.evaluate(hydrogen, free, aqueous, lnD, dLnHydrogen, dLnFree)
    for (let q = 0; q < fixed.length; q++) {
      lnD[e + q] = lnFixed[q] as number
      dLnHydrogen[e + q] = 0
      dLnFree[e + q] = 0
    }
    if (exchange === undefined) return
    const ln = lnK + (onLoading ? 0 : Math.log(free)) - Math.log(hydrogen)
    for (let q = last; q < last + exchange.count; q++) {
      lnD[q] = ln
      dLnHydrogen[q] = -1
      dLnFree[q] = onLoading ? 0 : 1
    }
  }
}
