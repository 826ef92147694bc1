import { formatNumber, fromSI, parseQuantity } from '../../../src/quantities/index.ts'
import type { Dimension } from '../../../src/quantities/index.ts'
import type { ParameterView } from '../engine/protocol.ts'

export type Written =
  | { readonly ok: true; readonly value: number; readonly deviation?: number }
  | { readonly ok: false; readonly message: string }

/** The dimension of a parameter; a bare number is a ratio. */
const dimensionOf = ({ dimension }: ParameterView) => (dimension ?? 'ratio') as Dimension

const yearOf = (operatingHours: number) => ({ secondsPerYear: 3600 * operatingHours })

/** A value as a person writes it, in SI and within what the parameter allows; or why not. */
export function readWritten(text: string, of: ParameterView, operatingHours: number): Written {
  const parsed = parseQuantity(unquoted(text), dimensionOf(of), yearOf(operatingHours))
  if (!parsed.ok) return { ok: false, message: parsed.message }
  const { value, uncertainty } = parsed
  if (of.whole && !/^\s*[+-]?\d+\s*$/.test(text)) {
    return { ok: false, message: 'a whole number is needed' }
  }
  const slack = 1e-12 * Math.max(1, Math.abs(value))
  if (value < (of.min ?? -Infinity) - slack || value > (of.max ?? Infinity) + slack) {
    return { ok: false, message: `out of bounds: ${boundsOf(of, operatingHours)}` }
  }
  return { ok: true, value, ...(uncertainty === undefined ? {} : { deviation: uncertainty }) }
}

const unquoted = (text: string) => /^(["'])(.*)\1$/s.exec(text)?.[2] ?? text

/** `0 to 95 %`, `at least 1 h`; empty without bounds. */
export function boundsOf(of: ParameterView, operatingHours: number): string {
  const [low, high] = [of.min, of.max].map((si) =>
    si === null ? undefined : inUnitOf(si, of, operatingHours, 6),
  )
  const unit = of.shownIn === '' ? '' : ` ${of.shownIn}`
  if (low !== undefined && high !== undefined) return `${low} to ${high}${unit}`
  if (low !== undefined) return `at least ${low}${unit}`
  return high === undefined ? '' : `at most ${high}${unit}`
}

/** The number of an SI value in the unit in which the parameter is shown. */
export function inUnitOf(
  si: number,
  of: ParameterView,
  operatingHours: number,
  digits = 4,
): string {
  return formatNumber(fromSI(si, dimensionOf(of), of.shownIn, yearOf(operatingHours)), digits)
}

/** The unit that a text is written in, as far as it is one of the parameter's; else the shown one. */
export function unitWritten(of: ParameterView): string {
  const unit = /^[^a-zA-Z%°]*(.*)$/.exec(
    unquoted(of.text)
      .split(/±|\+\/-/)[0]
      ?.trim() ?? '',
  )?.[1]
  const later = /[a-zA-Z%°][^±]*$/.exec(of.text)?.[0].trim()
  const found = [unit, later].find((u) => u !== undefined && u !== '' && of.accepted.includes(u))
  return found ?? of.shownIn
}

/** An SI value as it would be written: in the unit of the present text, with its uncertainty. */
export function writtenOf(si: number, of: ParameterView, operatingHours: number): string {
  const unit = unitWritten(of)
  const year = yearOf(operatingHours)
  const convert = (value: number) => fromSI(value, dimensionOf(of), unit, year)
  const number = of.whole ? String(Math.round(si)) : formatNumber(convert(si), 5)
  const spread =
    of.deviation === undefined
      ? ''
      : ` ± ${formatNumber(Math.abs(convert(of.deviation) - convert(0)), 4)}`
  return `${number}${spread}${unit === '' ? '' : ` ${unit}`}`
}

/** A value that YAML reads back as it is: in quotes where it has to be. */
export const forText = (value: string): string =>
  /^[A-Za-z0-9+.-][A-Za-z0-9 .%/+±^°²³·()_-]*$/.test(value) ? value : JSON.stringify(value)
