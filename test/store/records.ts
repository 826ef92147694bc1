/** Small records and states for the store, which looks into none of them. */
import type {
  EpcisEvent,
  Flow,
  LotState,
  Movement,
  NewRecord,
  Projection,
} from '../../src/ledger/index.ts'
import { contentHash } from '../../src/ledger/index.ts'
import { sha256 } from '../../src/store/index.ts'

export const lot = (name: string | number) => `https://site.example/lot/${name}`
export const day = 86_400_000
export const start = Date.parse('2026-01-01T00:00:00Z')

/** A record of an event with an ID; `event` changes the ordinary one. */
export function record(id: string | number, event: Partial<EpcisEvent> = {}): NewRecord {
  const eventID = `https://site.example/event/${id}`
  const whole = {
    type: 'ObjectEvent',
    action: 'OBSERVE',
    eventTime: '2026-01-01T00:00:00.000+00:00',
    eventTimeZoneOffset: '+00:00',
    eventID,
    epcList: [lot(id)],
    ...event,
  } as EpcisEvent
  const declared = whole.errorDeclaration?.declarationTime
  return {
    key: declared === undefined ? eventID : `${eventID} ${declared}`,
    contentHash: contentHash(whole, [], sha256),
    event: whole,
    context: [],
    by: 'somebody',
  }
}

export function state(name: string, places: Readonly<Record<string, number>> = {}): LotState {
  const order = { time: start, id: 'e' }
  return {
    uri: lot(name),
    master: { uri: lot(name), code: name, kind: 'feed', product: 'swarf' },
    first: order,
    last: order,
    places,
    mg: Object.values(places).reduce((sum, mg) => sum + mg, 0),
    came: 0,
    went: 0,
    adjusted: 0,
    weighings: [],
    assays: [],
    shipments: [],
    packings: [],
    findings: [],
  }
}

export const nothing: Projection = {
  upTo: 0,
  lots: [],
  refolded: [],
  movements: [],
  flows: [],
  campaigns: [],
  withdrawn: [],
}

export const movement = (
  name: string,
  place: string,
  time: number,
  after: number,
  id = `e${time}`,
): Movement => ({ lot: lot(name), place, time, id, change: 0, after, why: 'receive' })

export const flow = (
  node: string,
  name: string | number,
  direction: Flow['direction'],
  time: number,
  mg = 1,
): Flow => ({ node, lot: lot(name), direction, time, mg, event: `${node} ${name} ${time}` })
