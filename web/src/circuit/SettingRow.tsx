import { useId, useRef, useState } from 'react'
import { type Dimension, parseQuantity } from '../../../src/quantities/index.ts'
import type { ParameterView } from '../engine/protocol.ts'
import { placeIn, reachOf, sliderSteps, type Setting, valueIn, writtenAs } from './settings.ts'

interface Props {
  readonly setting: Setting
  /** h/y, for rates that are written by the year. */
  readonly hours: number
  /** What stood there when the plant was saved. */
  readonly was?: string | undefined
  readonly onWrite: (parameter: ParameterView, written: string, gesture: string) => void
}

/** What is wrong with a text as a value of a parameter; undefined where nothing is. */
function faultOf(text: string, { dimension, min, max }: ParameterView, hours: number) {
  const parsed = parseQuantity(text, (dimension ?? 'ratio') as Dimension, {
    secondsPerYear: 3600 * hours,
  })
  if (!parsed.ok) return parsed.message
  if (min !== null && parsed.value < min) return 'below what is allowed'
  if (max !== null && parsed.value > max) return 'above what is allowed'
  return undefined
}

/** A number of the circuit: its text with a unit, and a slider around it. */
export function SettingRow({ setting, hours, was, onWrite }: Props) {
  const { label, parameter } = setting
  const own = useId()
  const [typed, setTyped] = useState<string>()
  // The slider keeps its ends while it is held, so that it does not run away under the hand.
  const [reach, setReach] = useState(() => reachOf(setting))
  const gesture = useRef('')
  const outside = parameter.value < reach.from || parameter.value > reach.to
  const shown = outside ? reachOf(setting) : reach
  const fault = typed === undefined ? undefined : faultOf(typed, parameter, hours)
  const type = (text: string) => {
    setTyped(text)
    if (faultOf(text, parameter, hours) === undefined)
      onWrite(parameter, text.trim(), gesture.current)
  }
  const begin = () => {
    gesture.current = `${parameter.path} ${Date.now()}`
  }
  const end = () => {
    setTyped(undefined)
    setReach(reachOf(setting))
  }
  const slide = (place: number) =>
    onWrite(parameter, writtenAs(valueIn(shown, place), parameter, hours), gesture.current)
  return (
    <div className="circuit-setting">
      <label htmlFor={own} title={parameter.about}>
        {label}
        {was !== undefined && was !== parameter.text && <em className="circuit-was">was {was}</em>}
      </label>
      <input
        id={own}
        className="circuit-number"
        value={typed ?? parameter.text}
        aria-invalid={fault !== undefined}
        aria-describedby={fault === undefined ? undefined : `${own}-fault`}
        onFocus={begin}
        onChange={(event) => type(event.target.value)}
        onBlur={end}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur()
        }}
      />
      <input
        type="range"
        aria-label={`${label}, slider`}
        aria-valuetext={parameter.text}
        min={0}
        max={sliderSteps}
        step={1}
        value={placeIn(shown, parameter.value)}
        onPointerDown={begin}
        onKeyDown={begin}
        onPointerUp={end}
        onChange={(event) => slide(Number(event.target.value))}
      />
      {fault !== undefined && (
        <p className="circuit-fault" id={`${own}-fault`}>
          {fault}
        </p>
      )}
    </div>
  )
}
