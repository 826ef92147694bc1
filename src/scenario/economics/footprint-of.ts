import { rareEarthSymbols } from '../../chemistry/index.ts'
import { costBank, type CostBank } from '../../databank/costs.ts'
import { bank as builtIn, type Databank } from '../../databank/index.ts'
import {
  footprint,
  type FootprintRule,
  type FeedTreatment,
  type FootprintAnswer,
  type FootprintData,
  type FootprintInputs,
  type FootprintPlant,
  type FootprintProblem,
  type GivenFactor,
  type GivenPower,
  type SolvedPlant,
} from '../../economics/index.ts'
import { atomicWeights } from '../build.ts'
import type { Finding } from '../findings.ts'
import type { PlantDocument } from '../plant.ts'
import { placeOf } from './plant-economics.ts'
import { saidAbout, sayingsOf, type Said, type Sayings } from './terms.ts'

/** The factors, substances and routes of the data as the footprint takes them. */
export function footprintData(
  costs: CostBank = costBank(),
  bank: Databank = builtIn,
): FootprintData {
  const files = [...costs.footprint.values()]
  const weights = atomicWeights(bank)
  const carbon = weights.get('C') ?? Number.NaN
  const oxygen = weights.get('O') ?? Number.NaN
  return {
    factors: files.flatMap((file) => file.factors ?? []),
    substances: files.flatMap((file) => file.substances ?? []),
    unpowered: new Set(files.flatMap((file) => file.unpowered ?? [])),
    routes: files.flatMap((file) => file.routes ?? []),
    sources: new Map([...costs.sources].map(([id, { title }]) => [id, title])),
    co2PerCarbon: (carbon + 2 * oxygen) / carbon,
  }
}

/** What a footprint reads of a solved plant. */
function footprintPlant(plant: PlantDocument, solution: SolvedPlant): FootprintPlant {
  const { operatingHours, units, streams, products, reagents } = solution
  const discharges = plant.units.filter(({ op }) => op.kind === 'discharge')
  return {
    operatingHours,
    units,
    streams,
    products,
    reagents,
    media: Object.fromEntries(
      discharges.map(({ name, params }) => [name, String(params['medium'])]),
    ),
    rareEarths: rareEarthSymbols,
  }
}

/** Choices that go before those of the plant: what a command line says. */
export interface FootprintChoices {
  readonly allocation?: FootprintRule
  readonly grid?: string
  readonly year?: number
  readonly feed?: FeedTreatment
  readonly upstream?: boolean
  readonly fuel?: string
  readonly heatEfficiency?: number
  /** Money per kg by product, one currency; asked for by the allocation `value`. */
  readonly prices?: Readonly<Record<string, number>>
}

const regionGrids: Readonly<Record<string, string>> = { uk: 'GB', us: 'US', brazil: 'BR' }

const path = 'economics.footprint'

function given(
  name: string,
  value: number,
  unit: GivenFactor['unit'],
  supplier: string | undefined,
  said: Said,
): GivenFactor {
  if (supplier !== undefined) return { value, unit, source: supplier, primary: true }
  const why =
    said.source === undefined && said.assumption === undefined ? `factor of ${name}` : undefined
  return { value, unit, ...said, ...(why === undefined ? {} : { assumption: `${why} as stated` }) }
}

/** Own factors of a map of the section, each with what stands behind it. */
function ownFactors(
  map: Readonly<Record<string, number>> | undefined,
  key: string,
  suppliers: Readonly<Record<string, string>>,
  sayings: Sayings,
): Record<string, GivenFactor> {
  return Object.fromEntries(
    Object.entries(map ?? {}).map(([name, value]) => {
      const said = saidAbout(`${path}.${key}.${name}`, sayings)
      return [name, given(name, value, 'kg CO2e/kg', suppliers[name], said)]
    }),
  )
}

function ownPower(
  map: Readonly<Record<string, number>> | undefined,
  key: string,
  sayings: Sayings,
): Record<string, GivenPower> {
  return Object.fromEntries(
    Object.entries(map ?? {}).map(([unit, watts]) => [
      unit,
      { watts, ...saidAbout(`${path}.${key}.${unit}`, sayings) },
    ]),
  )
}

