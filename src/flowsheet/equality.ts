import type { Stream } from './stream.ts'

/** True when two streams carry exactly the same, to the last digit. */
export function sameStream(a: Stream, b: Stream): boolean {
  if (a === b) return true
  if (a.temperature !== b.temperature || a.particleSize !== b.particleSize) return false
  if (a.flow === b.flow) return true
  if (a.flow.length !== b.flow.length) return false
  for (let i = 0; i < a.flow.length; i++) if (a.flow[i] !== b.flow[i]) return false
  return true
}

/** Structural equality of plain values (parameters: numbers, text, flags, lists, records). */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const left = Object.entries(a)
  const right = new Map(Object.entries(b))
  return (
    left.length === right.size && left.every(([k, v]) => right.has(k) && sameValue(v, right.get(k)))
  )
}
