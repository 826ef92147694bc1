import type { LotKind } from '../../ledger/index.ts'
import type { ChartLook } from '../frame.ts'
import { partColour } from '../frame.ts'
import { element, label, round } from '../svg.ts'

/** A day as 2026-03-01 (UTC). */
export const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)

/** Below the title of every picture of a history that was made up. */
export function syntheticMark(isSynthetic: boolean, y: number, look: ChartLook): string {
  return isSynthetic
    ? label('synthetic: a made-up history', 20, y, {
        'font-size': 11,
        'font-weight': 600,
        fill: look.bad,
      })
    : ''
}

/** Kinds of lot in the order of legends. */
export const drawnKinds: readonly (LotKind | 'unknown')[] = [
  'feed',
  'reagent',
  'intermediate',
  'hold-up',
  'product',
  'by-product',
  'residue',
  'effluent',
  'sample',
  'unknown',
]

/** Places of the colours of parts that suit the kinds; the same in every picture. */
const colours: Readonly<Record<LotKind | 'unknown', number>> = {
  feed: 0,
  reagent: 4,
  intermediate: 3,
  'hold-up': 7,
  product: 2,
  'by-product': 5,
  residue: 1,
  effluent: 8,
  sample: 6,
  unknown: 9,
}
export const kindColour = (look: ChartLook, kind: LotKind | 'unknown'): string =>
  partColour(look, colours[kind])

/** Corners of the outline of each kind, as shares of width and height with an inset in px. */
const outlines: Readonly<
  Record<LotKind | 'unknown', (w: number, h: number) => readonly (readonly [number, number])[]>
> = {
  feed: (w, h) => [
    [0, 0],
    [w - 10, 0],
    [w, h / 2],
    [w - 10, h],
    [0, h],
  ],
  reagent: (w, h) => [
    [8, 0],
    [w - 8, 0],
    [w, h],
    [0, h],
  ],
  intermediate: (w, h) => [
    [0, 0],
    [w, 0],
    [w, h],
    [0, h],
  ],
  'hold-up': (w, h) => [
    [0, 0],
    [w, 0],
    [w - 8, h],
    [8, h],
  ],
  product: (w, h) => [
    [8, 0],
    [w - 8, 0],
    [w, 8],
    [w, h - 8],
    [w - 8, h],
    [8, h],
    [0, h - 8],
    [0, 8],
  ],
  'by-product': (w, h) => [
    [8, 0],
    [w, 0],
    [w, h - 8],
    [w - 8, h],
    [0, h],
    [0, 8],
  ],
  residue: (w, h) => [
    [0, 0],
    [w, 0],
    [w, h - 10],
    [w - 10, h],
    [0, h],
  ],
  effluent: (w, h) => [
    [8, 0],
    [w, 0],
    [w - 8, h],
    [0, h],
  ],
  sample: (w, h) => [
    [10, 0],
    [w - 10, 0],
    [w, h / 2],
    [w - 10, h],
    [10, h],
    [0, h / 2],
  ],
  unknown: (w, h) => [
    [0, 0],
    [w, 0],
    [w, h],
    [0, h],
  ],
}

/** The outline of a lot of a kind: never told by its colour alone. */
export function kindOutline(
  kind: LotKind | 'unknown',
  at: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  attributes: Readonly<Record<string, string | number | undefined>>,
): string {
  const corners = outlines[kind](at.width, at.height)
  const points = corners.map(([x, y]) => `${round(at.x + x)} ${round(at.y + y)}`)
  return element('path', { d: `M${points.join(' L')} Z`, ...attributes })
}
