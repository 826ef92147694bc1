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
  TransportLeg,
} from './footprint-types.ts'

/** A stream with the units that it joins. */
export interface Edge {
  readonly name: string
  readonly stream: FootprintPlant['streams'][string]
  readonly from: string
  readonly to: string
}

/** What is known of one plant while its lines are collected. */
export interface Sheet {
  readonly plant: FootprintPlant
  readonly inputs: FootprintInputs
  readonly data: FootprintData
  /** s of operation in a year */
  readonly seconds: number
  /** Products that carry the footprint; the others are by-products and carry nothing. */
  readonly products: FootprintPlant['products']
  readonly edges: readonly Edge[]
  /** By the unit that they leave, and by the one that they reach. */
  readonly leaving: ReadonlyMap<string, readonly Edge[]>
  readonly reaching: ReadonlyMap<string, readonly Edge[]>
  /** Substances of each reagent, by its unit. */
  readonly parts: ReadonlyMap<string, readonly BoughtPart[]>
}

function grouped(edges: readonly Edge[], end: 'from' | 'to'): ReadonlyMap<string, Edge[]> {
  const groups = new Map<string, Edge[]>()
  for (const edge of edges) {
    const group = groups.get(edge[end])
    if (group === undefined) groups.set(edge[end], [edge])
    else group.push(edge)
  }
  return groups
}

const unitOf = (end: string) => end.slice(0, end.indexOf('.'))

/** Looks a plant over once, so that each line finds its streams at once. */
export function sheetOf(
  plant: FootprintPlant,
  inputs: FootprintInputs,
  data: FootprintData,
  products: FootprintPlant['products'],
): Sheet {
  const edges = Object.entries(plant.streams).map(([name, stream]) => ({
    name,
    stream,
    from: unitOf(stream.from),
    to: unitOf(stream.to),
  }))
  return {
    plant,
    inputs,
    data,
    seconds: plant.operatingHours * 3600,
    products,
    edges,
    leaving: grouped(edges, 'from'),
    reaching: grouped(edges, 'to'),
    parts: new Map(
      plant.reagents.map(({ name, composition }) => [name, partsOf(composition, data.substances)]),
    ),
  }
}

/** Lines and gaps of one group, and the mass that they concern, kg/y. */
export interface Collected {
  readonly lines: readonly FootprintLine[]
  readonly gaps: readonly FootprintGap[]
}

const joulesPerKilowattHour = 3.6e6

export const merged = (parts: readonly Collected[]): Collected => ({
  lines: parts.flatMap(({ lines }) => lines),
  gaps: parts.flatMap(({ gaps }) => gaps),
})

type Place = Pick<FootprintLine, 'name' | 'group' | 'unit'> & { readonly product?: string }

