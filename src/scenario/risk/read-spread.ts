import type { Distribution } from '../../numerics/index.ts'
import type { PlantDocument } from '../plant.ts'
import { readDeviation, shown, type Parameter, type Refusal } from '../study/parameters.ts'
import { readAll } from '../study/ranges.ts'
import { clip } from '../yaml-tree.ts'
import { spreadForms } from './spread-text.ts'

/** How uncertain a number is, as a person wrote it; `undefined` for one that is fixed. */
export type SpreadReading =
  | { readonly ok: true; readonly distribution: Distribution | undefined; readonly text: string }
  | Refusal

/**
 * Reads how a parameter is spread: `± 0.4 %` normal with that standard deviation, cut at the bounds
 * of the parameter; `x 0.8..1.3` lognormal with P10 and P90 at these times its value;
 * `x 0.8..1..1.3` triangular in times its value; `8..10..15 %` triangular, `8..15 %` uniform in its
 * own unit; `fixed`.
 */
export function readSpread(
  text: string,
  parameter: Parameter,
  plant: PlantDocument,
): SpreadReading {
  const written = text.trim()
  if (written === 'fixed') return { ok: true, distribution: undefined, text: 'fixed' }
  if (/^(?:±|\+\/-|\+-)/.test(written)) return readNormal(written, parameter, plant)
  const times = /^[x×*]\s*(.*)$/s.exec(written)?.[1]
  if (times !== undefined) return readTimes(written, times, parameter)
  const parts = written.split('..')
  const read = readAll(parts, parameter, plant)
  if (!read.ok) return parts.length < 2 ? refuse(written, parameter) : read
  return ofEdges(written, read.values, parameter, shownEdges(read.values, parameter, plant))
}

const refuse = (written: string, { path }: Parameter): Refusal => ({
  ok: false,
  message: `${path}: "${clip(written)}" is no uncertainty`,
  expected: spreadForms,
})

const shownEdges = (values: readonly number[], parameter: Parameter, plant: PlantDocument) =>
  values.map((value) => shown(value, parameter, plant)).join(' .. ')

function readNormal(written: string, parameter: Parameter, plant: PlantDocument): SpreadReading {
  const read = readDeviation(written, parameter, plant)
  if (!read.ok) return { ...read, expected: spreadForms }
  const { value, min, max, whole } = parameter
  const { deviation } = read
  if (whole && deviation > 0) return refuse(written, parameter)
  const text = `${shown(value, parameter, plant)} ${written}`
  if (!(deviation > 0)) return { ok: true, distribution: undefined, text: 'fixed' }
  return { ok: true, distribution: normal(value, deviation, min, max), text }
}

/** A normal distribution around a value, cut at what its parameter may be. */
export const normal = (
  mean: number,
  deviation: number,
  low: number,
  high: number,
): Distribution => ({ kind: 'normal', mean, deviation, low, high })

const plainNumber = /^\s*\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\s*$/

function readTimes(written: string, times: string, parameter: Parameter): SpreadReading {
  const parts = times.split('..')
  if (!parts.every((part) => plainNumber.test(part))) return refuse(written, parameter)
  const { value } = parameter
  const text = `${parts.join(' .. ')} times${parts.length === 2 ? ', P10 .. P90' : ''}`
  const factors = parts.map(Number)
  const [low = 0, high = 0] = factors
  if (parts.length === 2 && value > 0 && low > 0 && low < high) {
    const distribution = { kind: 'lognormal', p10: low * value, p90: high * value } as const
    return within(written, parameter, { ok: true, distribution, text })
  }
  if (parts.length !== 3) return refuse(written, parameter)
  return ofEdges(
    written,
    factors.map((factor) => factor * value).toSorted((a, b) => a - b),
    parameter,
    text,
  )
}

function ofEdges(
  written: string,
  values: readonly number[],
  parameter: Parameter,
  text: string,
): SpreadReading {
  const [low = 0, mode = 0, high = 0] = values
  const isOrdered = values.every((value, k) => k === 0 || value >= (values[k - 1] as number))
  if (!isOrdered || (values[0] as number) >= (values.at(-1) as number)) {
    return refuse(written, parameter)
  }
  if (values.length === 2) {
    const distribution = { kind: 'uniform', low, high: mode } as const
    return within(written, parameter, { ok: true, distribution, text: `${text}, evenly` })
  }
  if (values.length !== 3) return refuse(written, parameter)
  const distribution = { kind: 'triangular', low, mode, high } as const
  return within(written, parameter, { ok: true, distribution, text: `${text}, triangular` })
}

/** Refuses edges that the parameter may not have: a draw there would have no plant. */
function within(
  written: string,
  parameter: Parameter,
  reading: { readonly ok: true; readonly distribution: Distribution; readonly text: string },
): SpreadReading {
  const { distribution: of } = reading
  const { min, max, whole, path } = parameter
  const edges = 'low' in of ? [of.low, of.high] : 'p10' in of ? [of.p10, of.p90] : []
  if (edges.some((edge) => edge < min || edge > max)) {
    const message = `${path}: "${clip(written)}" goes beyond what is allowed`
    return { ok: false, message, expected: `${min} to ${max}` }
  }
  return whole && of.kind === 'lognormal' ? refuse(written, parameter) : reading
}
