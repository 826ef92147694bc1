import type { Solution, SolvedProduct, SolvedWarning } from '../../../src/scenario/index.ts'

/** The unit of `unit.port`. */
const unitOf = (place: string): string => {
  const dot = place.lastIndexOf('.')
  return dot < 0 ? place : place.slice(0, dot)
}

/** Purities of a product under the names that specifications use. */
export const purityNames = [
  ['reoOfTreo', 'REO/TREO'],
  ['treoInProduct', 'TREO in product'],
  ['oxideInProduct', 'oxide in product'],
] as const
export type PurityName = (typeof purityNames)[number][0]

/** A by-product that sells no rare earth has no purity in one; its TREO it has. */
export function purityOf(product: SolvedProduct, name: PurityName): number | undefined {
  return product.elements.length === 0 && name !== 'treoInProduct'
    ? undefined
    : product.purity[name]
}

/** Impurities of all products, the greatest first; those below 1 ppb everywhere are left out. */
export function impurityNames(products: readonly SolvedProduct[]): readonly string[] {
  const most = new Map<string, number>()
  for (const { impurities } of products) {
    for (const [name, fraction] of Object.entries(impurities)) {
      most.set(name, Math.max(most.get(name) ?? 0, fraction))
    }
  }
  return [...most]
    .filter(([, fraction]) => fraction >= 1e-9)
    .sort(([, a], [, b]) => b - a)
    .map(([name]) => name)
}

export interface OutletShare {
  readonly unit: string
  readonly share: number
}

/** Where an element that feeds bring leaves the plant, the largest share first. */
export function outletsOf({ streams, units }: Solution, symbol: string): readonly OutletShare[] {
  const byUnit = new Map<string, number>()
  let total = 0
  for (const { to, elements } of Object.values(streams)) {
    const unit = unitOf(to)
    const kind = units[unit]?.kind
    if (kind !== 'product' && kind !== 'discharge') continue
    const flow = elements[symbol] ?? 0
    total += flow
    byUnit.set(unit, (byUnit.get(unit) ?? 0) + flow)
  }
  if (!(total > 0)) return []
  return [...byUnit]
    .map(([unit, flow]) => ({ unit, share: flow / total }))
    .filter(({ share }) => share >= leastShare)
    .sort((a, b) => b.share - a.share)
}

/** Smallest share of an element that is worth a place in the list of its outlets. */
const leastShare = 5e-5

/** Elements that the feeds bring in. */
export function fedElements({ streams, units }: Solution): ReadonlySet<string> {
  const found = new Set<string>()
  for (const { from, elements } of Object.values(streams)) {
    if (units[unitOf(from)]?.symbol !== 'feed') continue
    for (const [symbol, flow] of Object.entries(elements)) if (flow > 0) found.add(symbol)
  }
  return found
}

/** Rare earth oxide in the feeds and in the products, kg/s; undefined where no feed brings any. */
export function oxides({ units, products }: Solution) {
  const fed = Object.values(units).reduce(
    (sum, { figures }) => sum + (figures['rare earth oxide at full recovery']?.value ?? 0),
    0,
  )
  if (!(fed > 0)) return undefined
  const sold = products.reduce((sum, p) => sum + p.rate['kg/s'] * p.purity.treoInProduct, 0)
  return { fed, sold, recovery: sold / fed }
}

/** Electricity of a unit, W: that of its equipment, pumps too; undefined where unknown. */
export function powerOf({ power, equipment }: Solution['units'][string]): number | undefined {
  const items = equipment.flatMap((item) => (item.power === undefined ? [] : [item.power]))
  return items.length === 0 ? power : items.reduce((sum, watts) => sum + watts, 0)
}

export interface Duties {
  /** W of all units whose heat is known: to be added, and to be removed. */
  readonly added: number
  readonly removed: number
  /** Electricity of all units that state one, W. */
  readonly power: number
  /** Units whose heat is unknown. */
  readonly unknown: readonly string[]
}

export function dutiesOf({ units }: Solution): Duties {
  let [added, removed, power] = [0, 0, 0]
  const unknown: string[] = []
  for (const [name, unit] of Object.entries(units)) {
    power += powerOf(unit) ?? 0
    if ('unknown' in unit.heat) unknown.push(name)
    else if (unit.heat.watts > 0) added += unit.heat.watts
    else removed -= unit.heat.watts
  }
  return { added, removed, power, unknown }
}

/** The data set that a warning is about: the one whose name stands in its text. */
export function setOf({ text }: SolvedWarning, sets: Solution['dataSets']): string | undefined {
  const named = sets.filter(({ id }) => text.includes(` ${id} `) || text.includes(` ${id};`))
  return named.sort((a, b) => b.id.length - a.id.length)[0]?.id
}

/** A warning in two parts: what is the case, and what that is worth, which many repeat. */
export function partsOf({ text }: SolvedWarning): {
  readonly fact: string
  readonly worth: string
} {
  const cut = text.indexOf('; ')
  const worth = cut < 0 ? '' : text.slice(cut + 2)
  return worth.length < leastRepeated
    ? { fact: text, worth: '' }
    : { fact: text.slice(0, cut), worth }
}

/** A second part shorter than this stays with the first. */
const leastRepeated = 80
