import { groupedStep } from './grouped.ts'
import { cancel, roomFor } from './least-moves.ts'
import { residualOf, type FixedPointMethod, type Knowledge } from './method.ts'

/**
 * Anderson mixing (J. ACM 12, 1965, 547; the form of Walker and Ni, SIAM J. Numer. Anal. 49, 2011,
 * 1715): the combination of past moves that cancels most of the residual in the least-squares
 * sense, then a plain step with what is left. A linear map of n different slopes ends after n + 1.
 */
export const anderson: FixedPointMethod = {
  id: 'anderson',
  title: 'Anderson mixing',
  about: 'Least squares over the last moves, all entries together.',
  depth: 12,
  next: (knowledge, weight) => mixed(knowledge, weight, 0),
}

/**
 * Anderson mixing whose remaining step is taken group by group instead of plainly: secants for what
 * the entries of a group do to each other, least squares for what groups do to each other.
 */
export const groupedAnderson: FixedPointMethod = {
  id: 'grouped-anderson',
  title: 'Anderson mixing over grouped secants',
  about: 'Least squares over the last moves; what is left takes a secant step in each group.',
  depth: 12,
  next: mixed,
}

function mixed(
  { last, pointMoves, imageMoves }: Knowledge,
  weight: Float64Array,
  groups: number,
): Float64Array {
  if (last === undefined) return new Float64Array(0)
  const count = last.point.length
  const moves = { point: pointMoves, image: imageMoves }
  const next = last.point.slice()
  const rest = new Float64Array(count)
  const room = roomFor(pointMoves.length, count)
  cancel(moves, residualOf(last), weight, { first: 0, stride: 1, count }, room, next, rest)
  if (groups > 0) groupedStep(moves, rest, weight, groups, next)
  else for (let i = 0; i < count; i++) next[i] = (next[i] as number) + (rest[i] as number)
  return next
}
