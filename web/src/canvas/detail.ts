import { useStore } from '@xyflow/react'

/** Names in px of the screen, at least; and in px of the drawing, at most and at least. */
const type = { onScreen: 9.5, most: 24, least: 11 } as const

/** Type grows as the drawing shrinks, in steps, so that names stay legible in the whole view. */
export function useDetail(): { readonly isFar: boolean; readonly nameSize: number } {
  const nameSize = useStore(({ transform: [, , zoom] }) => {
    const size = Math.min(type.most, Math.max(type.least, type.onScreen / zoom))
    return Math.round(size * 2) / 2
  })
  const isFar = useStore(({ transform: [, , zoom] }) => zoom < 0.55)
  return { isFar, nameSize }
}
