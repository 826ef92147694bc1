import { energyUse } from './footprint-energy.ts'
import { factorOf, ownFactor, partsOf, type BoughtPart, type Factor } from './footprint-factors.ts'
import type {
  EnergyUse,
  FootprintData,
  FootprintGap,
  FootprintInputs,
  FootprintLine,
  FootprintPlant,
  GivenFactor,
} from './footprint-types.ts'
import { linesAt, unitOf } from './lines.ts'

/** What is known of one plant while its lines are collected. */
export interface Sheet {
  readonly plant: FootprintPlant
  readonly inputs: FootprintInputs
  readonly data: FootprintData
  /** s of operation in a year */
  readonly seconds: number
  /** Products that carry the footprint; the others are by-products and carry nothing. */
  readonly products: FootprintPlant['products']
  /** Substances of each reagent, by its unit. */
  readonly parts: ReadonlyMap<string, readonly BoughtPart[]>
}

/** Looks a plant over once, so that each line finds its substances at once. */
export function sheetOf(
  plant: FootprintPlant,
  inputs: FootprintInputs,
  data: FootprintData,
  products: FootprintPlant['products'],
): Sheet {
  return {
    plant,
    inputs,
    data,
    seconds: plant.operatingHours * 3600,
    products,
    parts: new Map(
      plant.reagents.map(({ name, composition }) => [name, partsOf(composition, data.substances)]),
    ),
  }
}

/** Lines and gaps of a footprint as they are found. */
export interface Collected {
  readonly lines: FootprintLine[]
  readonly gaps: FootprintGap[]
}

const joulesPerKilowattHour = 3.6e6

type Place = Pick<FootprintLine, 'name' | 'group' | 'unit'> & { readonly product?: string }

/** Written out rather than spread: a footprint has hundreds of lines, and risk thousands of it. */
function lineOf(place: Place, quantity: number, factor: Factor): FootprintLine {
  const { name, group, unit, product } = place
  const { value, per, title, source, method, primary, note } = factor
  const line: { -readonly [K in keyof FootprintLine]: FootprintLine[K] } = {
    name,
    group,
    unit,
    quantity: { value: quantity, unit: per },
    factor: { value, unit: perUnits[per], title },
    amount: quantity * value,
    source,
    method,
    primary,
  }
  if (product !== undefined) line.product = product
  if (note !== undefined) line.note = note
  return line
}

const perUnits: Readonly<Record<Factor['per'], string>> = {
  kg: 'kg CO2e/kg',
  kWh: 'kg CO2e/kWh',
  m3: 'kg CO2e/m3',
  't km': 'kg CO2e/(t km)',
}

const gapOf = (
  place: Place,
  missing: string,
  quantity?: FootprintGap['quantity'],
): FootprintGap => ({
  name: place.name,
  group: place.group,
  unit: place.unit,
  missing,
  ...(quantity === undefined ? {} : { quantity }),
})

/** Adds one line where the factor is known, else one gap with the mass, kg/y. */
function add(into: Collected, place: Place, mass: number, factor: Factor | string): void {
  if (typeof factor === 'string') {
    into.gaps.push(gapOf(place, factor, { value: mass, unit: 'kg' }))
    return
  }
  const quantity = factor.per === 'm3' ? mass / waterDensity : mass
  into.lines.push(lineOf(place, quantity, factor))
}

/** kg/m3: what is bought by volume is water. */
const waterDensity = 1000

/** The factor of a substance of a reagent, or what is missing for it. */
function partFactor(
  { data, inputs }: Sheet,
  name: string,
  { substance, isKnown }: BoughtPart,
): Factor | string {
  const { id } = substance
  const given = inputs.factors[id]
  if (given !== undefined) return ownFactor(given, substance.name)
  return (
    factorOf(data, 'substance', id, { upstream: inputs.upstream }) ??
    `no factor for ${id}; give its supplier's as factors: { ${isKnown ? id : name}: ... }`
  )
}

/** What is bought, where it is used: each substance of each reagent with its factor or a gap. */
export function addReagents(into: Collected, sheet: Sheet): void {
  const { plant, inputs, parts, seconds } = sheet
  for (const { name } of plant.reagents) {
    const own = inputs.factors[name]
    const factor = own === undefined ? undefined : ownFactor(own, name)
    const counted = (parts.get(name) ?? [])
      .filter(({ substance }) => substance.free !== true)
      .map((part) => ({ part, factor: partFactor(sheet, name, part) }))
    for (const { to, mass } of linesAt(plant, 'from', name)) {
      if (!(mass > 0)) continue
      const unit = unitOf(to)
      if (factor !== undefined) {
        add(into, { name, group: 'reagents', unit }, mass * seconds, factor)
        continue
      }
      for (const { part, factor: each } of counted) {
        const place: Place = { name: part.substance.name, group: 'reagents', unit }
        add(into, place, mass * seconds * part.fraction, each)
      }
    }
  }
}

