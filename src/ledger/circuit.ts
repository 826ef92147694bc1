/**
 * What a circuit holds of one element while lots are charged and drawn. It is taken as well mixed:
 * a draw takes of every charge before it in proportion, and of none after it. What nobody has said
 * counts as much as it can be, so that the shares of known sources are lower bounds.
 */
import type { Course } from './course.ts'

/** Mass of one element in each flow, mg: known, and at most more that nobody can tell. */
export interface ElementFlows {
  readonly known: Float64Array
  readonly more: Float64Array
  /** 1 where the content of the flow's lot is known. */
  readonly isKnown: Uint8Array
}

/** By flow: what it did to the circuit. */
export interface Mixing {
  /** Of a charge: share of what was known before it that still is certain to be there. */
  readonly kept: Float64Array
  /** Of a draw: what the circuit held before it, mg; what part of the draw that covers. */
  readonly held: Float64Array
  readonly covered: Float64Array
  /** Of a draw: the part that stays. */
  readonly stays: Float64Array
}

/** What never leaves: the mixture is known even when the last has gone. */
const trace = 1e-12

export function mix(course: Course, of: ElementFlows): Mixing {
  const { flows, node } = course
  const size = flows.length
  const kept = new Float64Array(size)
  const held = new Float64Array(size)
  const covered = new Float64Array(size)
  const stays = new Float64Array(size)
  const known = new Float64Array(course.nodes.length)
  const unknown = new Float64Array(course.nodes.length)
  const maybeGone = new Float64Array(course.nodes.length)
  for (let i = 0; i < size; i++) {
    const n = node[i] as number
    const pool = (known[n] as number) + (unknown[n] as number)
    const mass = of.known[i] as number
    const more = of.more[i] as number
    if (flows[i]?.direction === 'in') {
      const keep = pool > 0 ? 1 - (maybeGone[n] as number) / pool : 1
      kept[i] = keep
      const certain = (known[n] as number) * keep
      unknown[n] = pool - certain + more
      known[n] = certain + mass
      maybeGone[n] = 0
      continue
    }
    held[i] = pool
    covered[i] = of.isKnown[i] === 1 && mass > pool ? pool / mass : 1
    const stay = pool > 0 ? Math.max(trace, 1 - mass / pool) : 1
    stays[i] = stay
    known[n] = (known[n] as number) * stay
    unknown[n] = (unknown[n] as number) * stay
    maybeGone[n] = Math.min(pool * stay, (maybeGone[n] as number) + more)
  }
  return { kept, held, covered, stays }
}
