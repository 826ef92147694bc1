/** What a lot, an assay and a campaign are. Masses are whole milligrams all through the ledger. */

export const lotKinds = [
  'feed',
  'reagent',
  'intermediate',
  'product',
  'by-product',
  'residue',
  'effluent',
  'sample',
  'hold-up',
] as const
export type LotKind = (typeof lotKinds)[number]

/** Where material was before it came to be recycled (ISO 14021), or that it never was in use. */
export const sourceClasses = ['pre-consumer', 'post-consumer', 'primary', 'unknown'] as const
export type SourceClass = (typeof sourceClasses)[number]

/** A share of a lot's mass, or of one element in it, that comes from one class of source. */
export interface SourceShare {
  readonly class: SourceClass
  /** 0 to 1; the shares of one element (or of all) add up to 1. */
  readonly share: number
  /** Left out: of every element that has no share of its own. */
  readonly element?: string
}

export const processingSteps = [
  'mined',
  'collected',
  'dismantled',
  'demagnetised',
  'milled',
  'leached',
  'separated',
  'refined',
  'metal',
  'alloyed',
  'sintered',
] as const
export type ProcessingStep = (typeof processingSteps)[number]

/** Where one step was done. Unknown is an answer, and is not left out. */
export interface OriginStep {
  readonly step: ProcessingStep
  /** ISO 3166-1 alpha-2, or unknown. */
  readonly country: string
  readonly facility?: string
  readonly operator?: string
  readonly owner?: string
}

/** Models of ISO 22095, the strictest first; a mixture falls to the last of its parts. */
export const custodyModels = [
  'identity-preserved',
  'segregated',
  'controlled-blending',
  'mass-balance-rolling-average',
  'mass-balance-credits',
] as const
export type CustodyModel = (typeof custodyModels)[number]

/**
 * What is said to a customer of a shipped lot by a mass-balance account: so much of an element in
 * it is of a class, of which the account has earned at least as much.
 */
export interface Claim {
  readonly element: string
  readonly class: SourceClass
  /** Mass of the element that is claimed, mg. */
  readonly mg: number
  readonly model: 'mass-balance-rolling-average' | 'mass-balance-credits'
}

/** Master data of a lot, given when it comes into being. Absent: nobody has said. */
export interface LotMaster {
  readonly uri: string
  /** What people call it and labels show: F-2026-0017. */
  readonly code: string
  readonly kind: LotKind
  /** Product as specifications name it: Nd2O3, didymium, Dy2O3 ... */
  readonly product?: string
  readonly grade?: string
  readonly description?: string
  /** URI of the party that owns it; of the one that delivered it. */
  readonly owner?: string
  readonly supplier?: string
  readonly sources?: readonly SourceShare[]
  readonly origin?: readonly OriginStep[]
  readonly custody?: CustodyModel
  /** Of a sample: URI of the lot that it was taken from. */
  readonly sampleOf?: string
}

/** A mass as a balance or weighbridge gave it. */
export interface Weighing {
  readonly lot: string
  readonly time: number
  readonly event: string
  readonly mg: number
  /** Expanded uncertainty, mg, and its coverage factor; absent: nobody has said. */
  readonly u?: number
  readonly k?: number
  readonly instrument?: string
}

export const bases = ['element', 'oxide'] as const
export const conditions = ['wet', 'dry'] as const

/**
 * One result of a laboratory. Composition and its uncertainty are separate from mass: contained
 * mass is mass times assay.
 */
export interface Assay {
  /** The lot that it is said of, and the sample lot that was analysed where there was one. */
  readonly lot: string
  readonly sample?: string
  readonly time: number
  readonly event: string
  /** Element (Nd), or one of H2O (moisture), LOI, TREO, oil. */
  readonly analyte: string
  /** Mass fraction, 0 to 1, on its basis and condition; undefined when below the limit. */
  readonly value?: number
  /** Limit of quantification, as a mass fraction; `value` undefined means below this. */
  readonly loq?: number
  /** Expanded uncertainty as a mass fraction, and its coverage factor. */
  readonly u?: number
  readonly k?: number
  readonly basis: (typeof bases)[number]
  /** Formula of the oxide that an oxide basis means: Nd2O3. */
  readonly oxide?: string
  readonly condition: (typeof conditions)[number]
  readonly status: 'provisional' | 'final'
  readonly method?: string
  readonly laboratory?: string
}

/** Fractions of a lot's wet mass per element, with where each comes from. */
export interface Content {
  readonly element: string
  /** Mass of the element per mass of the lot as it is (wet). */
  readonly fraction: number
  /** Standard uncertainty (k = 1) of the fraction; undefined: nobody has said. */
  readonly u?: number
  /** True for a value that only stands for "below": the fraction is then its upper end. */
  readonly isBelow: boolean
  /** The lot that was assayed: itself, its sample, or one that it came from. */
  readonly from: string
  readonly status: 'provisional' | 'final'
}

/** A run of the plant or of a part of it: the transformation that binds charges and draws. */
export interface Campaign {
  readonly uri: string
  readonly code: string
  /** Where it runs: URI of the place. */
  readonly place: string
  readonly start: number
  readonly end?: number
  /** Name of the plant file that it was run by, and the SHA-256 of that text. */
  readonly plant?: string
  readonly plantHash?: string
  readonly description?: string
}
