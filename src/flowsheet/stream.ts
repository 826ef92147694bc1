import type { SpeciesTable } from '../chemistry/species.ts'

/**
 * Material flowing in a pipe, on a belt or in a duct: molar flows of species of all phases at once,
 * so moisture of solids is the aqueous part of a solid stream and entrained solvent the organic
 * part of an aqueous one. Read-only by contract: make a new one, never write into one received.
 */
export interface Stream {
  /** mol/s by index of the plant's species table. */
  readonly flow: Float64Array
  /** K */
  readonly temperature: number
  /** 80 % passing size of the solids, m; absent = not known. */
  readonly particleSize?: number
}

/** A stream with nothing in it, at 298.15 K. */
export function emptyStream(table: SpeciesTable, temperature = 298.15): Stream {
  return { flow: new Float64Array(table.species.length), temperature }
}
