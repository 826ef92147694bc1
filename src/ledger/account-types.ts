import type { Claim, CustodyModel, ProcessingStep, SourceClass } from './lot.ts'

/** Shares of one element of a lot by class of source; they add up to 1. */
export interface RecycledElement {
  readonly element: string
  readonly preConsumer: number
  readonly postConsumer: number
  readonly primary: number
  /** Nobody has said, or it cannot be followed. */
  readonly unknown: number
}

/** Recycled share of a lot per element, by mass of the element. */
export interface RecycledShare {
  readonly lot: string
  readonly elements: readonly RecycledElement[]
  /** Lots at the beginning that bear on it, with their share of each element. */
  readonly evidence: readonly {
    readonly lot: string
    readonly shares: Readonly<Record<string, number>>
  }[]
  readonly isCut: boolean
}

/** Where one step was done for a share of one element of a lot. */
export interface OriginShare {
  /** ISO 3166-1 alpha-2, or unknown. */
  readonly country: string
  readonly facility?: string
  readonly operator?: string
  readonly owner?: string
  readonly share: number
}

export interface OriginReport {
  readonly lot: string
  readonly steps: readonly {
    readonly step: ProcessingStep
    readonly element: string
    /** Add up to 1, the unknown among them. */
    readonly shares: readonly OriginShare[]
  }[]
  readonly isCut: boolean
}

/** Chain of custody of a lot: the weakest model of all that it came from. */
export interface Custody {
  readonly lot: string
  readonly model: CustodyModel | 'unknown'
  /** What made it so: lots with a model weaker than the rest, or none. */
  readonly because: readonly { readonly lot: string; readonly model: CustodyModel | 'unknown' }[]
  /** Lots of origin that it was made of. */
  readonly origins: number
  readonly isCut: boolean
}

export interface CustodyAccountQuery {
  readonly element: string
  readonly class: Exclude<SourceClass, 'unknown'>
  readonly method: Claim['model']
  /** The boundary: URIs of places; material counts when it comes in from outside of them. */
  readonly places: readonly string[]
  /** The period, ms since 1970: from inclusive, to exclusive. */
  readonly from: number
  readonly to: number
  /** Mass of the element that goes out as product per mass that comes in: 0 to 1. */
  readonly conversionFactor: number
  /** Credits carried over from the period before, mg. */
  readonly carried?: number
  /** How long a credit lasts after it was earned, ms; absent: to the end of the period. */
  readonly lastsFor?: number
}

export interface CustodyEntry {
  readonly time: number
  readonly event: string
  readonly lot: string
  readonly kind: 'earned' | 'claimed' | 'expired' | 'carried'
  /** mg of the element. */
  readonly mg: number
  /** What may be claimed afterwards, mg. */
  readonly balance: number
}

/** An account of one characteristic (post-consumer Nd) over a boundary and a period. */
export interface CustodyAccount {
  readonly query: CustodyAccountQuery
  /** mg of the element that came in, of which of the class, and of which nobody has said. */
  readonly cameIn: number
  readonly cameInOfClass: number
  readonly cameInUnknown: number
  /** Rolling average: share of the class in what came in; the unknown counts as not of it. */
  readonly percentage?: number
  readonly carried: number
  readonly earned: number
  readonly claimed: number
  readonly expired: number
  readonly balance: number
  readonly entries: readonly CustodyEntry[]
  /** Claims beyond what was earned by then: the account is not in order while there are any. */
  readonly overdrawn: readonly {
    readonly event: string
    readonly lot: string
    readonly mg: number
  }[]
  readonly isInOrder: boolean
}
