/**
 * Events in the words of GS1 EPCIS 2.0 (JSON binding) and CBV 2.0, as plain records. They are kept
 * as they were captured; `validate.ts` says what may be captured.
 */

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }

export interface QuantityElement {
  readonly epcClass: string
  readonly quantity?: number
  /** UN/ECE Recommendation 20: KGM, GRM, TNE, MGM ... */
  readonly uom?: string
}

export interface Place {
  readonly id: string
}

export interface BizTransaction {
  readonly type?: string
  readonly bizTransaction: string
}

export interface Source {
  readonly type: string
  readonly source: string
}

export interface Destination {
  readonly type: string
  readonly destination: string
}

/** One reading; a user's own fields (`prefix:name`) may stand beside. */
export interface SensorReport {
  readonly type?: string
  readonly component?: string
  readonly chemicalSubstance?: string
  readonly value?: number
  readonly stringValue?: string
  readonly minValue?: number
  readonly maxValue?: number
  readonly meanValue?: number
  readonly sDev?: number
  readonly uom?: string
  readonly [field: string]: Json | undefined
}

export interface SensorElement {
  readonly sensorMetadata?: { readonly [field: string]: Json }
  readonly sensorReport: readonly SensorReport[]
}

export interface ErrorDeclaration {
  readonly declarationTime: string
  readonly reason?: string
  readonly correctiveEventIDs?: readonly string[]
}

interface EventBase {
  /** With an offset: 2026-03-01T08:00:00.000+00:00. */
  readonly eventTime: string
  readonly eventTimeZoneOffset: string
  readonly eventID?: string
  readonly recordTime?: string
  readonly errorDeclaration?: ErrorDeclaration
  readonly certificationInfo?: string | readonly string[]
  readonly bizStep?: string
  readonly disposition?: string
  readonly persistentDisposition?: {
    readonly set?: readonly string[]
    readonly unset?: readonly string[]
  }
  readonly readPoint?: Place
  readonly bizLocation?: Place
  readonly bizTransactionList?: readonly BizTransaction[]
  readonly sourceList?: readonly Source[]
  readonly destinationList?: readonly Destination[]
  readonly sensorElementList?: readonly SensorElement[]
}

export type Action = 'ADD' | 'OBSERVE' | 'DELETE'

/** Instance and lot master data: only fields with a prefix. */
export type Ilmd = { readonly [field: string]: Json }

export interface ObjectEvent extends EventBase {
  readonly type: 'ObjectEvent'
  readonly action: Action
  readonly epcList?: readonly string[]
  readonly quantityList?: readonly QuantityElement[]
  readonly ilmd?: Ilmd
}

export interface AggregationEvent extends EventBase {
  readonly type: 'AggregationEvent'
  readonly action: Action
  readonly parentID?: string
  readonly childEPCs?: readonly string[]
  readonly childQuantityList?: readonly QuantityElement[]
}

export interface TransactionEvent extends EventBase {
  readonly type: 'TransactionEvent'
  readonly action: Action
  readonly parentID?: string
  readonly epcList?: readonly string[]
  readonly quantityList?: readonly QuantityElement[]
  readonly bizTransactionList: readonly BizTransaction[]
}

export interface TransformationEvent extends EventBase {
  readonly type: 'TransformationEvent'
  readonly inputEPCList?: readonly string[]
  readonly inputQuantityList?: readonly QuantityElement[]
  readonly outputEPCList?: readonly string[]
  readonly outputQuantityList?: readonly QuantityElement[]
  /** Binds events that belong to one transformation: the campaign. */
  readonly transformationID?: string
  readonly ilmd?: Ilmd
}

export interface AssociationEvent extends EventBase {
  readonly type: 'AssociationEvent'
  readonly action: Action
  readonly parentID: string
  readonly childEPCs?: readonly string[]
  readonly childQuantityList?: readonly QuantityElement[]
}

/** An event; a user's own fields stand under `prefix:name`, read with `extension` of `coded.ts`. */
export type EpcisEvent =
  | ObjectEvent
  | AggregationEvent
  | TransactionEvent
  | TransformationEvent
  | AssociationEvent
