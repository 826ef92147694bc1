import type { Databank } from '../../databank/index.ts'
import { withNumberAt } from '../../flowsheet/index.ts'
import { unitFaults } from '../check-units.ts'
import type { PlantDocument, PlantUnit } from '../plant.ts'
import type { Parameter } from './parameters.ts'

/** A number of the plant set to another value, SI. */
export interface Move {
  readonly parameter: Parameter
  readonly value: number
}

/** Why there is no solution, in the words of the solver. */
export interface FailedCase {
  readonly outcome: string
  readonly unit: string
  readonly at: string
  readonly detail: string
  readonly advice: string
}

/**
 * The plant with parameters of its units moved, without reading its text again; or why the plant
 * file would be refused with these values. Constants of extractant sets are not the plant's.
 */
export function movedPlant(
  plant: PlantDocument,
  moves: readonly Move[],
  bank: Databank,
): PlantDocument | FailedCase {
  const refusal = outside(moves)
  if (refusal !== undefined) return refusal
  const moved = withUnits(plant, moves)
  return faultOf(plant, moved, bank) ?? moved
}

/** A value that its declaration does not allow. */
function outside(moves: readonly Move[]): FailedCase | undefined {
  const found = moves.find(({ parameter: { min, max }, value }) => !(value >= min && value <= max))
  if (found === undefined) return undefined
  const { path, min, max } = found.parameter
  return {
    outcome: 'out-of-bounds',
    unit: path.split(/[.[]/)[0] ?? '',
    at: path,
    detail: `${path} would be ${found.value} (SI); ${min} to ${max} are allowed`,
    advice: 'move it less',
  }
}

/** The plant with the parameters of its units moved. */
function withUnits(plant: PlantDocument, moves: readonly Move[]): PlantDocument {
  const units = new Map(plant.units.map((unit) => [unit.name, unit]))
  const moved = new Map<string, PlantUnit>()
  let { economics } = plant
  for (const { parameter, value } of moves) {
    const { place } = parameter
    if (place.of === 'economics') economics = withNumberAt(economics, place.path, value)
    if (place.of !== 'unit') continue
    const unit = moved.get(place.unit) ?? units.get(place.unit)
    if (unit === undefined) continue
    moved.set(place.unit, { ...unit, params: withNumberAt(unit.params, place.path, value) })
  }
  if (moved.size === 0) {
    return economics === plant.economics ? plant : withParts(plant, { economics })
  }
  return withParts(plant, {
    economics,
    units: plant.units.map((unit) => moved.get(unit.name) ?? unit),
  })
}

/** A plant with some of it replaced; its hash, computed when asked for, is not asked for. */
export function withParts(plant: PlantDocument, parts: Partial<PlantDocument>): PlantDocument {
  const all = {
    ...Object.getOwnPropertyDescriptors(plant),
    ...Object.getOwnPropertyDescriptors(parts),
  }
  return Object.defineProperties({}, all) as PlantDocument
}

/** The first fault that the plant file would be refused for; only units that moved are asked. */
function faultOf(
  before: PlantDocument,
  plant: PlantDocument,
  bank: Databank,
): FailedCase | undefined {
  if (plant === before) return undefined
  const moved = plant.units.filter((unit, index) => unit !== before.units[index])
  // Not the whole plant: a record that is spread tells its hash, and that is a millisecond.
  const { streams, extractants } = plant
  const [found] = unitFaults(moved, { streams, extractants, bank })
  const over = moved.find((unit) => sumOfAssay(unit.params) > 1 + 1e-9)
  if (over !== undefined) {
    return {
      outcome: 'over-100',
      unit: over.name,
      at: 'assay',
      detail: `the assay of ${over.name} would add up to more than 100 %`,
      advice: 'leave room in the assay, or let it vary less',
    }
  }
  if (found === undefined) return undefined
  const { unit, fault } = found
  const at = fault.path.join('.')
  return { outcome: 'refused', unit: unit.name, at, detail: fault.message, advice: fault.expected }
}

/** Largest sum of an assay of a unit; its lots have one each. */
function sumOfAssay(params: unknown): number {
  if (typeof params !== 'object' || params === null) return 0
  const own = 'assay' in params ? Object.values(params.assay ?? {}) : []
  const lots = 'blend' in params && Array.isArray(params.blend) ? params.blend : []
  const sum = own.reduce((total: number, part: { value?: number }) => total + (part.value ?? 0), 0)
  return Math.max(sum, ...lots.map(sumOfAssay))
}
