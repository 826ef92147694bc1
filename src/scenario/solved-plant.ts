import type { Phase, SpeciesTable } from '../chemistry/species.ts'
import type { SolvedLine, SolvedPlant, SolvedPlantUnit } from '../economics/index.ts'
import {
  addElements,
  portsOf,
  reagentKind,
  scale,
  type FlowsheetSolution,
  type OkResult,
  type Stream,
} from '../flowsheet/index.ts'
import type { EquipmentItem, HoldUp, UnitOp } from '../flowsheet/unit-op.ts'
import { weighed, type Weighed } from './carried.ts'
import { phaseVolumes } from './facts.ts'
import { kept } from '../numerics/index.ts'
import type { Measured, Weights } from './measure-value.ts'
import type { PlantDocument, PlantStream } from './plant.ts'
import type { Solution, SolvedProduct } from './solution.ts'
import { rateOf, reagentResults } from './solution-parts.ts'
import { transferPumps } from './transfer-pumps.ts'

/**
 * The solved plant as costs read it, for appraising one of many draws: what the solution document
 * says of it, by the same functions, in plain records. An object with getters of its own, as the
 * document needs them, takes ten times as long to make and to read.
 */
export function solvedPlant(solved: FlowsheetSolution, measured: Measured): SolvedPlant {
  const { plant, state, weights } = measured
  const { species: table } = state.properties
  const products = productResults(measured)
  const reagents = reagentResults(measured, products)
  const flowing = plant.streams.map(({ name }) => state.streams[name] as Stream)
  const carried = flowing.map((stream) => weighed(table, stream))
  const volumes = flowing.map((stream) => phaseVolumes(table, stream))
  const elementsIn = elementsOf(table, weights)
  const streams: Record<string, SolvedLine> = {}
  const ends = endsOf(plant)
  for (const [index, line] of plant.streams.entries()) {
    const { mass, main } = carried[index] as Weighed
    const { from, to } = ends[index] as Ends
    streams[line.name] = {
      from,
      to,
      phase: main ?? declaredPhase(plant, line),
      mass,
      elements: elementsIn(flowing[index] as Stream),
      volume: volumes[index] ?? {},
    }
  }
  const pumps = transferPumps(plant, carried, (line) => volumes[line] ?? {})
  const units: Record<string, SolvedPlantUnit> = {}
  for (const { name, op, result, sized } of unitsOf(solved, measured, pumps, reagents)) {
    units[name] = {
      kind: op.kind,
      title: op.title,
      power: result.power,
      heat: heatOf(result),
      figures: op.kind === reagentKind ? result.figures : undefined,
      equipment: sized.equipment,
      holdUp: sized.holdUp,
    }
  }
  return { operatingHours: plant.operatingHours, products, reagents, streams, units }
}

/** kg/s by element, those that are absent too: a copy is made sooner than a record key by key. */
function elementsOf(table: SpeciesTable, weights: Weights) {
  const { elements } = table
  const none = Object.fromEntries(elements.map((symbol) => [symbol, 0]))
  const molar = elements.map((symbol) => weights.get(symbol) ?? Number.NaN)
  const moles = new Float64Array(elements.length)
  return ({ flow }: Stream): SolvedLine['elements'] => {
    moles.fill(0)
    addElements(table, flow, moles)
    const masses: Record<string, number> = { ...none }
    for (let e = 0; e < moles.length; e++) {
      const own = moles[e] as number
      if (own !== 0) masses[elements[e] as string] = own * (molar[e] as number)
    }
    return masses
  }
}

interface Ends {
  readonly from: string
  readonly to: string
}

const known = new WeakMap<PlantDocument['streams'], readonly Ends[]>()

/** Where each line comes from and goes to, as `unit.port`. */
const endsOf = ({ streams }: PlantDocument): readonly Ends[] =>
  kept(known, streams, () =>
    streams.map(({ from, to }) => ({
      from: `${from.unit}.${from.port}`,
      to: `${to.unit}.${to.port}`,
    })),
  )

/** What an empty line would carry: the phase that its outlet declares. */
export function declaredPhase(plant: PlantDocument, { from }: PlantStream): Phase {
  const unit = plant.units.find((u) => u.name === from.unit)
  const port = unit && portsOf(unit).outlets.find((p) => p.name === from.port)
  return port?.phase ?? 'aqueous'
}

export const heatOf = ({ heat }: OkResult) => heat ?? { unknown: 'the unit states no heat' }

/** What the plant makes. */
export function productResults({ plant, state }: Measured): SolvedProduct[] {
  return plant.units.flatMap(({ name }) => {
    const product = state.results[name]?.product
    if (product === undefined) return []
    const { elements, rate, purity, impurities, specification, shortfalls } = product
    return [
      {
        name,
        elements: [...elements],
        rate: rateOf(rate, plant),
        purity: { ...purity },
        impurities: { ...impurities },
        specification,
        shortfalls: [...shortfalls],
      },
    ]
  })
}

/** What a unit is built of and what stays in it. */
interface Sized {
  readonly equipment: readonly EquipmentItem[]
  readonly holdUp: HoldUp | undefined
}

interface SizedUnit {
  readonly name: string
  readonly op: UnitOp
  readonly result: OkResult
  readonly sized: Sized
}

const sizes = new WeakMap<OkResult, Sized>()

/** The units that have a result, sized, in the order of the plant file. `pumps`: by unit. */
export function unitsOf(
  solved: FlowsheetSolution,
  { state }: Measured,
  pumps: ReadonlyMap<string, readonly EquipmentItem[]>,
  reagents: Solution['reagents'],
): readonly SizedUnit[] {
  const { properties } = state
  const { runs } = solved.memory.state
  const rates = new Map(reagents.map(({ name, rate }) => [name, rate['kg/s']]))
  /** A reagent answers for 1 kg/s; its tank is for what the plant draws. */
  const drawn = (name: string, { ok, outlets: { out } }: OkResult): OkResult => ({
    ok,
    outlets: out === undefined ? {} : { out: scale(out, rates.get(name) ?? 0) },
  })
  const found: SizedUnit[] = []
  for (const [index, { op, name, params }] of solved.units.entries()) {
    const result = state.results[name]
    if (result === undefined) continue
    const inlets = runs[index]?.inlets ?? {}
    const sizedOf = (of: OkResult) => sizedBy(op, { name, inlets, params, properties, result: of })
    // What a reagent's tank holds depends on the whole plant, not on its own result.
    const own =
      op.kind === reagentKind
        ? sizedOf(drawn(name, result))
        : kept(sizes, result, () => sizedOf(result))
    // Where the lines go is the plant's affair, so the pumps are not kept with the result.
    const pumped = pumps.get(name)
    const equipment = pumped === undefined ? own.equipment : [...own.equipment, ...pumped]
    found.push({ name, op, result, sized: { equipment, holdUp: own.holdUp } })
  }
  return found
}

const sizedBy = (op: UnitOp, input: Parameters<UnitOp['equipment']>[0]): Sized => ({
  equipment: op.equipment(input),
  holdUp: op.holdUp?.(input),
})
