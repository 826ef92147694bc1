import { balanceOf, book, openAccount, type Account } from './account.ts'
import { lotChecks, stateChecks, type Step } from './checks/index.ts'
import type { Effects, Order, Packing, Release, Shipment } from './effects.ts'
import type { Assay, LotMaster, Weighing } from './lot.ts'
import { compareOrder, partsOf, type Part } from './part.ts'
import type { LedgerFinding, LotState, Movement } from './state.ts'

export interface Folded {
  /** Undefined when no event speaks of the lot. */
  readonly state: LotState | undefined
  readonly movements: readonly Movement[]
}

/** A lot while its events are gone through. */
interface Folding {
  readonly uri: string
  readonly account: Account
  master: LotMaster | undefined
  first: Order | undefined
  last: Order | undefined
  readonly weighings: Weighing[]
  readonly assays: Assay[]
  readonly shipments: Shipment[]
  readonly packings: Packing[]
  readonly releases: Release[]
  readonly findings: LedgerFinding[]
  readonly movements: Movement[]
}

/** Findings that a lot keeps; what is wrong a hundred times is wrong. */
const mostFindings = 100

const ofStates: ReadonlySet<string> = new Set(stateChecks.map(({ code }) => code))

function begin(uri: string, from: LotState | undefined): Folding {
  return {
    uri,
    account: openAccount(from),
    master: from?.master,
    first: from?.first,
    last: from?.last,
    weighings: [...(from?.weighings ?? [])],
    assays: [...(from?.assays ?? [])],
    shipments: [...(from?.shipments ?? [])],
    packings: [...(from?.packings ?? [])],
    releases: [...(from?.releases ?? [])],
    findings: (from?.findings ?? []).filter(({ code }) => !ofStates.has(code)),
    movements: [],
  }
}

function bookPart(folding: Folding, { time, id }: Order, part: Part): void {
  const byPlace = new Map<string, { change: number; why: string }>()
  for (const effect of part.masses) {
    for (const { place, mg } of book(folding.account, effect)) {
      const before = byPlace.get(place)
      byPlace.set(place, {
        change: (before?.change ?? 0) + mg,
        why: before?.why ?? effect.why,
      })
    }
  }
  for (const [place, { change, why }] of byPlace) {
    const after = folding.account.places.get(place) ?? 0
    folding.movements.push({ lot: folding.uri, place, time, id, change, after, why })
  }
}

function runChecks(folding: Folding, step: Step): void {
  for (const { code, severity, find } of lotChecks) {
    const message = find(step)
    if (message === undefined || folding.findings.length >= mostFindings) continue
    const { time, id } = step.event
    folding.findings.push({ code, severity, message, lot: folding.uri, event: id, time })
  }
}

function takeIn(folding: Folding, event: Effects, part: Part): void {
  const { account, uri } = folding
  const before = {
    places: new Map(account.places),
    came: account.came,
    master: folding.master,
    releases: [...folding.releases],
  }
  folding.master ??= part.masters[0]
  folding.first ??= { time: event.time, id: event.id }
  folding.last = { time: event.time, id: event.id }
  folding.weighings.push(...part.weighings)
  folding.assays.push(...part.assays)
  folding.shipments.push(...part.shipments)
  folding.packings.push(...part.packings)
  folding.releases.push(...part.releases)
  bookPart(folding, event, part)
  runChecks(folding, { uri, event, part, before, after: { places: account.places } })
}

function finish(folding: Folding): LotState | undefined {
  const { first, last, account, uri, master } = folding
  if (first === undefined || last === undefined) return undefined
  const state: LotState = {
    uri,
    ...(master === undefined ? {} : { master }),
    first,
    last,
    places: Object.fromEntries([...account.places].sort(([a], [b]) => (a < b ? -1 : 1))),
    mg: balanceOf(account),
    came: account.came,
    went: account.went,
    adjusted: account.adjusted,
    weighings: folding.weighings,
    assays: folding.assays,
    shipments: folding.shipments,
    packings: folding.packings,
    releases: folding.releases,
    findings: folding.findings,
  }
  const found = stateChecks.flatMap(({ code, severity, find }): LedgerFinding[] => {
    const message = find(state)
    return message === undefined
      ? []
      : [{ code, severity, message, lot: uri, event: first.id, time: first.time }]
  })
  return found.length === 0 ? state : { ...state, findings: [...state.findings, ...found] }
}

/**
 * What events make of a lot, in the order of their time and then of their id, whatever order they
 * are given in. With a state `from` it goes on where that ends: every event must then be later
 * than its `last`. Void events are the caller's to leave out. Nothing is refused: what is not as
 * it should be is a finding of the state.
 */
export function foldLot(uri: string, events: readonly Effects[], from?: LotState): Folded {
  const folding = begin(uri, from)
  for (const event of [...events].sort(compareOrder)) {
    const part = partsOf(event).get(uri)
    if (part !== undefined) takeIn(folding, event, part)
  }
  return { state: finish(folding), movements: folding.movements }
}
