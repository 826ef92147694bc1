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

/** What is carried from one tax year to the next, and what the last year came to. */
export interface TaxState {
  losses: number
  credits: number
  /** Income on which the last year was taxed, after losses. */
  taxable: number
  /** Credits that the last year used. */
  used: number
}

export const newTaxState = (): TaxState => ({ losses: 0, credits: 0, taxable: 0, used: 0 })

/**
 * Tax of one year before credits, positive when it is paid; changes `state`. `income` is after all
 * deductions of the year; `credit` may be set against the tax, and what is left is carried on.
 */
export function taxYear(rule: TaxRule, state: TaxState, income: number, credit: number): number {
  let taxable = income
  if (rule.losses.kind !== 'refunded') {
    if (income < 0) {
      if (rule.losses.kind === 'carried') state.losses -= income
      taxable = 0
    } else if (rule.losses.kind === 'carried' && state.losses > 0) {
      const { free, share } = rule.losses
      const most = Math.min(income, free) + share * Math.max(0, income - free)
      const relief = Math.min(state.losses, most)
      state.losses -= relief
      taxable = income - relief
    }
  }
  const tax = rule.rate * taxable
  state.credits += credit
  state.used = Math.min(state.credits, Math.max(0, tax))
  state.credits -= state.used
  state.taxable = taxable
  return tax
}
