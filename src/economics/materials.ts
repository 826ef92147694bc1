import { priceIn, type CostBasis, type PriceLevels } from './basis.ts'
import { linesAt } from './lines.ts'
import type {
  FeedTerms,
  OperatingInputs,
  OperatingLine,
  ReagentTerms,
  UnitPrice,
  WasteTerms,
} from './operating-types.ts'
import type { SolvedLine, SolvedPlant, SolvedReagent } from './solved-plant.ts'
import { percent, plainNumber } from './words.ts'

/** Lines of cost, with what has no price. */
export interface Costed {
  readonly lines: readonly OperatingLine[]
  readonly gaps: readonly { readonly what: string; readonly why: string }[]
}

type Part = Costed | { readonly what: string; readonly why: string }

/** Joins what was found one by one. */
export function costed(parts: readonly Part[]): Costed {
  return {
    lines: parts.flatMap((p) => ('lines' in p ? p.lines : [])),
    gaps: parts.flatMap((p) => ('lines' in p ? p.gaps : [p])),
  }
}

/** What one of the SI unit of a price is called, and how many of `per` make it. */
const counted = {
  kg: { unit: 'kg', times: 1 },
  t: { unit: 'kg', times: 1e-3 },
  m3: { unit: 'm3', times: 1 },
  kWh: { unit: 'J', times: 1 / 3.6e6 },
  GJ: { unit: 'J', times: 1e-9 },
} as const

export interface Priced {
  readonly basis: CostBasis
  readonly levels: PriceLevels
}

interface Origin {
  readonly source?: string | undefined
  readonly assumption?: string | undefined
}

/** Where a price is from, as a line carries it. */
export const originOf = ({ source, assumption }: Origin) => ({
  ...(source === undefined ? {} : { source }),
  ...(assumption === undefined ? {} : { assumption }),
})

/** One line of `quantity` (SI, a year) at a price; the gap where there is no rate of exchange. */
export function lineAt(
  line: Pick<OperatingLine, 'name' | 'group'> & { readonly quantity: number; readonly how: string },
  price: UnitPrice,
  { basis, levels }: Priced,
): Part {
  const moved = priceIn(price, basis, levels)
  if ('missing' in moved) return { what: line.name, why: moved.missing }
  const quantity = line.quantity * counted[price.per].times
  return {
    lines: [
      {
        name: line.name,
        group: line.group,
        variable: true,
        quantity: { value: quantity, unit: `${price.per}/y` },
        price: { value: moved.value, unit: `${basis.currency}/${price.per}` },
        amount: quantity * moved.value,
        how: [line.how, moved.how].filter((t) => t !== '').join('; '),
        ...originOf(price),
      },
    ],
    gaps: [],
  }
}

const seconds = (plant: SolvedPlant) => plant.operatingHours * 3600

const kilograms = (lines: readonly SolvedLine[]) => lines.reduce((sum, { mass }) => sum + mass, 0)

const feedKinds = new Set(['feed', 'delivery', 'liquor'])

function payableFeed(
  plant: SolvedPlant,
  terms: Extract<FeedTerms, { by: 'element' }>,
  inputs: OperatingInputs,
): Part {
  const lines = linesAt(plant, 'from', terms.feed)
  const parts = Object.entries(terms.elements).map(([el, { price, of }]): Part => {
    const name = `${terms.feed}: ${el}`
    const moved = priceIn(price, inputs.basis, inputs.levels)
    if ('missing' in moved) return { what: name, why: moved.missing }
    const factor = of === 'element' ? 1 : inputs.oxideFactors[el]
    if (factor === undefined) return { what: name, why: `no oxide is known for ${el}` }
    const rate = lines.reduce((sum, { elements }) => sum + (elements[el] ?? 0), 0)
    const quantity = rate * seconds(plant) * factor
    const each = moved.value * terms.payable
    return {
      lines: [
        {
          name,
          group: 'feed',
          variable: true,
          quantity: { value: quantity, unit: 'kg/y' },
          price: { value: each, unit: `${inputs.basis.currency}/kg` },
          amount: quantity * each,
          how: `contained ${of === 'oxide' ? 'oxide' : 'element'}, ${percent(terms.payable)} of its price paid`,
          ...originOf({ ...price, ...terms }),
        },
      ],
      gaps: [],
    }
  })
  return costed(parts)
}

/** What the feeds cost, by mass as received or by what they contain; gate fees are negative. */
export function feedLines(plant: SolvedPlant, inputs: OperatingInputs): Costed {
  const parts = Object.entries(plant.units).map(([name, { kind }]): Part => {
    if (!feedKinds.has(kind)) return costed([])
    const mass = kilograms(linesAt(plant, 'from', name)) * seconds(plant)
    if (!(mass > 0)) return costed([])
    const terms = inputs.feeds.find((f) => f.feed === name)
    if (terms === undefined) {
      return { what: `feed ${name}: ${plainNumber(mass / 1000)} t/y`, why: 'no price and no terms' }
    }
    if (terms.by === 'element') return payableFeed(plant, terms, inputs)
    const how = terms.price.value < 0 ? 'as received; gate fee' : 'as received'
    return lineAt({ name, group: 'feed', quantity: mass, how }, terms.price, inputs)
  })
  return costed(parts)
}

const gases = new Set(['N2', 'O2', 'Ar', 'CO2', 'H2O'])

