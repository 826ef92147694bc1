/** Which business the ledger is of, kept beside the log. */
import * as z from 'zod'
import type { Site } from './command.ts'
import type { Json } from './epcis/event.ts'
import type { LedgerStore } from './store.ts'

const schema = z.strictObject({
  name: z.string().min(1).max(200).describe('name of the business'),
  authority: z
    .url({ protocol: /^(?:https?|urn|did)$/ })
    .max(200)
    .regex(/[^/]$/, 'ends without a slash')
    .describe('begins the URIs that this site gives: https://recycler.example/id'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'is two capital letters')
    .describe('ISO 3166-1 alpha-2'),
  isSynthetic: z.boolean().describe('true for a made-up history'),
  places: z
    .array(z.strictObject({ code: z.string().min(1).max(100), name: z.string().max(200) }))
    .max(1000)
    .describe('places that commands may name; left out: any')
    .optional(),
})

/** What a ledger is called of which nobody has said whose it is. */
export const unnamedSite: Site = {
  name: 'A recycler of magnets',
  authority: 'https://recycler.example/id',
  country: 'GB',
  isSynthetic: false,
}

const setting = 'site'

/** The site of a ledger; `unnamedSite` where none was set. */
export async function siteOf(store: Pick<LedgerStore, 'setting'>): Promise<Site> {
  const read = schema.safeParse(await store.setting(setting))
  return read.success ? (read.data as Site) : unnamedSite
}

/** Sets the site. Asserts that it is one: its URIs go into every event. */
export async function setSite(store: Pick<LedgerStore, 'setSetting'>, site: Site): Promise<void> {
  await store.setSetting(setting, schema.parse(site) as Json)
}
