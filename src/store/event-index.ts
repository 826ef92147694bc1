/** What an event can be found by. */
import type { EpcisEvent, ListedField, QuantityElement } from '../ledger/index.ts'

export interface Indexed {
  readonly type: string
  readonly action?: string | undefined
  readonly bizStep?: string | undefined
  readonly disposition?: string | undefined
  readonly readPoint?: string | undefined
  readonly bizLocation?: string | undefined
  readonly transformation?: string | undefined
  readonly time: number
  readonly isDeclaration: boolean
  /** Every EPC, class, parent and transformation that the event names, in any role. */
  readonly things: ReadonlySet<string>
  readonly epcs: ReadonlySet<string>
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
}

const epcLists = ['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList'] as const
const quantityLists = [
  'quantityList',
  'childQuantityList',
  'inputQuantityList',
  'outputQuantityList',
] as const

export function indexOf(event: EpcisEvent): Indexed {
  const named = event as Named
  const epcs = new Set<string>()
  for (const list of epcLists) for (const epc of named[list] ?? []) epcs.add(epc)
  for (const list of quantityLists) for (const { epcClass } of named[list] ?? []) epcs.add(epcClass)
  if (named.parentID !== undefined) epcs.add(named.parentID)
  const things = new Set(epcs)
  if (named.transformationID !== undefined) things.add(named.transformationID)
  return {
    type: named.type,
    action: named.action,
    bizStep: event.bizStep,
    disposition: event.disposition,
    readPoint: event.readPoint?.id,
    bizLocation: event.bizLocation?.id,
    transformation: named.transformationID,
    time: Math.floor(Date.parse(named.eventTime)),
    isDeclaration: event.errorDeclaration !== undefined,
    things,
    epcs,
  }
}

/** Every text of these events that gets a number. */
export function namesIn(indexed: readonly Indexed[]): Set<string> {
  const names = new Set<string>()
  for (const event of indexed) {
    names.add(event.type)
    for (const name of [event.action, event.bizStep, event.disposition, event.readPoint]) {
      if (name !== undefined) names.add(name)
    }
    if (event.bizLocation !== undefined) names.add(event.bizLocation)
    for (const thing of event.things) names.add(thing)
  }
  return names
}

/** Values for the lists of what occurs in the log, as `field value`. */
export function listedIn(event: Indexed): (readonly [ListedField, string])[] {
  const found: (readonly [ListedField, string])[] = [['eventTypes', event.type]]
  if (event.bizStep !== undefined) found.push(['bizSteps', event.bizStep])
  if (event.disposition !== undefined) found.push(['dispositions', event.disposition])
  if (event.readPoint !== undefined) found.push(['readPoints', event.readPoint])
  if (event.bizLocation !== undefined) found.push(['bizLocations', event.bizLocation])
  for (const epc of event.epcs) found.push(['epcs', epc])
  return found
}
