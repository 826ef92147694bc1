import { groupedStep } from './grouped.ts'
import { cancelled, type Moves } from './least-moves.ts'
import { residualOf, type FixedPointMethod } from './method.ts'

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
  next({ last, pointMoves, imageMoves }, weight) {
    if (last === undefined) return new Float64Array(0)
    const moves: Moves = { point: pointMoves, image: imageMoves }
    const { step, rest } = cancelled(moves, residualOf(last), weight)
    return last.point.map((x, i) => x + (step[i] as number) + (rest[i] as number))
  },
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
  next({ last, pointMoves, imageMoves }, weight, groups) {
    if (last === undefined) return new Float64Array(0)
    const moves: Moves = { point: pointMoves, image: imageMoves }
    const { step, rest } = cancelled(moves, residualOf(last), weight)
    const more = groups === 0 ? rest : groupedStep(moves, rest, weight, groups)
    return last.point.map((x, i) => x + (step[i] as number) + (more[i] as number))
  },
}
