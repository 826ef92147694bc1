import type { PriceRule, PriceTier, Ramp, Sale, SolvedPlant } from '../../economics/index.ts'
import type { PriceDeck } from '../../databank/costs.ts'
import type { MoneyValue, Params } from '../../flowsheet/fields.ts'
import type { sales as salesFields } from './sales-fields.ts'
import { goodsPrice, namesOfRegion, yearOf, type Terms } from './terms.ts'

type Selling = NonNullable<Params<typeof salesFields>['products']>[string]
type TierText = NonNullable<Selling['tiers']>[number]

/** One product with what its price is from; without a price it is a gap and brings nothing. */
export interface SoldProduct {
  readonly sale: Sale
  readonly how: string
}

/** A product that the deck prices, in the appraisal's currency. */
interface DeckPrice {
  readonly value: number
  readonly how: string
  readonly source: string
  readonly title: string
  /** Parts of a market that pay less than the price quoted, of an output of so many kg a year. */
  readonly tiers: (ratePerYear: number) => readonly PriceTier[]
}

const sameElements = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((element) => b.includes(element))

/** What a deck pays for an oxide of these elements. */
export function deckPrice(
  elements: readonly string[],
  deck: PriceDeck | undefined,
  terms: Terms,
): DeckPrice | undefined {
  const found = deck?.products.find((product) => sameElements(product.elements, elements))
  if (deck === undefined || found === undefined) return undefined
  const price = goodsPrice(found.price, deck.currency, yearOf(found.date), terms)
  if ('missing' in price) return undefined
  const { product, date, source, tiers = [] } = found
  const parts = tiers.length > 0 ? 'in tiers of the deck' : ''
  const how = [`${product}, ${date}`, price.how, parts].filter(Boolean).join('; ')
  const tiersOf = (ratePerYear: number) =>
    tiers.map(({ name, price: paid, volume, share }): PriceTier => {
      const limit = volume ?? (share === undefined ? undefined : share * ratePerYear)
      const rule = { kind: 'market', times: paid / found.price } as const
      return { name, rule, ...(limit === undefined ? {} : { volume: limit }) }
    })
  return { value: price.value, how, source, title: deck.title, tiers: tiersOf }
}

/** The deck that the section names, or the one of the region; a name that is unknown is a gap. */
export function deckOf(id: string | undefined, terms: Terms): PriceDeck | undefined {
  const { decks } = terms.bank
  const region = namesOfRegion(terms)
  if (id !== undefined) {
    const named = decks.get(id)
    if (named === undefined) {
      const why = `no deck of that id; there is ${[...decks.keys()].join(', ')}`
      terms.gaps.push({ part: 'sales', what: `deck ${id}`, why })
    }
    return named
  }
  const all = [...decks.values()]
  return all.find((deck) => region.includes(deck.region)) ?? all[0]
}

/** What is sold and at which price: as the section says, else by the deck. */
export function salesOf(solution: SolvedPlant, terms: Terms): readonly SoldProduct[] {
  const { products = {}, deck: id, priceFactor } = terms.economics.sales
  const deck = deckOf(id, terms)
  return solution.products.flatMap(({ name, elements, rate }): SoldProduct[] => {
    const own = products[name]
    const path = `economics.sales.products.${name}`
    const given = own?.price === undefined ? undefined : money(own.price, terms)
    const found = given === undefined ? deckPrice(elements, deck, terms) : undefined
    const price = given ?? found?.value
    if (price === undefined) {
      const of = elements.length === 0 ? 'it' : elements.join(', ')
      const why = `no price of ${of} in the deck; give ${path}.price`
      terms.gaps.push({ part: 'sales', what: name, why })
      return []
    }
    if (found !== undefined) {
      const value = `${price.toPrecision(4)} ${terms.basis.currency}/kg`
      terms.defaults.push({ path: `${path}.price`, value, source: found.source })
    }
    const ratePerYear = rate['kg/s'] * 3600 * solution.operatingHours
    const tiers = found?.tiers(ratePerYear) ?? []
    const sale: Sale = {
      product: name,
      ratePerYear,
      market: price * priceFactor,
      payable: own?.payable ?? 1,
      ...(tiers.length > 0 ? { tiers } : {}),
      ...(own === undefined ? {} : contractOf(own, terms)),
    }
    return [{ sale, how: found?.how ?? `${path}.price` }]
  })
}

function contractOf(own: Selling, terms: Terms) {
  const { tiers, escalation, basket, ramp } = own
  return {
    ...(tiers === undefined ? {} : { tiers: tiers.map((tier) => tierOf(tier, terms)) }),
    ...(escalation === 0 ? {} : { escalation }),
    ...(basket === undefined ? {} : { basket }),
    ...(ramp === undefined ? {} : { ramp: { by: 'year', shares: ramp } satisfies Ramp }),
  }
}

const money = (value: MoneyValue, terms: Terms): number => {
  const price = goodsPrice(value.amount, value.currency, value.year ?? terms.basis.year, terms)
  if ('value' in price) return price.value
  terms.gaps.push({ part: 'sales', what: value.currency, why: price.missing })
  return 0
}

function tierOf(tier: TierText, terms: Terms): PriceTier {
  const { name, volume, years } = tier
  return {
    name,
    ...(volume === undefined ? {} : { volume: volume * 3600 * terms.plant.operatingHours }),
    rule: ruleOf(tier, terms),
    ...(years === undefined ? {} : { years }),
  }
}

function ruleOf(tier: TierText, terms: Terms): PriceRule {
  const { rule, times, price, floor, cap, upside, margin } = tier
  const at = (value: MoneyValue | undefined) => (value === undefined ? 0 : money(value, terms))
  switch (rule) {
    case 'market':
      return { kind: 'market', times }
    case 'fixed':
      return { kind: 'fixed', price: at(price) }
    case 'floor':
      return { kind: 'floor', floor: at(floor), upside }
    case 'collar':
      return {
        kind: 'collar',
        ...(floor === undefined ? {} : { floor: at(floor) }),
        ...(cap === undefined ? {} : { cap: at(cap) }),
      }
    case 'cost-plus':
      return { kind: 'cost-plus', cost: at(price), margin }
  }
}
