import { useState } from 'react'
import { setText, workspace } from '../document/store.ts'
import { formatNumber } from '../ui/format.ts'

const line = /^(operatingHours:[ \t]*)(["']?)([^#\n"']*?)\2(?=[ \t]*(?:#.*)?$)/m

/** The hours of a year that the plant runs, by which every yearly rate is divided. */
export function OperatingHours({ hours }: { readonly hours: number }) {
  const [draft, setDraft] = useState<string | undefined>(undefined)
  const [trouble, setTrouble] = useState('')
  const write = (typed: string) => {
    setDraft(typed)
    const number = /^\s*(\d+(?:\.\d+)?)\s*(?:h\/(?:y|yr|a|year))?\s*$/.exec(typed)?.[1]
    if (number === undefined || !(Number(number) > 0 && Number(number) <= 8784)) {
      setTrouble('hours of a year: above 0, at most 8784 h/y')
      return
    }
    setTrouble('')
    const { text } = workspace()
    setText(
      text.replace(line, (_, key: string) => `${key}${number} h/y`),
      'operating hours',
    )
  }
  const end = () => {
    setDraft(undefined)
    setTrouble('')
  }
  return (
    <div className="field" data-trouble={trouble !== ''}>
      <label htmlFor="field-operatingHours">Runs</label>
      <div className="field-value field-alone">
        <input
          id="field-operatingHours"
          type="text"
          autoComplete="off"
          value={draft ?? `${formatNumber(hours)} h/y`}
          aria-invalid={trouble !== ''}
          aria-describedby="field-operatingHours-hint"
          onChange={(event) => write(event.target.value)}
          onBlur={end}
          onKeyDown={(event) => (event.key === 'Enter' ? end() : undefined)}
        />
      </div>
      <p className="field-hint" id="field-operatingHours-hint">
        {trouble}
      </p>
    </div>
  )
}
