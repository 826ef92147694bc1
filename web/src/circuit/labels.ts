import type { Note } from './chart/figure-types.ts'

/** A place in px. */
type Spot = readonly [x: number, y: number]

type Beside = Required<Pick<Note, 'dx' | 'dy' | 'anchor'>>

/** Where a label may stand beside its point, the best first. */
const places: readonly Beside[] = [
  { dx: -4, dy: -5, anchor: 'end' },
  { dx: 4, dy: 13, anchor: 'start' },
  { dx: -8, dy: 4, anchor: 'end' },
  { dx: 8, dy: 4, anchor: 'start' },
  { dx: 0, dy: -9, anchor: 'middle' },
  { dx: 0, dy: 18, anchor: 'middle' },
  { dx: 4, dy: -5, anchor: 'start' },
  { dx: -4, dy: 13, anchor: 'end' },
  { dx: -16, dy: -12, anchor: 'end' },
  { dx: 16, dy: 20, anchor: 'start' },
  { dx: 0, dy: 30, anchor: 'middle' },
]

const letter = 7.5
const tall = 11
const startOf = { start: 0, middle: -0.5, end: -1 } as const

/** A label that covers more than two points everywhere is left out: pointing at them tells it. */
const illegible = 60

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

function boxOf([x, y]: Spot, text: string, { dx, dy, anchor }: Beside): Box {
  const wide = letter * text.length
  const left = x + dx + wide * startOf[anchor]
  return { left, right: left + wide, top: y + dy - tall, bottom: y + dy }
}

const holds = ({ left, right, top, bottom }: Box, [x, y]: Spot, around: number) =>
  x > left - around && x < right + around && y > top - around && y < bottom + around

const meets = (a: Box, b: Box) =>
  a.left < b.right + 2 && b.left < a.right + 2 && a.top < b.bottom && b.top < a.bottom

/**
 * Notes, each where it covers least: another label or the axes first, then points, then lines.
 * `at` tells where a place of the chart stands, px from its upper left corner.
 */
export function besidePoints(
  notes: readonly Note[],
  at: (x: number, y: number) => Spot,
  size: { readonly width: number; readonly height: number },
  drawn: { readonly dots: readonly Spot[]; readonly lines: readonly Spot[] },
): readonly Note[] {
  const taken: Box[] = []
  const cost = (box: Box) => {
    const isOff = box.left < 0 || box.right > size.width || box.top < 0 || box.bottom > size.height
    const labels = taken.filter((other) => meets(box, other)).length
    const dots = drawn.dots.filter((dot) => holds(box, dot, 2)).length
    const lines = drawn.lines.filter((spot) => holds(box, spot, 0)).length
    return (isOff ? 200 : 0) + 1000 * labels + 20 * dots + lines
  }
  return notes.flatMap((note) => {
    const spot = at(note.x, note.y)
    const costs = places.map((place) => cost(boxOf(spot, note.text, place)))
    const least = Math.min(...costs)
    const best = places[costs.indexOf(least)]
    if (best === undefined || least > illegible) return []
    taken.push(boxOf(spot, note.text, best))
    return [{ ...note, ...best }]
  })
}

/** Places along a way, so near to each other that no label fits between. */
export function along(way: readonly Spot[]): readonly Spot[] {
  return way.flatMap(([x, y], k) => {
    const [fromX, fromY] = way[k - 1] ?? [x, y]
    const count = Math.max(1, Math.ceil(Math.hypot(x - fromX, y - fromY) / 5))
    return Array.from({ length: count }, (_, i): Spot => {
      const share = (i + 1) / count
      return [fromX + share * (x - fromX), fromY + share * (y - fromY)]
    })
  })
}
