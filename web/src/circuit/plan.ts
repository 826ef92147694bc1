/** What a plant says of one of its circuits: plain data, beside what the solution says. */
export interface CircuitPlan {
  readonly name: string
  /** SHA-256 of the plant: the solution that it goes with has the same. */
  readonly plant: string
  readonly sections: readonly PlanSection[]
  readonly feeds: readonly PlanFeed[]
  readonly draws: readonly PlanPlace[]
  /** Outlets of liquor by the stage that they leave, from 1. */
  readonly outlets: readonly PlanPlace[]
  readonly reflux?: { readonly from: number; readonly to: number }
  readonly hold?: PlanHold
  /** Parameters that are worth a slider, in the order of the loop. */
  readonly reagents: readonly PlanReagent[]
}

export interface PlanSection {
  readonly name: string
  readonly type: string
  /** Place in the list of the plant file. */
  readonly index: number
  /** First and last stage, from 1 through the whole circuit. */
  readonly from: number
  readonly to: number
  /** Its aqueous leaves the circuit, or goes on into the section before. */
  readonly aqueousTo: 'out' | 'previous'
  /** Murphree efficiency below 1: its stages are no equilibrium stages. */
  readonly efficiency: number
}

/** A stage where something enters or leaves. */
export interface PlanPlace {
  readonly name: string
  readonly phase: 'aqueous' | 'organic'
  readonly stage: number
}

export interface PlanFeed extends PlanPlace {
  readonly section: string
  /** Stage of its section, from 1 = organic inlet. */
  readonly own: number
}

export interface PlanHold {
  readonly vary: string
  readonly measure: string
  readonly elements: readonly string[]
  readonly outlet: string
}

/** The acid or base of a section, and the unit that brings it. */
export interface PlanReagent {
  readonly section: string
  readonly unit: string
}
