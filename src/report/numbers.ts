/** Four significant digits with thin-space thousands, as people read them; `0` for nothing. */
export function figure(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return 'unknown'
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size >= 1e7 || size < 1e-4) return value.toExponential(digits - 1)
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(size)))
  const [whole = '0', fraction] = value.toFixed(Math.min(decimals, 12)).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, '\u2009')
  return fraction === undefined ? grouped : `${grouped}.${fraction}`
}

/** A fraction as per cent; purities near 100 % keep enough digits to be told apart. */
export function percent(fraction: number): string {
  const value = 100 * fraction
  // A trace is not nothing: only what is exactly all is 100 %.
  if (value > 99.99995 && value < 100) return '> 99.9999 %'
  if (value > 99.9 && value < 100) return `${value.toFixed(value > 99.99 ? 4 : 3)} %`
  return `${value.toFixed(2)} %`
}

/** A mass fraction in ppm; what nobody could measure is said so instead of printed. */
export function ppm(fraction: number): string {
  const value = 1e6 * fraction
  return value < 0.001 ? '< 0.001 ppm' : `${figure(value, 3)} ppm`
}

const secondsPerHour = 3600

/** kg/s while operating as kg/h. */
export function kilogramsPerHour(rate: number): string {
  return figure(rate * secondsPerHour)
}

/** kg/s while operating as t/y over the plant's operating hours. */
export function tonnesPerYear(rate: number, operatingHours: number): string {
  return figure((rate * secondsPerHour * operatingHours) / 1000)
}
