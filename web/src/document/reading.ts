import { formatNumber, fromSI, parseQuantity, toSI } from '../../../src/quantities/index.ts'
import { moneyText, readMoney } from '../../../src/scenario/economics/money-text.ts'
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
  if (of.money !== undefined) return readAmount(unquoted(text), of, of.money)
  const parsed = parseQuantity(unquoted(text), dimensionOf(of), yearOf(operatingHours))
  if (!parsed.ok) return { ok: false, message: parsed.message }
  const { value, uncertainty } = parsed
  if (of.whole && !/^\s*[+-]?\d+\s*$/.test(text)) {
    return { ok: false, message: 'a whole number is needed' }
  }
  const slack = 1e-12 * Math.max(1, Math.abs(value))
  if (value < (of.min ?? -Infinity) - slack || value > (of.max ?? Infinity) + slack) {
    return {
      ok: false,
      message: `out of bounds: ${boundsOf({ ...of, shownIn: unitWritten(of) }, operatingHours)}`,
    }
  }
  return { ok: true, value, ...(uncertainty === undefined ? {} : { deviation: uncertainty }) }
}

/** Money as a person writes it, within its bounds; in whatever currency it is written. */
function readAmount(
  text: string,
  of: ParameterView,
  { per }: NonNullable<ParameterView['money']>,
): Written {
  const read = readMoney(text, per)
  if (!read.ok) return { ok: false, message: `${read.message}; right: ${read.expected}` }
  const { amount, uncertainty } = read.value
  if (amount < (of.min ?? -Infinity) || amount > (of.max ?? Infinity)) {
    return { ok: false, message: `out of bounds: ${boundsOf(of, 1)}` }
  }
  return {
    ok: true,
    value: amount,
    ...(uncertainty === undefined ? {} : { deviation: uncertainty }),
  }
}

/** True where a text is money of another currency or price level than the parameter has now. */
export function isOtherMoney(text: string, { money }: ParameterView): boolean {
  if (money === undefined) return false
  const read = readMoney(unquoted(text), money.per)
  if (!read.ok) return true
  const { currency, year } = read.value
  return currency !== money.currency || year !== money.year
}

