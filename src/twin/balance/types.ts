import type { ReconcileResult } from '../reconcile/types.ts'

/** A number with its standard uncertainty (k = 1); undefined where nobody has said. */
export interface Quantity {
  readonly value: number
  readonly u?: number
}

/** What a line of a balance is; those of the first row go in, the others come out. */
export const balanceRoles = [
  'feed',
  'reagent',
  'returned',
  'moved in',
  'open',
  'product',
  'by-product',
  'intermediate',
  'residue',
  'effluent',
  'sample',
  'moved out',
  'close',
] as const
export type BalanceRole = (typeof balanceRoles)[number]

/** One element in one line. Masses in kg, fractions of the mass as it is (wet). */
export interface LineElement {
  readonly element: string
  /** Undefined: nobody has assayed it. */
  readonly fraction?: Quantity
  readonly contained?: Quantity
  /** What "below the limit" stands for: half of it, spread evenly from nothing to the limit. */
  readonly isBelow: boolean
  /** URI of the lot or sample that the assay was made of. */
  readonly from?: string
  readonly status?: 'provisional' | 'final'
  readonly reconciled?: { readonly fraction: Quantity; readonly contained: Quantity }
  readonly flag?: 'ok' | 'suspect' | 'gross'
}

export interface BalanceLine {
  readonly role: BalanceRole
  readonly side: 'in' | 'out'
  /** Code of the lot, or the word for several together. */
  readonly name: string
  /** URI; left out of a line of several lots. */
  readonly lot?: string
  readonly product?: string
  /** kg as weighed. */
  readonly mass: Quantity
  readonly reconciledMass?: Quantity
  readonly massFlag?: 'ok' | 'suspect' | 'gross'
  readonly elements: readonly LineElement[]
}

/**
 * closed: the gap is within 1.96 of its uncertainty; open: beyond; not judged: an uncertainty, an
 * assay or the hold-up is not known.
 */
export type GapVerdict = 'closed' | 'open' | 'not judged'

/** kg of one element. */
export interface ElementBalance {
  readonly element: string
  /** By role; roles without a line are left out. */
  readonly byRole: Readonly<Partial<Record<BalanceRole, Quantity>>>
  readonly in: Quantity
  readonly out: Quantity
  /** in - out: what is unaccounted for. */
  readonly gap: Quantity
  /** |gap| over its uncertainty. */
  readonly z?: number
  readonly verdict: GapVerdict
  /** Everything that goes into the gap is known, its uncertainty perhaps not. */
  readonly isComplete: boolean
  /** Why it is not judged, in words. */
  readonly because?: string
  /** product over (feed + open - close); undefined where one of them is not known. */
  readonly recovery?: Quantity
  readonly reconciledRecovery?: Quantity
}

/** An uncertainty that nobody has stated and no default of the site covers. */
export interface MissingUncertainty {
  readonly lot: string
  readonly code: string
  readonly what: 'mass' | 'assay'
  readonly element?: string
}

/** A measurement that may be wrong, and what of the ledger it is. */
export interface SuspectMeasurement {
  readonly what: 'mass' | 'assay'
  readonly lot: string
  readonly code: string
  readonly element?: string
  /** The sample that was analysed, the laboratory, and the event that says so. */
  readonly sample?: string
  readonly laboratory?: string
  readonly event?: string
  readonly flag: 'suspect' | 'gross'
  readonly z: number
  readonly measured: number
  /** What it would have to be, if it alone were wrong; kg or a mass fraction. */
  readonly wouldBe: number
  /** How far it is from the median of lots of its kind and product, as a share of that median. */
  readonly unlike?: number
  /** How many other measurements explain the gap about as well, if one of them is wrong. */
  readonly alike: number
}

/**
 * measured: lots of kind hold-up; computed: of a campaign under way, what it had charged less what
 * it had drawn since; stated: the site says that the circuits hold the same before and after.
 */
export interface HoldUp {
  readonly basis: 'measured' | 'computed' | 'modelled' | 'stated' | 'unknown'
  readonly detail: string
}

/** What went into a campaign or a period, what came out, and what is not accounted for. */
export interface BalanceReport {
  readonly kind: 'campaign' | 'period'
  readonly title: string
  readonly campaign?: string
  /** ms since 1970; `to` is undefined while a campaign runs. */
  readonly from: number
  readonly to?: number
  readonly isSynthetic: boolean
  readonly elements: readonly ElementBalance[]
  readonly lines: readonly BalanceLine[]
  readonly holdUp: HoldUp
  /** All elements and masses at once; undefined where nothing could be reconciled. */
  readonly reconciliation?: ReconcileResult
  /** The likeliest first. */
  readonly suspects: readonly SuspectMeasurement[]
  readonly missing: readonly MissingUncertainty[]
  /** Sentences that a reader has to know. */
  readonly notes: readonly string[]
}

/** What the ledger does not say and a balance needs. */
export interface BalanceOptions {
  /** Relative standard uncertainty of a mass whose weighing states none; the site's own. */
  readonly massU?: number
  /** Relative standard uncertainty of an assay that states none; the site's own. */
  readonly assayU?: number
  /** Correlation (0 to 1) of assays of one element between lots of one kind and product. */
  readonly assayCorrelation?: number
  /** Elements to balance; all that are assayed if left out. */
  readonly elements?: readonly string[]
  /** kg by element in the circuits at the beginning and at the end, with relative uncertainty. */
  readonly modelledHoldUp?: ModelledHoldUp
  /** The site's word that the circuits hold as much at the end as at the beginning. */
  readonly isHoldUpUnchanged?: boolean
  readonly alpha?: number
  /** Gross errors that may be set aside; 1 if left out. */
  readonly eliminations?: number
}

export interface ModelledHoldUp {
  readonly open: Readonly<Record<string, number>>
  readonly close: Readonly<Record<string, number>>
  /** Relative standard uncertainty of the model. */
  readonly u: number
  /** Which solved plant. */
  readonly detail: string
}
