import type { ExtractantSet } from '../chemistry/distribution/model.ts'
import type { PortRef, Tracer } from '../flowsheet/index.ts'
import type { UnitOp } from '../flowsheet/unit-op.ts'
import type { PlantEconomics } from './economics/plant-economics.ts'
import type { Finding, Position } from './findings.ts'
import type { Condition } from './measure.ts'
import type { Annotation } from './read-fields.ts'
import type { TreeNode } from './yaml-tree.ts'

/** The version of the plant document that this program writes. */
export const plantSchema = 'didymium/plant@1'

/**
 * Lifts the text of an older version by one, so that comments stay. Version 1 is the first, so
 * there is none; version 2 adds `'didymium/plant@1': (text) => ...` here.
 */
export const plantMigrations: Readonly<Record<string, (text: string) => string>> = {}

/** What a plant may hold at most. */
export const plantLimits = { units: 10_000, stages: 10_000, streams: 20_000 } as const

/** A unit of the plant, its kind resolved to the operation, its parameters in SI. */
export interface PlantUnit {
  readonly name: string
  readonly op: UnitOp
  readonly params: Readonly<Record<string, unknown>>
  readonly at: Position
}

/** A line of the plant: its name is the stream's. */
export interface PlantStream {
  readonly name: string
  readonly from: PortRef
  readonly to: PortRef
  readonly at: Position
}

/** Vary this until that. Bounds in SI. */
export interface PlantSpecification {
  readonly name: string
  readonly vary: {
    readonly text: string
    readonly unit: string
    readonly path: readonly (string | number)[]
    readonly min: number
    readonly max: number
    readonly label: string
  }
  readonly until: Condition
  readonly at: Position
}

/** A condition that the solved plant is held against; it does not vary anything. */
export interface PlantLimit {
  readonly name: string
  readonly require: Condition
  readonly at: Position
}

/** An extractant set that belongs to the plant, not to the databank. */
export interface OwnSet {
  readonly name: string
  readonly path: string
  readonly set: ExtractantSet
  /** SHA-256 of the file's text. */
  readonly hash: string
}

/** What a delivery brings from its plant, for one second of this plant. */
export interface Delivered {
  /** mol/s by `phase species`, `solid La2(CO3)3·8H2O`. */
  readonly contents: Readonly<Record<string, number>>
  /** Tracers by name and carrier with their amount per second. */
  readonly tracers: readonly (Pick<Tracer, 'name' | 'unit' | 'carrier'> & {
    readonly amount: number
  })[]
}

/** A unit that is fed by a stream of another plant. */
export interface Delivery {
  readonly unit: string
  /** Path of the other plant's file, relative to this one. */
  readonly path: string
  readonly plant: PlantDocument
  readonly stream: string
  /** Solves the other plant, once; `undefined` where it has no solution. */
  readonly delivered: () => Delivered | undefined
}

/** A plant file as read: checked, in SI, names resolved. */
export interface PlantDocument {
  readonly schema: typeof plantSchema
  readonly file: string
  readonly title: string
  readonly notes: string
  /** h/y; rates per year are divided by it. */
  readonly operatingHours: number
  readonly units: readonly PlantUnit[]
  readonly streams: readonly PlantStream[]
  readonly specifications: readonly PlantSpecification[]
  readonly limits: readonly PlantLimit[]
  readonly extractants: readonly OwnSet[]
  readonly deliveries: readonly Delivery[]
  /** What it costs, earns and emits: as the file says, defaults where it says nothing. */
  readonly economics: PlantEconomics
  /** Notes, sources and assumptions with what they are said about. */
  readonly annotations: readonly Annotation[]
  /** Standard uncertainties in SI by dotted path of the parameter. */
  readonly uncertainties: ReadonlyMap<string, number>
  /** SHA-256 of the text, computed when it is read. */
  readonly hash: string
}

export type PlantReading =
  /** The text as a tree as well: where each value of the plant is written. */
  | { readonly ok: true; readonly plant: PlantDocument; readonly tree: TreeNode }
  | { readonly ok: false; readonly findings: readonly Finding[] }
