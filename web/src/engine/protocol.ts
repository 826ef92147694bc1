import type { Finding, Solution } from '../../../src/scenario/index.ts'
import type { Parameter } from '../../../src/scenario/study/parameters.ts'
import type { SolutionPatch } from './parts.ts'

/** A port of a unit as the page shows it. */
export interface PortView {
  readonly name: string
  readonly phase: 'solid' | 'aqueous' | 'organic' | 'gas' | undefined
  readonly about: string
}

/** A unit of the plant file: plain data, the registry entry already resolved. */
export interface UnitView {
  readonly name: string
  readonly kind: string
  readonly title: string
  readonly about: string
  readonly group: string
  /** How the flow diagram draws it. */
  readonly symbol: string
  /** Line of the plant text where it is written, from 1. */
  readonly line: number
  readonly inlets: readonly PortView[]
  readonly outlets: readonly PortView[]
  /** Sections of a circuit in the order in which the organic passes; absent for other units. */
  readonly sections?: readonly { readonly name: string; readonly stages: number }[]
  /** Feeds bring material in at a rate of their own; products and other ends take it out. */
  readonly role: 'feed' | 'reagent' | 'unit' | 'product' | 'end'
}

/** A line of the plant file. */
export interface StreamView {
  readonly name: string
  /** `unit.port` at both ends. */
  readonly from: string
  readonly to: string
  readonly line: number
  /** True where the stream closes a loop: drawn as a recycle. */
  readonly recycle: boolean
}

/** A number of the plant that can be edited in place. */
export interface ParameterView {
  /** As the terminal names it: `sx1.sections[0].stages`, `magnets.assay.Nd`. */
  readonly path: string
  /** Where it stands in the text, or would: `['units', 'sx1', 'sections', 0, 'stages']`. */
  readonly textPath: readonly (string | number)[]
  /** First character of its text, and the one after the last; absent where it is a default. */
  readonly range?: readonly [from: number, to: number]
  /** Its unit; `economics` for what is said of money. */
  readonly unit: string
  readonly label: string
  /** One line of help from the registry. */
  readonly about: string
  /** SI. */
  readonly value: number
  /** As it is written in the plant: `30 t/y`; a default as it would be written. */
  readonly text: string
  readonly isDefault: boolean
  /** Name of the dimension in `src/quantities`; absent for a bare number. */
  readonly dimension?: string
  /** Set where it is money: in which, of which price level, and per what. */
  readonly money?: Parameter['money']
  /** In which the number is shown; empty for a bare number. */
  readonly shownIn: string
  /** Units in which it may be written; '' stands for a bare number. */
  readonly accepted: readonly string[]
  /** SI; null = unbounded. */
  readonly min: number | null
  readonly max: number | null
  readonly whole: boolean
  /** Standard uncertainty that the plant states, SI. */
  readonly deviation?: number
  /** What the plant says of it. */
  readonly notes: readonly { readonly kind: string; readonly text: string }[]
}

/** All that the page knows of a plant file. */
export interface PlantView {
  readonly title: string
  readonly notes: string
  readonly operatingHours: number
  readonly hash: string
  readonly units: readonly UnitView[]
  readonly streams: readonly StreamView[]
  readonly parameters: readonly ParameterView[]
}

/** What the worker answers to a text: the plant and its solution, or what is wrong with it. */
export type Solved =
  | {
      readonly ok: true
      readonly plant: PlantView
      readonly solution: Solution
      /** Milliseconds spent reading and solving. */
      readonly took: { readonly read: number; readonly solve: number }
    }
  | { readonly ok: false; readonly findings: readonly Finding[] }

/** A plant file with the files that it names, as the worker is given it. */
export interface SolveRequest {
  readonly file: string
  readonly text: string
  /** Text of extractant sets and delivered plants by their path relative to the plant file. */
  readonly sets: Readonly<Record<string, string>>
}

/** Told now and then how far a long task has come: 0 to 1, and whatever the task has to show. */
export type Progress = (share: number, partial?: unknown) => void

/** What an area adds to the worker, exported as `tasks` from `engine/tasks/<area>.ts`. */
export type TaskMap = Readonly<Record<string, (args: never, progress?: Progress) => unknown>>

/** Numbers of the plant in hand moved; `text` is the plant file with the new numbers in it. */
export interface EditRequest {
  readonly text: string
  readonly moves: readonly { readonly path: string /** SI. */; readonly value: number }[]
}

/** Milliseconds in the worker. */
interface Took {
  readonly read: number
  readonly solve: number
}

/** What goes from the worker to the client, which makes a `Solved` of it. */
export type Answer =
  | {
      readonly kind: 'whole'
      readonly plant: PlantView
      readonly solution: SolutionPatch
      readonly took: Took
    }
  | {
      readonly kind: 'edit'
      /** Units whose numbers moved, as they are now. */
      readonly units: readonly UnitView[]
      readonly solution: SolutionPatch
      readonly took: Took
    }
  | { readonly kind: 'refused'; readonly findings: readonly Finding[] }
  /** A number that the plant in hand does not have: the text must be read. */
  | { readonly kind: 'unread' }
