import type { CompiledEquilibria } from './compile-equilibria.ts'

/** Solids that may form: rows of the compiled ones, ascending; one object for the same set. */
export interface AllowedSolids {
  readonly rows: readonly number[]
}

const sets = new WeakMap<CompiledEquilibria, Map<string, AllowedSolids>>()

function setOf(eq: CompiledEquilibria, rows: readonly number[]): AllowedSolids {
  let known = sets.get(eq)
  if (known === undefined) sets.set(eq, (known = new Map()))
  const key = rows.join()
  let set = known.get(key)
  if (set === undefined) known.set(key, (set = { rows }))
  return set
}

const listed = new WeakMap<readonly string[], WeakMap<CompiledEquilibria, AllowedSolids>>()

/** Solids by id, looked up once for the same list; asserts that they are on record. */
export function allowedSolids(
  eq: CompiledEquilibria,
  ids: readonly string[] | 'all',
): AllowedSolids {
  if (ids === 'all') return setOf(eq, [...eq.solids.keys()])
  let known = listed.get(ids)
  if (known === undefined) listed.set(ids, (known = new WeakMap()))
  let set = known.get(eq)
  if (set === undefined) known.set(eq, (set = setOf(eq, rowsOf(eq, ids))))
  return set
}

function rowsOf(eq: CompiledEquilibria, ids: readonly string[]): readonly number[] {
  const rows = new Set<number>()
  for (const id of ids) {
    const k = eq.solids.indexOf(id)
    if (k < 0) throw new Error(`no solid ${id} on record`)
    rows.add(k)
  }
  return [...rows].sort((a, b) => a - b)
}

/** The same solids without some. */
export function allowedWithout(
  eq: CompiledEquilibria,
  { rows }: AllowedSolids,
  left: readonly number[],
): AllowedSolids {
  return setOf(
    eq,
    rows.filter((k) => !left.includes(k)),
  )
}
