/** Said at the head of everything that comes of a made-up history. */
export const syntheticText = 'SYNTHETIC: a made-up history, not of a real business'

/** A day as 2026-03-01, a moment as 2026-03-01 08:00 (UTC). */
export const dayText = (time: number): string => new Date(time).toISOString().slice(0, 10)
export const momentText = (time: number): string =>
  `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** mg as kg with what of it is not nothing: 24.5, 0.000 125. */
export function kilograms(mg: number): string {
  const [whole = '0', fraction = ''] = (mg / 1e6).toFixed(6).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, '\u2009')
  const digits = fraction.replace(/0+$/, '')
  return digits === '' ? grouped : `${grouped}.${digits}`
}

/** The last part of a URI: what people call it. */
export const nameOf = (uri: string): string =>
  decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1))

export const sections = (...parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join('\n\n')
