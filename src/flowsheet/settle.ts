import { settleAcidBase } from '../chemistry/index.ts'
import type { SpeciesTable } from '../chemistry/species.ts'

/** What a canonical liquor does not hold together: an acid, and a base that takes its proton. */
const clashes = [
  ['H+', 'OH-'],
  ['H+', 'CO3-2'],
  ['H+', 'NH3'],
  ['H+', 'HCO3-'],
  ['CO2', 'OH-'],
  ['CO2', 'CO3-2'],
  ['CO2', 'NH3'],
  ['NH4+', 'OH-'],
  ['NH4+', 'CO3-2'],
  ['HCO3-', 'OH-'],
] as const

/** Rows of each clash; null for a table that does not carry all of them. */
const rowsOf = new WeakMap<SpeciesTable, readonly (readonly [number, number])[] | null>()

/** A mixed flow in canonical acid-base form; the same array when nothing in it reacts. */
export function settled(table: SpeciesTable, flow: Float64Array): Float64Array {
  let rows = rowsOf.get(table)
  if (rows === undefined) {
    const found = clashes.map(
      ([a, b]) => [table.find('aqueous', a), table.find('aqueous', b)] as const,
    )
    rows = found.some(([a, b]) => a < 0 || b < 0) ? null : found
    rowsOf.set(table, rows)
  }
  if (rows === null) return flow
  for (let k = 0; k < rows.length; k++) {
    const [a, b] = rows[k] as readonly [number, number]
    if ((flow[a] as number) > 0 && (flow[b] as number) > 0) return settleAcidBase(table, flow)
  }
  return flow
}
