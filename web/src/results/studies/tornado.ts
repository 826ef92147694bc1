import type { Sensitivity } from '../../../../src/scenario/index.ts'

/** One parameter of a tornado: the result with it moved down and up, and what failed. */
export interface Bar {
  readonly parameter: string
  readonly unit: string
  readonly value: number
  readonly move: number
  readonly low: number | null
  readonly high: number | null
  readonly slope: number | null
  readonly error: number
  readonly elasticity: number | null
  /** Why a case has no solution; empty where all have. */
  readonly failures: readonly string[]
}

export interface Tornado {
  readonly result: string
  readonly unit: string
  readonly base: number
  /** The widest first; those that move nothing are kept last. */
  readonly bars: readonly Bar[]
}

/** How far a bar reaches, a side without a solution counting as the other one. */
export function swing({ low, high }: Bar, base: number): number {
  const [down, up] = [low ?? base, high ?? base]
  return Math.max(down, up, base) - Math.min(down, up, base)
}

/** A tornado for each result, its bars sorted by how far they reach. */
export function tornadosOf({ results, parameters }: Sensitivity): readonly Tornado[] {
  return results.map(({ result, unit, base }, k) => {
    const bars = parameters.flatMap((p): Bar[] => {
      const slope = p.slopes[k]
      if (slope === undefined) return []
      const { parameter, unit: own, value, move, failures } = p
      const { low, high, slope: steep, error, elasticity } = slope
      return [
        { parameter, unit: own, value, move, low, high, slope: steep, error, elasticity, failures },
      ]
    })
    return { result, unit, base, bars: bars.sort((a, b) => swing(b, base) - swing(a, base)) }
  })
}

/** Ticks of an axis at round numbers, at most five. */
export function ticksOf(low: number, high: number): readonly number[] {
  const span = high - low
  if (!(span > 0)) return [low]
  const rough = span / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 2.5, 5, 10].find((m) => m * power >= rough) ?? 10)
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, k) =>
    Number(((first + k) * step).toPrecision(12)),
  )
}

/** The tornado as a table for the clipboard and for files. */
export function tornadoRows({ result, unit, base, bars }: Tornado) {
  const of = unit === '' ? result : `${result}, ${unit}`
  const heads = ['parameter', 'unit', 'value', 'moved by', `${of}, down`, `${of}, up`]
  return [
    [...heads, 'slope', 'error', '% per %'],
    ...bars.map((b) => [
      b.parameter,
      b.unit,
      b.value,
      b.move,
      b.low,
      b.high,
      b.slope,
      b.error,
      b.elasticity,
    ]),
    ['as written', '', null, null, base, base, null, null, null],
  ]
}
