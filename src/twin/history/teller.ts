/** Tells what happens in the order of time, as commands; each act may bring further acts about. */
import { type EpcisEvent, timeText } from '../../ledger/index.ts'
import { type Memory, tell } from './memory.ts'

export type Act = (teller: Teller) => void

interface Due {
  readonly time: number
  readonly act: Act
}

export interface Teller {
  readonly memory: Memory
  /** The time of the act that is under way, ms since 1970. */
  readonly now: () => number
  /** Runs a command now; its events. */
  readonly say: (name: string, input: Readonly<Record<string, unknown>>) => readonly EpcisEvent[]
  /** Something that happens later. */
  readonly later: (time: number, act: Act) => void
}

/** What was captured at one time. */
export interface Captured {
  /** recordTime, ms since 1970. */
  readonly time: number
  readonly events: readonly EpcisEvent[]
}

const day = 86_400_000
/** No two commands happen at the same second. */
const apart = 1000

function insert(queue: Due[], due: Due, from: number): void {
  let [low, high] = [from, queue.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((queue[middle]?.time ?? 0) <= due.time) low = middle + 1
    else high = middle
  }
  queue.splice(low, 0, due)
}

/** Everything up to an end, a day at a time: what happened is captured by the next midnight. */
export function* tellAll(
  memory: Memory,
  acts: readonly Due[],
  to: number,
): Generator<Captured, void> {
  const queue = [...acts].sort((a, b) => a.time - b.time)
  let [now, at] = [0, 0]
  let events: EpcisEvent[] = []
  const teller: Teller = {
    memory,
    now: () => now,
    say: (name, input) => {
      const told = tell(memory, name, { ...input, time: timeText(now) }, now)
      events.push(...told)
      now += apart
      return told
    },
    later: (time, act) => insert(queue, { time, act }, at),
  }
  for (; at < queue.length; ) {
    const due = queue[at]
    at += 1
    if (due === undefined || due.time >= to) break
    const midnight = (Math.floor(now / day) + 1) * day
    if (due.time >= midnight && events.length > 0) {
      yield { time: Math.min(midnight, to), events }
      events = []
    }
    now = Math.max(now, due.time)
    due.act(teller)
  }
  if (events.length > 0) yield { time: to, events }
}
