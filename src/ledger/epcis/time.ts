/** Date-times of EPCIS (ISO 8601 with an offset) as milliseconds since 1970, and back. */

const days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** The number that the digits from `from` to `to` (exclusive) write, or NaN. */
function digits(text: string, from: number, to: number): number {
  let n = 0
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i) - 48
    if (!(c >= 0 && c <= 9)) return Number.NaN
    n = n * 10 + c
  }
  return n
}

/** Minutes east of Greenwich of `Z` or `+hh:mm` from a place on to the end of the text, or NaN. */
function offsetAt(text: string, at: number): number {
  const sign = text[at]
  if (sign === 'Z') return text.length === at + 1 ? 0 : Number.NaN
  if ((sign !== '+' && sign !== '-') || text.length !== at + 6 || text[at + 3] !== ':') {
    return Number.NaN
  }
  const [hours, minutes] = [digits(text, at + 1, at + 3), digits(text, at + 4, at + 6)]
  const isInRange = hours < 14 ? minutes <= 59 : hours === 14 && minutes === 0
  if (!isInRange) return Number.NaN
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes)
}

/** Minutes east of Greenwich of an `eventTimeZoneOffset` such as +01:00; undefined for others. */
export function offsetOf(text: string): number | undefined {
  const minutes = text === 'Z' ? Number.NaN : offsetAt(text, 0)
  return Number.isNaN(minutes) ? undefined : minutes
}

/**
 * Milliseconds since 1970 of a date-time with seconds and an offset; what is less than a
 * millisecond falls away. Undefined where it is none.
 */
export function timeOf(text: string): number | undefined {
  return read(text, false)
}

/** The same to the nearest millisecond (half up), as CBV 2.0 rounds for the event hash. */
export function nearestTimeOf(text: string): number | undefined {
  return read(text, true)
}

function read(text: string, isRounded: boolean): number | undefined {
  const form =
    text[4] === '-' && text[7] === '-' && text[10] === 'T' && text[13] === ':' && text[16] === ':'
  if (!form) return undefined
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)]
  const [hour, minute, second] = [digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19)]
  let at = 19
  let fraction = 0
  if (text[at] === '.') {
    while (text.charCodeAt(at + 1) >= 48 && text.charCodeAt(at + 1) <= 57) at++
    if (at === 19) return undefined
    // By its digits: a fraction times a thousand is not always what it writes.
    const next = isRounded && at >= 23 ? text.charCodeAt(23) - 48 : 0
    fraction = Number(text.slice(20, Math.min(at + 1, 23)).padEnd(3, '0')) + (next >= 5 ? 1 : 0)
    at++
  }
  const isLeap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const isDate = day >= 1 && day <= (isLeap ? 29 : (days[month - 1] ?? 0))
  if (!isDate || !(hour <= 23 && minute <= 59 && second <= 59)) return undefined
  const offset = offsetAt(text, at)
  if (Number.isNaN(offset)) return undefined
  const ms = Date.UTC(year, month - 1, day, hour, minute, second) - offset * 60e3 + fraction
  // Years before 100 mean 19xx to Date.UTC.
  return year < 100 ? undefined : ms
}

/** A time (ms since 1970) in the local time of an offset: 2026-03-01T08:00:00.000+00:00. */
export function timeText(ms: number, offset = '+00:00'): string {
  const minutes = offsetOf(offset)
  if (minutes === undefined) throw new Error(`${offset} is no offset such as +01:00`)
  return new Date(ms + minutes * 60e3).toISOString().slice(0, -1) + offset
}
