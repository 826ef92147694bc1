import type { PlantDocument, PlantUnit, Solution } from '../scenario/index.ts'
import type { BalanceReport } from './balance/types.ts'

/** What was charged, as the plant is to be fed with it. */
export interface ActualFeed {
  readonly kg: number
  /** Mass fraction of all that was charged, of elements that every lot was assayed for. */
  readonly fractions: Readonly<Record<string, number>>
}

/** Mass and mean composition of the feed lots of a campaign; hold-up and reagents are no feed. */
export function actualFeed(balance: BalanceReport): ActualFeed {
  const lines = balance.lines.filter(({ role }) => role === 'feed')
  const kg = lines.reduce((sum, { mass }) => sum + mass.value, 0)
  const fractions: Record<string, number> = {}
  if (!(kg > 0)) return { kg: 0, fractions }
  for (const { element } of balance.elements) {
    const contained = lines.map(
      (line) => line.elements.find((one) => one.element === element)?.contained?.value,
    )
    if (contained.some((mass) => mass === undefined)) continue
    fractions[element] = contained.reduce<number>((sum, mass) => sum + (mass ?? 0), 0) / kg
  }
  return { kg, fractions }
}

const isFeed = ({ op }: PlantUnit) => op.kind === 'feed'

/** kg/s of all feeds together, and of each element in them, as the solved plant file has them. */
export function statedFeed(plant: PlantDocument, solution: Solution) {
  const feeds = new Set(plant.units.filter(isFeed).map(({ name }) => name))
  const elements: Record<string, number> = {}
  let mass = 0
  for (const stream of Object.values(solution.streams)) {
    if (!feeds.has(stream.from.split('.')[0] ?? '')) continue
    mass += stream.mass
    for (const [element, rate] of Object.entries(stream.elements)) {
      elements[element] = (elements[element] ?? 0) + rate
    }
  }
  return { mass, elements }
}

type Assay = Readonly<Record<string, { readonly value?: number; readonly balance?: true }>>

/** The element that an entry of an assay stands for: Nd, and of Nd2O3 its first one. */
const elementOf = (entry: string) => /^[A-Z][a-z]?/.exec(entry)?.[0] ?? ''

/** An assay with each entry times the factor of its element, and all below the whole. */
function scaledAssay(assay: Assay, factors: ReadonlyMap<string, number>): Assay {
  const scaled = Object.entries(assay).map(([entry, given]) => {
    const factor = factors.get(elementOf(entry))
    return [
      entry,
      factor === undefined || given.value === undefined
        ? given
        : { ...given, value: given.value * factor },
    ] as const
  })
  const sum = scaled.reduce((total, [, { value = 0 }]) => total + value, 0)
  // What is not followed gives way; an assay of more than the whole is none.
  const by = sum > 1 ? 1 / sum : 1
  return Object.fromEntries(
    scaled.map(([entry, given]) => [
      entry,
      given.value === undefined || by === 1 ? given : { ...given, value: given.value * by },
    ]),
  )
}

function scaledLot(lot: Readonly<Record<string, unknown>>, factors: ReadonlyMap<string, number>) {
  const { assay } = lot
  if (typeof assay !== 'object' || assay === null) return lot
  return { ...lot, assay: scaledAssay(assay as Assay, factors) }
}

/**
 * The plant with its feeds as they were charged: every feed's rate by one factor, and every element
 * by one factor in all feeds, so that their sum is what the lots held. How the feeds differ from
 * each other stays as the plant file has it.
 */
export function fedWith(
  plant: PlantDocument,
  rateFactor: number,
  factors: ReadonlyMap<string, number>,
): PlantDocument {
  const units = plant.units.map((unit): PlantUnit => {
    if (!isFeed(unit)) return unit
    const { rate, blend } = unit.params
    return {
      ...unit,
      params: {
        ...scaledLot(unit.params, factors),
        rate: typeof rate === 'number' ? rate * rateFactor : rate,
        ...(Array.isArray(blend)
          ? {
              blend: blend.map((lot: Readonly<Record<string, unknown>>) => scaledLot(lot, factors)),
            }
          : {}),
      },
    }
  })
  return { ...plant, units }
}
