import { cancel, roomFor, type Moves } from './least-moves.ts'
import { residualOf, type FixedPointMethod } from './method.ts'

/**
 * Secants group by group: entries i, i + groups, i + 2 groups ... belong together and are taken to
 * act on each other but not on other groups. With groups of one entry it is Wegstein's method; a
 * linear map that does not mix groups ends after one step more than the largest group has entries.
 */
export const groupedSecant: FixedPointMethod = {
  id: 'grouped-secant',
  title: 'Secants by group',
  about: 'Least squares over the last moves, each group of entries on its own.',
  depth: 12,
  next({ last, pointMoves, imageMoves }, weight, groups) {
    if (last === undefined) return new Float64Array(0)
    const next = last.point.slice()
    const moves: Moves = { point: pointMoves, image: imageMoves }
    groupedStep(moves, residualOf(last), weight, groups === 0 ? weight.length : groups, next)
    return next
  },
}

/** Adds to `next` the step that each group's own moves make of a residual. */
export function groupedStep(
  moves: Moves,
  residual: Float64Array,
  weight: Float64Array,
  groups: number,
  next: Float64Array,
): void {
  const largest = Math.ceil(residual.length / groups)
  const room = roomFor(Math.min(moves.point.length, largest), largest)
  const rest = new Float64Array(residual.length)
  for (let first = 0; first < groups; first++) {
    const count = Math.ceil((residual.length - first) / groups)
    const part = { first, stride: groups, count }
    cancel(moves, residual, weight, part, room, next, rest)
  }
  for (let i = 0; i < next.length; i++) next[i] = (next[i] as number) + (rest[i] as number)
}
