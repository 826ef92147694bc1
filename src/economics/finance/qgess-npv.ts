/** Inputs of the closed form; money in one unit, rates a year (0.036 is 3.6 %). */
export interface QgessNpvInputs {
  readonly capital: number
  readonly operating: number
  readonly revenue: number
  readonly discountRate: number
  readonly plantLife: number
  /** Shares of the capital by year, for example 0.1, 0.6, 0.3. */
  readonly spend: readonly number[]
  readonly capitalEscalation: number
  readonly loanInterest: number
  readonly loanYears: number
  /** Share of the capital that is borrowed. */
  readonly debtShare: number
  readonly operatingInflation: number
  readonly revenueInflation: number
  /** Net tax of a year, never escalated; absent: no tax is reckoned. */
  readonly netTax?: number
  /** Years after now, and the share of the operating cost that is credited in that year. */
  readonly credits?: readonly { readonly after: number; readonly share: number }[]
}

export interface QgessNpv {
  readonly pvCapital: number
  readonly pvLoanInterest: number
  readonly pvOperating: number
  readonly pvRevenue: number
  readonly pvTaxes: number
  readonly pvCredits: number
  readonly npv: number
}

/**
 * Series present worth factor: 1 a year at the end of each of `years` years, growing by g, at the
 * rate r: (1 - (1 + g)^N (1 + r)^-N) / (r - g), N / (1 + r) when both rates are the same.
 */
export function seriesWorth(r: number, g: number, years: number): number {
  return r === g ? years / (1 + r) : (1 - ((1 + g) / (1 + r)) ** years) / (r - g)
}

/**
 * Net present value as the quality guidelines of the energy laboratory of the United States have it
 * and IDAES codes it (models/costing/QGESS.py, commit a60fbf81), with its known slip left in:
 * `pvLoanInterest` is the worth of the repayments less the principal, which is negative where money
 * is cheaper than the discount rate, and is added all the same: cheap debt lowers the value.
 */
export function npvQgess(inputs: QgessNpvInputs): QgessNpv {
  const { discountRate: r, spend, plantLife } = inputs
  const build = spend.length
  const over = (g: number) => seriesWorth(r, g, plantLife + build) - seriesWorth(r, g, build)
  let capital = 0
  spend.forEach((share, k) => {
    const e = inputs.capitalEscalation
    capital += share * (seriesWorth(r, e, k + 1) - seriesWorth(r, e, k))
  })
  const debt = inputs.debtShare * inputs.capital
  const repaid =
    seriesWorth(r, 0, inputs.loanYears) / seriesWorth(inputs.loanInterest, 0, inputs.loanYears)
  let credits = 0
  for (const { after, share } of inputs.credits ?? []) {
    credits += share * (seriesWorth(r, 0, after + 1) - seriesWorth(r, 0, after))
  }
  const parts = {
    pvCapital: -inputs.capital * capital,
    pvLoanInterest: debt * (repaid - 1),
    pvOperating: -inputs.operating * over(inputs.operatingInflation),
    pvRevenue: inputs.revenue * over(inputs.revenueInflation),
    pvTaxes: -(inputs.netTax ?? 0) * over(0),
    pvCredits: inputs.operating * credits,
  }
  return { ...parts, npv: Object.values(parts).reduce((sum, x) => sum + x, 0) }
}
