import { useId, useState, type ReactNode } from 'react'
import { matchingWords } from './choices.ts'

/** Items shown at once; the search narrows what is left. */
const mostShown = 100

/** A list from which several are chosen, with a search; what is chosen stands first. */
export function Chooser<T>({
  title,
  items,
  idOf,
  textOf,
  detail,
  chosen,
  onChange,
  quick = [],
}: {
  readonly title: string
  readonly items: readonly T[]
  readonly idOf: (item: T) => string
  /** What the search looks through. */
  readonly textOf: (item: T) => string
  readonly detail?: (item: T) => ReactNode
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
  /** Choices of one click. */
  readonly quick?: readonly { readonly name: string; readonly ids: readonly string[] }[]
}) {
  const [words, setWords] = useState('')
  const own = new Set(chosen)
  const first = items.filter((item) => own.has(idOf(item)))
  const rest = matchingWords(items, textOf, words).filter((item) => !own.has(idOf(item)))
  const rows = [...first, ...rest.slice(0, mostShown)]
  const toggle = (item: string) =>
    onChange(own.has(item) ? chosen.filter((other) => other !== item) : [...chosen, item])
  return (
    <fieldset className="studies-chooser">
      <legend>
        {title}: {chosen.length} of {items.length}
      </legend>
      <div className="studies-chooser-head">
        <input
          type="search"
          aria-label={`Search ${title}`}
          placeholder="search"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        {quick
          .filter(({ ids }) => ids.length > 0)
          .map(({ name, ids }) => (
            <button key={name} type="button" onClick={() => onChange(ids)}>
              {name}
            </button>
          ))}
        <button type="button" disabled={chosen.length === 0} onClick={() => onChange([])}>
          none
        </button>
      </div>
      <ul className="studies-list" tabIndex={0} aria-label={title}>
        {rows.map((item) => (
          <Item
            key={idOf(item)}
            name={idOf(item)}
            detail={detail?.(item)}
            isChosen={own.has(idOf(item))}
            onToggle={() => toggle(idOf(item))}
          />
        ))}
        {rest.length > mostShown && (
          <li className="studies-more">{rest.length - mostShown} more: search for them</li>
        )}
        {rows.length === 0 && <li className="studies-more">nothing has these words</li>}
      </ul>
    </fieldset>
  )
}

function Item({
  name,
  detail,
  isChosen,
  onToggle,
}: {
  readonly name: string
  readonly detail: ReactNode
  readonly isChosen: boolean
  readonly onToggle: () => void
}) {
  const id = useId()
  return (
    <li>
      <input id={id} type="checkbox" checked={isChosen} onChange={onToggle} />
      <label htmlFor={id}>
        <span>{name}</span>
        {detail !== undefined && <span className="studies-detail">{detail}</span>}
      </label>
    </li>
  )
}
