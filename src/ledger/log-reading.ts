/** How the derived tables read the log: valid events only, as far as the tables shall know it. */
import type { Effects } from './effects.ts'
import { effectsOf } from './effects-of.ts'
import type { LedgerStore, Range, Selection, StoredEvent } from './store.ts'

/** A log, of which nothing after `upTo` is looked at. */
export interface Known {
  readonly store: LedgerStore
  readonly upTo: number
}

const idsAtOnce = 1000

export const isDeclaration = ({ event }: StoredEvent): boolean =>
  event.errorDeclaration !== undefined

const idOf = ({ event }: StoredEvent): string => event.eventID ?? ''

/** Those of the events' IDs that are declared wrong. */
export async function declaredWrong(
  { store, upTo }: Known,
  records: readonly StoredEvent[],
): Promise<ReadonlySet<string>> {
  const ids = [...new Set(records.map(idOf))]
  const wrong = new Set<string>()
  for (let start = 0; start < ids.length; start += idsAtOnce) {
    let after = 0
    for (;;) {
      const found = await store.select({
        eventIDs: ids.slice(start, start + idsAtOnce),
        isDeclaration: true,
        upTo,
        orderBy: 'seq',
        direction: 'ASC',
        after: { value: after, seq: after },
        limit: idsAtOnce,
      })
      for (const record of found) wrong.add(idOf(record))
      after = found.at(-1)?.seq ?? 0
      if (found.length < idsAtOnce) break
    }
  }
  return wrong
}

async function validEffects(known: Known, records: readonly StoredEvent[]): Promise<Effects[]> {
  const events = records.filter((record) => !isDeclaration(record))
  const wrong = await declaredWrong(known, events)
  return events.filter((record) => !wrong.has(idOf(record))).map(effectsOf)
}

/** What every valid event says that names any of these lots. */
export async function effectsNaming(known: Known, lots: readonly string[]): Promise<Effects[]> {
  return validEffects(known, await known.store.naming(lots, known.upTo))
}

/** What the events say that start or end a campaign. */
export async function marksOf(known: Known, campaign: string): Promise<Effects[]> {
  const records = await known.store.select({
    things: [campaign],
    types: ['ObjectEvent'],
    upTo: known.upTo,
    orderBy: 'seq',
    direction: 'ASC',
    limit: 10_000,
  })
  return validEffects(known, records)
}

const shippingSteps = [
  'shipping',
  'urn:epcglobal:cbv:bizstep:shipping',
  'https://ref.gs1.org/cbv/BizStep-shipping',
]

/** A shipping event that counts. */
export interface Shipping {
  readonly record: StoredEvent
  readonly effects: Effects
}

const shippingsAtOnce = 1000

/** Valid events by which lots left, the oldest first, batch by batch. */
export async function* shippings(known: Known, eventTime?: Range): AsyncGenerator<Shipping> {
  let after: Selection['after']
  for (;;) {
    const records = await known.store.select({
      types: ['ObjectEvent'],
      bizSteps: shippingSteps,
      isDeclaration: false,
      upTo: known.upTo,
      ...(eventTime === undefined ? {} : { eventTime }),
      orderBy: 'eventTime',
      direction: 'ASC',
      ...(after === undefined ? {} : { after }),
      limit: shippingsAtOnce,
    })
    const wrong = await declaredWrong(known, records)
    for (const record of records) {
      if (wrong.has(idOf(record))) continue
      const effects = effectsOf(record)
      if (effects.shipments.some(({ direction }) => direction === 'out')) yield { record, effects }
    }
    const last = records.at(-1)
    if (last === undefined || records.length < shippingsAtOnce) return
    after = { value: Date.parse(last.event.eventTime), seq: last.seq }
  }
}
