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

/** Lines of cost as they are found, with what has no price. */
export interface Costed {
  readonly lines: OperatingLine[]
  readonly gaps: { readonly what: string; readonly why: string }[]
}

export const noCost = (): Costed => ({ lines: [], gaps: [] })

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

/** Adds one line of `quantity` (SI, a year) at a price; a gap where there is no exchange rate. */
export function addLine(
  into: Costed,
  line: Pick<OperatingLine, 'name' | 'group'> & { readonly quantity: number; readonly how: string },
  price: UnitPrice,
  { basis, levels }: Priced,
): void {
  const moved = priceIn(price, basis, levels)
  if ('missing' in moved) {
    into.gaps.push({ what: line.name, why: moved.missing })
    return
  }
  const quantity = line.quantity * counted[price.per].times
  into.lines.push({
    name: line.name,
    group: line.group,
    variable: true,
    quantity: { value: quantity, unit: `${price.per}/y` },
    price: { value: moved.value, unit: `${basis.currency}/${price.per}` },
    amount: quantity * moved.value,
    how: moved.how === '' ? line.how : `${line.how}; ${moved.how}`,
    ...originOf(price),
  })
}

const seconds = (plant: SolvedPlant) => plant.operatingHours * 3600

const kilograms = (lines: readonly SolvedLine[]) => lines.reduce((sum, { mass }) => sum + mass, 0)

const feedKinds = new Set(['feed', 'delivery', 'liquor'])

function addPayableFeed(
  into: Costed,
  plant: SolvedPlant,
  terms: Extract<FeedTerms, { by: 'element' }>,
  inputs: OperatingInputs,
): void {
  const lines = linesAt(plant, 'from', terms.feed)
  for (const [el, { price, of }] of Object.entries(terms.elements)) {
    const name = `${terms.feed}: ${el}`
    const moved = priceIn(price, inputs.basis, inputs.levels)
    const factor = of === 'element' ? 1 : inputs.oxideFactors[el]
    if ('missing' in moved) into.gaps.push({ what: name, why: moved.missing })
    else if (factor === undefined) {
      into.gaps.push({ what: name, why: `no oxide is known for ${el}` })
    } else {
      const rate = lines.reduce((sum, { elements }) => sum + (elements[el] ?? 0), 0)
      const quantity = rate * seconds(plant) * factor
      const each = moved.value * terms.payable
      into.lines.push({
        name,
        group: 'feed',
        variable: true,
        quantity: { value: quantity, unit: 'kg/y' },
        price: { value: each, unit: `${inputs.basis.currency}/kg` },
        amount: quantity * each,
        how: `contained ${of === 'oxide' ? 'oxide' : 'element'}, ${percent(terms.payable)} of its price paid`,
        ...originOf({ ...price, ...terms }),
      })
    }
  }
}

/** What the feeds cost, by mass as received or by what they contain; gate fees are negative. */
export function addFeeds(into: Costed, plant: SolvedPlant, inputs: OperatingInputs): void {
  for (const [name, { kind }] of Object.entries(plant.units)) {
    if (!feedKinds.has(kind)) continue
    const mass = kilograms(linesAt(plant, 'from', name)) * seconds(plant)
    if (!(mass > 0)) continue
    const terms = inputs.feeds.find((f) => f.feed === name)
    if (terms === undefined) {
      const what = `feed ${name}: ${plainNumber(mass / 1000)} t/y`
      into.gaps.push({ what, why: 'no price and no terms' })
    } else if (terms.by === 'element') addPayableFeed(into, plant, terms, inputs)
    else {
      const how = terms.price.value < 0 ? 'as received; gate fee' : 'as received'
      addLine(into, { name, group: 'feed', quantity: mass, how }, terms.price, inputs)
    }
  }
}

const gases = new Set(['N2', 'O2', 'Ar', 'CO2', 'H2O'])

/** True for air: it is taken from the surroundings. */
const isAir = ({ composition }: SolvedReagent) =>
  Object.keys(composition).every((id) => gases.has(id)) && (composition['N2'] ?? 0) > 0.7

/** Mass fraction of a substance as it is sold, or of a species, in a reagent. */
function fractionOf(plant: SolvedPlant, { name, composition }: SolvedReagent, of: string) {
  return plant.units[name]?.figures?.[`${of} as sold`]?.value ?? composition[of]
}

