/** Lines between units: ways of level and upright pieces, out to the right, in from the left. */
export interface Point {
  readonly x: number
  readonly y: number
}

export interface Box extends Point {
  readonly width: number
  readonly height: number
}

const lead = 14
const clearance = 12
/** Room under a symbol for its name. */
const foot = 30

/** Whether a horizontal or vertical piece runs through a box. */
function runsThrough(a: Point, b: Point, box: Box): boolean {
  return (
    Math.max(a.x, b.x) > box.x - 2 &&
    Math.min(a.x, b.x) < box.x + box.width + 2 &&
    Math.max(a.y, b.y) > box.y - 2 &&
    Math.min(a.y, b.y) < box.y + box.height + 2
  )
}

export const length = (way: readonly Point[]) =>
  way.slice(1).reduce((sum, p, i) => sum + distance(p, way[i] ?? p), 0)

const distance = (a: Point, b: Point) => Math.abs(a.x - b.x) + Math.abs(a.y - b.y)

/** Without points where the way does not turn. */
export function straightened(way: readonly Point[]): readonly Point[] {
  return way.filter((p, i) => {
    const [before, after] = [way[i - 1], way[i + 1]]
    if (before === undefined || after === undefined) return true
    const isFlat = before.y === p.y && p.y === after.y
    const isUpright = before.x === p.x && p.x === after.x
    return !isFlat && !isUpright
  })
}

/**
 * The way from an outlet to an inlet with the least of: pieces through other units, length, bends.
 * The units at both ends are among the boxes; a line touches them only at its ends.
 */
export function routeBetween(from: Point, to: Point, boxes: readonly Box[]): readonly Point[] {
  const [out, into] = [from.x + lead, to.x - lead]
  const levels = new Set([from.y, to.y, (from.y + to.y) / 2])
  for (const box of boxes) {
    levels.add(box.y - clearance)
    levels.add(box.y + box.height + foot)
  }
  const ways: (readonly Point[])[] = []
  if (into >= out) {
    for (const x of [out, (from.x + to.x) / 2, into]) {
      ways.push([from, { x, y: from.y }, { x, y: to.y }, to])
    }
  }
  // A line that goes back does so above or below its ends, never over itself.
  levels.add(Math.min(from.y, to.y) - 3 * lead)
  for (const y of levels) {
    const isOver =
      into < out && (Math.abs(y - from.y) < clearance || Math.abs(y - to.y) < clearance)
    if (isOver) continue
    ways.push([
      from,
      { x: out, y: from.y },
      { x: out, y },
      { x: into, y },
      { x: into, y: to.y },
      to,
    ])
  }
  const cost = (way: readonly Point[]) => {
    let through = 0
    for (let i = 1; i < way.length; i++) {
      const [a, b] = [way[i - 1] ?? from, way[i] ?? to]
      // The first and last pieces start at the edge of a unit.
      const [start, end] = [i === 1 ? shifted(a, 3) : a, i === way.length - 1 ? shifted(b, -3) : b]
      for (const box of boxes) if (runsThrough(start, end, box)) through++
    }
    return 1e4 * through + length(way) + 20 * straightened(way).length
  }
  let [best, least] = [ways[0] ?? [from, to], Number.POSITIVE_INFINITY]
  for (const way of ways) {
    const own = cost(way)
    if (own < least) [best, least] = [way, own]
  }
  return straightened(best)
}

const shifted = ({ x, y }: Point, by: number): Point => ({ x: x + by, y })

export const pathOf = (way: readonly Point[]) =>
  way.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('')

/** Where the diamond stands: a little along the first level piece from the outlet. */
export function markPlace([first]: readonly Point[]): Point {
  return first === undefined ? { x: 0, y: 0 } : { x: first.x + 11, y: first.y }
}

/** A level piece of a way: room for words on the line. */
export interface Room {
  readonly at: Point
  readonly length: number
}

const wordHeight = 23

/** The longest level piece of each way that no other shares, with room for a word above it. */
export function roomsOf(
  ways: Readonly<Record<string, readonly Point[]>>,
): ReadonlyMap<string, Room> {
  const pieces = Object.entries(ways).flatMap(([name, way]) =>
    way.slice(1).flatMap((b, i) => {
      const a = way[i]
      if (a === undefined || a.y !== b.y) return []
      return [{ name, y: a.y, left: Math.min(a.x, b.x), right: Math.max(a.x, b.x) }]
    }),
  )
  const best = new Map<string, Room>()
  for (const piece of pieces) {
    const { name, y, left, right } = piece
    const length = right - left
    if (length <= (best.get(name)?.length ?? 0)) continue
    const isShared = pieces.some(
      (other) =>
        other.name !== name &&
        other.y - y < 4 &&
        y - other.y < wordHeight &&
        Math.min(other.right, right) - Math.max(other.left, left) > 1,
    )
    if (!isShared) best.set(name, { at: { x: (left + right) / 2, y }, length })
  }
  return best
}
