/** A point and its image: the equation sought to hold is `image = point`. */
export interface Visit {
  readonly point: Float64Array
  readonly image: Float64Array
}

/**
 * What a method has learnt: the last visit, and how the image moved when the point moved, oldest
 * first. Differences outlive the problem they were seen on: handed to a similar one without `last`
 * they are a first estimate of its slopes.
 */
export interface Knowledge {
  readonly last?: Visit
  readonly pointMoves: readonly Float64Array[]
  readonly imageMoves: readonly Float64Array[]
}

/** How to get from a visit to the next point to try. State in, state out. */
export interface FixedPointMethod {
  readonly id: string
  readonly title: string
  readonly about: string
  /** Differences worth remembering. */
  readonly depth: number
  /**
   * The next point. `weight` makes the entries comparable (1 over their typical size). Entries i,
   * i + groups, i + 2 groups ... act on each other most (0: nothing is known of that). May return
   * any finite or non-finite number: bounding the step is the caller's, see `boundedStep`.
   */
  next(knowledge: Knowledge, weight: Float64Array, groups: number): Float64Array
}

/** Knowledge of nothing. */
export const ignorance: Knowledge = { pointMoves: [], imageMoves: [] }

/** Adds a visit: its difference from the last joins the moves, the oldest beyond `depth` goes. */
export function learn(knowledge: Knowledge, visit: Visit, depth: number): Knowledge {
  const { last, pointMoves, imageMoves } = knowledge
  if (last === undefined || depth === 0) return { pointMoves, imageMoves, last: visit }
  const pointMove = difference(visit.point, last.point)
  if (pointMove.every((d) => d === 0)) return { pointMoves, imageMoves, last: visit }
  return {
    last: visit,
    pointMoves: [...pointMoves, pointMove].slice(-depth),
    imageMoves: [...imageMoves, difference(visit.image, last.image)].slice(-depth),
  }
}

/** Keeps the slopes, forgets the place: for the next, similar problem. */
export function withoutPlace(knowledge: Knowledge): Knowledge {
  return { pointMoves: knowledge.pointMoves, imageMoves: knowledge.imageMoves }
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((v, i) => v - (b[i] as number))
}

/** image - point */
export function residualOf({ point, image }: Visit): Float64Array {
  return difference(image, point)
}
