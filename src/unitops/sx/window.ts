import { measured, stretched } from './measure.ts'
import type { Circuit, Knobs } from './model.ts'
import type { CircuitParams } from './params.ts'
import type { Profile } from './problem.ts'
import { outcomeOf } from './outcome.ts'
import { runCircuit } from './run.ts'
import type { Run } from './run.ts'

export type Limit = NonNullable<CircuitParams['limits']>[number]

const WIDEST = 0.5

/**
 * How far inside its limits a working circuit is: the least stretched distance, negative where one
 * is missed; NaN where the circuit does not work. A cut that is held exactly counts as kept.
 */
function margin(run: Run, limits: readonly Limit[]): number {
  if (outcomeOf(run) !== undefined) return Number.NaN
  let least = Number.POSITIVE_INFINITY
  for (const limit of limits) {
    const value = stretched(limit, measured(run.built, run.solution, limit))
    const low = limit.atLeast === undefined ? -Infinity : stretched(limit, limit.atLeast)
    const high = limit.atMost === undefined ? Infinity : stretched(limit, limit.atMost)
    least = Math.min(least, value - low, high - value)
  }
  return least + 1e-9
}

/**
 * How far each knob can move alone, as a fraction of its present value, before a limit is missed
 * (to 1 % of the way; at most 50 %). [0, 0] where the limits are not kept to begin with.
 */
export function operatingWindow(
  circuit: Circuit,
  centre: Knobs,
  run: Run,
  limits: readonly Limit[],
): Readonly<Record<string, readonly [number, number]>> {
  const start = margin(run, limits)
  const result: Record<string, readonly [number, number]> = {}
  for (const knob of knobsOf(circuit)) {
    const reach = (sign: 1 | -1) => {
      if (!(start >= 0)) return 0
      let profile: Profile = run.solution
      return reachOf(start, (shift) => {
        const knobs = { ...centre, [knob]: centre[knob] * (1 + sign * shift) }
        const tried = runCircuit(circuit, knobs, profile)
        if (typeof tried === 'string') return Number.NaN
        const found = margin(tried, limits)
        if (found >= 0) profile = tried.solution
        return found
      })
    }
    result[knob] = [-reach(-1), reach(1)]
  }
  return result
}

function knobsOf(circuit: Circuit): (keyof Knobs)[] {
  const has = (type: string) => circuit.sections.some((s) => s.type === type && (s.flow ?? 0) > 0)
  const knobs: (keyof Knobs)[] = ['organicFlow']
  if (has('scrub')) knobs.push('scrubFlow')
  if (has('strip')) knobs.push('stripFlow')
  if (circuit.params.saponification > 0) knobs.push('saponification')
  return knobs
}

/** Largest shift with a margin that is not negative: growing steps out, false position back in. */
function reachOf(start: number, marginAt: (shift: number) => number): number {
  let [inside, insideMargin] = [0, start]
  let outside = 1e-3
  let outsideMargin = marginAt(outside)
  while (outsideMargin >= 0) {
    if (outside >= WIDEST) return WIDEST
    ;[inside, insideMargin] = [outside, outsideMargin]
    outside = Math.min(outside * 3, WIDEST)
    outsideMargin = marginAt(outside)
  }
  while (outside - inside > Math.max(1e-4, 0.01 * outside)) {
    const share = Number.isNaN(outsideMargin) ? 0.5 : insideMargin / (insideMargin - outsideMargin)
    const middle = inside + Math.min(Math.max(share, 0.08), 0.92) * (outside - inside)
    const found = marginAt(middle)
    if (found >= 0) [inside, insideMargin] = [middle, found]
    else [outside, outsideMargin] = [middle, found]
  }
  return inside
}
