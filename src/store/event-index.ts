/** What an event can be found by. */
import { canonicalUri } from '../ledger/index.ts'
import type { EpcisEvent, ListedField, QuantityElement } from '../ledger/index.ts'

export interface Indexed {
  readonly type: string
  readonly action?: string | undefined
  readonly bizStep?: string | undefined
  readonly disposition?: string | undefined
  /** As they are spelt, for the lists of the log's values. */
  readonly readPointID?: string | undefined
  readonly bizLocationID?: string | undefined
  /** Canonical: of the spellings of one identifier each finds the others. */
  readonly readPoint?: string | undefined
  readonly bizLocation?: string | undefined
  readonly transformation?: string | undefined
  readonly time: number
  readonly isDeclaration: boolean
  /** Every EPC, class and parent that the event names, in any role, once each, as spelt. */
  readonly epcs: readonly string[]
  /** These, its transformation and its business transactions, canonical. */
  readonly things: readonly string[]
}

/** Fields of all five types of events, as far as they name things. */
interface Named {
  readonly type: string
  readonly eventTime: string
  readonly action?: string
  readonly parentID?: string
  readonly epcList?: readonly string[]
  readonly childEPCs?: readonly string[]
  readonly inputEPCList?: readonly string[]
  readonly outputEPCList?: readonly string[]
  readonly quantityList?: readonly QuantityElement[]
  readonly childQuantityList?: readonly QuantityElement[]
  readonly inputQuantityList?: readonly QuantityElement[]
  readonly outputQuantityList?: readonly QuantityElement[]
  readonly transformationID?: string
  readonly bizTransactionList?: readonly { readonly bizTransaction: string }[]
}

function addEpcs(found: string[], epcs: readonly string[] | undefined): void {
  if (epcs === undefined) return
  for (const epc of epcs) found.push(epc)
}

function addClasses(found: string[], list: readonly QuantityElement[] | undefined): void {
  if (list === undefined) return
  for (const { epcClass } of list) found.push(epcClass)
}

function epcsOf(named: Named): readonly string[] {
  const found: string[] = []
  addEpcs(found, named.epcList)
  addClasses(found, named.quantityList)
  addEpcs(found, named.childEPCs)
  addClasses(found, named.childQuantityList)
  addEpcs(found, named.inputEPCList)
  addClasses(found, named.inputQuantityList)
  addEpcs(found, named.outputEPCList)
  addClasses(found, named.outputQuantityList)
  if (named.parentID !== undefined) found.push(named.parentID)
  return found.length > 1 ? [...new Set(found)] : found
}

function thingsIn(named: Named, epcs: readonly string[]): readonly string[] {
  const found = epcs.map(canonicalUri)
  if (named.transformationID !== undefined) found.push(canonicalUri(named.transformationID))
  for (const { bizTransaction } of named.bizTransactionList ?? []) {
    found.push(canonicalUri(bizTransaction))
  }
  return found.length > 1 ? [...new Set(found)] : found
}

const canonical = (uri: string | undefined) => (uri === undefined ? undefined : canonicalUri(uri))

export function indexOf(event: EpcisEvent): Indexed {
  const named = event as Named
  const epcs = epcsOf(named)
  return {
    type: named.type,
    action: named.action,
    bizStep: event.bizStep,
    disposition: event.disposition,
    readPointID: event.readPoint?.id,
    bizLocationID: event.bizLocation?.id,
    readPoint: canonical(event.readPoint?.id),
    bizLocation: canonical(event.bizLocation?.id),
    transformation: canonical(named.transformationID),
    time: Math.floor(Date.parse(named.eventTime)),
    isDeclaration: event.errorDeclaration !== undefined,
    epcs,
    things: thingsIn(named, epcs),
  }
}

/** Every text of these events that gets a number. */
export function namesIn(indexed: readonly Indexed[]): Set<string> {
  const names = new Set<string>()
  for (const event of indexed) {
    names.add(event.type)
    if (event.action !== undefined) names.add(event.action)
    if (event.bizStep !== undefined) names.add(event.bizStep)
    if (event.disposition !== undefined) names.add(event.disposition)
    if (event.readPoint !== undefined) names.add(event.readPoint)
    if (event.bizLocation !== undefined) names.add(event.bizLocation)
    for (const thing of event.things) names.add(thing)
  }
  return names
}

/** What the lists of the log's values have already. */
export type Listed = Readonly<Record<ListedField, Set<string>>>

export const emptyListed = (): Listed => ({
  eventTypes: new Set(),
  epcs: new Set(),
  bizSteps: new Set(),
  bizLocations: new Set(),
  readPoints: new Set(),
  dispositions: new Set(),
})

/** Values of these events that `known` has not, as field and value. */
export function newlyListed(known: Listed, events: readonly Indexed[]): [ListedField, string][] {
  const found = emptyListed()
  const note = (field: ListedField, value: string | undefined) => {
    if (value !== undefined && !known[field].has(value)) found[field].add(value)
  }
  for (const event of events) {
    note('eventTypes', event.type)
    note('bizSteps', event.bizStep)
    note('dispositions', event.disposition)
    note('readPoints', event.readPointID)
    note('bizLocations', event.bizLocationID)
    for (const epc of event.epcs) note('epcs', epc)
  }
  const fields = Object.entries(found) as [ListedField, Set<string>][]
  return fields.flatMap(([field, values]) =>
    [...values].sort().map((value): [ListedField, string] => [field, value]),
  )
}
