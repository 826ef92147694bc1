/** How what truly is gets weighed and analysed: with an error, and with what is said of it. */
import type { Random } from '../../numerics/index.ts'
import { bank } from '../../scenario/index.ts'
import type { Masses } from './routes.ts'

/** An instrument: the expanded uncertainty (k = 2) that it states, in kg and as a share. */
export interface Scale {
  readonly name: string
  readonly fixed: number
  readonly share: number
}

export const scales = {
  floor: { name: 'floor scale 1', fixed: 0.1, share: 0.0006 },
  bench: { name: 'product balance 2', fixed: 0.004, share: 0.0004 },
  tank: { name: 'levels and densities', fixed: 0, share: 0.02 },
  flow: { name: 'effluent meter', fixed: 0, share: 0.01 },
} as const satisfies Readonly<Record<string, Scale>>

/**
 * True errors are half of what their stated uncertainty allows: what instruments and laboratories
 * state has to hold in bad months too.
 */
const care = 0.5

/** A mass as a balance reads it: `125.5 ± 0.2 kg`. */
export function weigh(kg: number, scale: Scale, chance: Random): string {
  const expanded = scale.fixed + scale.share * kg
  const read = Math.max(kg * 0.5, kg + (care * expanded * clipped(chance)) / 2)
  const digits = expanded >= 1 ? 1 : 3
  return `${read.toFixed(digits)} ± ${Math.max(expanded, 0.001).toFixed(digits)} kg`
}

const clipped = (chance: Random) => Math.max(-2.5, Math.min(2.5, chance.normal()))

/** One analyte as a laboratory reports it. */
export interface Analyte {
  readonly name: string
  /** Expanded uncertainty (k = 2) as a share of the value. */
  readonly share: number
  /** Limit of quantification, a mass fraction. */
  readonly loq: number
}

export interface ResultLine {
  readonly analyte: string
  readonly value: string
  readonly u?: string
  readonly k?: number
  readonly loq?: string
}

const figures = (value: number, digits: number) => String(Number(value.toPrecision(digits)))

/** A fraction in the unit that people use at that size, with so many figures. */
function amount(fraction: number, digits: number): string {
  return fraction >= 1e-3
    ? `${figures(fraction * 100, digits)} %`
    : `${figures(fraction * 1e6, digits)} ppm`
}

/** A result with its uncertainty; below the limit only that. `factor`: an error of the hand. */
export function analyse(
  truth: number,
  { name, share, loq }: Analyte,
  chance: Random,
  factor = 1,
): ResultLine {
  const error = (care * share * clipped(chance)) / 2
  if (truth < loq) return { analyte: name, value: `< ${amount(loq, 3)}` }
  // Nothing is reported above the whole.
  const found = Math.min(0.9999, truth * (1 + error) * factor)
  return { analyte: name, value: amount(found, 5), u: amount(found * share, 2), k: 2 }
}

const weightOf = (element: string) => bank.elements.get(element)?.atomicWeight.value ?? Number.NaN

/** Mass of an oxide per mass of its element. */
function oxideFactor(formula: string, element: string): number {
  const [, metal = '', oxygen = ''] = /^[A-Z][a-z]?(\d*)O(\d*)$/.exec(formula) ?? []
  const [m, o] = [metal, oxygen].map((count) => Number(count === '' ? 1 : count))
  return 1 + ((o ?? 0) * weightOf('O')) / ((m ?? 1) * weightOf(element))
}

/** The oxides that products are reported as, by element. */
const formulas: Readonly<Record<string, string>> = {
  Nd: 'Nd2O3',
  Pr: 'Pr6O11',
  Dy: 'Dy2O3',
  Tb: 'Tb4O7',
  Gd: 'Gd2O3',
  Sm: 'Sm2O3',
  Ho: 'Ho2O3',
  Y: 'Y2O3',
  La: 'La2O3',
  Ce: 'CeO2',
  Fe: 'Fe2O3',
  Co: 'Co3O4',
}

/** Formula of the oxide of an element, and its mass per mass of the element. */
export function oxideOf(element: string): readonly [formula: string, factor: number] {
  const formula = formulas[element] ?? ''
  return [formula, oxideFactor(formula, element)]
}

const rareEarths = ['Nd', 'Pr', 'Dy', 'Tb', 'Gd', 'Sm', 'Ho', 'Y', 'La', 'Ce']

/** All rare earths as oxides, a mass fraction. */
export const treo = (content: Masses): number =>
  rareEarths.reduce((sum, element) => sum + (content[element] ?? 0) * oxideOf(element)[1], 0)