/** True for air: it is taken from the surroundings. */
const isAir = ({ composition }: SolvedReagent) =>
  Object.keys(composition).every((id) => gases.has(id)) && (composition['N2'] ?? 0) > 0.7

/** Mass fraction of a substance as it is sold, or of a species, in a reagent. */
function fractionOf(plant: SolvedPlant, { name, composition }: SolvedReagent, of: string) {
  return plant.units[name]?.figures[`${of} as sold`]?.value ?? composition[of]
}

/** Substances of a reagent: as sold where the unit says so, else the species that it is made of. */
function substancesOf(plant: SolvedPlant, { name, composition }: SolvedReagent): readonly string[] {
  const figures = Object.keys(plant.units[name]?.figures ?? {})
  const sold = figures.flatMap((f) => (f.endsWith(' as sold') ? [f.slice(0, -8)] : []))
  return sold.length > 0 ? sold : Object.keys(composition)
}

const isWater = (id: string) => id === 'H2O' || id === 'water'

interface Reagents {
  readonly parts: readonly Part[]
  /** kg/y that it is made up with, or is. */
  readonly water: number
}

function reagentParts(
  plant: SolvedPlant,
  reagent: SolvedReagent,
  terms: readonly ReagentTerms[],
  inputs: OperatingInputs,
): Reagents {
  const mass = reagent.rate['kg/s'] * seconds(plant)
  const whole = terms.find((t) => t.of === undefined)
  const { name } = reagent
  if (whole !== undefined) {
    const line = { name, group: 'reagents', quantity: mass, how: 'as fed' } as const
    return { parts: [lineAt(line, whole.price, inputs)], water: 0 }
  }
  let bought = 0
  const found = substancesOf(plant, reagent).filter((id) => !isWater(id))
  const parts = found.map((id): Part => {
    const fraction = fractionOf(plant, reagent, id) ?? 0
    bought += fraction
    const term = terms.find((t) => t.of === id)
    const quantity = mass * fraction
    if (term === undefined) {
      const what = `${name}: ${plainNumber(quantity / 1000)} t/y of ${id}`
      return { what, why: `no price of ${id}` }
    }
    const how = `${id}, ${percent(fraction)} of what is fed`
    return lineAt({ name: `${name}: ${id}`, group: 'reagents', quantity, how }, term.price, inputs)
  })
  return { parts, water: mass * Math.max(0, 1 - bought) }
}

/** The name of the line for all the water that is drawn. */
export const waterName = 'Water'

/** Water as such and as the rest of solutions, in one line. */
function waterPart(mass: number, inputs: OperatingInputs): Part {
  const { water } = inputs
  if (!(mass > 1)) return costed([])
  if (water === undefined)
    return { what: `${plainNumber(mass / 1000)} t/y of water`, why: 'no price of water' }
  // 998 kg/m3 at 20 degC: a price per m3 is for water as it is metered.
  const quantity = water.per === 'm3' ? mass / 998 : mass
  const how = 'drawn as such and to make up solutions'
  return lineAt({ name: waterName, group: 'reagents', quantity, how }, water, inputs)
}

/** Reagents, solvent make-up and water by the solved flows. */
export function reagentLines(plant: SolvedPlant, inputs: OperatingInputs): Costed {
  const found = plant.reagents.flatMap((reagent): readonly Reagents[] => {
    if (!(reagent.rate['kg/s'] > 0)) return []
    const terms = inputs.reagents.filter((t) => t.reagent === reagent.name)
    if (terms.length === 0 && isAir(reagent)) return []
    return [reagentParts(plant, reagent, terms, inputs)]
  })
  const water = found.reduce((sum, r) => sum + r.water, 0)
  return costed([...found.flatMap((r) => r.parts), waterPart(water, inputs)])
}

/** Rate a year of what a discharge is charged by: mass, volume, or one species or element. */
function chargeable(plant: SolvedPlant, lines: readonly SolvedLine[], terms: WasteTerms) {
  const { of, price } = terms
  const rate = lines.reduce((sum, line) => {
    if (of !== undefined) return sum + (line.elements[of] ?? 0)
    if (price.per !== 'm3') return sum + line.mass
    return sum + Object.values(line.volume).reduce((a, b) => a + b, 0)
  }, 0)
  return rate * seconds(plant)
}

/** What leaving costs, discharge by discharge; clean gas leaves without a charge. */
export function wasteLines(plant: SolvedPlant, inputs: OperatingInputs): Costed {
  const parts = Object.entries(plant.units).flatMap(([name, { kind }]): readonly Part[] => {
    if (kind !== 'discharge') return []
    const lines = linesAt(plant, 'to', name)
    const mass = kilograms(lines) * seconds(plant)
    if (!(mass > 0)) return []
    const own = inputs.wastes.filter((w) => w.discharge === name)
    if (own.length === 0) {
      if (lines.every((l) => l.phase === 'gas')) return []
      const what = `discharge ${name}: ${plainNumber(mass / 1000)} t/y`
      return [{ what, why: 'no price of its disposal' }]
    }
    return own.map((terms) => {
      const of = terms.of === undefined ? 'as discharged' : `by its ${terms.of}`
      const how = [of, terms.hazard].filter((t) => t !== undefined).join('; ')
      const quantity = chargeable(plant, lines, terms)
      return lineAt({ name, group: 'waste', quantity, how }, terms.price, inputs)
    })
  })
  return costed(parts)
}
