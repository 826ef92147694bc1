/** A rate of return, or why there is none. Rates a year; `real` is over general inflation. */
export type InternalRate =
  | { readonly outcome: 'found'; readonly rate: number; readonly real: number }
  /** More than one rate brings the value to zero: none of them is a return. */
  | { readonly outcome: 'several'; readonly rates: readonly number[] }
  | { readonly outcome: 'none'; readonly why: 'never-invested' | 'never-earned' | 'no-rate-found' }

/** Years until what was spent has come back, interpolated within the period. */
export type Payback =
  | {
      readonly outcome: 'found'
      /** From the first spend. */
      readonly fromFirstSpend: number
      /** From the planned start of operation. */
      readonly fromOperation: number
    }
  | { readonly outcome: 'never' }
  | { readonly outcome: 'nothing-spent' }

/** The value of one input at which something becomes zero, or why there is none. */
export type BreakEven =
  | { readonly outcome: 'found'; readonly x: number; readonly evaluations: number }
  /** The sign is the same on the whole range: the values at its ends tell which. */
  | {
      readonly outcome: 'always-positive' | 'always-negative'
      readonly low: number
      readonly high: number
      readonly atLow: number
      readonly atHigh: number
    }
  | { readonly outcome: 'failed'; readonly why: string; readonly x: number }

/** Service cover of the loans, on the sums of years, as covenants test it. */
export interface Cover {
  /** Cash available for debt service over the service, for each year in which there is service. */
  readonly byYear: readonly { readonly year: number; readonly dscr: number }[]
  readonly least: number
  /** The least of the years in which principal is repaid: without those of grace. */
  readonly leastRepaying: number
  readonly mean: number
  /** Present value, at the loan's rate, of the cash until the loans end, over what is owed. */
  readonly llcr: number
}

export interface Metrics {
  readonly projectNpv: number
  readonly equityNpv: number
  readonly projectIrr: InternalRate
  readonly equityIrr: InternalRate
  readonly payback: Payback
  /** Absent when there is no loan. */
  readonly cover?: Cover
  /** Present values of costs before income tax and of output, and the cost of a kg. */
  readonly levelised: {
    readonly cost: number
    readonly output: number
    /** Absent when nothing is produced. */
    readonly perKg: number | undefined
  }
  /** The deepest that the sum of the project's flow goes below zero, undiscounted. */
  readonly peakFunding: number
}

/** Prices at which the project's net present value is zero. */
export interface BreakEvens {
  /** Factor on all market prices. */
  readonly basketFactor: BreakEven
  /** Factor on the market prices of each basket, and the mean price per kg that it means. */
  readonly baskets: readonly {
    readonly basket: string
    readonly factor: BreakEven
    readonly price: number | undefined
  }[]
  /** One price per kg for all output, without contracts, in the price level of the amounts. */
  readonly minimumSellingPrice: BreakEven
}
