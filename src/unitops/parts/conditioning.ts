import { aqueousVolume } from '../../chemistry/index.ts'
import type { SpeciesTable } from '../../chemistry/species.ts'
import { addFlow, amount, type Work } from './flows.ts'
import { settle } from './liquor.ts'
import { baseEquivalents } from './reagent.ts'

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
  const eachBase = to.base === undefined ? 0 : baseEquivalents(table, to.base)
  const eachWater = aqueousVolume(table, to.water, to.temperature)
  const trial = new Float64Array(flow.length)
  /** Volume with these draws; `acid` is what there was of acidity before the base took it. */
  const mixed = (base: number, water: number) => {
    trial.set(flow)
    addFlow(trial, to.water, water)
    const acid = amount(table, trial, 'aqueous', 'H+')
    if (to.base !== undefined) addFlow(trial, to.base, base)
    settle(table, trial)
    return { acid, volume: aqueousVolume(table, trial, to.temperature) }
  }
  let base = 0
  let water = 0
  for (let i = 0; i < 200; i++) {
    const before = mixed(base, water)
    const left = before.acid - to.acidity * before.volume
    const nextBase = eachBase > 0 ? Math.max(0, left / eachBase) : 0
    const short = to.volume - mixed(nextBase, water).volume
    const nextWater = eachWater > 0 ? Math.max(0, water + short / eachWater) : 0
    const moved = Math.abs(nextBase - base) + Math.abs(nextWater - water)
    base = nextBase
    water = nextWater
    if (moved <= 1e-14 * (base + water)) break
  }
  return { base, water }
}
