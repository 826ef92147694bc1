/** Property classes of the half-year tables of IRS Publication 946, appendix A, table A-1. */
export type MacrsClass = 3 | 5 | 7 | 10 | 15 | 20

/** How an expenditure is deducted from taxable income over the years. */
export type DepreciationRule =
  | { readonly kind: 'straight-line'; readonly years: number }
  | { readonly kind: 'double-declining'; readonly years: number }
  | { readonly kind: 'sum-of-years'; readonly years: number }
  | { readonly kind: 'macrs'; readonly years: MacrsClass }
  /** A share of what is left every year, for example 0.14 or 0.06 (pools). */
  | { readonly kind: 'writing-down'; readonly rate: number }
  /** A share at once and the rest by another rule: 1 is full expensing, 0.5 a special first year. */
  | { readonly kind: 'first-year'; readonly share: number; readonly rest?: DepreciationRule }
  /** Never deducted: land. */
  | { readonly kind: 'none' }
