type Kind = 'meets' | 'short' | 'unknown' | 'none'

const icons: Readonly<Record<Kind, string>> = { meets: '✓', short: '✗', unknown: '?', none: '' }

/** A verdict as a word with its icon: never colour alone. */
export function Verdict({ kind, text }: { readonly kind: Kind; readonly text: string }) {
  return (
    <span className={`verdict-word verdict-word-${kind}`}>
      {icons[kind] !== '' && (
        <span aria-hidden="true" className="verdict-word-icon">
          {icons[kind]}
        </span>
      )}
      {text}
    </span>
  )
}
