/** One loan, drawn during construction and repaid from the planned start of operation. */
export interface Debt {
  readonly name: string
  /** A share of the capital, a sum of money, or as much as the service cover allows. */
  readonly size:
    | { readonly shareOf: 'fixed-capital' | 'all-capital'; readonly share: number }
    | { readonly amount: number }
    /** As much as this cover carries, but not above a share of the fixed capital (1 if absent). */
    | { readonly dscr: number; readonly atMost?: number }
  /** A year. */
  readonly rate: number
  /** Years from the start of operation to the last payment, grace included. */
  readonly term: number
  /** Years at the beginning of the term in which only interest is paid; absent: 0. */
  readonly grace?: number
  /** Equal payments, equal principal, or in proportion to the cash that can serve it. */
  readonly repayment: 'annuity' | 'level-principal' | 'sculpted'
  readonly duringConstruction: 'paid' | 'capitalised'
  /** Share of the loan, paid at the first draw; absent: 0. */
  readonly arrangementFee?: number
  /** A year, on what is not yet drawn; absent: 0. */
  readonly commitmentFee?: number
}
