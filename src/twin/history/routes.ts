/**
 * Where the elements of a feed go in a solved plant: the share of each that leaves by every outlet,
 * and what stays in the circuits. A made-up campaign is run by these shares.
 */
import { readPlant, simulateWarm, type SimulationState, withValue } from '../../scenario/index.ts'
import type { Solution } from '../../scenario/index.ts'

/** Elements that a history follows through the plant. */
export const followed = 'Nd Pr Dy Tb Gd Sm Ho Y La Ce Fe Co B Ni Al Cu'.split(' ')

export type Masses = Readonly<Record<string, number>>

/** One outlet of the plant: a product, a residue, an effluent. */
export interface Outlet {
  readonly unit: string
  /** Of all that is followed of an element, the share that leaves here. */
  readonly share: Masses
  /** kg of the outlet per kg of what is followed in it. */
  readonly gross: number
  /** True for what leaves before the circuits: nothing of their hold-up can come here. */
  readonly isBefore: boolean
}

export interface Routes {
  readonly outlets: readonly Outlet[]
  /** What the circuits hold while the plant runs, kg by element. */
  readonly held: Masses
  /** kg of liquor and solvent that hold it. */
  readonly heldGross: number
  /** kg of waste oil per kg of swarf. */
  readonly oil: number
  readonly state: SimulationState
}

/** Shares of the three kinds of feed, kg per kg of all feed as received. */
export interface Recipe {
  readonly hardDisk: number
  readonly motor: number
  readonly swarf: number
}

/** Outlets before the circuits. */
const before = new Set(['iron-residue', 'hydroxide-residue'])

const sum = (masses: Masses) => Object.values(masses).reduce((total, mass) => total + mass, 0)

function only(elements: Masses): Masses {
  return Object.fromEntries(followed.map((element) => [element, elements[element] ?? 0]))
}

function into(solution: Solution, unit: string) {
  return Object.values(solution.streams).filter(({ to }) => to.startsWith(`${unit}.`))
}

/** The outlets of a solved plant with the shares of what they take; gases are left out. */
function outletsOf(solution: Solution): readonly Outlet[] {
  const sinks = Object.entries(solution.units).filter(
    ([name, { kind }]) => ['product', 'discharge'].includes(kind) && name !== 'stack',
  )
  const flows = sinks.map(([unit]) => {
    const streams = into(solution, unit)
    const elements: Record<string, number> = {}
    for (const element of followed) {
      elements[element] = streams.reduce((kg, stream) => kg + (stream.elements[element] ?? 0), 0)
    }
    return { unit, elements, mass: streams.reduce((kg, stream) => kg + stream.mass, 0) }
  })
  const total = (element: string) =>
    flows.reduce((kg, { elements }) => kg + (elements[element] ?? 0), 0)
  return flows.map(({ unit, elements, mass }) => ({
    unit,
    share: Object.fromEntries(
      followed.map((element) => {
        const all = total(element)
        return [element, all > 0 ? (elements[element] ?? 0) / all : 0]
      }),
    ),
    gross: sum(elements) > 0 ? mass / sum(elements) : 0,
    isBefore: before.has(unit),
  }))
}

/** kg/m3, for the mass of what the circuits hold: kerosene with extractant, and chloride liquor. */
const densities = { organic: 850, aqueous: 1100 }

function heldOf(solution: Solution): { readonly held: Masses; readonly heldGross: number } {
  const holdUps = Object.values(solution.units).flatMap(({ holdUp }) => holdUp ?? [])
  const held: Record<string, number> = {}
  for (const { elements } of holdUps) {
    for (const [element, kg] of Object.entries(only(elements))) {
      held[element] = (held[element] ?? 0) + kg
    }
  }
  const heldGross = holdUps.reduce(
    (kg, { organic, aqueous }) => kg + organic * densities.organic + aqueous * densities.aqueous,
    0,
  )
  return { held, heldGross }
}

const percent = (share: number) => `${(100 * share).toFixed(4)} %`

/** The text of the plant with another mixture in its feed. */
function withRecipe(text: string, { hardDisk, motor, swarf }: Recipe): string {
  const magnets = hardDisk + motor
  const rate = 30
  const changes: readonly (readonly [string, string])[] = [
    ['units.magnets.rate', `${(rate * (magnets / (magnets + swarf))).toFixed(4)} t/y`],
    ['units.swarf.rate', `${(rate * (swarf / (magnets + swarf))).toFixed(4)} t/y`],
    ['units.magnets.blend[0].fraction', percent(hardDisk / magnets)],
    ['units.magnets.blend[1].fraction', percent(1 - hardDisk / magnets)],
  ]
  return changes.reduce(
    (changed, [path, value]) => withValue(changed, path, value) ?? changed,
    text,
  )
}

/**
 * Solves the Belfast demonstration plant for a mixture of feeds; `state` of an earlier answer makes
 * it faster. Throws where that mixture has no solution: a recipe is not a user's to choose.
 */
export function routesOf(text: string, recipe: Recipe, state?: SimulationState): Routes {
  const reading = readPlant(withRecipe(text, recipe))
  if (!reading.ok) throw new Error(`the demonstration plant: ${reading.findings[0]?.message}`)
  const solved = simulateWarm(reading.plant, state === undefined ? {} : { warm: state })
  const { solution } = solved
  if (solution.status !== 'converged') {
    throw new Error(`the demonstration plant has no solution: ${solution.outcome?.detail}`)
  }
  const oil = into(solution, 'waste-oil').reduce((kg, { mass }) => kg + mass, 0)
  const swarf = solution.streams['swarf-in']?.mass ?? 0
  return {
    outlets: outletsOf(solution).filter(({ gross }) => gross > 0),
    ...heldOf(solution),
    oil: swarf > 0 ? oil / swarf : 0,
    state: solved.state,
  }
}
