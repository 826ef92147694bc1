import { useRef, useState } from 'react'
import { writtenOf } from '../document/reading.ts'
import { setParameter } from '../document/store.ts'
import type { ParameterView } from '../engine/protocol.ts'
import { placeIn, rangeOf, valueIn, type Range } from './steps.ts'

interface SliderProps {
  readonly parameter: ParameterView
  readonly operatingHours: number
}

const places = 1000
let drags = 0

/** Moves a number over its natural range; a drag is one step of undo. */
export function Slider({ parameter, operatingHours }: SliderProps) {
  const { value, whole, label, text } = parameter
  // The range stands still while it is dragged over, and is taken anew for the next drag.
  const [held, setHeld] = useState<Range | undefined>(undefined)
  const gesture = useRef('')
  const range = held ?? rangeOf(value, parameter)
  if (range === undefined) return <span className="field-slider" />
  const begin = () => {
    if (gesture.current !== '') return
    gesture.current = `drag ${++drags}`
    setHeld(range)
  }
  const end = () => {
    gesture.current = ''
    setHeld(undefined)
  }
  const move = (place: number) => {
    begin()
    const si = valueIn(range, place / places)
    setParameter(
      parameter.path,
      writtenOf(whole ? Math.round(si) : si, parameter, operatingHours),
      gesture.current,
    )
  }
  return (
    <input
      className="field-slider"
      type="range"
      min={0}
      max={places}
      step={whole ? places / Math.max(1, range.to - range.from) : 1}
      value={placeIn(range, value) * places}
      aria-label={`${label}, slider`}
      aria-valuetext={text}
      onPointerDown={begin}
      onPointerUp={end}
      onKeyUp={end}
      onBlur={end}
      onChange={(event) => move(event.target.valueAsNumber)}
    />
  )
}
