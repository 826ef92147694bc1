import type { CostBank } from '../../databank/costs.ts'
import { priceIn } from '../../economics/index.ts'
import type { Converted, CostBasis, Money, PriceLevels } from '../../economics/index.ts'
import type { MoneyValue } from '../../flowsheet/fields.ts'
import { kept } from '../../numerics/index.ts'
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
  readonly levels: PriceLevels
  /** What the plant file says about a path of the section, or about what it is in. */
  readonly said: (path: string) => Said
  readonly assumptions: Assumption[]
  readonly defaults: Defaulted[]
  readonly gaps: Gap[]
}

/** Everything that was said in the section, by path. */
export type Sayings = ReadonlyMap<string, Said>

const sayings = new WeakMap<PlantDocument['annotations'], Sayings>()

/** What the annotations of a plant say about its economics, by path. */
export const sayingsOf = ({ annotations }: PlantDocument): Sayings =>
  kept(sayings, annotations, () => sortedByPath(annotations))

function sortedByPath(annotations: PlantDocument['annotations']): Sayings {
  const found = new Map<string, { source?: string; assumption?: string }>()
  for (const { key, at, text } of annotations) {
    if (key === 'note' || !at.startsWith('economics')) continue
    const own = found.get(at) ?? {}
    found.set(at, { ...own, [key]: own[key] === undefined ? text : `${own[key]}; ${text}` })
  }
  return found
}

/** What is said about a path or, where nothing is, about the nearest block around it. */
export function saidAbout(path: string, sayings: Sayings): Said {
  for (let at = path; at !== ''; at = at.replace(/(?:^|\.|\[)[^.[]*$/, '')) {
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

/**
 * A price of goods in the money of the appraisal. No index of the data is one of goods: a price of
 * another year is taken as it was, at the exchange rate of the basis; that is said.
 */
export function goodsPrice(value: number, currency: string, year: string, terms: Terms): Converted {
  return priceIn({ value, currency, year }, terms.basis, terms.levels)
}

const regions: Readonly<Record<Economics['basis']['region'], readonly string[]>> = {
  uk: ['Northern Ireland', 'United Kingdom', 'UK', 'Scotland', 'Northwest Europe', 'Europe'],
  us: ['United States', 'US'],
  missouri: ['Missouri', 'United States', 'US'],
  brazil: ['Minas Gerais', 'Brazil'],
  eu: ['Northwest Europe', 'Europe', 'EU-14 median'],
}

/** The names by which the data calls the region of the plant, the nearest first. */
export const namesOfRegion = ({ economics }: Pick<Terms, 'economics'>): readonly string[] =>
  regions[economics.basis.region]

/** What was found in the data, by the words that it was looked up with. */
export type Found<T> = WeakMap<CostBank, Map<string, T>>

/** Looks something up for the region and year of the plant: once, for it is asked in every draw. */
export function lookedUp<T>(found: Found<T>, words: string, terms: Terms, find: () => T): T {
  const { bank, basis, economics } = terms
  const key = `${words}/${economics.basis.region}/${basis.year}`
  let known = found.get(bank)
  if (known === undefined) {
    known = new Map()
    found.set(bank, known)
  }
  const earlier = known.get(key)
  if (earlier !== undefined || known.has(key)) return earlier as T
  const made = find()
  known.set(key, made)
  return made
}

/** Of several records the one whose region is nearest to the plant's; undefined if none is. */
export function nearestRegion<T extends { readonly region: string }>(
  records: readonly T[],
  terms: Pick<Terms, 'economics'>,
): T | undefined {
  for (const name of namesOfRegion(terms)) {
    const found = records.find(({ region }) => region === name)
    if (found !== undefined) return found
  }
  return undefined
}
