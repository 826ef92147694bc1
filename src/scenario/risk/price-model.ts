import {
  fitHistory,
  followed,
  yearly,
  type HistoryFit,
  type PriceFactor,
  type PriceModel,
  type PricePoint,
} from '../../economics/index.ts'
import type { PricePoint as Quote } from '../../databank/costs.ts'
import type { PlantDocument } from '../plant.ts'
import { pastFactors } from './check-risk.ts'

/** A product whose price may move. */
export interface Sold {
  readonly name: string
  readonly elements: readonly string[]
}

/** How prices move, with where each factor is from. */
export interface PricePlan {
  readonly model: PriceModel
  /** By factor, and `policy`. */
  readonly basis: Readonly<Record<string, { readonly text: string; readonly isStated: boolean }>>
  readonly assumptions: readonly string[]
  /** Products whose price stays at the deck. */
  readonly fixed: readonly string[]
}

const [didymium, heavy] = pastFactors

/** Name of the price that a feed is paid by, for an element that it contains. */
export const containedName = (element: string) => `contained ${element}`

/** Elements by which the heavy factor is read: those that have a history and a market. */
const heavyElements = ['Dy', 'Tb'] as const
/** Elements whose price takes the heavy factor. */
const heavies = new Set(['Gd', 'Tb', 'Dy', 'Ho', 'Er', 'Tm', 'Yb', 'Lu', 'Y'])

/** Time of a quote in years: the middle of the year, half, quarter, month or day that it is of. */
function timeOf(date: string): number {
  const match = /^(\d{4})(?:-(?:Q(\d)|H(\d)|(\d\d)(?:-(\d\d))?))?$/.exec(date)
  const [year, quarter, half, month, day] = (match?.slice(1) ?? []).map((part) =>
    part === undefined ? undefined : Number(part),
  )
  if (year === undefined) return Number.NaN
  if (quarter !== undefined) return year + (quarter - 0.5) / 4
  if (half !== undefined) return year + (half - 0.5) / 2
  if (month === undefined) return year + 0.5
  return year + (month - 1 + (day === undefined ? 0.5 : (day - 0.5) / 31)) / 12
}

/**
 * One price a year of the oxides of some elements: quotes in US dollars per kg of the Chinese and
 * the world market. Europe's asking prices of 2025, on thin volume, and metal are left out; so are
 * quotes in yuan, whose years have no sourced rate.
 */
function historyOf(quotes: readonly Quote[], elements: readonly string[]): readonly PricePoint[] {
  return yearly(
    quotes.flatMap(({ element, product, grade, date, low, high, currency, per, market }) => {
      const isOurs = elements.includes(element) && currency === 'USD' && per === 'kg'
      if (!isOurs || /europe|retail/i.test(market) || /metal/i.test(`${product} ${grade}`))
        return []
      const ends = [low, high].filter((end) => end !== undefined)
      const at = timeOf(date)
      if (ends.length === 0 || !Number.isFinite(at)) return []
      return [{ at, price: ends.reduce((sum, end) => sum + end, 0) / ends.length }]
    }),
  ).filter(({ price }) => price > 0)
}

/** What the heavy elements do beyond what they follow of didymium, as a price of its own. */
function heavyHistory(
  leader: readonly PricePoint[],
  quotes: readonly Quote[],
): readonly PricePoint[] {
  const lead = new Map(leader.map(({ at, price }) => [at, price]))
  const parts = heavyElements.map((element) => {
    const own = historyOf(quotes, [element])
    const power = followed(leader, own)?.power ?? 1
    return new Map(
      own.flatMap(({ at, price }) => {
        const first = lead.get(at)
        return first === undefined ? [] : [[at, Math.log(price) - power * Math.log(first)] as const]
      }),
    )
  })
  const [one, ...others] = parts
  return [...(one ?? [])].flatMap(([at, ln]) => {
    const all = [ln, ...others.map((other) => other.get(at))]
    if (all.some((x) => x === undefined)) return []
    const mean = all.reduce<number>((sum, x) => sum + (x ?? 0), 0) / all.length
    return [{ at, price: Math.exp(mean) }]
  })
}

function basisOf(what: string, fit: HistoryFit): string {
  const [from, to] = [Math.floor(fit.from), Math.floor(fit.to)]
  const bound = fit.atBound ? '; its half-life is the bound that such a history can tell' : ''
  return `prior from ${fit.points} yearly prices of ${what}, ${from} to ${to}${bound}`
}

