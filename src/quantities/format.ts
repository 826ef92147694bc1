import { findUnit, unitFactor, unitRecords } from './units.ts'
import type { Dimension, Unit } from './units.ts'

export interface ConversionOptions {
  /** What one `/y` is, s: the operating hours of the plant. A calendar year if left out. */
  readonly secondsPerYear?: number
}

function known(unit: string, dimension: Dimension): Unit {
  const found = findUnit(unit, dimension)
  if (found === undefined) throw new Error(`${unit} is not a unit of ${dimension}`)
  return found
}

/** A number of `unit` as SI. The unit must be one of the dimension (asserted). */
export function toSI(
  value: number,
  dimension: Dimension,
  unit: string,
  options: ConversionOptions = {},
): number {
  const found = known(unit, dimension)
  return (value + (found.offset ?? 0)) * unitFactor(found, options.secondsPerYear)
}

/** An SI number in `unit`. The unit must be one of the dimension (asserted). */
export function fromSI(
  value: number,
  dimension: Dimension,
  unit: string,
  options: ConversionOptions = {},
): number {
  const found = known(unit, dimension)
  return value / unitFactor(found, options.secondsPerYear) - (found.offset ?? 0)
}

/**
 * A number with so many significant digits, without trailing zeros and without separators; in
 * powers of ten below 1e-4 and from 1e7 on. `parseQuantity` reads it back. NaN is asserted against.
 */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) throw new Error('a number to be shown is not a number')
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞'
  if (value === 0) return '0'
  const places = Math.min(17, Math.max(1, digits))
  const size = Math.abs(value)
  const rounded = Number(value.toPrecision(places))
  if (size >= 1e-4 && size < 1e7) return String(rounded)
  const [mantissa = '', exponent = ''] = value.toExponential(places - 1).split('e')
  return `${Number(mantissa)}e${Number(exponent)}`
}

/**
 * A value in SI as text in a unit of its dimension (the SI unit if none is named): `30 t/y`. The
 * unit must be one of the dimension (asserted).
 */
export function formatQuantity(
  value: number,
  dimension: Dimension,
  unit?: string,
  digits = 4,
  options: ConversionOptions = {},
): string {
  const symbol = unit === undefined ? (unitRecords(dimension)[0]?.symbol ?? '') : unit
  const found = known(symbol, dimension)
  const text = formatNumber(fromSI(value, dimension, symbol, options), digits)
  return found.symbol === '' ? text : `${text} ${found.symbol}`
}
