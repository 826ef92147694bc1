/** What events about things themselves say: lots come, are seen, and go. */
import type { Shipment } from '../effects.ts'
import type { ObjectEvent } from '../epcis/event.ts'
import type { Weighing } from '../lot.ts'
import { codeOf } from '../uris.ts'
import { readAssays } from './assays.ts'
import {
  type Amount,
  amountsOf,
  destinationParty,
  type Draft,
  orderOf,
  placeAfter,
  placed,
  placesBefore,
  sourceParty,
  whyOf,
  word,
} from './draft.ts'
import {
  campaignSaid,
  claimsOf,
  mastersOf,
  releaseSaid,
  type Spread,
  weighingOf,
  weighingsOf,
} from './said.ts'

/** What a balance of others says of the only lot of an event. */
function foreignSpread(event: ObjectEvent): Spread | undefined {
  const reports = (event.sensorElementList ?? []).flatMap(({ sensorReport }) => sensorReport)
  const reading = reports.find(({ type }) => word(type) === 'Mass')
  if (reading === undefined) return undefined
  const { sDev, uom } = reading
  if (sDev === undefined || uom !== 'KGM') return {}
  return { u: Math.round(sDev * 1e6), k: 1 }
}

function readWeighings(draft: Draft, event: ObjectEvent, amounts: readonly Amount[]): void {
  const byLot = new Map<string, Spread>()
  for (const { lot, ...spread } of weighingsOf(draft, event)) byLot.set(lot, spread)
  if (amounts.length === 1) {
    const one = weighingOf(draft, event)
    const isOurs = draft.command === 'receive' || draft.command === 'weigh'
    const spread = one ?? (isOurs ? {} : foreignSpread(event))
    if (spread !== undefined) byLot.set(amounts[0]?.lot ?? '', spread)
  }
  for (const { lot, mg } of amounts) {
    const spread = byLot.get(lot)
    if (mg === undefined || spread === undefined) continue
    const found: Weighing = { lot, time: draft.time, event: draft.id, mg, ...spread }
    draft.weighings.push(found)
  }
}

/** Lots that go: with a mass that much of them, without one all that there is. */
function goes(draft: Draft, event: ObjectEvent, amounts: readonly Amount[], why: string): void {
  const before = placesBefore(draft, event)
  for (const { lot, mg } of amounts) {
    const where = placed(before(lot))
    draft.masses.push(
      mg === undefined
        ? { lot, kind: 'count', mg: 0, ...where, why }
        : { lot, kind: 'change', mg: -mg, ...where, why },
    )
  }
}

function readCampaign(draft: Draft, event: ObjectEvent): boolean {
  const said = campaignSaid(draft, event)
  const [uri] = event.epcList ?? []
  if (said === undefined || uri === undefined) return false
  if (event.action === 'DELETE') {
    draft.campaigns.push({ mark: 'end', uri, time: draft.time })
    return true
  }
  if (event.action !== 'ADD') return false
  const { code = codeOf(uri), ...rest } = said
  const place = placeAfter(event) ?? ''
  draft.campaigns.push({
    mark: 'start',
    campaign: { uri, code, place, start: draft.time, ...rest },
  })
  return true
}

function added(draft: Draft, event: ObjectEvent, amounts: readonly Amount[]): void {
  const lots = amounts.map(({ lot }) => lot)
  draft.lots.push(...mastersOf(draft, event.ilmd, lots))
  const why = whyOf(draft, event, 'add')
  for (const { lot, mg } of amounts) {
    if (mg !== undefined) {
      draft.masses.push({ lot, kind: 'change', mg, ...placed(placeAfter(event)), why })
    }
  }
}

function shipped(draft: Draft, event: ObjectEvent, amounts: readonly Amount[]): void {
  goes(draft, event, amounts, whyOf(draft, event, 'ship'))
  const claims = claimsOf(draft, event)
  for (const { lot, mg = 0 } of amounts) {
    const own = claims.filter((one) => one.lot === lot).map(({ lot: _, ...claim }) => claim)
    const shipment = shipmentOf(draft, event, 'out', destinationParty(event), { lot, mg })
    draft.shipments.push(own.length === 0 ? shipment : { ...shipment, claims: own })
  }
}

