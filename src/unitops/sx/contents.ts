import { makeChain } from './chain.ts'
import { carryInert } from './state.ts'
import type { Built } from './model.ts'
import type { SxSolution } from './problem.ts'
import { exitsOf } from './outlets.ts'
import type { Vessels } from './vessels.ts'

/** Where a liquid leaves a circuit for good, as places in the contents. */
export interface Leak {
  readonly port: number
  readonly stage: number
  /** L/s of aqueous and of organic out of the settlers, and of aqueous straight from the mixer. */
  readonly aqueous: number
  readonly organic: number
  readonly entrained: number
}

/**
 * How the contents of a circuit lie in one vector. Concentrations (mol/L) in layers: the mixer,
 * then the tanks of the settler; what is exchanged first, then what only rides on the water (the
 * conserved acid, then the inert species). Behind them the moles that have left by each port and
 * the moles that came in, since the beginning.
 */
export interface Places {
  readonly stages: number
  readonly exchanged: number
  /** Exchanged and riding. */
  readonly all: number
  readonly tanks: number
  readonly ports: readonly string[]
  /** First place of the organic, of what has left, of what came in; and the size of the whole. */
  readonly organic: number
  readonly left: number
  readonly entered: number
  readonly size: number
}

export function placesOf(built: Built, tanks: number): Places {
  const { inventory } = built.circuit
  const stages = built.laid.network.stages
  const exchanged = inventory.exchanged.length
  const all = exchanged + 1 + inventory.inert.length
  const ports = [...new Set(exitsOf(built).map((e) => e.port)), ...loopPorts]
  const organic = (tanks + 1) * all * stages
  const left = organic + (tanks + 1) * exchanged * stages
  const entered = left + ports.length * all
  return { stages, exchanged, all, tanks, ports, organic, left, entered, size: entered + all }
}

const loopPorts = ['organic-bleed', 'saponification-liquor'] as const

/** What leaves the circuit, by port. */
export function leaksOf(built: Built, ports: readonly string[]): Leak[] {
  const { network, bled } = built.laid
  const stage = network.stages - 1
  const entrained = (1 - network.keepAqueous) * (network.aqueousForward[stage] as number)
  const none = { aqueous: 0, organic: 0, entrained: 0 }
  return [
    ...exitsOf(built).map((exit) => ({
      ...none,
      port: ports.indexOf(exit.port),
      stage: exit.stage,
      ...(exit.phase === 'aqueous'
        ? { aqueous: exit.flow, organic: exit.entrained }
        : { organic: exit.flow }),
    })),
    { ...none, port: ports.indexOf(loopPorts[0]), stage, organic: bled },
    { ...none, port: ports.indexOf(loopPorts[1]), stage, entrained },
  ]
}

/** Steady concentrations of what rides on the water, by place: `acid`, then the inert species. */
function ridingOf(built: Built, acid: Float64Array, inert: readonly Float64Array[]) {
  const chain = makeChain(built.laid.network)
  const sources = [acid, ...inert]
  const results = sources.map(() => new Float64Array(chain.n))
  carryInert(chain, sources, results)
  return results
}

/** The contents of a circuit that stands at its steady state. */
export function steadyContents(places: Places, built: Built, solution: SxSolution): Float64Array {
  const { stages: n, exchanged, all, tanks, organic } = places
  const { organicForward, organicBack, organicExit } = built.laid.network
  const u = new Float64Array(places.size)
  const riding = ridingOf(built, built.problem.acid, built.inert)
  for (let layer = 0; layer <= tanks; layer++) {
    for (let q = 0; q < exchanged * n; q++) {
      const i = q % n
      const flow =
        (organicForward[i] as number) + (organicBack[i] as number) + (organicExit[i] as number)
      u[layer * all * n + q] = solution.aqueous[q] as number
      u[organic + layer * exchanged * n + q] = (solution.organicRate[q] as number) / flow
    }
    riding.forEach((values, p) => u.set(values, (layer * all + exchanged + p) * n))
  }
  return u
}

/**
 * The contents before the first feed: organic in the acid form, and the scrub, strip and wash
 * liquors as they run with water for feed (`blank`), all without metals.
 */
export function emptyContents(places: Places, built: Built, blank: Built): Float64Array {
  const { stages: n, exchanged, all, tanks } = places
  const u = new Float64Array(places.size)
  const { acid, source, protons } = blank.problem
  // Free acid only: what the metals of a reagent count for is not there without them.
  const hydrogen = acid.map((v, i) => {
    let sum = v
    for (let k = 0; k < exchanged; k++)
      sum -= (protons[k] as number) * (source[k * n + i] as number)
    return sum
  })
  const riding = ridingOf(built, hydrogen, blank.inert)
  for (let layer = 0; layer <= tanks; layer++)
    riding.forEach((values, p) => u.set(values, (layer * all + exchanged + p) * n))
  return u
}

/** mol held of each place among `all`, mixers and settlers, both phases. */
export function heldBy(places: Places, vessels: Vessels, u: Float64Array): Float64Array {
  const { stages: n, exchanged, all, tanks, organic } = places
  const held = new Float64Array(all)
  for (let layer = 0; layer <= tanks; layer++) {
    const share = layer === 0 ? 1 : 1 / tanks
    const a = layer === 0 ? vessels.mixerAqueous : vessels.settlerAqueous
    const o = layer === 0 ? vessels.mixerOrganic : vessels.settlerOrganic
    for (let q = 0; q < all; q++) {
      let sum = 0
      for (let i = 0; i < n; i++) {
        sum += share * (a[i] as number) * (u[(layer * all + q) * n + i] as number)
        if (q < exchanged)
          sum += share * (o[i] as number) * (u[organic + (layer * exchanged + q) * n + i] as number)
      }
      held[q] = (held[q] as number) + sum
    }
  }
  return held
}
