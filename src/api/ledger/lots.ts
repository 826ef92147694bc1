import { catchUp } from '../../ledger/index.ts'
import { refused } from '../errors.ts'
import type { OpenLedger } from './door.ts'

/** The URI of a lot that is named by URI or code; undefined for one that nobody knows. */
export async function lotNamed(ledger: OpenLedger, ref: string): Promise<string | undefined> {
  await catchUp(ledger)
  if ((await ledger.store.lots([ref])).has(ref)) return ref
  return (await ledger.store.lotsByCode([ref])).get(ref)
}

export const noLot = (ref: string) =>
  refused('not-found', `no lot ${ref}`, 'a code or URI of /api/ledger/lots')
