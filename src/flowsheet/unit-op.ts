import type { Equilibria } from '../chemistry/equilibria.ts'
import type { ExtractantSet } from '../chemistry/distribution/model.ts'
import type { Phase, SpeciesTable } from '../chemistry/species.ts'
import type { Sourced } from '../chemistry/sourced.ts'
import type { Fields, Params } from './fields.ts'
import type { Stream } from './stream.ts'
import type { DynamicInput, DynamicResult } from './dynamic.ts'
import type { CheckContext, UnitFault } from './unit-check.ts'

export type {
  DynamicInput,
  DynamicResult,
  PurityFloor,
  Setting,
  TransientReport,
} from './dynamic.ts'
export type { CheckContext, UnitFault } from './unit-check.ts'

/** What the chemistry of one plant is: handed to every unit operation, never looked up globally. */
export interface Properties {
  readonly species: SpeciesTable
  /** Rare earths of the plant in atomic order. */
  readonly rareEarths: readonly string[]
  readonly equilibria: Equilibria
  /** Extractant sets by id, built-in and the user's own. */
  readonly extractants: ReadonlyMap<string, ExtractantSet>
  /** A sourced constant by id (`data/process/*.json`); asserts that it exists. */
  constant(id: string): Sourced<number>
}

export interface Port {
  readonly name: string
  /** What the line mainly carries: how it is drawn, and which elements it can drain. */
  readonly phase: Phase
  readonly about: string
  /** May be left unconnected: an inlet is then empty; an outlet must then be empty. */
  readonly optional?: boolean
  /**
   * Inlets only: the unit draws what it needs. It must be fed by a `reagent` unit; `steady` is
   * given the reagent's composition at 1 kg/s and answers with `draws[name]` in kg/s.
   */
  readonly drawn?: boolean
}

export type Outcome =
  | 'infeasible'
  | 'max-iterations'
  | 'out-of-domain'
  | 'extractant-saturated'
  | 'saponification-above-throughput'
  | 'acid-short'
  | 'organic-not-stripped'

/** A warning on a result. Rank 1 is the worst (decides a product), 3 is for information. */
export interface Warning {
  readonly rank: 1 | 2 | 3
  readonly code: string
  readonly text: string
  readonly stage?: number
}

/** One equilibrium stage as reported: mol/L by element, stages numbered from 1. */
export interface StageResult {
  readonly index: number
  readonly section: string
  readonly aqueous: Readonly<Record<string, number>>
  readonly organic: Readonly<Record<string, number>>
  readonly D: Readonly<Record<string, number>>
  readonly pH: number
  /** mol/L of free extractant, monomer. */
  readonly freeExtractant: number
  /** Metal in the organic over the stoichiometric limit. */
  readonly loading: number
  /** m3/s leaving the stage. */
  readonly aqueousFlow: number
  readonly organicFlow: number
  /** Organic over aqueous volume inside the mixer. */
  readonly mixerPhaseRatio: number
}

export interface CircuitReport {
  readonly stages: readonly StageResult[]
  readonly elements: readonly string[]
  readonly extractant: string
  readonly held?: { readonly vary: string; readonly value: number; readonly unit: string }
  readonly iterations: number
}

/** A packed product as reported: mass fractions of the product as packed. */
export interface ProductReport {
  /** Elements whose oxides the product is sold as: `[Nd]`, `[Nd, Pr]`. */
  readonly elements: readonly string[]
  /** kg/s as packed. */
  readonly rate: number
  readonly purity: {
    readonly reoOfTreo: number
    readonly treoInProduct: number
    readonly oxideInProduct: number
  }
  /** Everything else, as oxide or as species, mass fraction of the product. */
  readonly impurities: Readonly<Record<string, number>>
  readonly specification: 'met' | 'not met' | 'none'
  /** Each limit that is missed, in words with its shortfall. */
  readonly shortfalls: readonly string[]
}

/**
 * Heat to be added (positive) or removed (negative), W, `without` traces of species that have no
 * enthalpy; or unknown, with what is missing.
 */
export type Heat =
  | { readonly watts: number; readonly without?: string }
  | { readonly unknown: string }

export type UnitResult =
  | {
      readonly ok: true
      readonly outlets: Readonly<Record<string, Stream>>
      /** kg/s taken from each `drawn` inlet. */
      readonly draws?: Readonly<Record<string, number>>
      readonly heat?: Heat
      /** Electricity, W. */
      readonly power?: number
      readonly warnings?: readonly Warning[]
      /** Named figures for people: pH, conversion, vent dilution ... with their unit. */
      readonly figures?: Readonly<Record<string, { readonly value: number; readonly unit: string }>>
      readonly circuit?: CircuitReport
      readonly product?: ProductReport
      /** Whatever makes the next solve of the same unit fast; given back as `memory`. */
      readonly memory?: unknown
    }
  | {
      readonly ok: false
      readonly outcome: Outcome
      /** Stage, element or parameter at fault. */
      readonly at: string
      readonly detail: string
      readonly advice: string
    }

