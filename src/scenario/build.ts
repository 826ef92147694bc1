import { properties, type Databank } from '../databank/index.ts'
import type { Flowsheet, SolvedState, Specification } from '../flowsheet/index.ts'
import type { Properties } from '../flowsheet/unit-op.ts'
import { formatQuantity } from '../quantities/index.ts'
import { extractantSpecies, plantElements, setsInUse } from './check-chemistry.ts'
import { kept } from '../numerics/index.ts'
import { measureValue, toleranceOf } from './measure-value.ts'
import type { Weights } from './measure-value.ts'
import type { PlantDocument, PlantSpecification, PlantUnit } from './plant.ts'
import { fieldAt } from './vary.ts'

/** The chemistry of a plant with what it was cut for, so that a later plant may share it. */
export interface PlantChemistry {
  readonly key: string
  readonly properties: Properties
}

/** Cuts the plant's species and equilibria from the bank, or shares them with an earlier plant. */
export function plantChemistry(
  plant: PlantDocument,
  bank: Databank,
  earlier?: PlantChemistry,
): PlantChemistry {
  const elements = [...plantElements(plant, bank)].sort()
  const extractants = [...extractantSpecies(plant, bank)].sort()
  const used = new Set(setsInUse(plant, bank).map(({ id }) => id))
  const own = plant.extractants.filter(({ name }) => used.has(name))
  const key = JSON.stringify([elements, extractants, own.map(({ name, hash }) => [name, hash])])
  if (earlier?.key === key) return earlier
  const sets = own.map(({ set }) => set)
  return { key, properties: properties(bank, { elements, extractants }, sets) }
}

const weightsOf = new WeakMap<Databank, Weights>()

/** Atomic weights of the bank, kg/mol. */
export const atomicWeights = (bank: Databank): Weights =>
  kept(weightsOf, bank, () => {
    const weights = [...bank.elements.values()].map(
      (e) => [e.symbol, e.atomicWeight.value / 1000] as const,
    )
    return new Map(weights)
  })

/** The flowsheet of a plant document: units, lines and specifications with their measures. */
export function buildFlowsheet(
  plant: PlantDocument,
  bank: Databank,
  chemistry: PlantChemistry = plantChemistry(plant, bank),
): Flowsheet {
  const weights = atomicWeights(bank)
  return {
    units: plant.units.map((unit) => withContents(unit, plant)),
    connections: plant.streams.map(({ name, from, to }) => ({ name, from, to })),
    specifications: plant.specifications.map((s) => specification(s, plant, weights)),
    properties: chemistry.properties,
  }
}

/** A unit as it is solved: a delivery with what its plant sends. */
function withContents({ name, op, params }: PlantUnit, plant: PlantDocument) {
  const contents = plant.deliveries.find((d) => d.unit === name)?.delivered()?.contents
  return { name, op, params: contents === undefined ? params : { ...params, contents } }
}

function specification(
  of: PlantSpecification,
  plant: PlantDocument,
  weights: Weights,
): Specification {
  const { vary, until } = of
  // A ceiling is a floor of the negative: the solver only knows floors.
  const sign = until.comparison === '<=' ? -1 : 1
  const unit = plant.units.find((u) => u.name === vary.unit)
  const found = unit === undefined ? undefined : fieldAt(unit.op.params, vary.path)
  const field = found?.ok === true ? found.field : undefined
  const show = (value: number) =>
    field?.type === 'quantity'
      ? formatQuantity(value, field.dimension, field.unit)
      : String(Number(value.toPrecision(6)))
  return {
    name: of.name,
    vary: { unit: vary.unit, path: vary.path, min: vary.min, max: vary.max, show },
    measure: (state: SolvedState) => sign * measureValue(until.measure, { plant, state, weights }),
    target: sign * until.target,
    tolerance: toleranceOf(until),
    ...(until.comparison === '=' ? {} : { atLeast: true }),
  }
}
