import { type Axis, placeOn } from './scale.ts'

/** A point of a line; null breaks it. */
export type Point = readonly [x: number, y: number | null]

/** Where a panel stands in its figure, px. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export const xAt = (box: Box, axis: Axis, value: number) =>
  box.left + box.width * placeOn(axis, value)

export const yAt = (box: Box, axis: Axis, value: number) =>
  box.top + box.height * (1 - placeOn(axis, value))

const tenth = (value: number) => Math.round(10 * value) / 10

/** The path of a line; what has no place on the axes, or lies far outside, breaks it. */
export function pathOf(points: readonly Point[], box: Box, x: Axis, y: Axis): string {
  let [d, pen] = ['', 'M']
  for (const [px, py] of points) {
    const place = py === null ? Number.NaN : placeOn(y, py)
    // Below the axis a trace is drawn along its edge no more; a short way beyond it is clipped.
    if (!(place > -4 && place < 5)) {
      pen = 'M'
      continue
    }
    d += `${pen}${tenth(xAt(box, x, px))} ${tenth(box.top + box.height * (1 - place))}`
    pen = 'L'
  }
  return d
}

interface End {
  readonly text: string
  readonly colour: string
  readonly x: number
  readonly y: number
}

export interface EndLabel {
  readonly text: string
  readonly colour: string
  readonly x: number
  /** Where its line ends, and where the text stands. */
  readonly from: number
  readonly at: number
}

/**
 * Texts beside the ends of lines, in order of height, none closer than `apart` to the next and none
 * outside of the panel: those that crowd are pushed down, then the whole pile up again.
 */
export function endLabels(
  ends: readonly End[],
  top: number,
  bottom: number,
  apart = 13,
): readonly EndLabel[] {
  const sorted = [...ends].sort((a, b) => a.y - b.y)
  const places = sorted.map(({ y }) => Math.min(Math.max(y, top), bottom))
  for (let k = 1; k < places.length; k++)
    places[k] = Math.max(places[k] as number, (places[k - 1] as number) + apart)
  let limit = bottom
  for (let k = places.length - 1; k >= 0; k--) {
    places[k] = Math.min(places[k] as number, limit)
    limit = (places[k] as number) - apart
  }
  return sorted.map(({ y, ...end }, k) => ({ ...end, from: y, at: places[k] as number }))
}

/** A smooth curve through points as SVG: Catmull-Rom, inside the box of each two neighbours. */
export function smoothPath(points: readonly (readonly [number, number])[]): string {
  const [first, ...rest] = points
  if (first === undefined || rest.length === 0) return ''
  const at = (k: number) => points[Math.min(Math.max(k, 0), points.length - 1)] ?? first
  const between = (v: number, a: number, b: number) =>
    Math.min(Math.max(v, Math.min(a, b)), Math.max(a, b))
  const pieces = rest.map((end, k) => {
    const [before, start, after] = [at(k - 1), at(k), at(k + 2)]
    const c1 = [0, 1].map((i) => {
      const v = (start[i] ?? 0) + ((end[i] ?? 0) - (before[i] ?? 0)) / 6
      return tenth(between(v, start[i] ?? 0, end[i] ?? 0))
    })
    const c2 = [0, 1].map((i) => {
      const v = (end[i] ?? 0) - ((after[i] ?? 0) - (start[i] ?? 0)) / 6
      return tenth(between(v, start[i] ?? 0, end[i] ?? 0))
    })
    return `C${c1.join(' ')} ${c2.join(' ')} ${end.map(tenth).join(' ')}`
  })
  return `M${first.map(tenth).join(' ')}${pieces.join('')}`
}
