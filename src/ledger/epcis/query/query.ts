/** What a query of EPCIS asks, taken apart. */
import type { StoredEvent } from '../../store.ts'
import type { Json } from '../event.ts'
import type { EpcisException } from '../exceptions.ts'

/** One thing that an event must be for a query to find it. */
export interface Condition {
  /** As it was asked: EQ_bizStep. */
  readonly parameter: string
  readonly holds: (stored: StoredEvent) => boolean
}

export interface EpcisQuery {
  /** The parameters that say which events; what a token of a page is bound to. */
  readonly text: string
  readonly conditions: readonly Condition[]
  /** Undefined: any order will do. */
  readonly orderBy?: 'eventTime' | 'recordTime'
  readonly direction: 'ASC' | 'DESC'
  /** Only so many, the first of the order. */
  readonly eventCountLimit?: number
  /** Refuse where there are more. */
  readonly maxEventCount?: number
  readonly perPage?: number
  readonly nextPageToken?: string
}

export type QueryRead =
  | { readonly ok: true; readonly query: EpcisQuery }
  | { readonly ok: false; readonly problem: EpcisException }

/** Reads the parameters of an address, or the JSON of a query. */
export function readQuery(params: ReadonlyMap<string, string> | Json): QueryRead {
  const detail = String(params)
  return { ok: false, problem: { name: 'QueryParameterException', detail } }
}

/** True for an event that a query asks for. */
export function matches(stored: StoredEvent, query: EpcisQuery): boolean {
  return query.conditions.every((condition) => condition.holds(stored))
}
