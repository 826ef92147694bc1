import { massFlow, type SolvedState, type Stream } from '../flowsheet/index.ts'
import { streamPH } from '../chemistry/index.ts'
import { elementMass, isFeed, phaseVolumes } from './facts.ts'
import { kept } from '../numerics/index.ts'
import type { Condition, Measure } from './measure.ts'
import type { PlantDocument, PlantStream, PlantUnit } from './plant.ts'
import { traceFeeds } from './tracing.ts'

/** Atomic weights in kg/mol by symbol. */
export type Weights = ReadonlyMap<string, number>

/** What a measure is taken from: the plant as it is connected, and its state. */
export interface Measured {
  readonly plant: PlantDocument
  readonly state: SolvedState
  readonly weights: Weights
  /** A figure of the appraisal in its own unit; where there is one. */
  readonly money?: (figure: string) => number
}

/** Products that sell rare earths; by-products without elements are not recovery. */
export function isSold(unit: PlantUnit): boolean {
  const { elements } = unit.params
  return unit.op.kind === 'product' && Array.isArray(elements) && elements.length > 0
}

/** Mass of an element in all sold products over its mass in all feeds; NaN when none is fed. */
export function recovery(symbol: string, measured: Measured): number {
  const { plant, state } = measured
  const feeds = new Set(plant.units.filter(isFeed).map((u) => u.name))
  const sold = new Set(plant.units.filter(isSold).map((u) => u.name))
  let fed = 0
  let made = 0
  for (const { name, from, to } of plant.streams) {
    const stream = state.streams[name]
    if (stream === undefined) continue
    if (feeds.has(from.unit)) fed += elementMass(symbol, stream, measured)
    if (sold.has(to.unit)) made += elementMass(symbol, stream, measured)
  }
  return fed > 0 ? made / fed : Number.NaN
}

/** What the plant draws from a reagent, kg/s. */
export function drawnFrom(name: string, { plant, state }: Measured): number {
  const { species: table } = state.properties
  return linesFrom(name, plant).reduce(
    (sum, line) => sum + massFlow(table, state.streams[line.name] as Stream),
    0,
  )
}

const leaving = new WeakMap<PlantDocument['streams'], ReadonlyMap<string, PlantStream[]>>()

/** The lines that leave a unit; sorted once for a plant. */
function linesFrom(unit: string, { streams }: PlantDocument): readonly PlantStream[] {
  const byUnit = kept(leaving, streams, () => {
    const sorted = new Map<string, PlantStream[]>()
    for (const line of streams) {
      const own = sorted.get(line.from.unit)
      if (own === undefined) sorted.set(line.from.unit, [line])
      else own.push(line)
    }
    return sorted
  })
  return byUnit.get(unit) ?? []
}

/** The number that a measure stands for, in the unit of its condition; NaN where there is none. */
export function measureValue(measure: Measure, measured: Measured): number {
  const { results, streams } = measured.state
  switch (measure.of) {
    case 'product': {
      const product = results[measure.product]?.product
      if (product === undefined) return Number.NaN
      return measure.what === 'rate' ? product.rate : product.purity[measure.what]
    }
    case 'recovery':
      return recovery(measure.element, measured)
    case 'reagent':
      return drawnFrom(measure.reagent, measured)
    case 'money':
      return measured.money?.(measure.figure) ?? Number.NaN
    case 'figure':
      return results[measure.unit]?.figures?.[measure.figure]?.value ?? Number.NaN
    case 'stage': {
      const stage = results[measure.unit]?.circuit?.stages[measure.stage - 1]
      if (stage === undefined) return Number.NaN
      return measure.what === 'pH' ? stage.pH : (stage[measure.what][measure.element] ?? Number.NaN)
    }
    case 'activity': {
      const stream = streams[measure.stream]
      if (stream === undefined) return Number.NaN
      const activity = traceFeeds(measured).byStream.get(measure.stream)?.[measure.nuclide] ?? 0
      const mass = massFlow(measured.state.properties.species, stream)
      return mass > 0 ? activity / mass / 1000 : 0
    }
    case 'stream':
    case 'element': {
      const stream = streams[measure.stream]
      return stream === undefined ? Number.NaN : streamValue(measure, stream, measured)
    }
  }
}

function streamValue(
  measure: Extract<Measure, { of: 'stream' | 'element' }>,
  stream: Stream,
  measured: Measured,
): number {
  const { properties } = measured.state
  const total = massFlow(properties.species, stream)
  if (measure.of === 'stream') {
    return measure.what === 'rate'
      ? total
      : (streamPH(properties, stream.flow, stream.temperature) ?? Number.NaN)
  }
  const mass = elementMass(measure.element, stream, measured)
  if (measure.what === 'rate') return mass
  if (measure.what === 'fraction') return total > 0 ? mass / total : Number.NaN
  return mass / (phaseVolumes(properties.species, stream).aqueous ?? Number.NaN)
}

/** True when a value satisfies its condition within `tolerance`. */
export function satisfies(condition: Condition, value: number, tolerance: number): boolean {
  const miss = value - condition.target
  if (condition.comparison === '>=') return miss >= -tolerance
  if (condition.comparison === '<=') return miss <= tolerance
  return Math.abs(miss) <= tolerance
}

/** Largest deviation that counts as met: a millionth of a fraction or of the target. */
export function toleranceOf(condition: Condition): number {
  return 1e-6 * Math.max(Math.abs(condition.target), 1e-9)
}
