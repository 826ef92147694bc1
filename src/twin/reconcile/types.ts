/** A quantity of a balance: measured where it has a value, to be computed where it has none. */
export interface Variable {
  /** Unique in its problem: `m F-2026-0001`, `Nd F-2026-0001`. */
  readonly name: string
  readonly value?: number
  /** Standard uncertainty (k = 1) of the value; 0 for what is known exactly. */
  readonly u?: number
  /** Of an unmeasured one: where the iteration starts; 0 if left out. */
  readonly start?: number
  /** Of measurements that explain the readings about as well, the one in most doubt goes first. */
  readonly doubt?: number
}

/** factor times a variable, or times the product of two: a mass and an assay. */
export interface Term {
  readonly factor: number
  readonly of: string
  readonly times?: string
}

/** The terms add up to `equals`, 0 if left out. */
export interface Constraint {
  readonly name: string
  readonly terms: readonly Term[]
  readonly equals?: number
}

/** Errors of two measurements that are not independent: a laboratory's standard that both share. */
export interface Shared {
  readonly a: string
  readonly b: string
  /** Covariance, the product of the units of both. */
  readonly covariance: number
}

export interface ReconcileProblem {
  readonly variables: readonly Variable[]
  readonly constraints: readonly Constraint[]
  readonly shared?: readonly Shared[]
  /** Level of all tests; 0.05 if left out. */
  readonly alpha?: number
  /** How many measurements may be set aside as grossly wrong; 1 if left out. */
  readonly eliminations?: number
  /** Variables whose covariance is wanted, in this order. */
  readonly covarianceOf?: readonly string[]
}

/** ok: passes its test; suspect: fails it; gross: was set aside as grossly wrong. */
export type MeasurementFlag = 'ok' | 'suspect' | 'gross'

export interface Estimate {
  readonly name: string
  readonly measured?: number
  /** Standard uncertainty of the measurement. */
  readonly u?: number
  /** Undefined for an unmeasured one that the constraints do not determine. */
  readonly value?: number
  /** Standard uncertainty of the value. */
  readonly valueU?: number
  /** Size of the adjustment over its standard deviation; undefined where nothing can test it. */
  readonly z?: number
  /** What it would have to read, if it alone were wrong: the generalised likelihood ratio's. */
  readonly wouldBe?: number
  readonly flag: MeasurementFlag
}

/** Chi-squared of all adjustments together. */
export interface GlobalTest {
  readonly chi2: number
  readonly degrees: number
  /** The limit at the problem's level, and the chance of such a value or more without an error. */
  readonly limit: number
  readonly p: number
  readonly isPassed: boolean
}

/** A constraint with the measurements as they are; only of those without unmeasured variables. */
export interface NodalTest {
  readonly constraint: string
  readonly residual: number
  /** Undefined where all that it joins is known exactly. */
  readonly z?: number
  readonly isPassed: boolean
}

/** A measurement set aside, and those that could be wrong in its place about as well. */
export interface Elimination {
  readonly name: string
  readonly z: number
  readonly alike: readonly string[]
}

interface Solved {
  readonly estimates: readonly Estimate[]
  readonly global: GlobalTest
  /** Before anything was set aside. */
  readonly first: GlobalTest
  /** z that a measurement may have, after Sidak for as many as are tested. */
  readonly criticalZ: number
  readonly nodal: readonly NodalTest[]
  readonly removed: readonly Elimination[]
  /** Of `covarianceOf`, row by row; a row of undetermined variables holds zeros. */
  readonly covariance: readonly (readonly number[])[]
  /** Largest residual of a constraint over the size of its terms. */
  readonly closure: number
  readonly iterations: number
}

export type ReconcileResult =
  /** Closed, and nothing speaks against the measurements. */
  | ({ readonly outcome: 'reconciled' } & Solved)
  /** The first global test failed; `removed` and `global` say what was done about it. */
  | ({ readonly outcome: 'gross-error' } & Solved)
  /** Some unmeasured variables cannot be computed (or the iteration did not end: no estimates). */
  | ({
      readonly outcome: 'not-determined'
      readonly undetermined: readonly string[]
      readonly detail: string
    } & Partial<Solved>)
  /** Constraints that contradict each other whatever is adjusted, or a problem that is none. */
  | { readonly outcome: 'singular'; readonly constraint: string; readonly detail: string }
