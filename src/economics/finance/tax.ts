/** Income tax. Amounts are money of the appraisal's basis. */
export interface TaxRule {
  /** 0.25 is 25 %. */
  readonly rate: number
  readonly losses: LossRule
}

/**
 * What becomes of a loss. `carried`: set against later profits, each year up to `free` in full and
 * `share` of the profit above it (UK: 5 million GBP and 0.5; US: 0 and 0.8; in full: share 1).
 * `refunded`: the tax is negative, as in a group that uses the loss at once. `lost`: no relief.
 */
export type LossRule =
  | { readonly kind: 'carried'; readonly share: number; readonly free: number }
  | { readonly kind: 'refunded' }
  | { readonly kind: 'lost' }
