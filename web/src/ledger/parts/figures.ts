import { formatNumber, formatPpm, formatWithUnit } from '../../ui/format.ts'

const narrow = '\u202f'

/** Units in which a mass of so many milligrams is read, the largest first. */
const masses = [
  [1e9, 't'],
  [1e6, 'kg'],
  [1e3, 'g'],
  [1, 'mg'],
] as const

/** A mass in mg as people read it: `412.5 kg`, five digits; tonnes from ten on. */
export function massText(mg: number | undefined, digits = 5): string {
  if (mg === undefined) return 'unknown'
  const size = Math.abs(mg)
  const [per, unit] = masses.find(([per]) => size >= (per === 1e9 ? 10 * per : per)) ?? masses[1]
  return mg === 0 ? `0${narrow}kg` : formatWithUnit(mg / per, unit, digits)
}

/** A mass in kg to the milligram, for columns that are added up: `412.500`. */
export function kgText(mg: number, places = 3): string {
  const [whole = '', part = ''] = (Math.abs(mg) / 1e6).toFixed(places).split('.')
  const spaced = whole.length > 4 ? whole.replace(/\B(?=(?:\d{3})+$)/g, '\u2009') : whole
  return `${mg < 0 ? '\u2212' : ''}${spaced}.${part}`
}

/** A mass fraction: percent from 0.1 % on, ppm below. */
export function fractionText(fraction: number | undefined, digits = 4): string {
  if (fraction === undefined) return 'unknown'
  if (fraction !== 0 && Math.abs(fraction) < 1e-3) return formatPpm(fraction, 3)
  return formatWithUnit(100 * fraction, '%', digits)
}

/** A fraction with its uncertainty in one unit: `31.2 ± 0.4 %`. */
export function sureText(fraction: number, u: number | undefined): string {
  if (u === undefined || u === 0) return fractionText(fraction)
  const [factor, unit] = Math.abs(fraction) < 1e-3 ? [1e6, 'ppm'] : [100, '%']
  const place = Math.floor(Math.log10(u * factor)) - 1
  const places = Math.max(0, Math.min(-place, 9))
  const shown = (factor * fraction).toFixed(places)
  return `${shown} ± ${(factor * u).toFixed(places)}${narrow}${unit}`
}

const two = (part: number) => String(part).padStart(2, '0')

/** A time of the ledger as it is read here, to the minute: `2026-03-01 08:00`. */
export function timeText(ms: number | undefined): string {
  if (ms === undefined) return ''
  const at = new Date(ms)
  return `${dayText(ms)} ${two(at.getHours())}:${two(at.getMinutes())}`
}

/** The day of a time of the ledger, as it is here. */
export function dayText(ms: number | undefined): string {
  if (ms === undefined) return ''
  const at = new Date(ms)
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
}

/** A time with its offset, as events carry it: `2026-03-01T08:00:00+01:00`. */
export function withOffset(ms: number): string {
  const at = new Date(ms)
  const late = -at.getTimezoneOffset()
  const size = Math.abs(late)
  const offset = `${late < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
  return `${dayText(ms)}T${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}${offset}`
}

/** What a `datetime-local` field takes. */
export const fieldTime = (ms: number): string => withOffset(ms).slice(0, 16)

/** What a `datetime-local` field says, ms; undefined where it is empty. */
export function timeOfField(value: string): number | undefined {
  const ms = value === '' ? Number.NaN : new Date(value).getTime()
  return Number.isFinite(ms) ? ms : undefined
}

/** The end of a URI, where it has one that says enough. */
export function shortUri(uri: string): string {
  const [last = ''] = uri.split(/[/:#]/).slice(-1)
  return last === '' ? uri : decoded(last)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A count with its thing: `1 lot`, `412 lots`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${formatNumber(count, 9)} ${count === 1 ? one : many}`
