import { factor, makeChain, makeChainFactors, solve } from './chain.ts'
import type { Chain, ChainFactors } from './chain.ts'
import { WATER } from './problem.ts'
import type { SxProblem } from './problem.ts'

/**
 * Everything that the solver keeps between two evaluations. The unknowns are ln H and ln E (free
 * extractant) of each stage only: with those known every component is a linear chain that is
 * solved exactly, so all metal balances hold at every iterate and no concentration can be negative.
 * What remains are two local conditions a stage, written as logarithms of ratios:
 *   ln (H + HSO4- + sum z x) - ln (acid + Kw / H) = 0     (the proton balance, in closed form)
 *   ln (m E + sum b y) - ln C = 0                         (the extractant balance)
 */
export interface State {
  readonly problem: SxProblem
  readonly chain: Chain
  readonly factors: ChainFactors
  /** Those of one component that stays in the aqueous. */
  readonly inert: ChainFactors
  /** ln H of the stages, then ln E. */
  readonly unknowns: Float64Array
  readonly residual: Float64Array
  /** Component-major fields. */
  readonly x: Float64Array
  readonly m: Float64Array
  readonly D: Float64Array
  readonly rate: Float64Array
  readonly slopeH: Float64Array
  readonly slopeE: Float64Array
  /** Conserved acid and sulfate, mol/L; denominators of the two conditions. */
  readonly acid: Float64Array
  readonly sulfate: Float64Array
  readonly sumAcid: Float64Array
  readonly sumExtractant: Float64Array
  /** Contents at the beginning of a step in time, per L held; used when pace > 0. */
  readonly heldX: Float64Array
  readonly heldM: Float64Array
  readonly intoX: Float64Array
  readonly intoY: Float64Array
  /** How often the residuals were evaluated. */
  readonly effort: { evaluations: number }
  /** Aqueous composition that activity models see: that of the last accepted iterate. */
  readonly seen: Float64Array
  readonly scratch: {
    readonly lnD: Float64Array
    readonly dH: Float64Array
    readonly dE: Float64Array
    readonly aqueous: Float64Array
  }
}

/** The state of a problem; an earlier one of the size is made into it, and must not be needed. */
export function makeState(problem: SxProblem, earlier?: State): State {
  const n = problem.network.stages
  const c = problem.components
  const chain = makeChain(problem.network)
  if (
    earlier?.chain.n === n &&
    earlier.problem.components === c &&
    earlier.chain.tears.length === chain.tears.length
  ) {
    const again: { -readonly [K in keyof State]: State[K] } = earlier
    again.problem = problem
    again.chain = chain
    again.effort.evaluations = 0
    for (const field of [again.unknowns, again.seen, again.sulfate]) field.fill(0)
    return withInert(again)
  }
  const field = () => new Float64Array(n * c)
  return withInert({
    problem,
    chain,
    factors: makeChainFactors(chain, c),
    inert: makeChainFactors(chain, 1),
    unknowns: new Float64Array(2 * n),
    residual: new Float64Array(2 * n),
    x: field(),
    m: field(),
    D: field(),
    rate: field(),
    slopeH: field(),
    slopeE: field(),
    acid: new Float64Array(n),
    sulfate: new Float64Array(n),
    sumAcid: new Float64Array(n),
    sumExtractant: new Float64Array(n),
    heldX: field(),
    heldM: field(),
    intoX: field(),
    intoY: field(),
    effort: { evaluations: 0 },
    seen: field(),
    scratch: {
      lnD: new Float64Array(c),
      dH: new Float64Array(c),
      dE: new Float64Array(c),
      aqueous: new Float64Array(c),
    },
  })
}

/** Acid and sulfate only ride on the water: their profiles are known before anything is solved. */
function withInert(state: State): State {
  const { problem, chain, inert, acid, sulfate } = state
  carryInert(chain, [problem.acid], [acid], inert)
  if (problem.bisulfate > 0) carryInert(chain, [problem.sulfate], [sulfate], inert)
  return state
}

/** Concentration profiles of what stays in the aqueous (and is entrained with it). */
export function carryInert(
  chain: Chain,
  sources: readonly Float64Array[],
  results: readonly Float64Array[],
  factors = makeChainFactors(chain, 1),
): void {
  const nothing = new Float64Array(chain.n)
  const m = new Float64Array(chain.n)
  factor(chain, factors, 0, nothing, 0)
  for (const [q, source] of sources.entries()) {
    solve(chain, factors, 0, source, nothing, 0, 0, results[q] as Float64Array, m, 0)
  }
}

