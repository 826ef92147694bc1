import type { Json, Site } from '../../ledger/index.ts'
import type { OpenLedger } from './door.ts'

const isText = (value: Json | undefined) => typeof value === 'string' && value !== ''

/** The setting that a ledger is given when it is made. */
function isSite(value: Json | undefined): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const { name, authority, country } = value as Readonly<Record<string, Json>>
  return isText(name) && isText(authority) && isText(country)
}

/** Whose ledger it is; of one that nobody has set up, a name that says so. */
export async function siteOf(ledger: OpenLedger): Promise<Site> {
  const kept = await ledger.store.setting('site')
  if (isSite(kept)) return kept as unknown as Site
  return { name: 'Unnamed', authority: 'urn:didymium', country: 'ZZ', isSynthetic: false }
}
