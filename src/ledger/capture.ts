/** Events on their way in: checked, named, and appended. */
import { canonical } from './canonical.ts'
import { newRecord } from './chain.ts'
import type { CaptureBehaviour } from './desk.ts'
import type { EpcisEvent, Json } from './epcis/event.ts'
import type { EpcisExceptionName } from './epcis/exceptions.ts'
import { prehash } from './epcis/hash.ts'
import type { Problem } from './epcis/problem.ts'
import { checkEvent } from './epcis/validate.ts'
import type { Ledger } from './ledger.ts'
import type { NewRecord, StoredEvent } from './store.ts'

/** The most events that one capture may bring. */
export const captureLimit = 10_000

/** Of one event's problems no more are told; where all is refused, no more altogether. */
const mostTold = 20
const enoughTold = 1000

export interface CaptureProblem extends Problem {
  /** Which of the events, 0 for the first; -1: all of them together. */
  readonly event: number
  readonly exception: EpcisExceptionName
}

export interface Captured {
  /** False when anything was refused. */
  readonly ok: boolean
  /** Event IDs of what is new in the log, and of what was there already. */
  readonly stored: readonly string[]
  readonly known: readonly string[]
  readonly errors: readonly CaptureProblem[]
}

export interface CaptureHow {
  /** Account that captures. */
  readonly by: string
  readonly behaviour: CaptureBehaviour
  /** User fields that are no facts of the events: `ignored` of their document. */
  readonly ignored?: readonly string[]
}

/** A record, and the place of its event in the capture. */
interface Arrived {
  readonly record: NewRecord
  readonly at: number
}

const conflict = (at: number, key: string): CaptureProblem => ({
  event: at,
  exception: 'ResourceAlreadyExistsException',
  path: 'eventID',
  message: `another event has the ID ${key.split(' ')[0]}`,
  expected: 'an ID of its own, or none; a correction is a new event and an errorDeclaration',
})

interface Arrivals {
  /** Valid events, one for each key, and those that say the same under a key once more. */
  readonly arrived: readonly Arrived[]
  readonly again: readonly Arrived[]
  /** Those that say something else under a key that came before. */
  readonly later: readonly Arrived[]
  readonly errors: CaptureProblem[]
}

function arrivals(
  events: readonly unknown[],
  context: Json,
  how: CaptureHow,
  sha256: (text: string) => string,
): Arrivals {
  const arrived: Arrived[] = []
  const again: Arrived[] = []
  const later: Arrived[] = []
  const errors: CaptureProblem[] = []
  const first = new Map<string, NewRecord>()
  for (const [at, event] of events.entries()) {
    const problems = checkEvent(event, context)
    for (const problem of problems.slice(0, mostTold)) {
      errors.push({ event: at, exception: 'ValidationException', ...problem })
    }
    if (how.behaviour === 'rollback' && errors.length >= enoughTold) break
    if (problems.length > 0) continue
    const record = newRecord(event as EpcisEvent, context, how.by, sha256, how.ignored)
    const earlier = first.get(record.key)
    if (earlier !== undefined) {
      const where = isSame(earlier, record) ? again : later
      where.push({ record, at })
      continue
    }
    first.set(record.key, record)
    arrived.push({ record, at })
  }
  return { arrived, again, later, errors }
}

/** True for two records of one key that say the same, though perhaps in other spellings. */
function isSame(a: NewRecord, b: NewRecord): boolean {
  if (a.contentHash === b.contentHash) return true
  const [one, other] = [a, b].map(
    ({ event, context }) =>
      `${prehash(event, context)} ${canonical(event.errorDeclaration as unknown as Json)}`,
  )
  return one === other
}

/** Those whose key is taken by a record that says something else, and those that are known. */
async function sortOut(
  ledger: Ledger,
  taken: readonly Arrived[],
): Promise<{ known: readonly Arrived[]; conflicts: readonly Arrived[] }> {
  const there = new Map<string, StoredEvent>()
  const all = taken.length === 0 ? [] : await ledger.store.byEventIDs(idsOf(taken))
  for (const stored of all) there.set(stored.key, stored)
  const isKnown = ({ record }: Arrived) => {
    const stored = there.get(record.key)
    return stored !== undefined && isSame(stored, record)
  }
  return { known: taken.filter(isKnown), conflicts: taken.filter((one) => !isKnown(one)) }
}

const idsOf = (arrived: readonly Arrived[]) =>
  arrived.flatMap(({ record }) => record.event.eventID ?? [])

/** Appends; what conflicts is left out and told, and where all or none is asked that is the end. */
async function settle(
  ledger: Ledger,
  arrived: readonly Arrived[],
  behaviour: CaptureBehaviour,
): Promise<{ stored: readonly Arrived[]; known: Arrived[]; conflicts: readonly Arrived[] }> {
  const known: Arrived[] = []
  const conflicts: Arrived[] = []
  let waiting = arrived
  while (waiting.length > 0) {
    const records = waiting.map(({ record }) => record)
    const answers = await ledger.store.append(records, ledger.now())
    const keys = (outcome: string) =>
      new Set(answers.flatMap((answer) => (answer.outcome === outcome ? answer.key : [])))
    const [taken, there] = [keys('conflict'), keys('known')]
    const is = (keys: ReadonlySet<string>) => (one: Arrived) => keys.has(one.record.key)
    if (taken.size === 0) {
      known.push(...waiting.filter(is(there)))
      return { stored: waiting.filter((one) => !is(there)(one)), known, conflicts }
    }
    const sorted = await sortOut(ledger, waiting.filter(is(taken)))
    known.push(...sorted.known)
    conflicts.push(...sorted.conflicts)
    if (conflicts.length > 0 && behaviour === 'rollback') break
    waiting = waiting.filter((one) => !is(taken)(one))
  }
  return { stored: [], known, conflicts }
}

/**
 * Captures events: all of them or none (rollback), or the good ones (proceed). An event without an
 * ID gets its CBV 2.0 hash. The same event again is known, not an error; another content under an
 * ID that is taken is a ResourceAlreadyExistsException.
 */
export async function capture(
  ledger: Ledger,
  events: readonly unknown[],
  context: Json,
  how: CaptureHow,
): Promise<Captured> {
  if (events.length > captureLimit) return tooMany(events.length)
  const { arrived, again, later, errors } = arrivals(events, context, how, ledger.sha256)
  const refuse = (conflicts: readonly Arrived[]) => {
    for (const { record, at } of conflicts) errors.push(conflict(at, record.key))
  }
  const isAll = how.behaviour === 'rollback'
  if (isAll) refuse(later)
  if (isAll && errors.length > 0) return refused(errors)
  const settled = await settle(ledger, arrived, how.behaviour)
  refuse(settled.conflicts)
  if (isAll && errors.length > 0) return refused(errors)
  const late = isAll ? { known: [], conflicts: [] } : await sortOut(ledger, later)
  refuse(late.conflicts)
  return {
    ok: errors.length === 0,
    stored: idsOf(settled.stored),
    known: idsOf([...settled.known, ...again, ...late.known]),
    errors: inOrder(errors),
  }
}

const refused = (errors: readonly CaptureProblem[]): Captured => ({
  ok: false,
  stored: [],
  known: [],
  errors: inOrder(errors),
})

const inOrder = (errors: readonly CaptureProblem[]) => errors.toSorted((a, b) => a.event - b.event)

function tooMany(count: number): Captured {
  const error: CaptureProblem = {
    event: -1,
    exception: 'CaptureLimitExceededException',
    path: '',
    message: `${count} events are too many for one capture`,
    expected: `at most ${captureLimit} events`,
  }
  return refused([error])
}
