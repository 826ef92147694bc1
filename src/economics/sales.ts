/**
 * What is sold, on which terms, and what it brings. Rates are kg a year of full output, prices are
 * money per kg in the appraisal's currency and price level.
 */

/** How one price is found from the market price of the same product. */
export type PriceRule =
  /** The market price times `times` (1 when absent): an index price with a discount or premium. */
  | { readonly kind: 'market'; readonly times?: number }
  /** A price that does not follow the market; a toll fee is one. */
  | { readonly kind: 'fixed'; readonly price: number }
  /**
   * The market price, topped up to `floor`; of what the market pays above the floor the seller
   * keeps `upside` (0 to 1, 1 when absent).
   */
  | { readonly kind: 'floor'; readonly floor: number; readonly upside?: number }
  /** The market price, never below `floor` and never above `cap`. */
  | { readonly kind: 'collar'; readonly floor?: number; readonly cap?: number }
  /** The seller's cost per kg and a margin on it. */
  | { readonly kind: 'cost-plus'; readonly cost: number; readonly margin: number }

/** A part of the output that is sold on one rule. Tiers are filled in the order they stand in. */
export interface PriceTier {
  readonly name: string
  /** kg a year that this tier takes; absent: all that is left. */
  readonly volume?: number
  readonly rule: PriceRule
  /** The rule holds for so many years of operation, then the tier pays the market price. */
  readonly years?: number
  /** Prices of the rule rise with inflation; absent: they stay in money of the day. */
  readonly indexed?: boolean
}

/** One product as it is sold. */
export interface Sale {
  readonly product: string
  /** kg a year at full output. */
  readonly ratePerYear: number
  /** Money per kg: one figure, or one for each project year (the last one holds on). */
  readonly market: number | ArrayLike<number>
  /** Share of the price that is paid for this form and purity, 0 to 1. */
  readonly payable: number
  /** Absent: everything at the market price. */
  readonly tiers?: readonly PriceTier[]
  /** Change of the price over inflation, a year: 0.01 is 1 %. */
  readonly escalation?: number
  /** Share of the full output in each year or quarter of operation; absent: that of the plant. */
  readonly ramp?: Ramp
  /** Products under one label share a break-even price, for example `NdPr`. */
  readonly basket?: string
  /** False: its revenue counts as a credit and its kg do not count as output. Absent: true. */
  readonly output?: boolean
}

/** Shares of full output, one a year or a quarter of operation; the last one holds on. */
export interface Ramp {
  readonly by: 'year' | 'quarter'
  readonly shares: readonly number[]
}

/** What one product brings in a year, tier by tier: the printed form of a sale. */
export interface SalesLine {
  readonly product: string
  /** kg a year. */
  readonly ratePerYear: number
  /** Volume in kg a year, price in money per kg before payability. */
  readonly tiers: readonly {
    readonly name: string
    readonly volume: number
    readonly price: number
  }[]
  readonly payable: number
  /** Money a year. */
  readonly amount: number
  /** kg a year for which no tier has room: not sold, and said so. */
  readonly unsold: number
  readonly how: string
}

/** Price per kg that a rule gives at a market price; `level` multiplies the prices of the rule. */
export function priceOf(rule: PriceRule, market: number, level: number): number {
  if (rule.kind === 'market') return market * (rule.times ?? 1)
  if (rule.kind === 'fixed') return rule.price * level
  if (rule.kind === 'cost-plus') return rule.cost * (1 + rule.margin) * level
  const floor = (rule.floor ?? Number.NEGATIVE_INFINITY) * level
  if (rule.kind === 'collar') {
    return Math.max(floor, Math.min((rule.cap ?? Number.POSITIVE_INFINITY) * level, market))
  }
  return market <= floor ? floor : floor + (rule.upside ?? 1) * (market - floor)
}

/** One period of a sale. */
export interface SalePeriod {
  /** kg that are there to be sold. */
  readonly kg: number
  /** Length in years: the volumes of tiers are a year's. */
  readonly years: number
  readonly market: number
  /** Price level for rules that rise with inflation; 1 in constant prices. */
  readonly level: number
  /** Whole years of operation that have passed. */
  readonly operatingYear: number
}

const tierPrice = (tier: PriceTier, { market, level, operatingYear }: SalePeriod) =>
  tier.years !== undefined && operatingYear >= tier.years
    ? market
    : priceOf(tier.rule, market, tier.indexed === true ? level : 1)

/** Money that a sale brings in one period. What no tier has room for brings nothing. */
export function revenueOf(sale: Sale, period: SalePeriod): number {
  if (sale.tiers === undefined) return period.kg * period.market * sale.payable
  let left = period.kg
  let amount = 0
  for (const tier of sale.tiers) {
    if (left <= 0) break
    const volume = tier.volume === undefined ? left : Math.min(left, tier.volume * period.years)
    amount += volume * tierPrice(tier, period)
    left -= volume
  }
  return amount * sale.payable
}

/** kg of one period for which no tier has room. */
export function unsoldOf(sale: Sale, kg: number, years: number): number {
  if (sale.tiers === undefined) return 0
  let room = 0
  for (const tier of sale.tiers) room += tier.volume ?? Number.POSITIVE_INFINITY
  return Math.max(0, kg - room * years)
}

const ruleText: { readonly [K in PriceRule['kind']]: string } = {
  market: 'at the market price',
  fixed: 'at a fixed price',
  floor: 'at the market price with a floor',
  collar: 'at the market price within limits',
  'cost-plus': 'at cost and a margin',
}

/** The sales of a year at full output, in the first year of operation's prices, to print. */
export function salesLine(sale: Sale, year = 0): SalesLine {
  const market = marketPrice(sale, year)
  const period = { kg: sale.ratePerYear, years: 1, market, level: 1, operatingYear: 0 }
  const given = sale.tiers ?? [{ name: 'market', rule: { kind: 'market' } } as const]
  const tiers: SalesLine['tiers'][number][] = []
  let left = sale.ratePerYear
  for (const tier of given) {
    const volume = Math.min(left, tier.volume ?? left)
    tiers.push({ name: tier.name, volume, price: tierPrice(tier, period) })
    left -= volume
  }
  const rules = [...new Set(given.map(({ rule }) => ruleText[rule.kind]))].join(', then ')
  return {
    product: sale.product,
    ratePerYear: sale.ratePerYear,
    tiers,
    payable: sale.payable,
    amount: revenueOf(sale, period),
    unsold: left,
    how:
      sale.payable === 1
        ? rules
        : `${rules}, ${Number((100 * sale.payable).toPrecision(6))} % paid`,
  }
}

/** Market price of a project year, the last one given holding on; before any escalation. */
export function marketPrice(sale: Sale, year: number): number {
  if (typeof sale.market === 'number') return sale.market
  return sale.market[Math.min(year, sale.market.length - 1)] ?? Number.NaN
}
