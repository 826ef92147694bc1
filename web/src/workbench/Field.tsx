import { useId } from 'react'

interface TextProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly size?: number
  readonly placeholder?: string
  readonly about?: string
}

/** A line of text with its name above. */
export function TextField({ label, value, onChange, size = 14, placeholder, about }: TextProps) {
  const own = useId()
  return (
    <div className="parts-field" title={about}>
      <label htmlFor={own}>{label}</label>
      <input
        id={own}
        size={size}
        value={value}
        placeholder={placeholder}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly options: readonly (readonly [id: string, name: string])[]
  readonly onChange: (value: string) => void
}

/** A choice with its name above. */
export function ChoiceField({ label, value, options, onChange }: ChoiceProps) {
  const own = useId()
  return (
    <div className="parts-field">
      <label htmlFor={own}>{label}</label>
      <select id={own} value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}

interface CheckProps {
  readonly label: string
  readonly checked: boolean
  readonly onChange: () => void
  readonly about?: string
}

export function CheckField({ label, checked, onChange, about }: CheckProps) {
  return (
    <label className="parts-check" title={about}>
      <input type="checkbox" checked={checked} onChange={onChange} />
      {label}
    </label>
  )
}
