import { kept } from '../numerics/index.ts'
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

/** The value of an index in a year or month, and the name of the entry that it was read from. */
export function indexAt({ id, values, special }: CostIndex, year: string): IndexEntry {
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

/** Which rate is meant: of plant or of goods, from which money to which. */
interface Asked {
  readonly of: 'plant' | 'goods'
  readonly currency: string
  readonly year: string
  /** Value of the index behind the price where its source prints one. */
  readonly own: number | undefined
  readonly basis: CostBasis
}

/** What money is multiplied with on its way to a basis; the same for every amount. */
interface Rate {
  readonly here: number
  readonly there: number
  readonly from: number
  readonly to: number
  readonly how: string
}

type FoundRate = Rate | { readonly missing: string }

type Known = Asked & { readonly rate: FoundRate }

const rates = new WeakMap<PriceLevels, Known[]>()

/** The rate from one money to another: found once, for prices are moved by the hundred. */
function rateOf(asked: Asked, levels: PriceLevels): FoundRate {
  const known = kept(rates, levels, () => [])
  const { of, currency, year, own, basis } = asked
  for (const one of known) {
    const isSame = one.currency === currency && one.year === year && one.own === own
    const isTo = one.basis.currency === basis.currency && one.basis.year === basis.year
    if (isSame && isTo && one.of === of) return one.rate
  }
  const rate = of === 'plant' ? plantRate(asked, levels) : goodsRate(asked, levels)
  known.push({ ...asked, rate })
  return rate
}

/**
 * Cost of plant and equipment in another money: into dollars at the rate of its year, by the cost
 * index to the year wanted, into the currency wanted at that year's rate. `index`: value of the
 * index behind the price where its source prints one.
 */
export function capitalIn(
  { value, currency, year }: Money,
  basis: CostBasis,
  levels: PriceLevels,
  own?: number,
): Converted {
  const rate = rateOf({ of: 'plant', currency, year, own, basis }, levels)
  if ('missing' in rate) return rate
  return { value: ((value / rate.here) * rate.there * rate.to) / rate.from, how: rate.how }
}

function plantRate(
  { currency, year, own, basis }: Asked,
  { index, exchange }: PriceLevels,
): FoundRate {
  const here = rateAt(exchange, currency, year)
  if (typeof here !== 'number') return here
  const there = rateAt(exchange, basis.currency, basis.year)
  if (typeof there !== 'number') return there
  const from = own === undefined ? indexAt(index, year) : { value: own, entry: year }
  if ('missing' in from) return from
  const to = indexAt(index, basis.year)
  if ('missing' in to) return to
  const level = `${index.title} ${from.value} (${from.entry}) to ${to.value} (${to.entry})`
  const exchanged = `${here} ${currency}/USD, ${there} ${basis.currency}/USD`
  const how = [
    from.value === to.value ? '' : level,
    currency === basis.currency ? '' : exchanged,
  ].filter((t) => t !== '')
  return { here, there, from: from.value, to: to.value, how: how.join('; ') }
}

/**
 * A price in another currency at the rate of the basis year; its level stays that of its date,
 * because no index of the data is one of prices of goods.
 */
export function priceIn(money: Money, basis: CostBasis, levels: PriceLevels): Converted {
  const { value, currency, year } = money
  const rate = rateOf({ of: 'goods', currency, year, own: undefined, basis }, levels)
  if ('missing' in rate) return rate
  return { value: (value / rate.here) * rate.there, how: rate.how }
}

function goodsRate({ currency, year, basis }: Asked, { exchange }: PriceLevels): FoundRate {
  const dated = year === basis.year ? '' : `of ${year}, level not moved`
  if (currency === basis.currency) return { here: 1, there: 1, from: 1, to: 1, how: dated }
  const here = rateAt(exchange, currency, basis.year)
  if (typeof here !== 'number') return here
  const there = rateAt(exchange, basis.currency, basis.year)
  if (typeof there !== 'number') return there
  const text = `${(there / here).toPrecision(4)} ${basis.currency}/${currency} (${basis.year})`
  return { here, there, from: 1, to: 1, how: [dated, text].filter((t) => t !== '').join('; ') }
}

/** Fault of a basis that the data cannot serve; undefined where it can. */
export function basisFault(basis: CostBasis, { index, exchange }: PriceLevels): string | undefined {
  const rate = rateAt(exchange, basis.currency, basis.year)
  if (typeof rate !== 'number') return rate.missing
  const level = indexAt(index, basis.year)
  return 'missing' in level ? level.missing : undefined
}
