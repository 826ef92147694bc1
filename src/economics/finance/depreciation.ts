/** Property classes of the half-year tables of IRS Publication 946, appendix A, table A-1. */
export type MacrsClass = 3 | 5 | 7 | 10 | 15 | 20

/** How an expenditure is deducted from taxable income over the years. */
export type DepreciationRule =
  | { readonly kind: 'straight-line'; readonly years: number }
  /**
   * Twice the straight-line rate on what is left, for so many years. `toStraightLine` changes over
   * when that is faster, so that nothing is left; without it the rest stays as a salvage value.
   */
  | { readonly kind: 'double-declining'; readonly years: number; readonly toStraightLine?: boolean }
  | { readonly kind: 'sum-of-years'; readonly years: number }
  | { readonly kind: 'macrs'; readonly years: MacrsClass }
  /** A share of what is left every year without end, for example 0.14 or 0.06 (pools). */
  | { readonly kind: 'writing-down'; readonly rate: number }
  /**
   * A share at once and the rest by another rule: 1 is full expensing, 0.5 a special first year,
   * after which the rest joins a pool in the next year. A bonus leaves the rest to start at once.
   */
  | {
      readonly kind: 'first-year'
      readonly share: number
      readonly rest?: DepreciationRule
      readonly restFrom?: 'same-year' | 'next-year'
    }
  /** Shares by year, as some other table gives them. */
  | { readonly kind: 'table'; readonly shares: readonly number[] }
  /** Never deducted: land. */
  | { readonly kind: 'none' }

/** Shares of the cost in per cent, half-year convention: IRS Publication 946, table A-1. */
const macrsPercent: Readonly<Record<MacrsClass, readonly number[]>> = {
  3: [33.33, 44.45, 14.81, 7.41],
  5: [20, 32, 19.2, 11.52, 11.52, 5.76],
  7: [14.29, 24.49, 17.49, 12.49, 8.93, 8.92, 8.93, 4.46],
  10: [10, 18, 14.4, 11.52, 9.22, 7.37, 6.55, 6.55, 6.56, 6.55, 3.28],
  15: [5, 9.5, 8.55, 7.7, 6.93, 6.23, 5.9, 5.9, 5.91, 5.9, 5.91, 5.9, 5.91, 5.9, 5.91, 2.95],
  20: [
    3.75, 7.219, 6.677, 6.177, 5.713, 5.285, 4.888, 4.522, 4.462, 4.461, 4.462, 4.461, 4.462, 4.461,
    4.462, 4.461, 4.462, 4.461, 4.462, 4.461, 2.231,
  ],
}

/** What a year deducts of what is left, for rules whose shares follow from the year alone. */
function straightLine(into: Float64Array, years: number): void {
  for (let k = 0; k < into.length && k < years; k++) into[k] = Math.min(1, years - k) / years
}

function declining(into: Float64Array, years: number, toStraightLine: boolean): void {
  const rate = Math.min(1, 2 / years)
  let left = 1
  for (let k = 0; k < into.length && k < years; k++) {
    const remaining = years - k
    const even = remaining <= 1 ? left : left / remaining
    const share = toStraightLine ? Math.max(left * rate, even) : left * rate
    into[k] = share
    left -= share
  }
}

/** Digits of the years that are left over the sum of all digits; of whole years. */
function sumOfYears(into: Float64Array, years: number): void {
  const sum = (years * (years + 1)) / 2
  for (let k = 0; k < into.length && k < years; k++) into[k] = (years - k) / sum
}

function writingDown(into: Float64Array, rate: number): void {
  let left = 1
  for (let k = 0; k < into.length; k++) {
    into[k] = left * rate
    left -= left * rate
  }
}

function firstYear(
  into: Float64Array,
  rule: Extract<DepreciationRule, { kind: 'first-year' }>,
): void {
  if (rule.rest !== undefined && rule.share < 1) {
    const first = rule.restFrom === 'same-year' ? 0 : 1
    const rest = depreciationShares(rule.rest, Math.max(0, into.length - first))
    for (let k = 0; k < rest.length; k++) {
      into[k + first] = (1 - rule.share) * (rest[k] as number)
    }
  }
  if (into.length > 0) into[0] = (into[0] as number) + rule.share
}

/**
 * Share of an expenditure that each of its first `length` years deducts. They add up to 1 once the
 * rule has run out, but for a writing-down pool, a double-declining rule that keeps its salvage
 * value, and `none`.
 */
export function depreciationShares(rule: DepreciationRule, length: number): Float64Array {
  const shares = new Float64Array(length)
  if (rule.kind === 'straight-line') straightLine(shares, rule.years)
  else if (rule.kind === 'double-declining') {
    declining(shares, rule.years, rule.toStraightLine === true)
  } else if (rule.kind === 'sum-of-years') sumOfYears(shares, rule.years)
  else if (rule.kind === 'writing-down') writingDown(shares, rule.rate)
  else if (rule.kind === 'first-year') firstYear(shares, rule)
  else if (rule.kind === 'macrs') {
    macrsPercent[rule.years].forEach((percent, k) => {
      if (k < length) shares[k] = percent / 100
    })
  } else if (rule.kind === 'table') shares.set(rule.shares.slice(0, length))
  return shares
}
