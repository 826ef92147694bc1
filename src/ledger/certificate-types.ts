import type { Reading } from './composition.ts'

/** What a limit of a specification is put on. */
export type Measure =
  /** Oxide of the product's elements per total rare earth oxide: the trade's purity. */
  | 'REO/TREO'
  /** Total rare earth oxide per mass of product. */
  | 'TREO in product'
  | 'oxide in product'
  /** One of the product's oxides among them: 75 % Nd2O3 in didymium oxide. */
  | 'share of the oxides'
  | 'impurity'
  | 'loss on ignition'
  | 'moisture'

/** A limit as a mass fraction. */
export interface Limit {
  readonly measure: Measure
  /** Oxide, element or species: Nd2O3, Fe2O3, SO4; of purities left out. */
  readonly analyte?: string
  readonly atLeast?: number
  readonly atMost?: number
}

/** What a product has to be. Limits that nobody has published are left out, not made up. */
export interface Specification {
  readonly id: string
  readonly name: string
  /** Elements whose oxides the product is. */
  readonly elements: readonly string[]
  readonly limits: readonly Limit[]
  readonly source: string
  readonly note?: string
}

export type Verdict = 'pass' | 'fail' | 'unknown' | 'provisional'

/** A value of a certificate, measured or computed, as a mass fraction. */
export interface CertifiedValue {
  readonly measure: Measure
  readonly analyte?: string
  /** Absent: unknown, or below `below`. */
  readonly value?: number
  /** Below this limit of quantification; not zero. */
  readonly below?: number
  /** Expanded uncertainty and its coverage factor. */
  readonly u?: number
  readonly k?: number
  readonly status: 'final' | 'provisional' | 'unknown'
  /** How it was had: measured, sum of the oxides, by difference. */
  readonly how: string
  readonly method?: string
  readonly laboratory?: string
  /** Events that it comes from. */
  readonly events: readonly string[]
}

export interface CertificateLine extends CertifiedValue {
  readonly limit: Limit
  readonly verdict: Verdict
  /** The limit lies within the expanded uncertainty of the value. */
  readonly isClose: boolean
  /** Why it is unknown, or provisional with which verdict as things are. */
  readonly remark?: string
}

/** A lot against one specification. */
export interface Conformity {
  readonly specification: Specification
  readonly lines: readonly CertificateLine[]
  /** fail if any line fails, else unknown if any is, else provisional, else pass. */
  readonly verdict: Verdict
}

export interface Certificate {
  readonly lot: string
  readonly code: string
  readonly product?: string
  readonly grade?: string
  /** Mass of all that came into being of the lot, mg. */
  readonly netMg: number
  /** ms since 1970: when it was made up. */
  readonly issued: number
  /** Events up to here are in it: sequence number and hash of the log. */
  readonly head: { readonly seq: number; readonly hash: string }
  readonly site?: {
    readonly name: string
    readonly country: string
    readonly isSynthetic: boolean
  }
  readonly isSynthetic: boolean
  /** Everything the laboratory said that counts now. */
  readonly readings: readonly Reading[]
  /** Purities and sums computed from it. */
  readonly computed: readonly CertifiedValue[]
  readonly conformity: readonly Conformity[]
  /** Quality's word: released, refused, or none yet. */
  readonly release: 'released' | 'refused' | 'none'
}
