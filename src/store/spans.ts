/**
 * What held at a moment, found without reading what held at others: a relational interval tree
 * (Kriegel, Poetke, Seidl 2000). Time is a binary tree that is nowhere stored; a span lies at the
 * highest node that it covers, and a moment is covered only by spans at the nodes on its way down
 * from the root. Two ordinary indexes then find all spans of a moment in about fifty look-ups.
 */

/** Half milliseconds since the year -2489, so that a span never begins and ends on one number. */
const earliest = -(2 ** 47)
const levels = 51
const clock = (time: number) => Math.min(Math.max(time - earliest, 0), 2 ** 49)

/** Node of the span from `since` (inclusive) to `until` (exclusive), ms; since < until. */
export function nodeOf(since: number, until: number): number {
  const [first, last] = [2 * clock(since), 2 * clock(until) - 1]
  let step = 1
  while (Math.floor(first / (2 * step)) !== Math.floor(last / (2 * step))) step *= 2
  return Math.floor(last / step) * step
}

/** Nodes at which spans of this moment can lie: those before it (or at it), and those after it. */
export function nodesAt(time: number): {
  readonly before: readonly number[]
  readonly after: readonly number[]
} {
  const moment = 2 * clock(time)
  const [before, after]: [number[], number[]] = [[], []]
  for (let level = 0, step = 1; level < levels; level++, step *= 2) {
    const node = Math.floor(moment / (2 * step)) * 2 * step + step
    if (node > moment) after.push(node)
    else before.push(node)
  }
  return { before, after }
}

/** One line of a lot's account at one place. */
interface Change {
  readonly time: number
  readonly after: number
}

export interface Balance {
  readonly mg: number
  readonly since: number
}

/**
 * Goes on from what is there now through later changes, in order: the spans that came to an end,
 * and what is there then. Nothing (0 mg) is neither kept as a span nor as a balance.
 */
export function advance(start: Balance | undefined, changes: readonly Change[]) {
  const ended: { since: number; until: number; mg: number }[] = []
  let now = start ?? { mg: 0, since: Number.NEGATIVE_INFINITY }
  for (const { time, after } of changes) {
    if (now.mg !== 0 && now.since < time) ended.push({ ...now, until: time })
    now = { mg: after, since: time }
  }
  return { ended, now: now.mg === 0 ? undefined : now }
}
