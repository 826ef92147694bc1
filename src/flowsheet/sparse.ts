import type { Phase, SpeciesTable } from '../chemistry/species.ts'

/** Species that have an element. */
interface Holders {
  readonly rows: Int32Array
  readonly atoms: Float64Array
  readonly phases: readonly Phase[]
}

/** A table's composition without its zeros, and heat capacities as a flat array. */
export interface SparseTable {
  /** Where each species' atoms start in `column` and `atoms`; one entry more than species. */
  readonly start: Int32Array
  readonly column: Int32Array
  readonly atoms: Float64Array
  /** By element: the species that have it, and how many atoms of it. */
  readonly holders: readonly Holders[]
  /** J/(mol K); NaN where unknown. */
  readonly heatCapacity: Float64Array
}

const known = new WeakMap<SpeciesTable, SparseTable>()

/** Made once a table. */
export function sparseOf(table: SpeciesTable): SparseTable {
  const ready = known.get(table)
  if (ready !== undefined) return ready
  const width = table.elements.length
  const column: number[] = []
  const atoms: number[] = []
  const start = [0]
  for (let row = 0; row < table.species.length; row++) {
    for (let e = 0; e < width; e++) {
      const n = table.composition[row * width + e] as number
      if (n === 0) continue
      column.push(e)
      atoms.push(n)
    }
    start.push(column.length)
  }
  const holders = table.elements.map((_, e) => {
    const rows = [...table.species.keys()].filter((row) => table.composition[row * width + e] !== 0)
    return {
      rows: Int32Array.from(rows),
      atoms: Float64Array.from(rows, (row) => table.composition[row * width + e] as number),
      phases: rows.map((row) => table.species[row]?.phase ?? 'solid'),
    }
  })
  const made: SparseTable = {
    holders,
    start: Int32Array.from(start),
    column: Int32Array.from(column),
    atoms: Float64Array.from(atoms),
    heatCapacity: Float64Array.from(table.species, (s) => s.heatCapacity?.value ?? NaN),
  }
  known.set(table, made)
  return made
}
