import { catchUp } from './catch-up.ts'
import type { Genealogy, GenealogyOptions } from './genealogy-types.ts'
import type { Ledger } from './ledger.ts'
import { trace } from './trace.ts'

/**
 * What a lot was made of (up) or what became of it (down), at any depth, with shares by mass of
 * each element. A campaign's draw takes of all that was charged before it, well mixed, element by
 * element, and of nothing charged after it; a lot without the element is no source of it. What
 * contents do not say is in `unknown`: shares of known lots are lower bounds.
 */
export async function genealogy(
  ledger: Ledger,
  lot: string,
  options: GenealogyOptions,
): Promise<Genealogy> {
  await catchUp(ledger)
  return (await trace(ledger, lot, options)).genealogy
}
