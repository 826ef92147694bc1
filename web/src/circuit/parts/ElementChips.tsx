import { elementColour } from '../../../../src/draw/palette.ts'
import './parts.css'

interface Props {
  readonly elements: readonly string[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
  /** One at a time instead of several. */
  readonly single?: boolean
}

/** The elements of a picture, each to be shown or not. */
export function ElementChips({ elements, chosen, onChange, single = false }: Props) {
  const toggle = (symbol: string) => {
    if (single) return onChange([symbol])
    const has = chosen.includes(symbol)
    onChange(elements.filter((el) => (el === symbol ? !has : chosen.includes(el))))
  }
  return (
    <div className="parts-chips" role="group" aria-label={single ? 'Element' : 'Elements shown'}>
      {elements.map((symbol) => (
        <button
          key={symbol}
          type="button"
          className="parts-chip"
          aria-pressed={chosen.includes(symbol)}
          onClick={() => toggle(symbol)}
        >
          <span
            className="parts-swatch"
            style={{ '--chart-colour': elementColour(symbol) } as React.CSSProperties}
          />
          {symbol}
        </button>
      ))}
      {!single && (
        <button
          type="button"
          className="parts-quiet"
          onClick={() => onChange(chosen.length === elements.length ? [] : elements)}
        >
          {chosen.length === elements.length ? 'none' : 'all'}
        </button>
      )}
    </div>
  )
}
