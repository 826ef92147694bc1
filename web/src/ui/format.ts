/**
 * Numbers as the page shows them: four significant digits, a thin space between thousands, a narrow
 * no-break space before the unit. Unknown is unknown, never zero.
 */
const thin = '\u2009'
const narrow = '\u202f'
const minus = '\u2212'

/** What is shown where there is no value. */
const unknown = 'unknown'

/** A number with so many significant digits and grouped thousands: `12 480`, `3.1e−7`. */
export function formatNumber(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? unknown : value > 0 ? '∞' : `${minus}∞`
  if (value === 0) return '0'
  const size = Math.abs(value)
  const sign = value < 0 ? minus : ''
  if (size < 1e-4 || size >= 1e9) {
    const [mantissa = '', exponent = ''] = size.toExponential(digits - 1).split('e')
    const power = exponent.replace('+', '').replace('-', minus)
    return `${sign}${Number(mantissa)}e${power}`
  }
  const rounded = Number(size.toPrecision(digits))
  const places = Math.max(0, digits - 1 - Math.floor(Math.log10(rounded)))
  const text = rounded.toFixed(Math.min(places, 12))
  return sign + grouped(text.includes('.') ? text.replace(/\.?0+$/, '') : text)
}

/** Thin spaces between thousands, from five digits on. */
function grouped(text: string): string {
  const [whole = '', part] = text.split('.')
  const spaced = whole.length > 4 ? whole.replace(/\B(?=(?:\d{3})+$)/g, thin) : whole
  return part === undefined ? spaced : `${spaced}.${part}`
}

/** A number with its unit: `20 L/h`; without a unit the number alone. */
export function formatWithUnit(value: number, unit: string, digits = 4): string {
  const text = formatNumber(value, digits)
  return unit === '' || text === unknown ? text : `${text}${narrow}${unit}`
}

/** A fraction as a percentage: `99.74 %`. */
export function formatPercent(fraction: number, digits = 4): string {
  return formatWithUnit(100 * fraction, '%', digits)
}

/** A small mass fraction in ppm; `< 0.001 ppm` where it is next to nothing. */
export function formatPpm(fraction: number, digits = 4): string {
  const ppm = fraction * 1e6
  if (ppm > 0 && ppm < 0.001) return `< 0.001${narrow}ppm`
  return formatWithUnit(ppm, 'ppm', digits)
}

/** `up 0.31` or `down 2.4`; undefined where nothing changed in the digits shown. */
export function formatChange(
  before: number | undefined,
  now: number,
  digits = 4,
): string | undefined {
  if (before === undefined || !Number.isFinite(before) || !Number.isFinite(now)) return undefined
  const scale = Math.max(Math.abs(before), Math.abs(now))
  if (scale === 0) return undefined
  // A change is told to the last digit that is shown of the figure itself.
  const place = 10 ** (Math.floor(Math.log10(scale)) - digits + 1)
  const steps = Math.round((now - before) / place)
  if (steps === 0) return undefined
  const size = Number((Math.abs(steps) * place).toPrecision(12))
  return `${steps > 0 ? 'up' : 'down'} ${formatNumber(size)}`
}
