import type { FixedPointMethod, Knowledge } from './method.ts'

/** Bounds of the extrapolation factor 1 / (1 - slope): wide: the caller bounds the step. */
const largest = 1e5
const smallest = 0.1

/**
 * Wegstein's secant, each entry on its own (Wegstein, Comm. ACM 1 (6), 1958, 9): exact in one step
 * where entries do not act on each other, misled where they do.
 */
export const wegstein: FixedPointMethod = {
  id: 'wegstein',
  title: 'Wegstein',
  about: 'A secant for each entry on its own; bounded.',
  depth: 1,
  next(knowledge, weight) {
    const { last } = knowledge
    if (last === undefined) return new Float64Array(0)
    const factors = entryFactors(knowledge, weight)
    return last.point.map((x, i) => {
      const image = last.image[i] as number
      return x + (factors[i] as number) * (image - x)
    })
  },
}

/**
 * For each entry 1 / (1 - slope), the slope from the newest move in which the entry moved at all;
 * 1 where no move tells. `weight` decides what a move is.
 */
function entryFactors(knowledge: Knowledge, weight: Float64Array): Float64Array {
  const { pointMoves, imageMoves } = knowledge
  const factors = new Float64Array(weight.length).fill(1)
  for (let i = 0; i < factors.length; i++) {
    for (let k = pointMoves.length - 1; k >= 0; k--) {
      const moved = pointMoves[k]?.[i] ?? 0
      if (Math.abs(moved) * (weight[i] as number) < 1e-11) continue
      factors[i] = extrapolation((imageMoves[k]?.[i] ?? 0) / moved)
      break
    }
  }
  return factors
}

function extrapolation(slope: number): number {
  if (!Number.isFinite(slope)) return 1
  if (slope >= 1) return largest
  return Math.min(largest, Math.max(smallest, 1 / (1 - slope)))
}
