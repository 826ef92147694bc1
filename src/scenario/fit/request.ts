import type { ExtractantSet, Measurement } from '../../chemistry/index.ts'

/** A separation factor that a fit holds within limits: `over`/`under` from `low` to `high`. */
export interface Separation {
  readonly over: string
  readonly under: string
  readonly low: number
  readonly high: number
}

/** What to fit, and how. Names of numbers: `power` for a shared one, `Nd.a` for an element's. */
export interface FitRequest {
  readonly id: string
  readonly title: string
  readonly model: string
  /** Species id of the extractant. */
  readonly extractant: string
  readonly diluent: string
  readonly medium: string
  /** Kelvin, where it is known. */
  readonly temperature?: number
  /** Elements to fit; all that were measured if left out. */
  readonly elements?: readonly string[]
  /** Set whose constants hold for what is not fitted, and where the search starts. */
  readonly base?: ExtractantSet
  /** Names, shared or of every element (`slope`), that are fitted besides the levels. */
  readonly free?: readonly string[]
  readonly fix?: Readonly<Record<string, number>>
  readonly bounds?: Readonly<Record<string, readonly [number, number]>>
  readonly separations?: readonly Separation[]
  /** Protons released, by element; 3 where not given. */
  readonly protons?: Readonly<Record<string, number>>
  /** Relative error of D, aqueous and organic, absolute of pH, where a row states none. */
  readonly errors?: Partial<Readonly<Record<Measurement['of'], number>>>
  /** Measured D below this are left out. */
  readonly leastD?: number
  /** Places of rows (`tests.csv:7`) to leave out. */
  readonly leaveOut?: ReadonlySet<string>
  /** Also leave out what the fit flags as outliers, again until there are none. */
  readonly leaveOutOutliers?: boolean
  /** What has a scatter of its own where no error is stated, each weighted by it. */
  readonly scatter?: 'common' | 'source' | 'element'
}

/** Relative weights where a row states no error: assumptions; the scatter sets the level. */
export const usualErrors: Readonly<Record<Measurement['of'], number>> = {
  D: 0.1,
  aqueous: 0.05,
  organic: 0.05,
  pH: 0.05,
}
