import type { CostBasis } from './basis.ts'
import type { CapitalLine, SolventPrice } from './capital-types.ts'
import { linesAt } from './lines.ts'
import type { SolvedPlant } from './solved-plant.ts'
import { plainNumber } from './words.ts'

interface Filled {
  readonly lines: readonly CapitalLine[]
  readonly unpriced: readonly { readonly what: string; readonly why: string }[]
}

/** First fill of solvent: the organic held by the circuits, by component, at its price. */
export function solventFill(
  plant: SolvedPlant,
  { currency }: CostBasis,
  prices: readonly SolventPrice[] = [],
): Filled {
  const kilograms: Record<string, number> = {}
  const unpriced: { what: string; why: string }[] = []
  for (const [unit, { holdUp }] of Object.entries(plant.units)) {
    if (holdUp === undefined) continue
    for (const [species, kg] of Object.entries(holdUp.solvent))
      kilograms[species] = (kilograms[species] ?? 0) + kg
    if (holdUp.organic > 0 && Object.keys(holdUp.solvent).length === 0)
      unpriced.push({
        what: `${unit}: first fill of ${plainNumber(holdUp.organic)} m3 of organic`,
        why: 'no density of its extractant or diluent: the mass is not known',
      })
  }
  const lines: CapitalLine[] = []
  for (const [species, kg] of Object.entries(kilograms)) {
    const price = prices.find((p) => p.species === species)
    if (price === undefined) {
      unpriced.push({
        what: `first fill of ${plainNumber(kg)} kg of ${species}`,
        why: `no price of ${species}`,
      })
    } else {
      const { perKg, source, assumption } = price
      lines.push({
        name: `First fill: ${species}`,
        group: 'first-fill',
        amount: kg * perKg,
        how: `${plainNumber(kg)} kg held by the circuits at ${plainNumber(perKg)} ${currency}/kg`,
        ...(source === undefined ? {} : { source }),
        ...(assumption === undefined ? {} : { assumption }),
      })
    }
  }
  return { lines, unpriced }
}

/** Kinds of unit whose contents are stock of the trade, not of the process. */
const stores = new Set(['feed', 'delivery', 'liquor', 'reagent', 'product', 'discharge'])

/**
 * Rare earths in the plant while it runs, kg by element and unit: what the circuits report, and
 * elsewhere what leaves times the time that it was held.
 */
export function rareEarthsHeld(
  plant: SolvedPlant,
  rareEarths: readonly string[],
): Readonly<Record<string, Readonly<Record<string, number>>>> {
  const held: Record<string, Record<string, number>> = {}
  for (const [name, { kind, equipment, holdUp }] of Object.entries(plant.units)) {
    if (holdUp !== undefined) {
      held[name] = { ...holdUp.elements }
      continue
    }
    if (stores.has(kind)) continue
    let seconds = 0
    for (const { count, further } of equipment) {
      seconds += count * (further?.find((s) => s.name === 'time held')?.value ?? 0)
    }
    if (!(seconds > 0)) continue
    const leaving: Record<string, number> = {}
    for (const { elements } of linesAt(plant, 'from', name)) {
      for (const el of rareEarths) {
        const rate = elements[el] ?? 0
        if (rate > 0) leaving[el] = (leaving[el] ?? 0) + rate * seconds
      }
    }
    if (Object.keys(leaving).length > 0) held[name] = leaving
  }
  return held
}
