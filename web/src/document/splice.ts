/** A stretch of a text replaced by another: the smallest form of an edit. */
export interface Splice {
  readonly at: number
  readonly removed: string
  readonly inserted: string
}

/** First character, and the one after the last. */
export type Range = readonly [from: number, to: number]

/** What turns one text into the other, as one stretch; undefined where they are the same. */
export function spliceBetween(before: string, after: string): Splice | undefined {
  if (before === after) return undefined
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++
  let end = 0
  while (
    end < most - start &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  )
    end++
  return {
    at: start,
    removed: before.slice(start, before.length - end),
    inserted: after.slice(start, after.length - end),
  }
}

/** The text after a splice; the removed stretch must stand there (asserted). */
export function applySplice(text: string, { at, removed, inserted }: Splice): string {
  if (!text.startsWith(removed, at)) throw new Error('a splice does not fit its text')
  return text.slice(0, at) + inserted + text.slice(at + removed.length)
}

export const inverse = ({ at, removed, inserted }: Splice): Splice => ({
  at,
  removed: inserted,
  inserted: removed,
})

/** Where a range is after a splice; undefined where the splice touches it in part. */
export function shifted([from, to]: Range, { at, removed, inserted }: Splice): Range | undefined {
  const end = at + removed.length
  const by = inserted.length - removed.length
  if (to < at) return [from, to]
  if (from > end) return [from + by, to + by]
  // The splice lies inside: the range grows or shrinks with it.
  if (from <= at && end <= to) return [from, to + by]
  return undefined
}
