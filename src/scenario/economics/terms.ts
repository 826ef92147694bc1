import type { CostBank } from '../../databank/costs.ts'
import type { CostBasis, Money } from '../../economics/index.ts'
import type { MoneyValue } from '../../flowsheet/fields.ts'
import type { PlantDocument } from '../plant.ts'
import type { Assumption, Defaulted, Gap } from './appraisal.ts'
import type { Economics } from './fields.ts'

/** Where a figure is from. */
export interface Said {
  readonly source?: string
  readonly assumption?: string
}

/** What every part of an appraisal is made from, and the lists that the parts add to. */
export interface Terms {
  readonly plant: PlantDocument
  readonly economics: Economics
  readonly bank: CostBank
  readonly basis: CostBasis
  /** What the plant file says about a path of the section, or about what it is in. */
  readonly said: (path: string) => Said
  readonly assumptions: Assumption[]
  readonly defaults: Defaulted[]
  readonly gaps: Gap[]
}

/** Everything that was said in the section, by path. */
export type Sayings = ReadonlyMap<string, Said>

/** What the annotations of a plant say about its economics, by path. */
export function sayingsOf(plant: PlantDocument): Sayings {
  const found = new Map<string, { source?: string; assumption?: string }>()
  for (const { key, at, text } of plant.annotations) {
    if (key === 'note' || !at.startsWith('economics')) continue
    const own = found.get(at) ?? {}
    found.set(at, { ...own, [key]: own[key] === undefined ? text : `${own[key]}; ${text}` })
  }
  return found
}

/** What is said about a path or, where nothing is, about the nearest block around it. */
export function saidAbout(path: string, sayings: Sayings): Said {
  for (let at = path; at !== ''; at = at.replace(/(?:^|\.|(?=\[))[^.[]*$/, '')) {
    const own = sayings.get(at)
    if (own !== undefined) return own
  }
  return {}
}

/** Money of the plant file with its price level and what is said about it. */
export function moneyAt(value: MoneyValue, path: string, terms: Terms): Money {
  const { amount, currency, year } = value
  return { value: amount, currency, year: year ?? terms.basis.year, ...terms.said(path) }
}

/** Year of a date as the data writes it: `2024-Q2` is 2024. */
export const yearOf = (date: string) => date.slice(0, 4)

/** Units of a currency to one US dollar in that year, or in the last year with a rate. */
function perDollar(
  currency: string,
  year: string,
  bank: CostBank,
): { readonly rate: number; readonly year: string } | undefined {
  if (currency === 'USD') return { rate: 1, year }
  const known = bank.exchange.get(currency)?.perUsd
  if (known === undefined) return undefined
  const own = known[year]
  if (own !== undefined) return { rate: own, year }
  const last = Object.keys(known).sort().at(-1)
  const rate = last === undefined ? undefined : known[last]
  return last === undefined || rate === undefined ? undefined : { rate, year: last }
}

/**
 * A price of goods in the currency of the appraisal. Goods are not moved with a cost index: a price
 * of another year is taken as it was, at the exchange rate of its own year; that is said.
 */
export function goodsPrice(
  value: number,
  currency: string,
  year: string,
  terms: Terms,
): { readonly value: number; readonly how: string } | { readonly missing: string } {
  const { basis, bank } = terms
  const when = year === basis.year ? '' : `, price of ${year}`
  if (currency === basis.currency) return { value, how: when.slice(2) }
  const [from, to] = [currency, basis.currency].map((code) => perDollar(code, year, bank))
  if (from === undefined || to === undefined) {
    const known = ['USD', ...bank.exchange.keys()].join(', ')
    return { missing: `no exchange rate from ${currency} to ${basis.currency}; there is ${known}` }
  }
  const rate = to.rate / from.rate
  const of = from.year < to.year ? from.year : to.year
  return {
    value: value * rate,
    how: `${Number(rate.toPrecision(4))} ${basis.currency}/${currency} of ${of}${when}`,
  }
}
