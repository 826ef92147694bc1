import { aqueousVolume } from '../../chemistry/index.ts'
import type { SpeciesTable } from '../../chemistry/species.ts'
import { addFlow, amount, type Work } from './flows.ts'
import { settle } from './liquor.ts'
import { baseEquivalents } from './reagent.ts'

/** Draw of water that brings a liquor to a volume, kg/s; 0 when it is larger already. */
function waterTo(table: SpeciesTable, flow: Work, water: Work, volume: number, at: number): number {
  const each = aqueousVolume(table, water, at)
  if (!(each > 0)) return 0
  let draw = 0
  for (let i = 0; i < 30; i++) {
    const trial = Float64Array.from(flow)
    addFlow(trial, water, draw)
    settle(table, trial)
    const short = volume - aqueousVolume(table, trial, at)
    const next = Math.max(0, draw + short / each)
    if (Math.abs(next - draw) <= 1e-14 * Math.max(next, draw)) return next
    draw = next
  }
  return draw
}

/** Draw of base that leaves `acid` mol/m3 of the acidity, kg/s, diluting as it goes. */
function baseTo(table: SpeciesTable, flow: Work, base: Work, acid: number, at: number): number {
  const each = baseEquivalents(table, base)
  let draw = 0
  for (let i = 0; i < 50; i++) {
    const trial = Float64Array.from(flow)
    addFlow(trial, base, draw)
    settle(table, trial)
    const target = acid * aqueousVolume(table, trial, at)
    const next = Math.max(0, (amount(table, flow, 'aqueous', 'H+') - target) / each)
    if (Math.abs(next - draw) <= 1e-14 * Math.max(next, draw)) return next
    draw = next
  }
  return draw
}

/** What a liquor is to become; volumes m3/s, acidity mol/m3, reagents as dissolved at 1 kg/s. */
export interface Adjustment {
  readonly acidity: number
  readonly volume: number
  /** Left out: no base is used. */
  readonly base?: Work
  readonly water: Work
  readonly temperature: number
}

/**
 * Draws of base and water, kg/s, that bring a liquor down to an acidity and up to a volume. Base
 * brings water and water lowers the acidity, so both are settled together. 0 where none is needed.
 */
export function adjust(
  table: SpeciesTable,
  flow: Work,
  to: Adjustment,
): { readonly base: number; readonly water: number } {
  let base = 0
  let water = 0
  for (let i = 0; i < 40; i++) {
    const diluted = Float64Array.from(flow)
    addFlow(diluted, to.water, water)
    const nextBase =
      to.base === undefined ? 0 : baseTo(table, diluted, to.base, to.acidity, to.temperature)
    const mixed = Float64Array.from(flow)
    if (to.base !== undefined) addFlow(mixed, to.base, nextBase)
    const nextWater = waterTo(table, mixed, to.water, to.volume, to.temperature)
    const moved = Math.abs(nextBase - base) + Math.abs(nextWater - water)
    base = nextBase
    water = nextWater
    if (moved <= 1e-13 * (base + water)) break
  }
  return { base, water }
}