const unquoted = (text: string) => /^(["'])(.*)\1$/s.exec(text)?.[2] ?? text

/** `0 to 95 %`, `at least 1 h`; empty without bounds. */
export function boundsOf(of: ParameterView, operatingHours: number): string {
  if (of.money !== undefined) return moneyBounds(of, of.money)
  const [low, high] = [of.min, of.max].map((si) =>
    si === null ? undefined : inUnitOf(si, of, operatingHours, 6),
  )
  const unit = of.shownIn === '' ? '' : ` ${of.shownIn}`
  if (low !== undefined && high !== undefined) return `${low} to ${high}${unit}`
  if (low !== undefined) return `at least ${low}${unit}`
  return high === undefined ? '' : `at most ${high}${unit}`
}

function moneyBounds({ min, max }: ParameterView, money: NonNullable<ParameterView['money']>) {
  const [low, high] = [min, max].map((amount) =>
    amount === null ? undefined : moneyText({ amount, currency: money.currency }, money.per),
  )
  if (low !== undefined && high !== undefined) return `${low} to ${high}`
  if (low !== undefined) return `at least ${low}`
  return high === undefined ? '' : `at most ${high}`
}

/** The number of an SI value in the unit in which the parameter is shown. */
function inUnitOf(si: number, of: ParameterView, operatingHours: number, digits = 4): string {
  return formatNumber(fromSI(si, dimensionOf(of), of.shownIn, yearOf(operatingHours)), digits)
}

/** The unit that a text is written in, if it is one of the parameter's; else the shown one. */
export function unitWritten(of: ParameterView): string {
  if (of.money !== undefined) return of.shownIn
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
export function writtenOf(
  si: number,
  of: ParameterView,
  operatingHours: number,
  digits = 5,
): string {
  if (of.money !== undefined) return writtenAmount(si, of, of.money, digits)
  const unit = unitWritten(of)
  const year = yearOf(operatingHours)
  const convert = (value: number) => fromSI(value, dimensionOf(of), unit, year)
  const number = of.whole ? String(Math.round(si)) : formatNumber(convert(si), digits)
  const spread =
    of.deviation === undefined
      ? ''
      : ` ± ${formatNumber(Math.abs(convert(of.deviation) - convert(0)), 4)}`
  return `${number}${spread}${unit === '' ? '' : ` ${unit}`}`
}

/** What stands behind the number of a money text: `USD/kg`, `MUSD (2024)`. */
function moneyUnit({ text, shownIn }: ParameterView): string {
  const spread = String.raw`(?:(?:±|\+\/-|\+-)\s*[\d.]+(?:[eE][+-]?\d+)?\s*)?`
  const number = new RegExp(String.raw`^\s*[+-]?[\d.]+(?:[eE][+-]?\d+)?\s*${spread}`)
  const unit = unquoted(text).replace(number, '').trim()
  return unit === '' ? shownIn : unit
}

/** An amount in the unit of the present text, thousands or tonnes as they are written there. */
function writtenAmount(
  amount: number,
  of: ParameterView,
  { per }: NonNullable<ParameterView['money']>,
  digits: number,
): string {
  const unit = moneyUnit(of)
  const one = readMoney(`1 ${unit}`, per)
  const size = one.ok ? one.value.amount : 1
  const spread = of.deviation === undefined ? '' : ` ± ${formatNumber(of.deviation / size, 4)}`
  return `${formatNumber(amount / size, digits)}${spread} ${unit}`
}

/** A value that YAML reads back as it is: in quotes where it has to be. */
export const forText = (value: string): string =>
  /^[A-Za-z0-9+.-][A-Za-z0-9 .%/+±^°²³·()_-]*$/.test(value) ? value : JSON.stringify(value)

const bare = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i

/** What a person typed, with the unit of the field where they typed a number alone. */
export function withUnit(typed: string, of: ParameterView): string {
  const unit = unitWritten(of)
  if (of.money !== undefined) return withMoney(typed, of)
  const isBare = bare.test(typed)
  return isBare && unit !== '' && !of.accepted.includes('') ? `${typed.trim()} ${unit}` : typed
}

/** A bare amount in the unit of the field's own text: `110` as `110 USD/kg`, `3` as `3 MUSD`. */
const withMoney = (typed: string, of: ParameterView): string =>
  bare.test(typed) ? `${typed.trim()} ${moneyUnit(of)}` : typed

/** A text in another unit of the same kind; undefined where it is in that unit already. */
export function convertedTo(unit: string, text: string, of: ParameterView, hours: number) {
  const read = readWritten(text, of, hours)
  if (!read.ok || of.whole || of.money !== undefined || unitWritten({ ...of, text }) === unit)
    return undefined
  const { deviation, ...rest } = of
  const spread = read.deviation === undefined ? {} : { deviation: read.deviation }
  return writtenOf(read.value, { ...rest, ...spread, text: `0 ${unit}` }, hours, 9)
}

/** The text of the value some steps up or down, within its bounds. */
export function nudgedText(of: ParameterView, steps: number, operatingHours: number): string {
  if (of.money !== undefined) {
    const next = of.value + steps * stepOf(of.value)
    return writtenOf(within(Number(next.toPrecision(9)), of), of, operatingHours, 9)
  }
  const [unit, year] = [unitWritten(of), yearOf(operatingHours)]
  const now = fromSI(of.value, dimensionOf(of), unit, year)
  const next = now + steps * (of.whole ? 1 : stepOf(now))
  const si = toSI(Number(next.toPrecision(9)), dimensionOf(of), unit, year)
  return writtenOf(within(si, of), of, operatingHours, 9)
}

/** Between 1 and 10 % of a number, a power of ten; of nothing a hundredth. */
function stepOf(value: number): number {
  return value === 0 ? 0.01 : 10 ** (Math.floor(Math.log10(Math.abs(value)) + 1e-9) - 1)
}

export const within = (value: number, { min, max }: ParameterView): number =>
  Math.min(max ?? Infinity, Math.max(min ?? -Infinity, value))
