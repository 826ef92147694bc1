import type { FixedPointMethod, Knowledge } from './method.ts'
import { entryFactors } from './wegstein.ts'

/** Directions that add less than this to the ones already used are left out. */
const independent = 1e-9

/**
 * Anderson mixing (J. ACM 12, 1965, 547; the form of Walker and Ni, SIAM J. Numer. Anal. 49, 2011,
 * 1715): the combination of past moves that cancels most of the residual in the least-squares
 * sense, then a plain step with what is left. A linear map of n different slopes ends after n + 1.
 */
export const anderson: FixedPointMethod = {
  id: 'anderson',
  title: 'Anderson mixing',
  about: 'Least squares over the last moves; all entries together.',
  depth: 8,
  next: (knowledge, weight) => mixed(knowledge, weight, undefined),
}

/**
 * Anderson mixing whose remaining step is Wegstein's instead of plain: one secant an entry for what
 * entries do by themselves, least squares for what they do to each other.
 */
export const secantAnderson: FixedPointMethod = {
  id: 'secant-anderson',
  title: 'Anderson mixing over Wegstein steps',
  about: 'Least squares over the last moves; what is left takes a secant for each entry.',
  depth: 8,
  next: (knowledge, weight) => mixed(knowledge, weight, entryFactors(knowledge, weight)),
}

function mixed(
  knowledge: Knowledge,
  weight: Float64Array,
  factors: Float64Array | undefined,
): Float64Array {
  const { last, pointMoves } = knowledge
  if (last === undefined) return new Float64Array(0)
  const residual = last.image.map((g, i) => g - (last.point[i] as number))
  const next = last.point.slice()
  const left = residual.map((r, i) => r * (weight[i] as number))
  const combination = cancel(knowledge, weight, left)
  for (const [k, share] of combination.entries()) {
    if (share === 0) continue
    const dx = pointMoves[k] as Float64Array
    for (let i = 0; i < next.length; i++) next[i] = (next[i] as number) - share * (dx[i] as number)
  }
  for (let i = 0; i < next.length; i++) {
    const plain = (left[i] as number) / (weight[i] as number)
    next[i] = (next[i] as number) + (factors?.[i] ?? 1) * plain
  }
  return next
}

/**
 * Shares of the past moves that cancel most of the weighted residual `left`, which is changed in
 * place into what remains. Modified Gram-Schmidt, newest move first.
 */
function cancel(knowledge: Knowledge, weight: Float64Array, left: Float64Array): Float64Array {
  const { pointMoves, imageMoves } = knowledge
  const count = pointMoves.length
  const basis: { readonly q: Float64Array; readonly move: number; readonly above: number[] }[] = []
  const projections: number[] = []
  for (let k = count - 1; k >= 0; k--) {
    const q = residualMove(pointMoves[k] as Float64Array, imageMoves[k] as Float64Array, weight)
    const length = norm(q)
    const above: number[] = []
    for (const { q: earlier } of basis) above.push(subtract(q, earlier))
    const rest = norm(q)
    if (!(rest > independent * length) || !Number.isFinite(rest)) continue
    for (let i = 0; i < q.length; i++) q[i] = (q[i] as number) / rest
    basis.push({ q, move: k, above: [...above, rest] })
    projections.push(subtract(left, q))
  }
  const shares = new Float64Array(count)
  for (let row = basis.length - 1; row >= 0; row--) {
    let value = projections[row] ?? 0
    for (let later = row + 1; later < basis.length; later++) {
      const entry = basis[later]
      value -= (entry?.above[row] ?? 0) * (shares[entry?.move ?? 0] as number)
    }
    const entry = basis[row]
    if (entry !== undefined) shares[entry.move] = value / (entry.above[row] as number)
  }
  return shares
}

/** Weighted change of the residual (image - point) that went with a move. */
function residualMove(dx: Float64Array, dg: Float64Array, weight: Float64Array): Float64Array {
  return dx.map((d, i) => ((dg[i] as number) - d) * (weight[i] as number))
}

function norm(v: Float64Array): number {
  let sum = 0
  for (let i = 0; i < v.length; i++) sum += (v[i] as number) ** 2
  return Math.sqrt(sum)
}

/** Takes the part along the unit vector `q` out of `v`, in place; returns its length. */
function subtract(v: Float64Array, q: Float64Array): number {
  let along = 0
  for (let i = 0; i < v.length; i++) along += (v[i] as number) * (q[i] as number)
  for (let i = 0; i < v.length; i++) v[i] = (v[i] as number) - along * (q[i] as number)
  return along
}
