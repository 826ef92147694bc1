import { onDemand } from '../numerics/index.ts'
import { compareRoutes } from './footprint-compare.ts'
import { isKnown, namesOf } from './footprint-factors.ts'
import {
  addEnergy,
  addFeeds,
  addProcess,
  addReagents,
  addTransport,
  addWaste,
  gridOf,
  sheetOf,
  type Collected,
  type Sheet,
} from './footprint-lines.ts'
import { sectionShares } from './footprint-sections.ts'
import {
  footprintGroups,
  type EmissionFactor,
  type FootprintRule,
  type Footprint,
  type FootprintAnswer,
  type FootprintData,
  type FootprintGap,
  type FootprintGroup,
  type FootprintInputs,
  type FootprintLine,
  type FootprintPlant,
  type FootprintProblem,
  type ProductFootprint,
} from './footprint-types.ts'

export { footprintRules, feedTreatments, footprintGroups } from './footprint-types.ts'
export type * from './footprint-types.ts'

/** Choices of a plant that states none: everything that needs a choice is then a gap. */
export const noFootprintChoices: FootprintInputs = {
  upstream: true,
  allocation: 'treo',
  prices: {},
  feed: { treatment: 'cut-off', factors: {} },
  transport: [],
  factors: {},
  waste: {},
  power: {},
  heatDuty: {},
}

const rules: Readonly<Record<FootprintRule, string>> = {
  mass: 'by mass of the products as packed',
  treo: 'by mass of rare earth oxide in the products',
  value: 'by value of the products, at the prices given; what has no price carries nothing',
  section:
    'by section: what a unit emits follows the rare earth that leaves it towards products, by mass; ' +
    'effluent, off-gas and residue units hand theirs back to the units that send to them, by mass',
}

const boundary =
  'Cradle to gate, 100 years, operation only: reagents, electricity, heat, process CO2, waste and ' +
  'the transport legs that are stated. Not in it: building the plant, cooling, heat losses and ' +
  'start-up, packaging, people, mining of a primary feed.'

const treatments = {
  'cut-off':
    'recycled-feed cut-off: feed brings no burden to the gate where it is collected (generous to swarf that has a price)',
  burdened: 'feed brings the burden that is stated for it',
} as const

/** Everything that the choices name and the plant or the data do not have. */
function problemsOf({ plant, inputs, data, products }: Sheet): readonly FootprintProblem[] {
  const problems: FootprintProblem[] = []
  const check = (at: string, name: string, known: readonly string[], what: string) => {
    if (known.includes(name)) return
    problems.push({ at, message: `no ${what} ${name}`, expected: known.join(', ') })
  }
  const find = (at: string, name: string, kind: EmissionFactor['kind'], what: string) => {
    if (!isKnown(data, kind, name)) check(at, name, namesOf(data, kind), what)
  }
  const { grid, year, heat } = inputs
  if (grid !== undefined) find('grid', grid, 'grid', 'grid')
  if (grid !== undefined && year !== undefined && isKnown(data, 'grid', grid)) {
    const years = data.factors
      .filter((f) => f.kind === 'grid' && f.of === grid && !f.upstream)
      .map((f) => `${f.year}`)
    check('gridYear', `${year}`, years, `factor of ${grid} for`)
  }
  if (heat !== undefined && !isKnown(data, 'fuel', heat.fuel))
    check('fuel', heat.fuel, [...namesOf(data, 'fuel'), 'electricity'], 'fuel')
  const units = Object.keys(plant.units)
  for (const [i, { of, mode }] of inputs.transport.entries()) {
    check(`transport.${i}.of`, of, units, 'unit')
    find(`transport.${i}.mode`, mode, 'transport', 'mode of transport')
  }
  for (const [unit, choice] of Object.entries(inputs.waste)) {
    check(`waste.${unit}`, unit, Object.keys(plant.media), 'discharge')
    if (typeof choice === 'string') find(`waste.${unit}`, choice, 'waste', 'treatment')
  }
  for (const unit of Object.keys(inputs.feed.factors)) {
    check(`feedFactors.${unit}`, unit, units, 'unit')
  }
  for (const unit of Object.keys(inputs.power)) check(`power.${unit}`, unit, units, 'unit')
  for (const unit of Object.keys(inputs.heatDuty)) check(`heatDuty.${unit}`, unit, units, 'unit')
  if (inputs.allocation === 'value' && !products.some(({ name }) => hasPrice(inputs, name))) {
    const message = 'allocation by value needs the price of a product'
    problems.push({ at: 'allocation', message, expected: 'a price above zero, or another rule' })
  }
  if (products.every((product) => product.rate['kg/s'] <= 0)) {
    problems.push({ at: 'products', message: 'the plant makes no product', expected: 'a product' })
  }
  return problems
}

