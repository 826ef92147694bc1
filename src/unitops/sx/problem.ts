/**
 * A solvent-extraction circuit as pure numbers: what the solver sees. Stages are counted in the
 * direction of the organic; the aqueous runs the other way. Flows in L/s, concentrations in mol/L,
 * rates in mol/s. Components are the metals and, where the organic is saponified, sodium or
 * ammonium: whatever changes phase against protons.
 */

/** An aqueous line from the outlet of one stage into another that is not its neighbour. */
export interface Recycle {
  readonly from: number
  readonly to: number
  /** L/s */
  readonly flow: number
}

/** Where the two phases go. All arrays have one entry a stage. */
export interface Network {
  readonly stages: number
  /** Aqueous to stage i - 1. */
  readonly aqueousBack: Float64Array
  /** Aqueous entrained by the organic to stage i + 1; of the last stage: round the loop. */
  readonly aqueousForward: Float64Array
  /** Aqueous leaving the circuit: outlets and draws. Recycles are apart. */
  readonly aqueousExit: Float64Array
  /** Organic to stage i + 1; of the last stage: round the loop. */
  readonly organicForward: Float64Array
  /** Organic entrained by the aqueous to stage i - 1. */
  readonly organicBack: Float64Array
  /** Organic leaving the circuit: draws and what outlets entrain. */
  readonly organicExit: Float64Array
  /** Murphree efficiency of the organic. */
  readonly efficiency: Float64Array
  /** Share of the organic (of its entrained aqueous) leaving the last stage that returns. */
  readonly keepOrganic: number
  readonly keepAqueous: number
  readonly recycles: readonly Recycle[]
  /** Volumes held in a stage, L: only the path to the steady state depends on them. */
  readonly aqueousHold: Float64Array
  readonly organicHold: Float64Array
  /** 1 in stages that are there to unload the organic (strip, wash): a hint for the start only. */
  readonly unloads: Uint8Array
}

export interface SxProblem {
  readonly components: number
  readonly network: Network
  /** Protons given up per ion taken up, and extractant monomers bound by it. */
  readonly protons: Float64Array
  readonly bound: Float64Array
  /**
   * Total extractant by stage, monomer mol/L. With a distribution that closes on loading instead:
   * what `bound` must sum to in the organic leaving the stage.
   */
  readonly extractant: Float64Array
  /** Monomers in one unit of `free` as the distribution counts it; 0: it closes on loading. */
  readonly monomersPerFree: number
  readonly usesFree: boolean
  readonly usesAqueous: boolean
  /** Acid constant of bisulfate, mol/L; 0 = no sulfate equilibrium. */
  readonly bisulfate: number
  /** Metals entering stage i, component-major (`k * stages + i`). */
  readonly source: Float64Array
  /** Components entering the first stage with the organic besides what the loop returns. */
  readonly organicSource: Float64Array
  /**
   * Acid entering stage i: total protons less hydroxide *plus* protons * rate of all components in
   * the aqueous. Exchange with the organic leaves this sum alone, so it only rides on the water.
   */
  readonly acid: Float64Array
  /** Total sulfate entering stage i; used with `bisulfate` only. */
  readonly sulfate: Float64Array
  /** As `Distribution.evaluate`, over all components. */
  evaluate(
    hydrogen: number,
    free: number,
    aqueous: Float64Array,
    lnD: Float64Array,
    dLnHydrogen: Float64Array,
    dLnFree: Float64Array,
  ): void
}

/** A profile: ln of free hydrogen and of free extractant by stage. All the rest follows from it. */
export interface Profile {
  readonly lnHydrogen: Float64Array
  readonly lnFree: Float64Array
  /** Aqueous concentrations, component-major: what an activity model starts from. */
  readonly aqueous?: Float64Array
}

export interface SxSolution extends Profile {
  readonly converged: boolean
  /** Largest |residual| of the acid and extractant balances (logarithms of ratios). */
  readonly residual: number
  /** Stage of the largest residual, from 0. */
  readonly worstStage: number
  /** Linear solves taken. */
  readonly iterations: number
  /** How it was reached: `newton` from a profile, `relaxed` from nothing, `steps` in hold-up. */
  readonly path: 'newton' | 'relaxed' | 'steps'
  /** Aqueous concentrations, component-major. */
  readonly aqueous: Float64Array
  /** Flow of each component with all organic leaving stage i, mol/s, component-major. */
  readonly organicRate: Float64Array
  /** Distribution ratios used, component-major. */
  readonly D: Float64Array
  /** Conserved acid and sulfate by stage, mol/L. */
  readonly acid: Float64Array
  readonly sulfate: Float64Array
  /** Floating-point operations of the linear solves, estimated from the loops taken. */
  readonly operations: number
}

/** Ionic product of water, (mol/L)^2 at 25 degC: keeps hydrogen positive where no acid is. */
export const WATER = 1e-14
