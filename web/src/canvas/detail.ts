import { useStore } from '@xyflow/react'

/** Names in px of the screen, at least; and in px of the drawing, at most and at least. */
const type = { onScreen: 9.5, most: 24, least: 11, mostOfFew: 34 } as const

/** Below this only feeds, circuits and products are named: names of all would lie on each other. */
const farthest = 0.32

/** Type grows as the drawing shrinks, in steps, so that names stay legible in the whole view. */
export function useDetail(): {
  readonly isFar: boolean
  readonly isFarthest: boolean
  readonly nameSize: number
} {
  const nameSize = useStore(({ transform: [, , zoom] }) => {
    const most = zoom < farthest ? type.mostOfFew : type.most
    const size = Math.min(most, Math.max(type.least, type.onScreen / zoom))
    return Math.round(size * 2) / 2
  })
  const isFar = useStore(({ transform: [, , zoom] }) => zoom < 0.55)
  const isFarthest = useStore(({ transform: [, , zoom] }) => zoom < farthest)
  return { isFar, isFarthest, nameSize }
}
