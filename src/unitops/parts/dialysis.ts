import { aqueousVolume } from '../../chemistry/index.ts'
import type { SpeciesTable } from '../../chemistry/species.ts'
import { addFlow, amount, type Work } from './flows.ts'

/** Parameters of a diffusion dialyser, wherever one stands. */
export const membraneFields = {
  permeability: {
    type: 'quantity',
    dimension: 'velocity',
    unit: 'm/h',
    default: 2e-6,
    min: 1e-9,
    about: 'Dialysis: acid permeability of the membrane (assumption, to be measured)',
  },
  waterRatio: {
    type: 'number',
    default: 1.2,
    min: 0.1,
    max: 10,
    about: 'Dialysis: water over liquor, by volume',
  },
  membraneArea: {
    type: 'quantity',
    dimension: 'area',
    unit: 'm2',
    optional: true,
    min: 0,
    about: 'Dialysis: membrane area; left out: as large as the acid left asks for',
  },
} as const

/** Share of a solute that counter-current dialysis passes; `ratio` = feed flow over water flow. */
export function passed(transferUnits: number, ratio: number): number {
  const gap = 1 - ratio
  if (Math.abs(gap) < 1e-9) return transferUnits / (1 + transferUnits)
  const fade = Math.exp(-transferUnits * gap)
  return (1 - fade) / (1 - ratio * fade)
}

/** Transfer units that pass a share; infinite where no area is enough. Inverse of `passed`. */
export function transferUnitsFor(share: number, ratio: number): number {
  if (!(share > 0)) return 0
  if (share >= Math.min(1, 1 / ratio)) return Number.POSITIVE_INFINITY
  const gap = 1 - ratio
  if (Math.abs(gap) < 1e-9) return share / (1 - share)
  return -Math.log((1 - share) / (1 - share * ratio)) / gap
}

const anions = [
  ['Cl-', 1],
  ['NO3-', 1],
  ['SO4-2', 2],
  ['F-', 1],
] as const

/**
 * Moves acid and, slower, salts through the membrane from one liquor to the other: the acid's
 * transfer units give its share, those of the salts are `leak` times as many. Anions go with the
 * charge that the cations carry, in proportion to what is there, so both sides stay neutral.
 */
export function dialyse(
  table: SpeciesTable,
  feed: Work,
  acid: Work,
  transferUnits: number,
  ratio: number,
  leak: number,
): void {
  const acidShare = Number.isFinite(transferUnits)
    ? passed(transferUnits, ratio)
    : Math.min(1, 1 / ratio)
  const saltShare = Number.isFinite(transferUnits) ? passed(leak * transferUnits, ratio) : acidShare
  let equivalents = 0
  for (const [id, charge] of anions) equivalents += charge * amount(table, feed, 'aqueous', id)
  let moved = 0
  const plan: [number, number][] = []
  for (const i of table.inPhase('aqueous')) {
    const charge = table.charge[i] as number
    if (charge <= 0) continue
    const share = table.species[i]?.id === 'H+' ? acidShare : saltShare
    plan.push([i, (feed[i] as number) * share])
    moved += charge * (feed[i] as number) * share
  }
  if (!(moved > 0) || !(equivalents > 0)) return
  const scale = Math.min(1, equivalents / moved)
  const share = (moved * scale) / equivalents
  for (const [i, n] of plan) shift(feed, acid, i, n * scale)
  for (const [id] of anions) {
    const i = table.find('aqueous', id)
    if (i >= 0) shift(feed, acid, i, (feed[i] as number) * share)
  }
}

function shift(from: Work, to: Work, i: number, n: number): void {
  from[i] = Math.max(0, (from[i] as number) - n)
  to[i] = (to[i] as number) + n
}

/** A dialyser: SI throughout; `leak` is the permeability of salts over that of acid. */
export interface Dialyser {
  /** m/s for acid. */
  readonly permeability: number
  /** Water over liquor, by volume. */
  readonly waterRatio: number
  /** m2; left out: as large as leaving `acidLeft` asks for. */
  readonly membraneArea: number | undefined
  readonly leak: number
  /** mol/s */
  readonly acidLeft: number
  readonly temperature: number
}

/**
 * Dialyses a liquor against water (given dissolved at 1 kg/s): acid moves from `flow` to `acid`,
 * the water joins `acid`. Answers the water drawn, kg/s, and the membrane area, m2. Osmosis is left
 * out (an assumption). A target beyond what any area gives is met as far as 50 transfer units go.
 */
export function dialysisStep(
  table: SpeciesTable,
  flow: Work,
  acid: Work,
  water: Work,
  dialyser: Dialyser,
): { readonly draw: number; readonly area: number } {
  const volume = aqueousVolume(table, flow, dialyser.temperature)
  const each = aqueousVolume(table, water, dialyser.temperature)
  const there = amount(table, flow, 'aqueous', 'H+')
  const share = there > 0 ? Math.max(0, 1 - dialyser.acidLeft / there) : 0
  if (!(volume > 0) || !(each > 0) || !(share > 0)) return { draw: 0, area: 0 }
  const ratio = 1 / dialyser.waterRatio
  const areaPerUnit = volume / dialyser.permeability
  const units =
    dialyser.membraneArea === undefined
      ? Math.min(50, transferUnitsFor(share, ratio))
      : dialyser.membraneArea / areaPerUnit
  const draw = (volume * dialyser.waterRatio) / each
  dialyse(table, flow, acid, units, ratio, dialyser.leak)
  addFlow(acid, water, draw)
  return { draw, area: units * areaPerUnit }
}