/** Substances of a reagent: as sold where the unit says so, else the species that it is made of. */
function substancesOf(plant: SolvedPlant, { name, composition }: SolvedReagent): readonly string[] {
  const figures = Object.keys(plant.units[name]?.figures ?? {})
  const sold = figures.flatMap((f) => (f.endsWith(' as sold') ? [f.slice(0, -8)] : []))
  return sold.length > 0 ? sold : Object.keys(composition)
}

const isWater = (id: string) => id === 'H2O' || id === 'water'

/** One reagent; answers with the kg/y of water that it is made up with, or is. */
function addReagent(
  into: Costed,
  plant: SolvedPlant,
  reagent: SolvedReagent,
  terms: readonly ReagentTerms[],
  inputs: OperatingInputs,
): number {
  const mass = reagent.rate['kg/s'] * seconds(plant)
  const whole = terms.find((t) => t.of === undefined)
  const { name } = reagent
  if (whole !== undefined) {
    addLine(into, { name, group: 'reagents', quantity: mass, how: 'as fed' }, whole.price, inputs)
    return 0
  }
  let bought = 0
  for (const id of substancesOf(plant, reagent)) {
    if (isWater(id)) continue
    const fraction = fractionOf(plant, reagent, id) ?? 0
    bought += fraction
    const term = terms.find((t) => t.of === id)
    const quantity = mass * fraction
    if (term === undefined) {
      const what = `${name}: ${plainNumber(quantity / 1000)} t/y of ${id}`
      into.gaps.push({ what, why: `no price of ${id}` })
      continue
    }
    const how = `${id}, ${percent(fraction)} of what is fed`
    const line = { name: `${name}: ${id}`, group: 'reagents', quantity, how } as const
    addLine(into, line, term.price, inputs)
  }
  return mass * Math.max(0, 1 - bought)
}

/** The name of the line for all the water that is drawn. */
export const waterName = 'Water'

/** Water as such and as the rest of solutions, in one line. */
function addWater(into: Costed, mass: number, inputs: OperatingInputs): void {
  const { water } = inputs
  if (!(mass > 1)) return
  if (water === undefined) {
    into.gaps.push({ what: `${plainNumber(mass / 1000)} t/y of water`, why: 'no price of water' })
    return
  }
  // 998 kg/m3 at 20 degC: a price per m3 is for water as it is metered.
  const quantity = water.per === 'm3' ? mass / 998 : mass
  const how = 'drawn as such and to make up solutions'
  addLine(into, { name: waterName, group: 'reagents', quantity, how }, water, inputs)
}

/** Reagents, solvent make-up and water by the solved flows. */
export function addReagents(into: Costed, plant: SolvedPlant, inputs: OperatingInputs): void {
  let water = 0
  for (const reagent of plant.reagents) {
    if (!(reagent.rate['kg/s'] > 0)) continue
    const terms = inputs.reagents.filter((t) => t.reagent === reagent.name)
    if (terms.length === 0 && isAir(reagent)) continue
    water += addReagent(into, plant, reagent, terms, inputs)
  }
  addWater(into, water, inputs)
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
export function addWastes(into: Costed, plant: SolvedPlant, inputs: OperatingInputs): void {
  for (const [name, { kind }] of Object.entries(plant.units)) {
    if (kind !== 'discharge') continue
    const lines = linesAt(plant, 'to', name)
    const mass = kilograms(lines) * seconds(plant)
    if (!(mass > 0)) continue
    const own = inputs.wastes.filter((w) => w.discharge === name)
    if (own.length === 0 && !lines.every((l) => l.phase === 'gas')) {
      const what = `discharge ${name}: ${plainNumber(mass / 1000)} t/y`
      into.gaps.push({ what, why: 'no price of its disposal' })
    }
    for (const terms of own) {
      const of = terms.of === undefined ? 'as discharged' : `by its ${terms.of}`
      const how = terms.hazard === undefined ? of : `${of}; ${terms.hazard}`
      const quantity = chargeable(plant, lines, terms)
      addLine(into, { name, group: 'waste', quantity, how }, terms.price, inputs)
    }
  }
}
