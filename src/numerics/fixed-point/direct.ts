import type { FixedPointMethod } from './method.ts'

/** Successive substitution: the image is the next point. Never leaves what the map produces. */
export const direct: FixedPointMethod = {
  id: 'direct',
  title: 'Direct substitution',
  about: 'The image is the next point; error shrinks by the largest slope in each step.',
  depth: 0,
  next: ({ last }) => last?.image.slice() ?? new Float64Array(0),
}