function heatOf(
  {
    fuel,
    heatEfficiency,
  }: { readonly fuel?: string | undefined; readonly heatEfficiency?: number | undefined },
  sayings: Sayings,
): Pick<FootprintInputs, 'heat'> {
  if (fuel === undefined) return {}
  if (heatEfficiency !== undefined) {
    // What is said of the whole block is listed once, for the block.
    const said = sayings.get(`${path}.heatEfficiency`)
    return { heat: { fuel, efficiency: heatEfficiency, ...said } }
  }
  const assumption = `all the energy of the ${fuel} reaches the process; state heatEfficiency`
  return { heat: { fuel, efficiency: 1, assumption } }
}

/**
 * The choices for a plant's footprint: those of its `economics.footprint` section, those of
 * `choices` before them. Where the section names a region and no grid, the grid of the region is
 * taken and said so; all else that is not chosen stays open.
 */
function footprintInputs(plant: PlantDocument, choices: FootprintChoices = {}): FootprintInputs {
  const { footprint: section, basis, given: isGiven } = plant.economics
  const sayings = sayingsOf(plant)
  const suppliers = section.suppliers ?? {}
  const regional = isGiven ? regionGrids[basis.region] : undefined
  const grid = choices.grid ?? section.grid ?? regional
  const isRegional = choices.grid === undefined && section.grid === undefined && grid !== undefined
  const year = choices.year ?? (choices.grid === undefined ? section.gridYear : undefined)
  const block = sayings.get(path)?.assumption
  const wasteFactors = ownFactors(section.wasteFactors, 'wasteFactors', suppliers, sayings)
  const own = section.gridFactor
  const contract = (value: number) =>
    given(
      'electricity',
      value,
      'kg CO2e/kWh',
      suppliers['grid'],
      saidAbout(`${path}.gridFactor`, sayings),
    )
  return {
    ...(grid === undefined ? {} : { grid }),
    ...(year === undefined ? {} : { year }),
    ...(own === undefined || choices.grid !== undefined ? {} : { gridFactor: contract(own) }),
    upstream: choices.upstream ?? section.upstream,
    ...heatOf(
      {
        fuel: choices.fuel ?? section.fuel,
        heatEfficiency: choices.heatEfficiency ?? section.heatEfficiency,
      },
      sayings,
    ),
    allocation: choices.allocation ?? section.allocation,
    prices: choices.prices ?? {},
    feed: {
      treatment: choices.feed ?? section.feed,
      factors: ownFactors(section.feedFactors, 'feedFactors', suppliers, sayings),
    },
    transport: (section.transport ?? []).map(({ of, mode, km, strength }, i) => ({
      of,
      mode,
      distance: 1000 * km,
      ...(strength === undefined ? {} : { strength }),
      ...saidAbout(`${path}.transport[${i}]`, sayings),
    })),
    factors: ownFactors(section.factors, 'factors', suppliers, sayings),
    waste: { ...section.waste, ...wasteFactors },
    power: ownPower(section.power, 'power', sayings),
    heatDuty: ownPower(section.heatDuty, 'heatDuty', sayings),
    assumptions: [
      ...(isRegional ? [`grid ${grid}: that of the region ${basis.region}`] : []),
      ...(block === undefined ? [] : [`footprint: ${block}`]),
    ],
  }
}

/**
 * Greenhouse gas footprint of a solved plant by the choices of its file and those given; refused
 * where a choice names what the plant or the data do not have.
 */
export function footprintOf(
  plant: PlantDocument,
  solution: SolvedPlant,
  choices: FootprintChoices = {},
  data: FootprintData = footprintData(),
): FootprintAnswer {
  return footprint(footprintPlant(plant, solution), footprintInputs(plant, choices), data)
}

/** What is wrong with the choices, at the section of the plant file that they stand in. */
export function footprintFindings(
  { file, economics }: PlantDocument,
  problems: readonly FootprintProblem[],
): readonly Finding[] {
  return problems.map(({ at, message, expected }) => {
    const { line, column } = placeOf(economics, `footprint.${at}`)
    const where = at === 'products' ? '' : `${path}.${at}: `
    return { file, line, column, code: 'footprint', message: `${where}${message}`, expected }
  })
}
