/** Times as people write them in commands. */
import { offsetOf, timeOf } from '../../epcis/time.ts'

/** A time with seconds, where people left them out: 2026-03-01T08:00Z. */
export function longTime(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.exec(
    text.trim(),
  )
  if (match === null) return text
  const [, date, minutes, seconds = ':00', offset] = match
  return `${date}T${minutes}${seconds}${offset}`
}

export interface When {
  /** Milliseconds since 1970. */
  readonly time: number
  /** As EPCIS writes it: +01:00. */
  readonly offset: string
}

/** When a command happened, by what its input says; the present where it says nothing. */
export function whenOf(text: string | undefined, now: number): When {
  if (text === undefined) return { time: now, offset: '+00:00' }
  const long = longTime(text)
  const offset = long.endsWith('Z') ? '+00:00' : long.slice(-6)
  return { time: timeOf(long) ?? now, offset: offsetOf(offset) === undefined ? '+00:00' : offset }
}
