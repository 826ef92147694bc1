/**
 * Mean-reverting price paths. The logarithm of every price is the sum of common factors (didymium,
 * the heavy elements, reagents, power), each an Ornstein-Uhlenbeck process around the price deck,
 * and of one policy event: export control, embargo, or its end.
 */
export interface PriceFactor {
  readonly name: string
  /** Standard deviation of ln price that one year adds, per square root of a year. */
  readonly volatility: number
  /** Years in which a departure from the deck halves. */
  readonly halfLife: number
  /** ln of price over deck at the start: 0 where the deck is today's price. */
  readonly start: number
}

/** An event that moves prices at once and wears off. */
export interface PolicyJump {
  /** Chance that it comes within a year, while it has not come. */
  readonly perYear: number
  /** Price over price without it at the moment it comes: one in ten below p10, one above p90. */
  readonly p10: number
  readonly p90: number
  /** Years in which its effect halves; infinite for one that stays. */
  readonly halfLife: number
  /** Which factors it moves, and with what share of the logarithm. */
  readonly moves: Readonly<Record<string, number>>
}

export interface PriceModel {
  readonly factors: readonly PriceFactor[]
  /** Correlation of the yearly shocks of the factors, rows in their order. */
  readonly correlation: readonly (readonly number[])[]
  /** Factor that each price follows and with what power of it; a price not named stays. */
  readonly follows: Readonly<Record<string, { readonly factor: string; readonly power: number }>>
  readonly jump?: PolicyJump
  /** Whether the deck is the mean or the median of the prices without the event. */
  readonly deckIs: 'mean' | 'median'
}

/** Price over deck by year from the first, for each price that follows a factor. */
export type PriceFactors = Readonly<Record<string, Float64Array>>
