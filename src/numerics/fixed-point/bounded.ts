/** How far a step may go from the larger of point and image: at most times, at least over this. */
export interface StepBounds {
  readonly shrink: number
  readonly grow: number
}

/**
 * A step that cannot do harm, for entries that are all meant to be positive or zero. An entry takes
 * the image, which is a plain step, where its proposal is not a number, where the map does not
 * produce it, and where the proposal falls below the smaller of point and image over `shrink`; at
 * most it becomes the larger of them times `grow`.
 */
export function boundedStep(
  proposal: Float64Array,
  point: Float64Array,
  image: Float64Array,
  { shrink, grow }: StepBounds,
): Float64Array {
  return proposal.map((value, i) => {
    const x = point[i] as number
    const g = image[i] as number
    const least = (x === 0 ? g : Math.min(x, g)) / shrink
    if (!Number.isFinite(value) || g === 0 || value < least) return g
    return Math.min(Math.max(x, g) * grow, value)
  })
}
