import {
  maxExtent,
  reactInto,
  reactionOfTerms,
  reactionWherePresent,
  type CompiledReaction,
} from '../../chemistry/index.ts'
import type { Phase, SpeciesTable } from '../../chemistry/species.ts'
import type { Work } from './flows.ts'

/**
 * A reaction put together as `{ 'aqueous Fe+3': -1, 'aqueous H2O': -3, 'solid Fe(OH)3': 1, ... }`,
 * resolved against a plant's species; `undefined` when the plant lacks one of them.
 */
export function reactionOf(
  table: SpeciesTable,
  coefficients: Readonly<Record<string, number>>,
): CompiledReaction | undefined {
  const terms = Object.entries(coefficients).map(([name, coefficient]) => {
    const space = name.indexOf(' ')
    return { phase: name.slice(0, space) as Phase, id: name.slice(space + 1), coefficient }
  })
  return reactionOfTerms(
    table,
    terms.filter((term) => term.coefficient !== 0),
  )
}

/** What is made of a species table, made once for each. */
export function perTable<T>(make: (table: SpeciesTable) => T): (table: SpeciesTable) => T {
  const known = new WeakMap<SpeciesTable, { readonly made: T }>()
  return (table) => {
    let ready = known.get(table)
    if (ready === undefined) known.set(table, (ready = { made: make(table) }))
    return ready.made
  }
}

/** Those of some reactions whose species a table has, in their order. */
export function reactionsPresent(table: SpeciesTable, texts: readonly string[]) {
  return texts.flatMap((text) => reactionWherePresent(table, text) ?? [])
}

/** mol of one species that a mole of reaction makes; negative for a reactant. */
export function coefficientOf(reaction: CompiledReaction, row: number): number {
  const at = reaction.rows.indexOf(row)
  return at < 0 ? 0 : (reaction.coefficients[at] as number)
}

/** The largest extent before a reactant runs out, mol/s; 0 when one is absent, or there is none. */
export function limit(flow: Work, reaction: CompiledReaction): number {
  const extent = Math.max(0, maxExtent(flow, reaction))
  return extent === Number.POSITIVE_INFINITY ? 0 : extent
}

/**
 * Runs a reaction by an extent (mol/s) that its reactants suffice for; a reactant driven clearly
 * below zero is a mistake of the caller.
 */
export function advance(flow: Work, reaction: CompiledReaction, extent: number): void {
  reactInto(flow, reaction, extent)
  for (const row of reaction.rows) {
    if ((flow[row] as number) < 0) {
      throw new Error(`${reaction.text} drives species ${row} to ${flow[row]} mol/s`)
    }
  }
}

/** Runs a reaction as far as `fraction` of what its reactants allow; answers the extent, mol/s. */
export function runTo(flow: Work, reaction: CompiledReaction | undefined, fraction = 1): number {
  if (reaction === undefined) return 0
  const extent = limit(flow, reaction) * fraction
  if (extent > 0) advance(flow, reaction, extent)
  return extent
}

/** Runs a reaction by at most `extent` (mol/s), less when a reactant runs out; answers how far. */
export function runUpTo(
  flow: Work,
  reaction: CompiledReaction | undefined,
  extent = Infinity,
): number {
  if (reaction === undefined) return 0
  const taken = Math.min(extent, limit(flow, reaction))
  if (taken > 0) advance(flow, reaction, taken)
  return Math.max(0, taken)
}