export interface SteadyInput<F extends Fields> {
  readonly name: string
  /** By port; several streams into one port arrive mixed. A port left open is an empty stream. */
  readonly inlets: Readonly<Record<string, Stream>>
  readonly params: Params<F>
  readonly properties: Properties
  /** `memory` of the last result of this unit, for a warm start; must not change the answer. */
  readonly memory?: unknown
}

/** A sizing quantity in SI: `{ name: 'volume', value: 2.1, unit: 'm3' }`. */
export interface Size {
  readonly name: string
  readonly value: number
  readonly unit: string
}

export interface EquipmentItem {
  /** Standard type: `mixer-settler`, `agitated tank`, `rotary kiln`, `pressure filter` ... */
  readonly type: string
  readonly count: number
  /** How many of them stand by and draw no power; left out: none. */
  readonly standby?: number
  /** What it is sized by, of each. */
  readonly size: Size
  /** What else a price may go by, of each: settler volume, heat duty, gas flow, time held. */
  readonly further?: readonly Size[]
  /** Electricity of all that run, W. */
  readonly power?: number
  readonly material: string
  /** How the size follows from the flows (residence time, flux), in words. */
  readonly basis: string
}

/** What a unit holds while it runs: bought once, and given back only when it is emptied. */
export interface HoldUp {
  /** kg of the rare earths held. */
  readonly elements: Readonly<Record<string, number>>
  /** kg of fresh solvent that fills it, by species. */
  readonly solvent: Readonly<Record<string, number>>
  /** m3 of each phase. */
  readonly organic: number
  readonly aqueous: number
  readonly basis: string
}

export interface EquipmentInput<F extends Fields> extends SteadyInput<F> {
  readonly result: Extract<UnitResult, { ok: true }>
}

/**
 * A unit operation: one file, one line in `unitops/index.ts`. Everything that needs to know what
 * units exist (parser, forms, help, reference page, identity tests) walks that list.
 */
export interface UnitOp<F extends Fields = Fields> {
  readonly kind: string
  readonly title: string
  readonly about: string
  readonly group:
    | 'boundary'
    | 'general'
    | 'front end'
    | 'leaching'
    | 'purification'
    | 'solid-liquid'
    | 'solvent extraction'
    | 'products'
    | 'effluent'
  readonly symbol: string
  readonly params: F
  /** Ports; a function where they depend on the parameters (circuits, splitters). */
  readonly inlets: readonly Port[] | ((params: Params<F>) => readonly Port[])
  readonly outlets: readonly Port[] | ((params: Params<F>) => readonly Port[])
  /**
   * Outlets by which an element that comes in at `inlet` can leave. Left out: any outlet, except
   * that a gas outlet carries only H, B, C, N, O, F, S and Cl.
   */
  routes?(
    element: string,
    inlet: string,
    params: Params<F>,
    properties: Properties,
  ): readonly string[]
  /**
   * Faults that show in the parameters and connections alone, before anything is solved: what
   * `steady` would refuse or could only misread. What is not found here may still be refused.
   */
  check?(params: Partial<Params<F>>, context: CheckContext): readonly UnitFault[]
  /** Reads `properties.extractants`: calculated anew when one of their numbers moves. */
  readonly readsExtractants?: true
  steady(input: SteadyInput<F>): UnitResult
  /** The unit in time, from a start through one setting after another; asked by `transient`. */
  dynamic?(input: DynamicInput<F>): DynamicResult
  /** Asked when it is read, never while the plant is solved. */
  equipment(input: EquipmentInput<F>): readonly EquipmentItem[]
  /** What stays in the unit; left out: nothing that is worth counting. Asked as `equipment` is. */
  holdUp?(input: EquipmentInput<F>): HoldUp
  /**
   * Operating window: how far each knob may move alone, as fractions of its value, before a limit
   * is missed. Many solves, so it is asked once on a solved plant and never while the plant is
   * solved.
   */
  window?(input: EquipmentInput<F>): Readonly<Record<string, readonly [number, number]>> | undefined
}

/** Types a unit operation by its own declaration; erased to `UnitOp` for the registry. */
export function defineUnitOp<const F extends Fields>(op: UnitOp<F>): UnitOp {
  return op as unknown as UnitOp
}