/** Weights of the products under a rule that looks at the products alone; they sum to 1. */
function productShares({ products, inputs }: Sheet, rule: FootprintRule): Float64Array {
  const weights = products.map(({ name, rate, purity }) => {
    if (rule === 'mass') return rate['kg/s']
    if (rule === 'value') return rate['kg/s'] * (inputs.prices[name] ?? 0)
    return rate['kg/s'] * purity.treoInProduct
  })
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return Float64Array.from(weights, (weight) => weight / total)
}

/** Shares of each line by product. */
function sharesOf(sheet: Sheet, lines: readonly FootprintLine[]): readonly Float64Array[] {
  const { inputs, products } = sheet
  const common = productShares(sheet, inputs.allocation)
  const names = products.map(({ name }) => name)
  const own = (product: string) => Float64Array.from(names, (name) => (name === product ? 1 : 0))
  const sections = inputs.allocation === 'section' ? sectionShares(sheet, names, common) : undefined
  return lines.map(({ unit, product }) =>
    product === undefined || !names.includes(product)
      ? (sections?.get(unit) ?? common)
      : own(product),
  )
}

/** True for a product that is sold as the oxides of rare earths. */
const isRareEarth = ({ rareEarths }: FootprintPlant, elements: readonly string[]) =>
  elements.some((element) => rareEarths.includes(element))

const hasPrice = ({ prices }: FootprintInputs, name: string) => (prices[name] ?? 0) > 0

/** The products that carry the footprint: rare earths, or by value whatever has a price. */
function carriers(plant: FootprintPlant, inputs: FootprintInputs) {
  const isValue = inputs.allocation === 'value'
  const main = plant.products.filter(({ name, elements }) =>
    isValue ? hasPrice(inputs, name) : isRareEarth(plant, elements),
  )
  return main.length === 0 ? plant.products : main
}

/** Share of the lines, each with what is counted of it, whose factor is primary. */
function primaryOf(lines: readonly FootprintLine[], counted: (line: number) => number): number {
  let all = 0
  let primary = 0
  for (let i = 0; i < lines.length; i++) {
    const amount = Math.abs(counted(i))
    all += amount
    if (lines[i]?.primary === true) primary += amount
  }
  return all === 0 ? 0 : primary / all
}

function productFootprints(sheet: Sheet, lines: readonly FootprintLine[]): ProductFootprint[] {
  const { products, seconds } = sheet
  const total = sumOf(lines)
  const shares = sharesOf(sheet, lines)
  return products.flatMap(({ name, elements, rate, purity }, k) => {
    const ratePerYear = rate['kg/s'] * seconds
    if (ratePerYear === 0) return []
    const carried = (i: number) => (lines[i]?.amount ?? 0) * (shares[i]?.[k] ?? 0)
    let own = 0
    for (let i = 0; i < lines.length; i++) own += carried(i)
    const perKg = (amount: number) => amount / ratePerYear
    const byGroup = onDemand(() => {
      const groups = new Map<FootprintGroup, number>(footprintGroups.map((group) => [group, 0]))
      for (const [i, { group }] of lines.entries()) {
        groups.set(group, (groups.get(group) ?? 0) + carried(i))
      }
      const entries = Array.from(groups, ([group, amount]) => [group, perKg(amount)] as const)
      return Object.fromEntries(entries) as Record<FootprintGroup, number>
    })
    const primaryShare = onDemand(() => primaryOf(lines, carried))
    const one: ProductFootprint = {
      name,
      ratePerYear,
      kgCO2ePerKg: perKg(own),
      ...(isRareEarth(sheet.plant, elements) && purity.treoInProduct > 0
        ? { kgCO2ePerKgReo: perKg(own) / purity.treoInProduct }
        : {}),
      get byGroup() {
        return byGroup()
      },
      share: total === 0 ? 0 : own / total,
      get primaryShare() {
        return primaryShare()
      },
    }
    return [one]
  })
}

const sumOf = (lines: readonly FootprintLine[]) => {
  let sum = 0
  for (const { amount } of lines) sum += amount
  return sum
}

/** What a kilogram of the plant's oxides is: mixed only where more than one rare earth is sold. */
function ownFigures(plant: FootprintPlant, perKgReo: number | null) {
  if (perKgReo === null) return {}
  const elements = plant.products.flatMap((product) => product.elements)
  const sold = [...new Set(elements.filter((element) => plant.rareEarths.includes(element)))]
  return { [sold.length > 1 ? 'mixed REO' : `oxide of ${sold.join()} alone`]: perKgReo }
}