/** The factor starts at the deck; the level that it returns to is as uncertain as its estimate. */
const fitted = (name: string, fit: HistoryFit): PriceFactor => ({
  name,
  volatility: fit.volatility,
  halfLife: fit.halfLife,
  start: 0,
  level: fit.levelError,
})

/** Factors and what follows them as past prices suggest. */
function fromHistory(sold: readonly Sold[], quotes: readonly Quote[]) {
  const leader = historyOf(quotes, ['Nd', 'NdPr'])
  const fits = [
    { name: didymium, what: 'Nd and NdPr oxide', fit: fitHistory(leader) },
    {
      name: heavy,
      what: 'Dy and Tb oxide over what they follow of didymium',
      fit: fitHistory(heavyHistory(leader, quotes)),
    },
  ].flatMap(({ name, what, fit }) => (fit === undefined ? [] : [{ name, what, fit }]))
  const known = new Set(fits.map(({ name }) => name))
  const follows = Object.fromEntries(
    sold.flatMap(({ name, elements }) => {
      const powers = powersOf(elements, leader, quotes, known)
      return powers === undefined ? [] : [[name, powers] as const]
    }),
  )
  return {
    factors: fits.map(({ name, fit }) => fitted(name, fit)),
    follows,
    basis: Object.fromEntries(
      fits.map(({ name, what, fit }) => [name, { text: basisOf(what, fit), isStated: false }]),
    ),
  }
}

function powersOf(
  elements: readonly string[],
  leader: readonly PricePoint[],
  quotes: readonly Quote[],
  known: ReadonlySet<string>,
): Readonly<Record<string, number>> | undefined {
  if (elements.some((element) => element === 'Nd' || element === 'Pr')) {
    return known.has(didymium) ? { [didymium]: 1 } : undefined
  }
  for (const element of elements) {
    const found = followed(leader, historyOf(quotes, [element]))
    if (found === undefined || !known.has(didymium)) continue
    const own = heavies.has(element) && known.has(heavy) ? { [heavy]: 1 } : {}
    return { [didymium]: found.power, ...own }
  }
  return undefined
}

/**
 * The price model of a plant: as its `risk` block states it, completed from past prices where the
 * block says `history`.
 */
export function pricePlan(
  { economics }: PlantDocument,
  sold: readonly Sold[],
  quotes: readonly Quote[],
): PricePlan {
  const { model: kind, deckIs, factors = {}, follows = {}, policy } = economics.risk.prices
  if (kind === 'fixed') {
    const model = { factors: [], follows: {}, deckIs }
    const fixed = fixedOf(sold, {})
    return { model, basis: {}, assumptions: [], fixed }
  }
  const past =
    kind === 'history' ? fromHistory(sold, quotes) : { factors: [], follows: {}, basis: {} }
  const stated = Object.entries(factors).map(([name, { start, ...own }]) => ({
    name,
    ...own,
    start: Math.log(start),
  }))
  const all = [...past.factors.filter(({ name }) => !Object.hasOwn(factors, name)), ...stated]
  const following = { ...past.follows, ...follows }
  return {
    model: {
      factors: all,
      follows: following,
      deckIs,
      ...(policy === undefined ? {} : { jump: policy }),
    },
    basis: {
      ...past.basis,
      ...Object.fromEntries(
        Object.keys(factors).map((name) => [
          name,
          { text: 'risk block of the plant', isStated: true },
        ]),
      ),
      ...(policy === undefined
        ? {}
        : { policy: { text: 'risk block of the plant', isStated: true } }),
    },
    assumptions: assumed(past, follows, kind),
    fixed: fixedOf(sold, following),
  }
}

/** Products whose price stays at the deck. */
const fixedOf = (sold: readonly Sold[], following: Readonly<Record<string, unknown>>) =>
  sold.flatMap(({ name }) => {
    return name.startsWith(containedName('')) || Object.hasOwn(following, name)
      ? []
      : [`price of ${name}`]
  })

function assumed(
  past: ReturnType<typeof fromHistory> | { readonly follows: Readonly<Record<string, unknown>> },
  own: Readonly<Record<string, unknown>>,
  kind: 'history' | 'own' | 'fixed',
): readonly string[] {
  if (kind !== 'history') return []
  const products = Object.keys(past.follows).filter(
    (name) => !Object.hasOwn(own, name) && !name.startsWith(containedName('')),
  )
  if (products.length === 0) return []
  return [
    `prices of ${products.join(', ')} move as the few past prices suggest: a prior, not a forecast`,
  ]
}
