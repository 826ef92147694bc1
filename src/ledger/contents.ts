import { composer } from './compose.ts'
import type { Composition } from './composition.ts'
import { familyOf } from './family.ts'
import type { Ledger } from './ledger.ts'
import type { Content } from './lot.ts'

/** What is known of what lots consist of, as it is known now. The tables must be caught up. */
export async function compositionsOf(
  { store, elements }: Ledger,
  lots: readonly string[],
): Promise<ReadonlyMap<string, Composition>> {
  const compose = composer(elements, await familyOf(store, lots))
  return new Map(lots.map((lot) => [lot, compose(lot)]))
}

/**
 * Fractions of lots' wet mass per element: by their own results, their samples', or those of the
 * lots that they were split from or blended of. An element that is not there is unknown.
 */
export async function contentsOf(
  ledger: Ledger,
  lots: readonly string[],
): Promise<ReadonlyMap<string, readonly Content[]>> {
  const compositions = await compositionsOf(ledger, lots)
  return new Map([...compositions].map(([lot, { contents }]) => [lot, contents]))
}