/** The factor of electricity: the plant's own, else the grid's; or why there is none. */
export function gridOf({ inputs, data }: Sheet): Factor | string {
  const { grid, year, gridFactor, upstream } = inputs
  if (gridFactor !== undefined) return ownFactor(gridFactor, 'electricity as contracted')
  if (grid === undefined) return 'no grid chosen; name one as grid: GB'
  return factorOf(data, 'grid', grid, { year, upstream }) ?? `no factor of ${grid} in the data`
}

function heatFactor(sheet: Sheet): Factor | string {
  const { inputs, data } = sheet
  if (inputs.heat === undefined) return 'how heat is raised is not chosen; name a fuel'
  const { fuel, upstream } = { fuel: inputs.heat.fuel, upstream: inputs.upstream }
  if (fuel === 'electricity') return gridOf(sheet)
  return factorOf(data, 'fuel', fuel, { upstream }) ?? `no factor of ${fuel} in the data`
}

/** Electricity and heat by unit, with what each unit does not state; answers with the use. */
export function addEnergy(into: Collected, sheet: Sheet): readonly EnergyUse[] {
  const { plant, inputs, data, seconds } = sheet
  const energy = energyUse(plant, inputs, data)
  const [grid, source] = [gridOf(sheet), heatFactor(sheet)]
  const perWatt = seconds / joulesPerKilowattHour
  const enter = (place: Place, amount: number, factor: Factor | string) => {
    if (typeof factor !== 'string') into.lines.push(lineOf(place, amount, factor))
    else into.gaps.push(gapOf(place, factor, { value: amount, unit: 'kWh' }))
  }
  const name = inputs.heat === undefined ? 'heat' : `heat from ${inputs.heat.fuel}`
  for (const { unit, power = 0, heat = 0, gaps: silent } of energy) {
    const electric: Place = { name: 'electricity', group: 'electricity', unit }
    if (power > 0) enter(electric, power * perWatt, grid)
    if (heat > 0) {
      const efficiency = inputs.heat?.efficiency ?? 1
      enter({ name, group: 'heat', unit }, (heat * perWatt) / efficiency, source)
    }
    for (const missing of silent) {
      const isHeat = missing.startsWith('heat')
      const place: Place = isHeat ? { name: 'heat', group: 'heat', unit } : electric
      into.gaps.push(gapOf(place, missing))
    }
  }
  return energy
}

/**
 * CO2 of the process, by the unit that makes it: carbon in the gas that leaves a unit less carbon
 * in the gas that comes from other units. The sum over all units is the carbon that leaves the
 * plant as gas; a scrubber that takes CO2 up has a negative line.
 */
export function addProcess(into: Collected, { plant, data, seconds }: Sheet): void {
  const bought = new Set(plant.reagents.map(({ name }) => name))
  const carbon = new Map<string, number>()
  const count = (unit: string, amount: number) => carbon.set(unit, (carbon.get(unit) ?? 0) + amount)
  let most = 0
  for (const stream of Object.values(plant.streams)) {
    const amount = stream.phase === 'gas' ? (stream.elements['C'] ?? 0) : 0
    if (amount === 0) continue
    const [from, to] = [unitOf(stream.from), unitOf(stream.to)]
    if (bought.has(from)) continue
    most = Math.max(most, amount)
    count(from, amount)
    if (plant.media[to] === undefined) count(to, -amount)
  }
  const factor: Factor = {
    value: data.co2PerCarbon,
    per: 'kg',
    title: 'carbon that leaves as gas, counted as fossil CO2',
    source: 'stoichiometry',
    method: 'derived',
    primary: false,
  }
  for (const [unit, amount] of carbon) {
    if (!(Math.abs(amount) > 1e-12 * most)) continue
    const place: Place = { name: 'carbon to gas', group: 'process CO2', unit }
    into.lines.push(lineOf(place, amount * seconds, factor))
  }
}

function treatment(sheet: Sheet, unit: string): Factor | string {
  const choice = sheet.inputs.waste[unit]
  if (choice === undefined) {
    return `no treatment chosen; name one as waste: { ${unit}: landfill mineral } or give wasteFactors`
  }
  if (typeof choice !== 'string') return ownFactor(choice, `treatment of ${unit}`)
  const { upstream } = sheet.inputs
  return factorOf(sheet.data, 'waste', choice, { upstream }) ?? `no treatment ${choice} in the data`
}

