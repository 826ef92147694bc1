import { nearest } from './nearest.ts'
import { dimensions, findUnit, normaliseUnit, unitFactor, unitsOf } from './units.ts'
import type { Dimension, Unit } from './units.ts'

export interface ParseOptions {
  /** What one `/y` is, s: the operating hours of the plant. A calendar year if left out. */
  readonly secondsPerYear?: number
}

export type ParsedQuantity =
  | {
      readonly ok: true
      /** In the SI unit of the dimension. */
      readonly value: number
      /** Standard uncertainty in the same unit; absent = not stated. */
      readonly uncertainty?: number
    }
  | {
      readonly ok: false
      /** What is wrong and what would be right, one line, no full stop at the end. */
      readonly message: string
      /** Units that would be accepted; '' stands for a bare number. */
      readonly accepted: readonly string[]
    }

const longestText = 200
const largestNumber = 1e30

const number = String.raw`[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?`
const quantity = new RegExp(String.raw`^(${number})\s*(.*)$`, 's')
const plusMinus = /\s*(?:±|\+\/-|\+-)\s*/
const grouped = /^[+-]?\d{1,3}(?:[,'’_\s]\d{3})+(?![\d])|^[+-]?\d+,\d+/

type Part = { readonly number: number; readonly unit: string }

const shown = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}...` : text)

/** The units of a dimension as a phrase: `mol/m3, mol/L, M`. */
function listed(dimension: Dimension): string {
  const symbols = unitsOf(dimension)
  const some = symbols.slice(0, 12).map((symbol) => (symbol === '' ? 'a bare number' : symbol))
  return symbols.length > 12 ? `${some.join(', ')} ...` : some.join(', ')
}

/** The number in front and whatever follows it; a message when it is no number. */
function readPart(text: string): Part | string {
  if (grouped.test(text)) {
    return `'${shown(text)}' has a thousands separator or a decimal comma; write 1250.5`
  }
  const match = quantity.exec(text)
  if (match === null) return `'${shown(text)}' does not start with a number`
  const written = match[1] ?? ''
  const value = Number(written)
  if (!Number.isFinite(value) || Math.abs(value) > largestNumber) {
    return `${shown(written)} is too large to be meant`
  }
  if (value === 0 && /[1-9]/.test(written.replace(/[eE].*$/, ''))) {
    return `${shown(written)} is too small to be meant`
  }
  return { number: value, unit: (match[2] ?? '').trim() }
}

/** Why a unit does not fit, with the one that was likely meant. */
function misfit(text: string, dimension: Dimension): string {
  const needed = dimension.replaceAll('-', ' ')
  if (text === '') return `a ${needed} needs a unit: ${listed(dimension)}`
  const other = dimensions.find((candidate) => findUnit(text, candidate) !== undefined)
  if (other !== undefined) {
    const kind = other.replaceAll('-', ' ')
    return `${shown(text)} is a unit of ${kind}, but a ${needed} is needed: ${listed(dimension)}`
  }
  const near = nearest(normaliseUnit(text), unitsOf(dimension).filter(Boolean))
  const hint = near === undefined ? '' : `; did you mean ${near}?`
  return `unknown unit '${shown(text)}'${hint} (accepted for a ${needed}: ${listed(dimension)})`
}

function convert(part: Part, unit: Unit, options: ParseOptions): number {
  return (part.number + (unit.offset ?? 0)) * unitFactor(unit, options.secondsPerYear)
}

/**
 * Reads a quantity as a person writes it (`30 t/y`, `0.5 mol/L`, `350 degC`, `31.2 ± 0.4 %`) into
 * SI. Never throws on a text. The decimal sign is a point; thousands separators and decimal commas
 * are refused, because `1,250` means two different numbers to two readers. The unit is written
 * once, after the uncertainty, or the same one twice. A bare number is accepted only for ratios.
 */
export function parseQuantity(
  text: string,
  dimension: Dimension,
  options: ParseOptions = {},
): ParsedQuantity {
  const refuse = (message: string) =>
    ({ ok: false, message, accepted: unitsOf(dimension) }) as const
  if (text.length > longestText)
    return refuse(`a quantity of ${text.length} characters is too long`)
  const trimmed = text.trim()
  if (trimmed === '') return refuse(`a ${dimension.replaceAll('-', ' ')} is missing`)
  const [first = '', second, ...more] = trimmed.split(plusMinus)
  if (more.length > 0) return refuse(`'${shown(trimmed)}' has more than one ±`)
  const value = readPart(first)
  if (typeof value === 'string') return refuse(value)
  const spread = second === undefined ? undefined : readPart(second)
  if (typeof spread === 'string') return refuse(spread)
  const written = spread === undefined || spread.unit === '' ? value.unit : spread.unit
  const unit = findUnit(written, dimension)
  if (unit === undefined) return refuse(misfit(written, dimension))
  if (spread !== undefined && value.unit !== '' && findUnit(value.unit, dimension) !== unit) {
    return refuse(`'${shown(trimmed)}' has two units; write the unit once, at the end`)
  }
  const si = convert(value, unit, options)
  if (!Number.isFinite(si)) return refuse(`${shown(trimmed)} is too large to be meant`)
  if (dimension === 'temperature' && si < 0) {
    return refuse(`${shown(trimmed)} is below absolute zero (-273.15 degC)`)
  }
  if (spread === undefined) return { ok: true, value: si }
  if (spread.number < 0) return refuse(`the uncertainty in '${shown(trimmed)}' is negative`)
  const uncertainty = spread.number * unitFactor(unit, options.secondsPerYear)
  return { ok: true, value: si, uncertainty }
}
