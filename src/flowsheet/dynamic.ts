import type { Fields } from './fields.ts'
import type { SteadyInput, UnitResult } from './unit-op.ts'

/** Inlets and parameters that stand from a moment on, s after the beginning. */
export interface Setting<F extends Fields> extends SteadyInput<F> {
  readonly from: number
}

/** A purity that a liquor must have before it counts as product. */
export interface PurityFloor {
  readonly outlet: string
  readonly elements: readonly string[]
  readonly atLeast: number
}

export interface DynamicInput<F extends Fields> {
  /** In order of time; the first stands from the beginning. */
  readonly settings: readonly [Setting<F>, ...Setting<F>[]]
  /** What the unit holds to begin with: no metals, or the first setting's steady state. */
  readonly start: 'empty' | 'steady'
  /**
   * Before the first setting: its product is returned to the unit (total reflux) for so many
   * seconds, or until it meets its purity.
   */
  readonly closed?: number | 'until-pure'
  /** Length of the whole, s, and moments at which the contents are reported, evenly spaced. */
  readonly until: number
  readonly frames: number
  /** Error of a step that is tolerated, relative. */
  readonly tolerance: number
  /** Beside those that the parameters state. */
  readonly floors: readonly PurityFloor[]
  readonly progress?: (share: number) => void
}

/** Columns over moments, or over moments and stages. */
export type Column = readonly number[]
export type StageColumns = readonly Column[]

/** A unit in time: what leaves and what it holds at every step, and its stages at some moments. */
export interface TransientReport {
  /** s from the beginning. */
  readonly times: Column
  /** mol/s by outlet and element, at `times`. */
  readonly outlets: Readonly<Record<string, Readonly<Record<string, Column>>>>
  /** kg held by element (what only rides on the water: by species), at `times`. */
  readonly holdUp: Readonly<Record<string, Column>>
  readonly products: readonly {
    readonly floor: PurityFloor
    /** Oxides of its elements over all rare earth oxides, at `times`; null before any came. */
    readonly purity: readonly (number | null)[]
    /** kg of rare earth oxides that left below the floor, and in all. */
    readonly offSpecification: number
    readonly made: number
    /** s from which the floor is kept to the end; null = never. */
    readonly pureFrom: number | null
  }[]
  /** The contents of the mixers, to be played or drawn: each column is one moment. */
  readonly frames: {
    readonly times: Column
    readonly stages: readonly { readonly index: number; readonly section: string }[]
    /** mol/L by element: one column of stages for each moment. */
    readonly aqueous: Readonly<Record<string, StageColumns>>
    readonly organic: Readonly<Record<string, StageColumns>>
    readonly pH: StageColumns
    readonly loading: StageColumns
  }
  /** The steady state of the last setting: what everything tends to. */
  readonly steady: {
    readonly outlets: Readonly<Record<string, Readonly<Record<string, number>>>>
    readonly holdUp: Readonly<Record<string, number>>
  }
  readonly events: readonly { readonly time: number; readonly text: string }[]
  /** Largest |held - held before - in + out| over what is there, and of what. */
  readonly gap: { readonly worst: number; readonly of: string }
  /** Largest difference of a mixer's content from steady at the end, over its largest. */
  readonly distance: number
  readonly effort: { readonly steps: number; readonly refused: number }
}

export type DynamicResult =
  | { readonly ok: true; readonly report: TransientReport }
  | Extract<UnitResult, { ok: false }>