/** Residues and effluents that leave, by their treatment. Gas is in `addProcess`. */
export function addWaste(into: Collected, sheet: Sheet): void {
  const { plant, seconds } = sheet
  for (const [unit, medium] of Object.entries(plant.media)) {
    if (medium === 'offgas') continue
    const streams = linesAt(plant, 'to', unit)
    const mass = massOf(streams) * seconds
    if (mass === 0) continue
    const place: Place = { name: unit, group: 'waste', unit }
    const factor = treatment(sheet, unit)
    if (typeof factor === 'string' || factor.per !== 'm3') add(into, place, mass, factor)
    else {
      const volume = streams.reduce((sum, stream) => sum + volumeOf(stream), 0) * seconds
      into.lines.push(lineOf(place, volume, factor))
    }
  }
}

/** m3/s; where no density is known, that of water. */
function volumeOf({ volume, mass }: FootprintPlant['streams'][string]): number {
  const known = Object.values(volume).reduce((sum, value) => sum + value, 0)
  return known > 0 ? known : mass / waterDensity
}

const feedKinds = new Set(['feed', 'liquor', 'delivery'])

const massOf = (streams: readonly { readonly mass: number }[]) =>
  streams.reduce((sum, { mass }) => sum + mass, 0)

/** Feed units of a plant. */
const feedsOf = ({ units }: FootprintPlant) =>
  Object.keys(units).filter((name) => feedKinds.has(units[name]?.kind ?? ''))

/**
 * Burden that comes with the feed. Cut off, a recycled feed brings none; what another plant
 * delivers is no waste, so its own footprint is asked for in either case.
 */
export function addFeeds(into: Collected, { plant, inputs, seconds }: Sheet): void {
  const { treatment: how, factors } = inputs.feed
  for (const unit of feedsOf(plant)) {
    const rate = massOf(linesAt(plant, 'from', unit))
    const isBurdened = how === 'burdened' || plant.units[unit]?.kind === 'delivery'
    if (!isBurdened || rate === 0) continue
    const given: GivenFactor | undefined = factors[unit]
    const missing = `no factor for this feed; give one as feedFactors: { ${unit}: ... }`
    const factor = given === undefined ? missing : ownFactor(given, unit)
    add(into, { name: unit, group: 'feed', unit }, rate * seconds, factor)
  }
}

/** Masses that a leg can carry: by unit, where they are used or made, kg/s. */
function carried(
  { plant, parts }: Sheet,
  of: string,
  strength?: number,
): readonly (readonly [string, number])[] {
  const bought = parts.get(of)
  if (bought !== undefined) {
    const pure = bought
      .filter(({ substance }) => substance.piped !== true)
      .reduce((sum, { fraction }) => sum + fraction, 0)
    if (pure === 0) return []
    const scale = strength === undefined ? 1 : pure / strength
    return linesAt(plant, 'from', of).map(({ to, mass }) => [unitOf(to), mass * scale] as const)
  }
  const isFeed = feedKinds.has(plant.units[of]?.kind ?? '')
  return [[of, massOf(linesAt(plant, isFeed ? 'from' : 'to', of))]]
}

/** Transport legs, and what comes or goes without one. */
export function addTransport(into: Collected, sheet: Sheet): void {
  const { plant, inputs, data, seconds } = sheet
  const products = new Set(plant.products.map(({ name }) => name))
  for (const leg of inputs.transport) {
    const { of, mode, distance, strength, source, assumption } = leg
    const factor = factorOf(data, 'transport', mode, { upstream: inputs.upstream })
    if (factor === undefined) continue
    const said = source ?? assumption
    const noted = said === undefined ? factor : { ...factor, note: `distance: ${said}` }
    const product = products.has(of) ? { product: of } : {}
    for (const [unit, mass] of carried(sheet, of, strength)) {
      const place: Place = { name: `${of} by ${mode}`, group: 'transport', unit, ...product }
      into.lines.push(lineOf(place, ((mass * seconds) / 1000) * (distance / 1000), noted))
    }
  }
  const moved = new Set(inputs.transport.map(({ of }) => of))
  const inward = [...plant.reagents.map(({ name }) => name), ...feedsOf(plant)]
  const solids = Object.keys(plant.media).filter((unit) => plant.media[unit] === 'residue')
  const left: string[] = []
  let rate = 0
  for (const name of [...inward, ...solids]) {
    if (moved.has(name)) continue
    const mass = carried(sheet, name).reduce((sum, [, each]) => sum + each, 0)
    if (!(mass > 0)) continue
    left.push(name)
    rate += mass
  }
  if (left.length === 0) return
  const place: Place = { name: 'transport', group: 'transport', unit: '' }
  const missing = `no leg stated for ${left.join(', ')}`
  into.gaps.push(gapOf(place, missing, { value: rate * seconds, unit: 'kg' }))
}
