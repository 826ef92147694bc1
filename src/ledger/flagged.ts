import type { Flag } from './care-types.ts'
import { catchUp } from './catch-up.ts'
import type { Composition } from './composition.ts'
import { compositionsOf } from './contents.ts'
import { corrections, type Correction } from './corrections.ts'
import type { Shipment } from './effects.ts'
import type { Ledger } from './ledger.ts'
import { shippings } from './log-reading.ts'
import { type Late, remembered } from './remembered.ts'
import type { LotState } from './state.ts'
import { codeOf } from './uris.ts'

type Change = Flag['changes'][number]

/** A change with the place in the log where it stands. */
interface Dated {
  readonly change: Change
  readonly seq: number
}

/** A lot that left, by the record of the log that says so. */
interface Left {
  readonly shipment: Shipment
  readonly seq: number
}

const limits = { depth: 100, flows: 100_000 }
const lotsAtOnce = 500

/** What corrections bear on: the lots that they speak of, and all that was made of these. */
async function bearing(
  { store }: Ledger,
  all: readonly Correction[],
): Promise<ReadonlyMap<string, readonly Dated[]>> {
  const byLot = new Map<string, Dated[]>()
  const became = new Map<string, readonly string[]>()
  for (const { lots, event, kind, time, seq } of all) {
    for (const of of lots) {
      let reached = became.get(of)
      if (reached === undefined) {
        const { flows } = await store.reach(of, 'down', limits)
        const out = flows.filter(({ direction }) => direction === 'out').map(({ lot }) => lot)
        reached = [...new Set([of, ...out])]
        became.set(of, reached)
      }
      for (const lot of reached) {
        const dated = { change: { event, kind, of, time }, seq }
        const before = byLot.get(lot)
        if (before === undefined) byLot.set(lot, [dated])
        else before.push(dated)
      }
    }
  }
  return byLot
}

/** Results that count now and that the log did not know when a lot left. */
function laterReadings(
  { shipment, seq }: Left,
  { readings }: Composition,
  seqOf: ReadonlyMap<string, number>,
): Change[] {
  const later = new Map<string, Change>()
  for (const { event, time, lot, sample } of readings) {
    if ((seqOf.get(event) ?? 0) <= seq) continue
    const kind = time > shipment.time ? 'assayed-later' : 'recorded-later'
    later.set(event, { event, kind, of: sample ?? lot, time })
  }
  return [...later.values()]
}

/** What came later than each lot left, by lot and shipment; what is remembered is not computed. */
async function lateOf(
  ledger: Ledger,
  left: readonly Left[],
): Promise<(shipment: Shipment) => readonly Change[]> {
  const { store } = ledger
  // Asked for first: what is read after it is kept only if nothing has changed since.
  const memory = await remembered(store)
  const late = new Map<string, Late>()
  const unseen: Left[] = []
  for (const one of left) {
    const { lot, event } = one.shipment
    const before = memory.late.get(lot)
    if (before !== undefined) late.set(lot, before)
    if (before?.has(event) !== true) unseen.push(one)
  }
  const compositions = await compositionsOf(ledger, [
    ...new Set(unseen.map(({ shipment }) => shipment.lot)),
  ])
  const ids = [...compositions.values()].flatMap(({ readings }) => readings.map((r) => r.event))
  const records = ids.length === 0 ? [] : await store.byEventIDs([...new Set(ids)])
  const seqOf = new Map<string, number>()
  for (const { event, seq } of records) {
    const id = event.eventID ?? ''
    seqOf.set(id, Math.min(seq, seqOf.get(id) ?? seq))
  }
  for (const one of unseen) {
    const { lot, event } = one.shipment
    const composition = compositions.get(lot)
    const changes = composition === undefined ? [] : laterReadings(one, composition, seqOf)
    late.set(lot, new Map([...(late.get(lot) ?? []), [event, changes]]))
  }
  for (const { shipment } of unseen) {
    memory.keepLate(shipment.lot, late.get(shipment.lot) ?? new Map())
  }
  return ({ lot, event }) => late.get(lot)?.get(event) ?? []
}

async function flagsOf(
  ledger: Ledger,
  left: readonly Left[],
  corrected: ReadonlyMap<string, readonly Dated[]>,
): Promise<Flag[]> {
  const laterThan = await lateOf(ledger, left)
  const changed = left.flatMap(({ shipment, seq }) => {
    const dated = (corrected.get(shipment.lot) ?? []).filter((one) => one.seq > seq)
    const known = new Set(dated.map(({ change }) => change.event))
    const later = laterThan(shipment).filter((change) => !known.has(change.event))
    const changes = [...dated.map(({ change }) => change), ...later]
    return changes.length === 0 ? [] : [{ shipment, changes }]
  })
  const states = await ledger.store.lots(changed.map(({ shipment }) => shipment.lot))
  return changed.map(({ shipment: { lot, event, time, party }, changes }): Flag => {
    const code = states.get(lot)?.master?.code ?? codeOf(lot)
    const shipment = { event, time, ...(party === undefined ? {} : { party }) }
    return { lot, code, shipment, changes }
  })
}

/** Flags of one lot of tables that are caught up; `from`: all lots that it came from. */
export async function flagsOfLot(
  ledger: Ledger,
  { uri, shipments }: LotState,
  from: readonly string[],
): Promise<readonly Flag[]> {
  const { store } = ledger
  const gone = shipments.filter(({ direction }) => direction === 'out')
  if (gone.length === 0) return []
  const records = await store.byEventIDs([...new Set(gone.map(({ event }) => event))])
  const left = gone.flatMap((shipment): Left[] => {
    const record = records.find(({ event }) => event.eventID === shipment.event)
    return record === undefined ? [] : [{ shipment, seq: record.seq }]
  })
  const wanted = new Set([uri, ...from])
  const all = await corrections({ store, upTo: await store.projected() })
  const dated = all.flatMap(({ lots, event, kind, time, seq }): Dated[] =>
    lots.filter((lot) => wanted.has(lot)).map((of) => ({ change: { event, kind, of, time }, seq })),
  )
  return flagsOf(ledger, left, new Map([[uri, dated]]))
}

/**
 * Shipped lots of which something changed after they had left: an event about them, or about what
 * they came from, was declared wrong or corrected, or a result counts now that the log did not know
 * then. The newest shipments first.
 */
export async function flagged(ledger: Ledger, limit = 1000): Promise<readonly Flag[]> {
  await catchUp(ledger)
  const { store } = ledger
  const known = { store, upTo: await store.projected() }
  const corrected = await bearing(ledger, await corrections(known))
  const found: Flag[] = []
  let left: Left[] = []
  for await (const { record, effects } of shippings(known)) {
    for (const shipment of effects.shipments) {
      if (shipment.direction === 'out') left.push({ shipment, seq: record.seq })
    }
    if (left.length < lotsAtOnce) continue
    found.push(...(await flagsOf(ledger, left, corrected)))
    left = []
  }
  found.push(...(await flagsOf(ledger, left, corrected)))
  return found.sort((a, b) => b.shipment.time - a.shipment.time).slice(0, limit)
}
