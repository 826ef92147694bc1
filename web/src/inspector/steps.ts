import { within } from '../document/reading.ts'
import type { ParameterView } from '../engine/protocol.ts'

/** The range of a slider; places on it go from 0 to 1. */
export interface Range {
  readonly from: number
  readonly to: number
  readonly isLog: boolean
}

/** A range in which moving a number makes sense: its bounds, or some times its size; SI. */
export function rangeOf(value: number, of: ParameterView): Range | undefined {
  const { min, max, whole } = of
  if (whole) {
    const [from, to] = [within(value - 10, of), within(value + 10, of)]
    return to > from ? { from: Math.max(from, Math.min(1, value)), to, isLog: false } : undefined
  }
  if (min !== null && max !== null && (value - min) / (max - min) >= 0.05) {
    const isWide = min > 0 && max / min > 100
    return { from: min, to: max, isLog: isWide }
  }
  if (!(value > 0)) return undefined
  const [from, to] = [within(value / 4, of), within(value * 4, of)]
  return to > from && from > 0 ? { from, to, isLog: true } : undefined
}

export function placeIn({ from, to, isLog }: Range, value: number): number {
  const share = isLog ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from)
  return Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0
}

export function valueIn({ from, to, isLog }: Range, place: number): number {
  if (place <= 0) return from
  if (place >= 1) return to
  return isLog ? from * (to / from) ** place : from + place * (to - from)
}
