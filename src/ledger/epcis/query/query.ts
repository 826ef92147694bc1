/** What a query of EPCIS asks, taken apart. */
import { canonical } from '../../canonical.ts'
import type { StoredEvent } from '../../store.ts'
import { namespacesOf } from '../context.ts'
import type { Json } from '../event.ts'
import type { EpcisException } from '../exceptions.ts'
import { partOf } from './parameters.ts'
import { isRecord, isWrong, numberIn, type Part, type Wrong } from './part.ts'

export interface EpcisQuery {
  /** The parameters that say which events, in one form; what the token of a page is bound to. */
  readonly text: string
  readonly parts: readonly Part[]
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

type Controls = { -readonly [Name in keyof Omit<EpcisQuery, 'text' | 'parts'>]: EpcisQuery[Name] }

const count = (name: string, value: Json): number | Wrong => {
  const n = numberIn(value)
  return Number.isSafeInteger(n) && n > 0 ? n : { wrong: `${name} takes a whole number above zero` }
}

/** Parameters that say how to answer: each sets its control, or says what is wrong. */
const controls: Readonly<Record<string, (value: Json, to: Controls) => Wrong | undefined>> = {
  '@context': () => undefined,
  orderBy: (value, to) => {
    if (value === 'eventTime' || value === 'recordTime') {
      to.orderBy = value
      return undefined
    }
    const isOther = typeof value === 'string' && value.includes(':')
    const wrong = 'orderBy takes eventTime or recordTime'
    return isOther ? { wrong, name: 'QueryTooComplexException' } : { wrong }
  },
  orderDirection: (value, to) => {
    if (value !== 'ASC' && value !== 'DESC') return { wrong: 'orderDirection takes ASC or DESC' }
    to.direction = value
    return undefined
  },
  eventCountLimit: (value, to) => {
    const n = count('eventCountLimit', value)
    if (isWrong(n)) return n
    to.eventCountLimit = n
    return undefined
  },
  maxEventCount: (value, to) => {
    const n = count('maxEventCount', value)
    if (isWrong(n)) return n
    to.maxEventCount = n
    return undefined
  },
  perPage: (value, to) => {
    const n = count('perPage', value)
    if (isWrong(n)) return n
    to.perPage = n
    return undefined
  },
  nextPageToken: (value, to) => {
    if (typeof value !== 'string') return { wrong: 'nextPageToken takes the text of a token' }
    to.nextPageToken = value
    return undefined
  },
}

/**
 * Reads the parameters of an address (values of one parameter apart by `|`), or the JSON of a
 * query. Everything that is wrong is told at once, as a QueryParameterException.
 */
export function readQuery(params: ReadonlyMap<string, string> | Json): QueryRead {
  const isText = params instanceof Map
  const fields: Json = isText
    ? Object.fromEntries(params as ReadonlyMap<string, string>)
    : (params as Json)
  if (!isRecord(fields)) return refused([{ wrong: 'a query is a record of its parameters' }])
  const names = namespacesOf(fields['@context'] ?? null)
  const to: Controls = { direction: fields['orderBy'] === undefined ? 'ASC' : 'DESC' }
  const parts: Part[] = []
  const wrong: Wrong[] = []
  for (const [parameter, value] of Object.entries(fields)) {
    const control = Object.hasOwn(controls, parameter) ? controls[parameter] : undefined
    const made =
      control === undefined ? partOf({ parameter, value, isText, names }) : control(value, to)
    if (isWrong(made)) wrong.push(made)
    else if (made !== undefined) parts.push(made)
  }
  if (to.eventCountLimit !== undefined && to.maxEventCount !== undefined) {
    wrong.push({ wrong: 'eventCountLimit and maxEventCount exclude each other' })
  }
  if (wrong.length > 0) return refused(wrong)
  const { perPage: _, nextPageToken: __, ...lasting } = fields
  return { ok: true, query: { ...to, text: canonical(lasting), parts } }
}

function refused(wrong: readonly Wrong[]): QueryRead {
  const name = wrong.find((one) => one.name !== undefined)?.name ?? 'QueryParameterException'
  const detail = wrong.map((one) => one.wrong).join('; ')
  return { ok: false, problem: { name, detail } }
}

/** True for an event that a query asks for. */
export function matches(stored: StoredEvent, query: EpcisQuery): boolean {
  return query.parts.every((part) => part.holds(stored))
}
