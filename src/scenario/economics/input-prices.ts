import type { InputPrice } from '../../databank/costs.ts'
import type { UnitPrice } from '../../economics/index.ts'
import { lookedUp, namesOfRegion, nearestRegion, yearOf, type Found, type Terms } from './terms.ts'

/** What the price data call a substance that streams know by its formula. */
const tradeNames: Readonly<Record<string, string>> = {
  H2C2O4: 'oxalic acid',
  H2O: 'water',
}

/** A price of the data, of one unit of pure substance. */
export interface FoundPrice {
  readonly price: UnitPrice
  /** With where it is from, in words: region, date, strength. */
  readonly text: string
}

/** Distance of a region: 0 the plant's own, more the farther its name is down the list. */
function distance(region: string, names: readonly string[]): number {
  const at = names.indexOf(region)
  return at < 0 ? names.length + (region === 'United States' ? 0 : 1) : at
}

/** Of several prices of one item the nearest in region, then in time. */
function nearest(prices: readonly InputPrice[], terms: Terms): InputPrice | undefined {
  const names = namesOfRegion(terms)
  const year = Number(terms.basis.year)
  const away = ({ date }: InputPrice) => Math.abs(Number(yearOf(date)) - year)
  return prices.toSorted(
    (a, b) => distance(a.region, names) - distance(b.region, names) || away(a) - away(b),
  )[0]
}

/** The deck that the section names for what is bought, or the one of its region that has it. */
function inputDeck(terms: Terms) {
  const { bank, economics } = terms
  const { deck: own } = economics.operating
  if (own !== undefined) return bank.decks.get(own)
  const sold = bank.decks.get(economics.sales.deck ?? '')
  if (sold !== undefined && sold.inputs.length > 0) return sold
  return nearestRegion(
    [...bank.decks.values()].filter((deck) => deck.inputs.length > 0),
    terms,
  )
}

const found: Found<FoundPrice | undefined> = new WeakMap()

/** The price of an item: that of the deck, else the nearest in region and time; or none. */
export function inputPrice(item: string, terms: Terms): FoundPrice | undefined {
  const { operating, sales } = terms.economics
  const words = `${item}/${operating.deck}/${sales.deck}`
  return lookedUp(found, words, terms, () => findPrice(item, terms))
}

function findPrice(item: string, terms: Terms): FoundPrice | undefined {
  const { bank } = terms
  const name = tradeNames[item] ?? item
  const id = inputDeck(terms)?.inputs.find((input) => input.item === name)?.price
  const all = [...bank.inputs.values()].filter((price) => price.item === name)
  const record = id === undefined ? nearest(all, terms) : bank.inputs.get(id)
  if (record === undefined) return undefined
  const { currency, per, date, region, strength, source, assumption } = record
  const value = record.value / (strength ?? 1)
  const strong = strength === undefined ? '' : `, of ${Number((100 * strength).toPrecision(3))} %`
  const far = namesOfRegion(terms).includes(region) ? '' : ` stands in: none of the region`
  const money = `${Number(value.toPrecision(4))} ${currency}/${per}`
  return {
    price: {
      value,
      currency,
      year: yearOf(date),
      per,
      source,
      ...(assumption === undefined ? {} : { assumption }),
    },
    text: `${money}: ${name}, ${region}, ${date}${strong}${far}`,
  }
}

/** The price of an item as a default of the section, with the path that would replace it. */
export function defaultPrice(item: string, path: string, terms: Terms): UnitPrice | undefined {
  const own = inputPrice(item, terms)
  if (own === undefined) return undefined
  const { price, text } = own
  terms.defaults.push({ path, value: text, source: price.source ?? '' })
  return price
}