function shipmentOf(
  draft: Draft,
  event: ObjectEvent,
  direction: Shipment['direction'],
  party: string | undefined,
  { lot, mg }: { readonly lot: string; readonly mg: number },
): Shipment {
  const order = orderOf(event)
  return {
    lot,
    time: draft.time,
    event: draft.id,
    direction,
    mg,
    ...(party === undefined ? {} : { party }),
    ...(order === undefined ? {} : { order }),
  }
}

function returned(draft: Draft, event: ObjectEvent, amounts: readonly Amount[]): void {
  const why = whyOf(draft, event, 'return')
  for (const { lot, mg } of amounts) {
    if (mg === undefined) continue
    draft.masses.push({ lot, kind: 'change', mg, ...placed(placeAfter(event)), why })
    draft.shipments.push(shipmentOf(draft, event, 'back', sourceParty(event), { lot, mg }))
  }
}

/** Others observe a receipt where we would write that a lot comes. */
function arrived(draft: Draft, event: ObjectEvent, amounts: readonly Amount[]): void {
  const to = placeAfter(event)
  const why = whyOf(draft, event, 'receiving')
  for (const { lot, mg } of amounts) {
    if (mg !== undefined) {
      draft.masses.push({ lot, kind: 'arrive', mg, ...(to === undefined ? {} : { to }), why })
    } else if (to !== undefined) draft.masses.push({ lot, kind: 'move', to, why })
  }
}

function counted(
  draft: Draft,
  event: ObjectEvent,
  amounts: readonly Amount[],
  place: string | undefined,
): void {
  const why = whyOf(draft, event, 'stock-take')
  for (const { lot, mg } of amounts) {
    if (mg !== undefined) draft.masses.push({ lot, kind: 'count', mg, ...placed(place), why })
  }
}

/** Things are at the business location after an event: whatever it was about, they went there. */
function moved(draft: Draft, event: ObjectEvent, amounts: readonly Amount[]): void {
  const to = event.bizLocation?.id
  if (to === undefined) return
  const before = placesBefore(draft, event)
  const why = whyOf(draft, event, 'move')
  for (const { lot, mg } of amounts) {
    const from = before(lot)
    // A foreign event that names no place to take from means the lot as a whole.
    const part = mg === undefined || from === undefined ? {} : { mg }
    draft.masses.push({ lot, kind: 'move', ...part, ...placed(from), to, why })
  }
}

function decided(draft: Draft, event: ObjectEvent, amounts: readonly Amount[]): void {
  const disposition = word(event.disposition)
  if (disposition !== 'conformant' && disposition !== 'non_conformant') return
  const isConformant = disposition === 'conformant'
  const said = releaseSaid(draft, event)
  for (const { lot } of amounts) {
    draft.releases.push({ lot, time: draft.time, event: draft.id, isConformant, ...said })
  }
}

function observed(draft: Draft, event: ObjectEvent, amounts: readonly Amount[]): void {
  const step = word(event.bizStep)
  if (draft.command === 'weigh') counted(draft, event, amounts, event.readPoint?.id)
  else if (step === 'stock_taking') counted(draft, event, amounts, placeAfter(event))
  else if (step === 'shipping') shipped(draft, event, amounts)
  else if (step === 'receiving') {
    const isBack = word(event.disposition) === 'returned'
    if (isBack) returned(draft, event, amounts)
    else arrived(draft, event, amounts)
  } else moved(draft, event, amounts)
  decided(draft, event, amounts)
}

export function readObjectEvent(draft: Draft, event: ObjectEvent): void {
  if (readCampaign(draft, event)) return
  const amounts = amountsOf(draft, event.quantityList)
  if (event.action === 'ADD') added(draft, event, amounts)
  else if (event.action === 'OBSERVE') observed(draft, event, amounts)
  else goes(draft, event, amounts, whyOf(draft, event, 'scrap'))
  readWeighings(draft, event, amounts)
  readAssays(draft, event)
}
