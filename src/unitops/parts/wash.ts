import { aqueousVolume } from '../../chemistry/index.ts'
import type { SpeciesTable } from '../../chemistry/species.ts'
import type { Stream } from '../../flowsheet/stream.ts'
import { massFlow, moveFraction, type Work } from './flows.ts'

/**
 * Displacement washing of a filter cake, seen as a row of well mixed cells: what is left of the
 * mother liquor after wash liquor has been pushed through.
 *
 * `ratio` is wash volume over the volume of liquor in the cake; `cells` is how many mixed cells the
 * cake counts as: 1 is full back-mixing (exp(-ratio)), many is a sharp front (1 - ratio). The
 * remaining share is the mean over the cells of the chance that fewer displacements than its
 * position have reached it (a Poisson sum), the usual tanks-in-series result.
 */
export function motherLiquorLeft(ratio: number, cells: number): number {
  if (!(ratio >= 0) || !(cells >= 1)) throw new Error('wash ratio and cells must be positive')
  const reach = ratio * cells
  let term = Math.exp(-reach)
  let below = 0
  let sum = 0
  for (let cell = 1; cell <= cells; cell++) {
    below += term
    sum += Math.min(1, below)
    term *= reach / cell
  }
  return Math.min(1, sum / cells)
}

/** How a cake is washed. */
export interface Washing {
  /** Wash volume over the volume of liquor in the cake. */
  readonly washRatio: number
  readonly mixedCells: number
  /** The wash liquor at 1 kg/s; an empty one does not wash. */
  readonly wash: Stream
  /** K, of the cake */
  readonly temperature: number
}

/**
 * Washes a wet cake (changed in place) at constant mass of liquor: mother liquor goes out with the
 * spent wash, wash liquor takes its place. Answers spent wash, draw in kg/s and the share of
 * mother liquor that is left.
 */
export function washCake(
  table: SpeciesTable,
  wet: Work,
  liquids: readonly number[],
  { washRatio, mixedCells, wash, temperature }: Washing,
): { readonly spent: Work; readonly draw: number; readonly left: number } {
  const spent = new Float64Array(wet.length)
  const volume = aqueousVolume(table, wet, temperature)
  const perKilogram = aqueousVolume(table, wash.flow, wash.temperature)
  const held = massFlow(table, wet, 'aqueous')
  if (washRatio === 0 || !(volume > 0) || !(perKilogram > 0)) return { spent, draw: 0, left: 1 }
  const draw = (washRatio * volume) / perKilogram
  const left = motherLiquorLeft(washRatio, mixedCells)
  moveFraction(wet, spent, liquids, 1 - left)
  const stays = Math.min(1, (held * (1 - left)) / draw)
  const { flow } = wash
  for (let i = 0; i < spent.length; i++) {
    const drawn = (flow[i] as number) * draw
    wet[i] = (wet[i] as number) + drawn * stays
    spent[i] = (spent[i] as number) + drawn * (1 - stays)
  }
  return { spent, draw, left }
}
