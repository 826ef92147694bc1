import type { SolveState } from './steps.ts'
import type { Stream } from './stream.ts'
import type { Tracer } from './tracers.ts'
import type { Outcome, Properties, UnitOp, UnitResult, Warning } from './unit-op.ts'

/** A unit of a plant: an operation and the parameters it runs with (SI, defaults filled in). */
export interface UnitInstance {
  readonly name: string
  readonly op: UnitOp
  /** As the operation declares them; checked by whoever parsed them. */
  readonly params: Readonly<Record<string, unknown>>
}

/** One end of a connection. */
export interface PortRef {
  readonly unit: string
  readonly port: string
}

/** A line between an outlet and an inlet; its name is the stream's name. */
export interface Connection {
  readonly name: string
  readonly from: PortRef
  readonly to: PortRef
}

/** What a specification can measure: the plant as solved so far. */
export interface SolvedState {
  /** By connection. */
  readonly streams: Readonly<Record<string, Stream>>
  /** By unit. */
  readonly results: Readonly<Record<string, OkResult>>
  readonly properties: Properties
}

/** Vary this parameter until that measure meets its target. */
export interface Specification {
  readonly name: string
  readonly vary: {
    readonly unit: string
    /** Where the number sits in the unit's parameters: `['strip', 'acid']`. */
    readonly path: readonly (string | number)[]
    /** Bounds in the parameter's own (SI) unit. */
    readonly min: number
    readonly max: number
    /** For people: a value with its unit. Without it the bare number is shown. */
    show?(value: number): string
  }
  measure(state: SolvedState): number
  readonly target: number
  /** Largest |measure - target| that counts as met, in the unit of the measure. */
  readonly tolerance: number
  /** The target is a floor: a measure above it is met too, and nothing is varied for it. */
  readonly atLeast?: boolean
}

/** A plant: units, lines, what is to be met. */
export interface Flowsheet {
  readonly units: readonly UnitInstance[]
  readonly connections: readonly Connection[]
  readonly specifications: readonly Specification[]
  readonly properties: Properties
  readonly tracers?: readonly Tracer[]
}

/** A unit's successful answer. */
export type OkResult = Extract<UnitResult, { ok: true }>

/** Why a solve ended without a plant, who is at fault and what could be done. */
export interface Failure {
  readonly outcome: Outcome
  /** Unit, loop or specification at fault; empty when it is the whole sheet. */
  readonly unit: string
  /** Tear, stage, element or parameter. */
  readonly at: string
  readonly detail: string
  readonly advice: string
}

/** How one specification ended. */
export interface SpecificationResult {
  readonly name: string
  /** Value of the varied parameter. */
  readonly value: number
  readonly measured: number
  readonly met: boolean
}

/** What a solve hands to the next one; of no use to anyone else. */
export interface SolverMemory {
  readonly state: SolveState
  /** Slopes of the specifications with respect to what they vary. */
  readonly slopes: Float64Array
}

/** A solved plant, or as far as it came and why it stopped. */
export interface FlowsheetSolution {
  readonly status: 'converged' | 'failed'
  /** Null when converged. */
  readonly failure: Failure | null
  /** By connection, as they leave their source. Empty streams where a failure left them unknown. */
  readonly streams: Readonly<Record<string, Stream>>
  /** By unit; a unit that failed or was not reached is missing. */
  readonly results: Readonly<Record<string, OkResult>>
  /** The units with the parameters that the specifications arrived at. */
  readonly units: readonly UnitInstance[]
  readonly specifications: readonly SpecificationResult[]
  /** Unit warnings with the unit that gave them, worst first. */
  readonly warnings: readonly (Warning & { readonly unit: string })[]
  readonly solver: {
    readonly order: readonly string[]
    readonly tears: readonly string[]
    readonly sweeps: number
    /** Unit operations actually calculated; the rest were reused unchanged. */
    readonly calculated: number
    readonly reused: number
    /** Largest relative mismatch of a tear at the end. */
    readonly residual: number
  }
  /** For a warm start: `solve(sheet, { from: solution })`. */
  readonly memory: SolverMemory
}
