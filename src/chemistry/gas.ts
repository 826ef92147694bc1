import type { SpeciesTable } from './species.ts'

/** Molar gas constant, J/(mol K); exact in the SI of 2019. */
export const gasConstant = 8.31446261815324

/** One standard atmosphere, Pa; what every vessel runs at unless it says otherwise. */
export const atmosphere = 101_325

/** Volume of an ideal gas, m3/s, from mol/s. */
export function gasVolume(moles: number, temperature: number, pressure = atmosphere): number {
  return (moles * gasConstant * temperature) / pressure
}

/** mol/s of everything in the gas phase of a flow. */
export function gasMoles(table: SpeciesTable, flow: Float64Array): number {
  let moles = 0
  for (const row of table.inPhase('gas')) moles += flow[row] as number
  return moles
}
