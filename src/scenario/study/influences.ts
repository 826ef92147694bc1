import {
  firstOrderIndex,
  ranked,
  rankCorrelation,
  sobolIndices,
  type Ranked,
} from '../../numerics/index.ts'
import type { Design } from './chance.ts'

/** How much of a result one input explains. */
export interface Influence {
  readonly input: string
  /** Spearman's, -1 to 1: whether the result rises or falls with the input. */
  readonly rankCorrelation: number
  /** First-order Sobol index: share of the variance that goes when this input alone is known. */
  readonly firstOrder: number
  /** Total Sobol index, with interactions; by the design `saltelli` only. */
  readonly total?: number
}

/**
 * Draws whose finite values are samples of the inputs as they are distributed: of a row of
 * `saltelli` only A and B.
 */
export function sampleDraws(
  values: Float64Array,
  inputs: number,
  design: Design,
  counts: (value: number) => boolean = Number.isFinite,
): readonly number[] {
  const row = inputs + 2
  return [...values.keys()].filter(
    (i) => counts(values[i] as number) && (design !== 'saltelli' || i % row < 2),
  )
}

/**
 * How much of a result each input explains, strongest first, from its values by draw (NaN where
 * there is none) and those of the inputs, draws by inputs.
 */
export function influencesOf(
  names: readonly string[],
  inputs: Float64Array,
  values: Float64Array,
  design: Design,
): Influence[] {
  const n = names.length
  const known = sampleDraws(values, n, design)
  const sample = Float64Array.from(known, (i) => values[i] as number)
  const output = ranked(sample)
  const columns = rankedInputs(inputs, n, known)
  const influences = names.map((name, k): Influence => {
    const input = columns[k] as Ranked
    const share = design === 'saltelli' ? saltelli(values, k, n + 2) : undefined
    return {
      input: name,
      rankCorrelation: known.length > 1 ? rankCorrelation(input, output) : 0,
      firstOrder: share?.first ?? firstOrderIndex(input, sample),
      ...(share === undefined ? {} : { total: share.total }),
    }
  })
  const strength = (i: Influence) => i.total ?? Math.max(i.firstOrder, i.rankCorrelation ** 2)
  return influences.sort((a, b) => strength(b) - strength(a))
}

const kept = new WeakMap<Float64Array, { readonly known: string; readonly of: readonly Ranked[] }>()

/** The inputs of some draws in their order: the same for every result that all of them have. */
function rankedInputs(
  inputs: Float64Array,
  n: number,
  known: readonly number[],
): readonly Ranked[] {
  const key = known.join()
  const before = kept.get(inputs)
  if (before?.known === key) return before.of
  const of = Array.from({ length: n }, (_, k) =>
    ranked(Float64Array.from(known, (i) => inputs[i * n + k] as number)),
  )
  kept.set(inputs, { known: key, of })
  return of
}

/** Indices of one input from the rows of which A, B and the mixture all have a value. */
function saltelli(values: Float64Array, input: number, row: number) {
  const columns: [number[], number[], number[]] = [[], [], []]
  for (let start = 0; start < values.length; start += row) {
    const three = [0, 1, input + 2].map((part) => values[start + part] as number)
    if (!three.every(Number.isFinite)) continue
    for (const [k, value] of three.entries()) columns[k]?.push(value)
  }
  return sobolIndices(...columns)
}

/** Below this share of its size a result does not vary: what is left is the solver's closure. */
export const still = 1e-8

export interface FailureCount {
  readonly outcome: string
  readonly unit: string
  readonly count: number
  /** In the words of the first draw that ended so. */
  readonly detail: string
}

/** Draws without a solution by outcome and unit, most frequent first. */
export function failuresOf(draws: readonly object[]): readonly FailureCount[] {
  const counts = new Map<string, FailureCount>()
  for (const draw of draws) {
    if (!isFailure(draw)) continue
    const { outcome, unit, detail } = draw
    const key = `${outcome} ${unit}`
    const known = counts.get(key) ?? { outcome, unit, count: 0, detail }
    counts.set(key, { ...known, count: known.count + 1 })
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)
}

const isFailure = (draw: object): draw is Omit<FailureCount, 'count'> => 'outcome' in draw
