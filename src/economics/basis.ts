/** In what money an appraisal speaks: ISO currency code and the price level, `2024` or `2024-01`. */
export interface CostBasis {
  readonly currency: string
  readonly year: string
}

/** An amount with the money it is in and where it is from. */
export interface Money {
  readonly value: number
  readonly currency: string
  readonly year: string
  /** Key of `data/sources`. */
  readonly source?: string
  readonly assumption?: string
}

/** A cost index by year (`2016`), month (`2024-01`), or under a name that a method gives it. */
export interface CostIndex {
  readonly id: string
  readonly title: string
  readonly values: Readonly<Record<string, number>>
  /** Values that are not annual averages; taken where `values` has none for the year asked for. */
  readonly special: Readonly<Record<string, number>>
  readonly source: string
}

/** Units of a currency to one US dollar, average of a year: `perUsd['2024'] = 0.783`. */
export interface ExchangeRates {
  readonly currency: string
  readonly perUsd: Readonly<Record<string, number>>
  readonly source: string
}

/** What moves money from one basis to another. */
export interface PriceLevels {
  /** The index that moves capital: in US dollars, as CEPCI is. */
  readonly index: CostIndex
  readonly exchange: readonly ExchangeRates[]
}

/** Money in the wanted basis with how it got there, or what is missing for it. */
export type Converted =
  | { readonly value: number; readonly how: string }
  | { readonly missing: string }
