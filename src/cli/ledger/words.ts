/** How the terminal writes what the ledger holds. */
import { codeOf, timeOf } from '../../ledger/index.ts'
import { formatNumber } from '../../quantities/index.ts'

/** A time as people read it: to the minute, UTC. */
export const when = (time: number): string =>
  `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')}Z`

/** Kilograms, to the gram where it is less than a tonne. */
export const kg = (mg: number): string => formatNumber(mg / 1e6, 7)

export const code = (uri: string | undefined): string => (uri === undefined ? '' : codeOf(uri))

/**
 * A time of an option: with an offset, or a day, which begins at midnight UTC. Undefined for
 * anything else.
 */
export function readTime(text: string): number | undefined {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return timeOf(`${text}T00:00:00Z`)
  return timeOf(text.replace(/^(\S+T\d\d:\d\d)(Z|[+-]\d\d:\d\d)$/, '$1:00$2'))
}

export const timeWanted = 'a day, 2026-03-01, or a time with an offset, 2026-03-01T08:00:00+00:00'

/** A whole number of an option in a range, or undefined. */
export function wholeNumber(text: string, least: number, most: number): number | undefined {
  const value = Number(text)
  return /^\d+$/.test(text) && value >= least && value <= most ? value : undefined
}

/** A mass fraction as a laboratory writes it: percent, or ppm where it is small. */
export function fraction(value: number): string {
  const isSmall = value < 1e-3
  return `${Number((value * (isSmall ? 1e6 : 100)).toPrecision(5))} ${isSmall ? 'ppm' : '%'}`
}
