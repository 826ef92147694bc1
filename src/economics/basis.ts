/** Money that an appraisal speaks: ISO currency code, and price level `2024` or `2024-01`. */
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

type IndexEntry = { readonly value: number; readonly entry: string } | { readonly missing: string }

const found = new WeakMap<CostIndex, Map<string, IndexEntry>>()

/** The value of an index in a year or month, and the name of the entry that it was read from. */
export function indexAt(index: CostIndex, year: string): IndexEntry {
  const known = found.get(index) ?? new Map<string, IndexEntry>()
  found.set(index, known)
  const entry = known.get(year) ?? lookUp(index, year)
  known.set(year, entry)
  return entry
}

function lookUp({ id, values, special }: CostIndex, year: string): IndexEntry {
  const exact = values[year] ?? special[year]
  if (exact !== undefined) return { value: exact, entry: year }
  const annual = values[year.slice(0, 4)]
  if (annual !== undefined) return { value: annual, entry: year.slice(0, 4) }
  // A month stands in for a year whose average is not there, and is named where it does.
  const month = Object.entries(special).find(([name]) => name.startsWith(`${year.slice(0, 4)}-`))
  if (month !== undefined) return { value: month[1], entry: month[0] }
  const years = Object.keys(values).sort()
  const others = Object.keys(special).join(', ')
  return {
    missing: `${id} has no value for ${year}; it has ${years[0]} to ${years.at(-1)}, ${others}`,
  }
}

/** Units of a currency to one US dollar in a year. */
export function rateAt(
  exchange: readonly ExchangeRates[],
  currency: string,
  year: string,
): number | { readonly missing: string } {
  if (currency === 'USD') return 1
  const table = exchange.find((e) => e.currency === currency)
  if (table === undefined) {
    const known = ['USD', ...exchange.map((e) => e.currency)].join(', ')
    return { missing: `no exchange rate for ${currency}; there are ${known}` }
  }
  const rate = table.perUsd[year.slice(0, 4)]
  if (rate !== undefined) return rate
  const years = Object.keys(table.perUsd).sort().join(', ')
  return { missing: `no exchange rate of ${currency} for ${year}; there are ${years}` }
}

/**
 * Cost of plant and equipment in another money: into dollars at the rate of its year, by the cost
 * index to the year wanted, into the currency wanted at that year's rate. `index`: value of the
 * index behind the price where its source prints one.
 */
export function capitalIn(
  { value, currency, year }: Money,
  basis: CostBasis,
  { index, exchange }: PriceLevels,
  own?: number,
): Converted {
  const here = rateAt(exchange, currency, year)
  if (typeof here !== 'number') return here
  const there = rateAt(exchange, basis.currency, basis.year)
  if (typeof there !== 'number') return there
  const from = own === undefined ? indexAt(index, year) : { value: own, entry: year }
  if ('missing' in from) return from
  const to = indexAt(index, basis.year)
  if ('missing' in to) return to
  const money = ((value / here) * there * to.value) / from.value
  return {
    value: money,
    // Told when it is read: most conversions are only added up.
    get how() {
      const level = `${index.title} ${from.value} (${from.entry}) to ${to.value} (${to.entry})`
      const rates = `${here} ${currency}/USD, ${there} ${basis.currency}/USD`
      return [from.value === to.value ? '' : level, currency === basis.currency ? '' : rates]
        .filter((t) => t !== '')
        .join('; ')
    },
  }
}

/**
 * A price in another currency at the rate of the basis year; its level stays that of its date,
 * because no index of the data is one of prices of goods.
 */
export function priceIn(money: Money, basis: CostBasis, { exchange }: PriceLevels): Converted {
  const { value, currency } = money
  const dated = money.year === basis.year ? '' : `of ${money.year}, level not moved`
  if (currency === basis.currency) return { value, how: dated }
  const here = rateAt(exchange, currency, basis.year)
  if (typeof here !== 'number') return here
  const there = rateAt(exchange, basis.currency, basis.year)
  if (typeof there !== 'number') return there
  const text = `${(there / here).toPrecision(4)} ${basis.currency}/${currency} (${basis.year})`
  return { value: (value / here) * there, how: [dated, text].filter((t) => t !== '').join('; ') }
}

/** Fault of a basis that the data cannot serve; undefined where it can. */
export function basisFault(basis: CostBasis, { index, exchange }: PriceLevels): string | undefined {
  const rate = rateAt(exchange, basis.currency, basis.year)
  if (typeof rate !== 'number') return rate.missing
  const level = indexAt(index, basis.year)
  return 'missing' in level ? level.missing : undefined
}