const LIMIT = 650
/** Metal concentration up to which activity models are asked, mol/L. */
const STRONGEST = 10

/** Distribution ratios and their slopes at the present unknowns. */
function distribute(state: State): void {
  const { problem, chain, unknowns, D, rate, slopeH, slopeE, seen, scratch } = state
  const { lnD, dH, dE, aqueous } = scratch
  const n = chain.n
  const c = problem.components
  const mixed = chain.mixed
  for (let i = 0; i < n; i++) {
    if (problem.usesAqueous)
      for (let k = 0; k < c; k++) aqueous[k] = Math.min(seen[k * n + i] as number, STRONGEST)
    const hydrogen = Math.exp(unknowns[i] as number)
    const free = Math.exp(unknowns[n + i] as number)
    problem.evaluate(hydrogen, free, aqueous, lnD, dH, dE)
    for (let k = 0; k < c; k++) {
      const ln = lnD[k] as number
      // Far outside its range an activity model may answer with no number at all.
      const ratio = ln > LIMIT ? Math.exp(LIMIT) : ln <= LIMIT ? Math.exp(ln) : 1
      D[k * n + i] = ratio
      rate[k * n + i] = ratio * (mixed[i] as number)
      slopeH[k * n + i] = dH[k] as number
      slopeE[k * n + i] = dE[k] as number
    }
  }
}

/** Solves all chains at the present distribution ratios. */
function transport(state: State, pace: number): void {
  const { problem, chain, factors, rate, x, m, heldX, heldM, intoX, intoY } = state
  const n = chain.n
  const { aqueousHold, organicHold } = chain.network
  const organic = chain.organic
  let source = problem.source
  if (pace > 0) {
    source = intoX
    for (let k = 0; k < problem.components; k++)
      for (let i = 0; i < n; i++) {
        const q = k * n + i
        intoX[q] =
          (problem.source[q] as number) + pace * (aqueousHold[i] as number) * (heldX[q] as number)
        intoY[q] =
          ((pace * (organicHold[i] as number)) / (organic[i] as number)) * (heldM[q] as number)
      }
  } else intoY.fill(0)
  for (let k = 0; k < problem.components; k++) {
    factor(chain, factors, k, rate, pace)
    solve(chain, factors, k, source, intoY, k * n, problem.organicSource[k] as number, x, m, k * n)
  }
}

/** Fills the residuals at the present unknowns; answers the sum of their squares. */
export function evaluate(state: State, pace: number): number {
  state.effort.evaluations++
  distribute(state)
  transport(state, pace)
  const { problem, chain, unknowns, residual, x, m, acid, sulfate, sumAcid, sumExtractant } = state
  const { protons, bound, components, extractant, monomersPerFree, bisulfate } = problem
  const n = chain.n
  const organic = chain.organic
  sumAcid.fill(0)
  sumExtractant.fill(0)
  for (let k = 0; k < components; k++) {
    const z = protons[k] as number
    const b = bound[k] as number
    for (let i = 0; i < n; i++) {
      sumAcid[i] = (sumAcid[i] as number) + z * (x[k * n + i] as number)
      sumExtractant[i] = (sumExtractant[i] as number) + b * (m[k * n + i] as number)
    }
  }
  let merit = 0
  for (let i = 0; i < n; i++) {
    const hydrogen = Math.exp(unknowns[i] as number)
    let total = (sumAcid[i] as number) + hydrogen
    if (bisulfate > 0) total += ((sulfate[i] as number) * hydrogen) / (hydrogen + bisulfate)
    sumAcid[i] = total
    const fH = Math.log(total / ((acid[i] as number) + WATER / hydrogen))
    residual[i] = fH
    const held =
      monomersPerFree * Math.exp(unknowns[n + i] as number) +
      (sumExtractant[i] as number) / (organic[i] as number)
    sumExtractant[i] = held
    const fE = problem.usesFree ? Math.log(held / (extractant[i] as number)) : 0
    residual[n + i] = fE
    merit += fH * fH + fE * fE
  }
  return merit
}

/** Largest |residual| and its place in the list of unknowns. */
export function worst(state: State): { readonly size: number; readonly place: number } {
  let size = 0
  let place = 0
  for (let q = 0; q < state.residual.length; q++) {
    const here = Math.abs(state.residual[q] as number)
    if (!(here <= size)) {
      size = here
      place = q
    }
  }
  return { size, place }
}
