import { cancelled, type Moves } from './least-moves.ts'
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
    const moves: Moves = { point: pointMoves, image: imageMoves }
    const size = groups === 0 ? weight.length : groups
    const step = groupedStep(moves, residualOf(last), weight, size)
    return last.point.map((x, i) => x + (step[i] as number))
  },
}

/** The step that each group's own moves make of a residual. */
export function groupedStep(
  moves: Moves,
  residual: Float64Array,
  weight: Float64Array,
  groups: number,
): Float64Array {
  const result = new Float64Array(residual.length)
  for (let group = 0; group < groups; group++) {
    const part = take(residual, group, groups)
    if (part.every((r) => r === 0)) continue
    const own: Moves = {
      point: moves.point.map((m) => take(m, group, groups)),
      image: moves.image.map((m) => take(m, group, groups)),
    }
    const { step, rest } = cancelled(own, part, take(weight, group, groups))
    for (let k = 0; k < part.length; k++) {
      result[group + k * groups] = (step[k] as number) + (rest[k] as number)
    }
  }
  return result
}

function take(vector: Float64Array, first: number, stride: number): Float64Array {
  const part = new Float64Array(Math.ceil((vector.length - first) / stride))
  for (let k = 0; k < part.length; k++) part[k] = vector[first + k * stride] as number
  return part
}