/** Written out rather than spread: a footprint has hundreds of lines, and risk thousands of it. */
function lineOf(place: Place, quantity: number, factor: Factor): FootprintLine {
  const { name, group, unit, product } = place
  const { value, per, title, source, method, primary, note } = factor
  const line: FootprintLine = {
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
  if (product === undefined && note === undefined) return line
  return {
    ...line,
    ...(product === undefined ? {} : { product }),
    ...(note === undefined ? {} : { note }),
  }
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

/** One line where the factor is known, else one gap with the mass, kg/y. */
function lineOrGap(
  place: Place,
  mass: number,
  factor: Factor | undefined,
  missing: string,
): Collected {
  if (factor === undefined) {
    return { lines: [], gaps: [gapOf(place, missing, { value: mass, unit: 'kg' })] }
  }
  const quantity = factor.per === 'm3' ? mass / waterDensity : mass
  return { lines: [lineOf(place, quantity, factor)], gaps: [] }
}

/** kg/m3: what is bought by volume is water. */
const waterDensity = 1000

function partFactor({ data, inputs }: Sheet, { substance }: BoughtPart): Factor | undefined {
  const given = inputs.factors[substance.id]
  if (given !== undefined) return ownFactor(given, substance.name)
  return factorOf(data, 'substance', substance.id, { upstream: inputs.upstream })
}

/** What is bought, where it is used: each substance of each reagent with its factor or a gap. */
export function reagentLines(sheet: Sheet): Collected {
  const { plant, inputs, leaving, parts, seconds } = sheet
  const found = plant.reagents.flatMap(({ name }) => {
    const own = inputs.factors[name]
    const priced = (parts.get(name) ?? [])
      .filter(({ substance }) => substance.free !== true)
      .map((part) => ({ part, factor: partFactor(sheet, part) }))
    return (leaving.get(name) ?? [])
      .filter(({ stream }) => stream.mass > 0)
      .flatMap(({ to, stream }) => {
        const mass = stream.mass * seconds
        if (own !== undefined) {
          const place: Place = { name, group: 'reagents', unit: to }
          return [lineOrGap(place, mass, ownFactor(own, name), '')]
        }
        return priced.map(({ part, factor }) => {
          const { id, name: title } = part.substance
          const place: Place = { name: title, group: 'reagents', unit: to }
          const missing = `no factor for ${id}; give its supplier's as factors: { ${part.isKnown ? id : name}: ... }`
          return lineOrGap(place, mass * part.fraction, factor, missing)
        })
      })
  })
  return merged(found)
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

/** Electricity and heat by unit, with what each unit does not state. */
export function energyLines(sheet: Sheet): Collected & { readonly energy: readonly EnergyUse[] } {
  const { plant, inputs, data, seconds } = sheet
  const energy = energyUse(plant, inputs, data)
  const [grid, source] = [gridOf(sheet), heatFactor(sheet)]
  const perWatt = seconds / joulesPerKilowattHour
  const lines: FootprintLine[] = []
  const gaps: FootprintGap[] = []
  const add = (place: Place, amount: number, factor: Factor | string) => {
    if (typeof factor !== 'string') lines.push(lineOf(place, amount, factor))
    else gaps.push(gapOf(place, factor, { value: amount, unit: 'kWh' }))
  }
  const name = inputs.heat === undefined ? 'heat' : `heat from ${inputs.heat.fuel}`
  for (const { unit, power = 0, heat = 0, gaps: silent } of energy) {
    const electric: Place = { name: 'electricity', group: 'electricity', unit }
    const thermal: Place = { name, group: 'heat', unit }
    if (power > 0) add(electric, power * perWatt, grid)
    if (heat > 0) add(thermal, (heat * perWatt) / (inputs.heat?.efficiency ?? 1), source)
    for (const missing of silent) {
      gaps.push(
        gapOf(missing.startsWith('heat') ? { ...thermal, name: 'heat' } : electric, missing),
      )
    }
  }
  return { lines, gaps, energy }
}

/**
 * CO2 of the process, by the unit that makes it: carbon in the gas that leaves a unit less carbon
 * in the gas that comes from other units. The sum over all units is the carbon that leaves the
 * plant as gas; a scrubber that takes CO2 up has a negative line.
 */
export function processLines({ plant, data, seconds, edges }: Sheet): Collected {
  const bought = new Set(plant.reagents.map(({ name }) => name))
  const carbon = new Map<string, number>()
  const add = (unit: string, amount: number) => carbon.set(unit, (carbon.get(unit) ?? 0) + amount)
  let most = 0
  for (const { stream, from, to } of edges) {
    const amount = stream.phase === 'gas' ? (stream.elements['C'] ?? 0) : 0
    if (amount === 0 || bought.has(from)) continue
    most = Math.max(most, amount)
    add(from, amount)
    if (plant.media[to] === undefined) add(to, -amount)
  }
  const factor: Factor = {
    value: data.co2PerCarbon,
    per: 'kg',
    title: 'carbon that leaves as gas, counted as fossil CO2',
    source: 'stoichiometry',
    method: 'derived',
    primary: false,
  }
  const lines = [...carbon]
    .filter(([, amount]) => Math.abs(amount) > 1e-12 * most)
    .map(([unit, amount]) =>
      lineOf({ name: 'carbon to gas', group: 'process CO2', unit }, amount * seconds, factor),
    )
  return { lines, gaps: [] }
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

/** Residues and effluents that leave, by their treatment. Gas is in `processLines`. */
export function wasteLines(sheet: Sheet): Collected {
  const { plant, seconds, reaching } = sheet
  const found = Object.entries(plant.media)
    .filter(([, medium]) => medium !== 'offgas')
    .map(([unit]): Collected => {
      const streams = (reaching.get(unit) ?? []).map(({ stream }) => stream)
      const mass = streams.reduce((sum, stream) => sum + stream.mass, 0) * seconds
      if (mass === 0) return { lines: [], gaps: [] }
      const place: Place = { name: unit, group: 'waste', unit }
      const factor = treatment(sheet, unit)
      if (typeof factor === 'string') return lineOrGap(place, mass, undefined, factor)
      if (factor.per !== 'm3') return { lines: [lineOf(place, mass, factor)], gaps: [] }
      const volume = streams.reduce((sum, stream) => sum + volumeOf(stream), 0) * seconds
      return { lines: [lineOf(place, volume, factor)], gaps: [] }
    })
  return merged(found)
}

/** m3/s; where no density is known, that of water. */
function volumeOf({ volume, mass }: FootprintPlant['streams'][string]): number {
  const known = Object.values(volume).reduce((sum, value) => sum + value, 0)
  return known > 0 ? known : mass / waterDensity
}

const feedKinds = new Set(['feed', 'liquor', 'delivery'])

const massOf = (edges: readonly Edge[] | undefined) =>
  (edges ?? []).reduce((sum, { stream }) => sum + stream.mass, 0)

/** Feed units of a plant with what they deliver, kg/s. */
function feedsOf({ plant, leaving }: Sheet): readonly (readonly [unit: string, mass: number])[] {
  return Object.entries(plant.units)
    .filter(([, { kind }]) => feedKinds.has(kind))
    .map(([name]) => [name, massOf(leaving.get(name))] as const)
}

/**
 * Burden that comes with the feed. Cut off, a recycled feed brings none; what another plant
 * delivers is no waste, so its own footprint is asked for in either case.
 */
export function feedLines(sheet: Sheet): Collected {
  const { plant, inputs, seconds } = sheet
  const { treatment: how, factors } = inputs.feed
  const found = feedsOf(sheet).map(([unit, rate]): Collected => {
    const isBurdened = how === 'burdened' || plant.units[unit]?.kind === 'delivery'
    if (!isBurdened || rate === 0) return { lines: [], gaps: [] }
    const given: GivenFactor | undefined = factors[unit]
    const place: Place = { name: unit, group: 'feed', unit }
    const missing = `no factor for this feed; give one as feedFactors: { ${unit}: ... }`
    const factor = given === undefined ? undefined : ownFactor(given, unit)
    return lineOrGap(place, rate * seconds, factor, missing)
  })
  return merged(found)
}

/** Masses that a leg can carry: by unit, where they are used or made, kg/s. */
function carried(
  { plant, leaving, reaching, parts }: Sheet,
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
    return (leaving.get(of) ?? []).map(({ to, stream }) => [to, stream.mass * scale] as const)
  }
  const isFeed = feedKinds.has(plant.units[of]?.kind ?? '')
  return [[of, massOf((isFeed ? leaving : reaching).get(of))]]
}

/** Transport legs, and what comes or goes without one. */
export function transportLines(sheet: Sheet): Collected {
  const { plant, inputs, data, seconds } = sheet
  const products = new Set(plant.products.map(({ name }) => name))
  const lines = inputs.transport.flatMap((leg: TransportLeg) => {
    const { of, mode, distance, strength, source, assumption } = leg
    const factor = factorOf(data, 'transport', mode, { upstream: inputs.upstream })
    if (factor === undefined) return []
    const said = source ?? assumption
    const noted = said === undefined ? factor : { ...factor, note: `distance: ${said}` }
    const product = products.has(of) ? { product: of } : {}
    return carried(sheet, of, strength).map(([unit, mass]) => {
      const place: Place = { name: `${of} by ${mode}`, group: 'transport', unit, ...product }
      return lineOf(place, ((mass * seconds) / 1000) * (distance / 1000), noted)
    })
  })
  const moved = new Set(inputs.transport.map(({ of }) => of))
  const inward = [
    ...plant.reagents.map(({ name }) => name),
    ...feedsOf(sheet).map(([name]) => name),
  ]
  const solids = Object.keys(plant.media).filter((unit) => plant.media[unit] === 'residue')
  const left = [...inward, ...solids]
    .filter((name) => !moved.has(name))
    .map((name) => [name, carried(sheet, name).reduce((sum, [, mass]) => sum + mass, 0)] as const)
    .filter(([, mass]) => mass > 0)
  if (left.length === 0) return { lines, gaps: [] }
  const mass = left.reduce((sum, [, rate]) => sum + rate, 0) * seconds
  const place: Place = { name: 'transport', group: 'transport', unit: '' }
  const missing = `no leg stated for ${left.map(([name]) => name).join(', ')}`
  return { lines, gaps: [gapOf(place, missing, { value: mass, unit: 'kg' })] }
}
