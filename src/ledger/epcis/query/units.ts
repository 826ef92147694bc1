/** Units of UN/ECE Recommendation 20 that quantities and readings are compared across. */

/** What is measured, and how a value becomes one of the base unit: times `by`, plus `plus`. */
interface Unit {
  readonly of: 'mass' | 'temperature' | 'fraction'
  readonly by: number
  readonly plus?: number
}

const units = new Map<string, Unit>(
  Object.entries<Unit>({
    KGM: { of: 'mass', by: 1 },
    GRM: { of: 'mass', by: 1e-3 },
    MGM: { of: 'mass', by: 1e-6 },
    TNE: { of: 'mass', by: 1e3 },
    LBR: { of: 'mass', by: 0.45359237 },
    KEL: { of: 'temperature', by: 1 },
    CEL: { of: 'temperature', by: 1, plus: 273.15 },
    FAH: { of: 'temperature', by: 5 / 9, plus: 459.67 * (5 / 9) },
    C62: { of: 'fraction', by: 1 },
    P1: { of: 'fraction', by: 1e-2 },
    '59': { of: 'fraction', by: 1e-6 },
  }),
)

/** Values closer than this (relative) are equal once they are in the base unit. */
const rounding = 1e-12

/**
 * A value of one unit in another; undefined where they do not measure the same. What rounding
 * leaves of a number with few digits is taken off.
 */
export function converted(value: number, from: string, to: string): number | undefined {
  if (from === to) return value
  const [a, b] = [units.get(from), units.get(to)]
  if (a === undefined || b === undefined || a.of !== b.of) return undefined
  const result = (value * a.by + (a.plus ?? 0) - (b.plus ?? 0)) / b.by
  const short = Number(result.toPrecision(12))
  return Math.abs(short - result) <= rounding * Math.abs(result) ? short : result
}
