import { memo, useId, useRef, useState, type KeyboardEvent } from 'react'
import { fieldId } from './field-id.ts'
import { boundsOf, convertedTo, nudgedText, unitWritten, withUnit } from '../document/reading.ts'
import { redo, setParameter, undo, workspace } from '../document/store.ts'
import type { ParameterView } from '../engine/protocol.ts'
import { Icon } from '../ui/Icon.tsx'
import { Slider } from './Slider.tsx'
import { WhereFrom } from './WhereFrom.tsx'

interface QuantityFieldProps {
  readonly parameter: ParameterView
  /** The same parameter as it was saved; undefined where the saved plant does not have it. */
  readonly saved: ParameterView | undefined
  readonly operatingHours: number
  /** Told in words where a specification or a hold decides the number. */
  readonly held?: string | undefined
}

let gestures = 0
/** A name for edits that are undone together. */
const newGesture = () => `field ${++gestures}`

/**
 * A number of the plant, edited where it is read: typed with any unit, nudged, or slid. Drawn again
 * when its own number changes, not when another does.
 */
export const QuantityField = memo(Field)

function Field({ parameter, saved, operatingHours, held }: QuantityFieldProps) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const { label, shownIn } = parameter
  const isChanged = saved !== undefined && saved.value !== parameter.value
  const field = useField(parameter, operatingHours)
  const { trouble } = field
  const hint = trouble ?? held
  return (
    <div className="field" data-changed={isChanged} data-trouble={trouble !== undefined}>
      <label htmlFor={fieldId(parameter.path)}>{label}</label>
      <div className="field-value">
        <input
          id={fieldId(parameter.path)}
          type="text"
          inputMode={shownIn === '' ? 'decimal' : 'text'}
          autoComplete="off"
          spellCheck={false}
          value={field.shown}
          data-default={parameter.isDefault}
          aria-invalid={trouble !== undefined}
          aria-describedby={`${id}-hint ${id}-change`}
          onChange={(event) => field.type(event.target.value)}
          onFocus={(event) => event.target.select()}
          onBlur={field.commit}
          onKeyDown={field.onKey}
        />
        <button
          type="button"
          className="button-quiet field-info"
          aria-expanded={isOpen}
          aria-label={`Where ${label} comes from`}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name="info" />
        </button>
      </div>
      <Slider parameter={parameter} operatingHours={operatingHours} />
      <p className="field-hint" id={`${id}-hint`}>
        {hint}
      </p>
      <p className="field-change" id={`${id}-change`}>
        {isChanged ? (
          <>
            was {saved.text}{' '}
            <button type="button" onClick={() => setParameter(parameter.path, saved.text)}>
              take back<span className="visually-hidden"> {label}</span>
            </button>
          </>
        ) : null}
      </p>
      {isOpen ? (
        <WhereFrom
          parameter={parameter}
          bounds={boundsOf({ ...parameter, shownIn: unitWritten(parameter) }, operatingHours)}
        />
      ) : null}
    </div>
  )
}

/** What is being typed, and what becomes of it. */
function useField(parameter: ParameterView, operatingHours: number) {
  const [draft, setDraft] = useState<string | undefined>(undefined)
  const [trouble, setTrouble] = useState<string | undefined>(undefined)
  const gesture = useRef({ name: '', unit: '' })
  const begin = () => {
    if (gesture.current.name === '')
      gesture.current = { name: newGesture(), unit: unitWritten(parameter) }
    return gesture.current
  }
  const write = (text: string) =>
    setTrouble(setParameter(parameter.path, withUnit(text, parameter), begin().name))
  const end = () => {
    gesture.current = { name: '', unit: '' }
    setDraft(undefined)
    setTrouble(undefined)
  }
  const type = (text: string) => {
    // What was nudged before is a step of its own: Escape takes back the typing alone.
    if (draft === undefined) gesture.current = { name: '', unit: '' }
    begin()
    setDraft(text)
    write(text)
  }
  const commit = () => {
    if (draft !== undefined && trouble === undefined) {
      // What was typed in another unit is kept in the one that the field had.
      const { unit, name } = begin()
      const text = convertedTo(unit, withUnit(draft, parameter), parameter, operatingHours)
      if (text !== undefined) setParameter(parameter.path, text, name)
    }
    end()
  }
  const nudge = (steps: number) => {
    setDraft(undefined)
    setTrouble(
      setParameter(parameter.path, nudgedText(parameter, steps, operatingHours), begin().name),
    )
  }
  const cancel = () => {
    const { name } = gesture.current
    if (name !== '' && workspace().history.done.at(-1)?.gesture === name) undo()
    end()
  }
  const onKey = (event: KeyboardEvent) => {
    const act = keyOf(event, { commit, cancel, nudge, isTyping: draft !== undefined })
    if (act === undefined) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  return { shown: draft ?? parameter.text, trouble, type, commit, onKey }
}

interface FieldActs {
  readonly commit: () => void
  readonly cancel: () => void
  readonly nudge: (steps: number) => void
  readonly isTyping: boolean
}

function keyOf(event: KeyboardEvent, { commit, cancel, nudge, isTyping }: FieldActs) {
  const key = event.key.toLowerCase()
  if (event.altKey && (key === 'arrowup' || key === 'arrowdown')) {
    const steps = (event.shiftKey ? 10 : 1) * (key === 'arrowup' ? 1 : -1)
    return () => nudge(steps)
  }
  if (key === 'enter') return commit
  if (key === 'escape' && isTyping) return cancel
  if ((event.ctrlKey || event.metaKey) && key === 'z') {
    return isTyping ? cancel : event.shiftKey ? redo : undo
  }
  return undefined
}
