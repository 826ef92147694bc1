/** How far a step may go from the larger of point and image: at most times, at least over this. */
export interface StepBounds {
  readonly shrink: number
  readonly grow: number
}

/**
 * A step that cannot do harm: entries (all meant to be positive or zero) stay between the smaller
 * of point and image over `shrink` and the larger of them times `grow`; an entry whose proposal is
 * not a number, or that the map does not produce, takes the image.
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
    if (!Number.isFinite(value) || g === 0) return g
    const low = (x === 0 ? g : Math.min(x, g)) / shrink
    const high = Math.max(x, g) * grow
    return Math.min(high, Math.max(low, value))
  })
}
