import { evaluate } from './state.ts'
import type { State } from './state.ts'

/**
 * Unknowns to start from when nothing is known. Where metals are to be loaded: the extractant free
 * as if all that is fed were on the organic (at most 60 % taken), and hydrogen such that what is
 * fed divides evenly between the phases by flow, but never more than the acid that the stage
 * carries. Where the organic is unloaded: nearly all acid and extractant free.
 */
export function coldStart(state: State): void {
  const { problem, chain, unknowns, acid } = state
  const { lnD, dH, dE, aqueous } = state.scratch
  const { unloads, aqueousBack, aqueousExit } = chain.network
  const n = chain.n
  const c = problem.components
  const weight = new Float64Array(c)
  let total = 0
  let taken = 0
  state.seen.fill(0)
  aqueous.fill(0)
  for (let k = 0; k < c; k++) {
    if ((problem.protons[k] as number) < 2) continue
    for (let i = 0; i < n; i++)
      weight[k] = (weight[k] as number) + (problem.source[k * n + i] as number)
    total += weight[k] as number
    taken += (problem.bound[k] as number) * (weight[k] as number)
  }
  for (let i = 0; i < n; i++) {
    const held = problem.extractant[i] as number
    const loading = Math.min(0.6, taken / (held * (chain.organic[i] as number)))
    const share = unloads[i] === 1 ? 0.95 : 1 - loading
    const free = problem.monomersPerFree > 0 ? (share * held) / problem.monomersPerFree : 1
    const high = Math.log(Math.max(acid[i] as number, 1e-5) * 0.9)
    unknowns[n + i] = Math.log(free)
    unknowns[i] = high
    if (unloads[i] === 1) continue
    const flow = (aqueousBack[i] as number) + (aqueousExit[i] as number)
    unknowns[i] = evenSplit(flow / (chain.organic[i] as number), free, high)
  }

  /** ln H at which half of what is fed would be in the organic. */
  function evenSplit(even: number, free: number, most: number): number {
    let low = Math.log(1e-6)
    let high = Math.max(most, low)
    for (let tries = 0; tries < 14; tries++) {
      const mid = 0.5 * (low + high)
      problem.evaluate(Math.exp(mid), free, aqueous, lnD, dH, dE)
      let inOrganic = 0
      for (let k = 0; k < c; k++) {
        const d = Math.exp(Math.min(lnD[k] as number, 300))
        inOrganic += ((weight[k] as number) * d) / (d + even)
      }
      if (inOrganic > 0.5 * total) low = mid
      else high = mid
    }
    return high
  }
}

/**
 * Contents that satisfy the extractant and the acid balance at the present unknowns: the chains'
 * answer, cut back in each stage to 70 % of the extractant and of the acid.
 */
export function fillStages(state: State): void {
  evaluate(state, 0)
  const { problem, chain, x, m, heldX, heldM, acid, unknowns } = state
  const n = chain.n
  for (let i = 0; i < n; i++) {
    let held = 0
    let charge = 0
    for (let k = 0; k < problem.components; k++) {
      held +=
        ((problem.bound[k] as number) * (m[k * n + i] as number)) / (chain.organic[i] as number)
      charge += (problem.protons[k] as number) * (x[k * n + i] as number)
    }
    const total = problem.extractant[i] as number
    const limited = problem.usesFree && problem.monomersPerFree > 0
    const cutY = Math.min(1, (0.7 * total) / Math.max(held, 1e-300))
    const cutX = Math.min(1, (0.7 * (acid[i] as number) + 1e-12) / Math.max(charge, 1e-300))
    for (let k = 0; k < problem.components; k++) {
      heldX[k * n + i] = cutX * (x[k * n + i] as number)
      heldM[k * n + i] = cutY * (m[k * n + i] as number)
    }
    const free = (total - cutY * held) / problem.monomersPerFree
    unknowns[i] = Math.log(Math.max((acid[i] as number) - cutX * charge, 1e-9))
    if (limited) unknowns[n + i] = Math.log(free)
  }
}