const counted = new Set<FootprintGroup>(['feed', 'reagents', 'waste'])

/** Mass without a factor, and all mass that needs one, kg/y. */
function massesOf(lines: readonly FootprintLine[], gaps: readonly FootprintGap[]) {
  const unknown = gaps
    .filter(({ group, quantity }) => counted.has(group) && quantity?.unit === 'kg')
    .reduce((sum, { quantity }) => sum + (quantity?.value ?? 0), 0)
  const known = lines
    .filter(({ group }) => counted.has(group))
    .reduce((sum, { quantity: { value, unit } }) => sum + (unit === 'm3' ? 1000 * value : value), 0)
  return { value: unknown, of: unknown + known }
}

function assumptionsOf({ inputs }: Sheet, lines: readonly FootprintLine[]): readonly string[] {
  const { heat } = inputs
  const said = lines.flatMap(({ method, note, name }) =>
    method === 'assumption' ? [`${name}: ${note ?? 'stated without a source'}`] : [],
  )
  const given = [...Object.entries(inputs.power), ...Object.entries(inputs.heatDuty)].flatMap(
    ([unit, { assumption }]) => (assumption === undefined ? [] : [`${unit}: ${assumption}`]),
  )
  return [
    ...new Set([
      'all carbon in gas counts as fossil CO2: CO and vapours as oxidised, none of it biogenic',
      ...(inputs.assumptions ?? []),
      ...(heat?.assumption === undefined ? [] : [`heat: ${heat.assumption}`]),
      ...said,
      ...given,
    ]),
  ]
}

/** Sources of the data that the lines and the routes name, each once. */
function sourcesOf({ data }: Sheet, lines: readonly FootprintLine[]): Footprint['sources'] {
  const named = [
    ...lines.flatMap(({ source }) => source.split(', ')),
    ...data.routes.map(({ source }) => source),
  ]
  return [...new Set(named)].flatMap((id) => {
    const title = data.sources.get(id)
    return title === undefined ? [] : [{ id, title }]
  })
}

/**
 * Greenhouse gas footprint of a solved plant, kg CO2e per kg of each product, cradle to gate:
 * quantities per operating year from the solved flows, times factors. What has no factor or no
 * quantity is a gap with the mass that it concerns, never zero. Refuses choices that name what is
 * not there. The primary share is the part of the footprint whose factor is a supplier's or was
 * measured; the quantities are those of the model.
 */
export function footprint(
  plant: FootprintPlant,
  inputs: FootprintInputs,
  data: FootprintData,
): FootprintAnswer {
  const products = carriers(plant, inputs)
  const sheet = sheetOf(plant, inputs, data, products)
  const problems = problemsOf(sheet)
  if (problems.length > 0) return { outcome: 'refused', problems }
  const found: Collected = { lines: [], gaps: [] }
  addFeeds(found, sheet)
  addReagents(found, sheet)
  const energy = addEnergy(found, sheet)
  addProcess(found, sheet)
  addWaste(found, sheet)
  addTransport(found, sheet)
  const { lines, gaps } = found
  const perYear = sumOf(lines)
  const reo = plant.products
    .filter(({ elements }) => isRareEarth(plant, elements))
    .reduce((sum, { rate, purity }) => sum + rate['kg/s'] * purity.treoInProduct, 0)
  const perKgReo = reo === 0 ? null : perYear / (reo * sheet.seconds)
  const grid = gridOf(sheet)
  const unknownMass = onDemand(() => massesOf(lines, gaps))
  const compared = onDemand(() => compareRoutes(data.routes, ownFigures(plant, perKgReo)))
  const assumptions = onDemand(() => assumptionsOf(sheet, lines))
  const sources = onDemand(() => sourcesOf(sheet, lines))
  const primaryShare = onDemand(() => primaryOf(lines, (i) => lines[i]?.amount ?? 0))
  const answer: Footprint = {
    rule: rules[inputs.allocation],
    allocation: inputs.allocation,
    cutOff: treatments[inputs.feed.treatment],
    boundary,
    grid: typeof grid === 'string' ? grid : grid.title,
    perYear,
    perKgReo,
    byProducts: plant.products.filter((one) => !products.includes(one)).map(({ name }) => name),
    get primaryShare() {
      return primaryShare()
    },
    perProduct: productFootprints(sheet, lines),
    lines,
    gaps,
    get unknownMass() {
      return unknownMass()
    },
    energy,
    get compared() {
      return compared()
    },
    get assumptions() {
      return assumptions()
    },
    get sources() {
      return sources()
    },
  }
  return { outcome: 'computed', footprint: answer }
}
