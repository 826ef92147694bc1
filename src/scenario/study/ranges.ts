import { readValue, type Parameter, type Refusal } from './parameters.ts'
import type { PlantDocument } from '../plant.ts'

const mostValues = 1000

type Values = { readonly ok: true; readonly values: readonly number[] } | Refusal

/** Values of a parameter of which only the last needs its unit: `180, 200, 220 L/h`. */
export function readAll(
  texts: readonly string[],
  parameter: Parameter,
  plant: PlantDocument,
): Values {
  const last = texts.at(-1)?.trim() ?? ''
  const unit = last.replace(/^[+-]?[\d.]+(?:[eE][+-]?\d+)?\s*/, '')
  const values: number[] = []
  for (const text of texts) {
    const bare = /^\s*[+-]?[\d.]+(?:[eE][+-]?\d+)?\s*$/.test(text)
    const read = readValue(bare ? `${text.trim()} ${unit}` : text, parameter, plant)
    if (!read.ok) return read
    values.push(read.value)
  }
  return { ok: true, values }
}

/** `180..230 L/h`: the lowest and the highest that a parameter may be. */
export function readRange(
  text: string,
  parameter: Parameter,
  plant: PlantDocument,
): { readonly ok: true; readonly low: number; readonly high: number } | Refusal {
  const parts = text.split('..')
  const refuse = (message: string): Refusal => ({
    ok: false,
    message: `${parameter.path}: ${message}`,
    expected: 'LOWEST..HIGHEST with a unit, 180..230 L/h',
  })
  if (parts.length !== 2) return refuse(`"${text}" is not a range`)
  const read = readAll(parts, parameter, plant)
  if (!read.ok) return read
  const [low = 0, high = 0] = read.values
  return low < high ? { ok: true, low, high } : refuse(`"${text}" is empty`)
}

/** Values to go through: `180, 200, 220 L/h`, or `180..230 L/h in 6` evenly spaced. */
export function readValues(text: string, parameter: Parameter, plant: PlantDocument): Values {
  const spaced = /^(.*?)\s+in\s+(\d{1,6})\s*$/s.exec(text)
  if (spaced === null) return readAll(text.split(','), parameter, plant)
  const count = Number(spaced[2])
  if (!(count >= 2 && count <= mostValues)) {
    const message = `${parameter.path}: ${count} values`
    return { ok: false, message, expected: `2 to ${mostValues}` }
  }
  const range = readRange(spaced[1] ?? '', parameter, plant)
  if (!range.ok) return range
  const { low, high } = range
  const at = (k: number) => low + ((high - low) * k) / (count - 1)
  const values = Array.from({ length: count }, (_, k) =>
    parameter.whole ? Math.round(at(k)) : k === count - 1 ? high : at(k),
  )
  return { ok: true, values: [...new Set(values)] }
}
