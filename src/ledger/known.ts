/** What a command has to know, read from a ledger that has caught up with its log. */
import type { Known, Needs, Site } from './command.ts'
import type { CampaignMark, Effects, Flow } from './effects.ts'
import { effectsOf } from './effects-of.ts'
import { foldLot } from './fold.ts'
import type { Ledger } from './ledger.ts'
import { effectsNaming } from './log-reading.ts'
import type { Campaign } from './lot.ts'
import { compareOrder, partsOf } from './part.ts'
import { siteOf } from './site.ts'
import type { LedgerStore } from './store.ts'
import { isUri, type NamedKind, uriOf } from './uris.ts'

type Named = ReadonlyMap<string, string>

/** The URI of each reference: of a code that a lot has, else the one that the site would give. */
function urisOf(site: Site, kind: NamedKind, references: readonly string[], codes: Named): Named {
  return new Map(references.map((ref) => [ref, codes.get(ref) ?? uriOf(site, kind, ref)] as const))
}

/** By URI, and by every reference that means it. */
function byReference<T>(uris: Named, found: ReadonlyMap<string, T>): Map<string, T> {
  const all = new Map(found)
  for (const [reference, uri] of uris) {
    const one = found.get(uri)
    if (one !== undefined) all.set(reference, one)
  }
  return all
}

/** All valid events of lots in their order, but for those that are left out. */
async function historiesOf(
  store: LedgerStore,
  upTo: number,
  lots: readonly string[],
  without: ReadonlySet<string>,
): Promise<Map<string, readonly Effects[]>> {
  if (lots.length === 0) return new Map()
  const events = await effectsNaming({ store, upTo }, lots)
  const byLot = new Map<string, Effects[]>(lots.map((lot) => [lot, []]))
  for (const event of events.filter(({ id }) => !without.has(id)).sort(compareOrder)) {
    for (const lot of partsOf(event).keys()) byLot.get(lot)?.push(event)
  }
  return byLot
}

type KnownEvent = Known['events'] extends ReadonlyMap<string, infer E> ? E : never

async function eventsOf(store: LedgerStore, ids: readonly string[]): Promise<Known['events']> {
  const found = new Map<string, KnownEvent>()
  const records = ids.length === 0 ? [] : await store.byEventIDs(ids)
  const wrong = new Set(
    records.flatMap(({ event }) =>
      event.errorDeclaration === undefined ? [] : (event.eventID ?? []),
    ),
  )
  for (const { event, context } of records) {
    const { eventID = '', errorDeclaration } = event
    if (errorDeclaration !== undefined) continue
    found.set(eventID, { event, context, isVoid: wrong.has(eventID) })
  }
  return found
}

/** A campaign as if marks had not been made; undefined when its start is one of them. */
function unmarked(campaign: Campaign, marks: readonly CampaignMark[]): Campaign | undefined {
  const own = marks.filter((mark) =>
    mark.mark === 'start' ? mark.campaign.uri === campaign.uri : mark.uri === campaign.uri,
  )
  if (own.some(({ mark }) => mark === 'start')) return undefined
  if (own.length === 0) return campaign
  const { end: _, ...running } = campaign
  return running
}

interface Lots {
  readonly lots: Known['lots']
  readonly history: ReadonlyMap<string, readonly Effects[]>
}

/** Lots as they are, or as they would be without the events that are wrong. */
async function lotsOf(
  store: LedgerStore,
  site: Site,
  needs: Needs,
  about: { readonly upTo: number; readonly time: number; readonly wrong: readonly Effects[] },
): Promise<Lots> {
  const { upTo, time, wrong } = about
  const codes = needs.lots.filter((ref) => !isUri(ref))
  const found = codes.length === 0 ? new Map<string, string>() : await store.lotsByCode(codes)
  const uris = urisOf(site, 'lot', needs.lots, found)
  const touched = wrong.flatMap((one) => [...partsOf(one).keys()])
  const wanted = [...new Set([...uris.values(), ...touched])]
  const states = new Map(wanted.length === 0 ? [] : await store.lots(wanted))
  const isLate = (uri: string) => (states.get(uri)?.last.time ?? -Infinity) >= time
  const late = wrong.length > 0 ? wanted : wanted.filter(isLate)
  const history = await historiesOf(store, upTo, late, new Set(wrong.map(({ id }) => id)))
  if (wrong.length > 0) {
    for (const [uri, own] of history) {
      const { state } = foldLot(uri, own)
      if (state === undefined) states.delete(uri)
      else states.set(uri, state)
    }
  }
  return { lots: byReference(uris, states), history }
}

async function flowsOf(
  store: LedgerStore,
  uris: readonly string[],
  without: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly Flow[]>> {
  const flows = new Map<string, Flow[]>(uris.map((uri) => [uri, []]))
  for (const flow of await store.flowsOf(uris)) {
    if (!without.has(flow.event)) flows.get(flow.node)?.push(flow)
  }
  return flows
}

type OfCampaigns = Pick<Known, 'campaigns' | 'flows'>

/** Campaigns as they are, or as they would be without the events that are wrong. */
async function campaignsOf(
  store: LedgerStore,
  site: Site,
  needs: Needs,
  wrong: readonly Effects[],
): Promise<OfCampaigns> {
  const named = urisOf(site, 'campaign', needs.campaigns, new Map())
  const marks = wrong.flatMap((one) => one.campaigns)
  const corrected = [
    ...marks.map((mark) => (mark.mark === 'start' ? mark.campaign.uri : mark.uri)),
    ...wrong.flatMap(({ id, flows }) =>
      flows.map(({ node }) => node).filter((node) => node !== id),
    ),
  ]
  const uris = [...new Set([...named.values(), ...corrected])]
  if (uris.length === 0) return { campaigns: new Map() }
  const found = await store.campaigns({ uris })
  const kept = found.flatMap((one) => unmarked(one, marks) ?? [])
  const campaigns = byReference(named, new Map(kept.map((one) => [one.uri, one])))
  if (needs.flows !== true && wrong.length === 0) return { campaigns }
  const without = new Set(wrong.map(({ id }) => id))
  return { campaigns, flows: await flowsOf(store, uris, without) }
}

/**
 * Everything that a command needs, with the events that it corrects taken away. The ledger must
 * have caught up with its log at least up to `upTo`.
 */
export async function loadKnown(ledger: Ledger, upTo: number, needs: Needs): Promise<Known> {
  const { store } = ledger
  const now = ledger.now()
  const site = await siteOf(store)
  const events = await eventsOf(store, needs.events)
  const wrong = [...events.values()].filter(({ isVoid }) => !isVoid).map(effectsOf)
  const time = needs.time ?? now
  const { lots, history } = await lotsOf(store, site, needs, { upTo, time, wrong })
  return {
    lots,
    ...(await campaignsOf(store, site, needs, wrong)),
    events,
    ...(history.size === 0 ? {} : { history }),
    site,
    now,
  }
}
