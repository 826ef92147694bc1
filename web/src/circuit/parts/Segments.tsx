import './parts.css'

interface Props<T extends string> {
  readonly label: string
  readonly options: readonly (readonly [id: T, name: string])[]
  readonly chosen: T
  readonly onChoose: (id: T) => void
}

/** A choice of a few, all in sight. */
export function Segments<T extends string>({ label, options, chosen, onChoose }: Props<T>) {
  return (
    <div className="parts-segments" role="group" aria-label={label}>
      {options.map(([id, name]) => (
        <button key={id} type="button" aria-pressed={id === chosen} onClick={() => onChoose(id)}>
          {name}
        </button>
      ))}
    </div>
  )
}
