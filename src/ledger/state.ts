import type { Order, Packing, Release, Shipment } from './effects.ts'
import type { Assay, LotMaster, Weighing } from './lot.ts'

/** Something that is not as it should be: a draw before its receipt, more out than in ... */
export interface LedgerFinding {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly message: string
  readonly lot?: string
  readonly campaign?: string
  readonly event?: string
  readonly time: number
}

/** One line of a lot's account: what came or went, where, and what there was after. */
export interface Movement extends Order {
  readonly lot: string
  readonly place: string
  readonly change: number
  /** Mass of the lot at that place afterwards, mg. */
  readonly after: number
  readonly why: string
}

/** What all events that touch a lot make of it, up to `last`. */
export interface LotState {
  readonly uri: string
  /** Undefined for a lot that events speak of and nobody has introduced. */
  readonly master?: LotMaster
  readonly first: Order
  readonly last: Order
  /** Mass by place, mg; places with nothing are left out. */
  readonly places: Readonly<Record<string, number>>
  readonly mg: number
  /** Sums of all that came, all that went, and what counts and weighings added or took, mg. */
  readonly came: number
  readonly went: number
  readonly adjusted: number
  readonly weighings: readonly Weighing[]
  readonly assays: readonly Assay[]
  readonly shipments: readonly Shipment[]
  readonly packings: readonly Packing[]
  readonly releases?: readonly Release[]
  readonly findings: readonly LedgerFinding[]
}
