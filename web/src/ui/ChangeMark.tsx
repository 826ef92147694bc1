interface ChangeMarkProps {
  /** The change as it is seen: `+1.2 MUSD`. */
  readonly seen: string
  /** As it is heard: `up 1.2 MUSD since saved`. */
  readonly heard: string
  /** Against what was pinned, not what was saved. */
  readonly pinned?: boolean
}

/** A change beside its figure, and in words for those who hear the page. */
export function ChangeMark({ seen, heard, pinned = false }: ChangeMarkProps) {
  return (
    <span className={pinned ? 'change-mark change-pinned' : 'change-mark'}>
      <span aria-hidden="true">
        {pinned ? '◆' : ''}
        {seen}
      </span>
      <span className="visually-hidden">{` (${heard})`}</span>
    </span>
  )
}
