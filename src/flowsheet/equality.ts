import type { Stream } from './stream.ts'
import type { Properties, UnitOp } from './unit-op.ts'

/** True when two streams carry exactly the same, to the last digit. */
export function sameStream(a: Stream, b: Stream): boolean {
  if (a === b) return true
  if (a.temperature !== b.temperature || a.particleSize !== b.particleSize) return false
  const [one, other] = [a.flow, b.flow]
  if (one === other) return true
  if (one.length !== other.length) return false
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false
  return true
}

/** Structural equality of plain values (parameters: numbers, text, flags, lists, records). */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const left = Object.keys(a)
  if (left.length !== Object.keys(b).length) return false
  const [one, other] = [a as Record<string, unknown>, b as Record<string, unknown>]
  return left.every((key) => Object.hasOwn(other, key) && sameValue(one[key], other[key]))
}

/** True when a unit finds in both the same chemistry: extractant sets count for who reads them. */
export function isSameTo(op: UnitOp, a: Properties, b: Properties): boolean {
  if (a === b) return true
  const alike =
    a.species === b.species && a.equilibria === b.equilibria && a.constant === b.constant
  return alike && op.readsExtractants !== true
}
