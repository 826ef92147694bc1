import { measured } from './measure.ts'
import type { Circuit, Knobs } from './model.ts'
import type { CircuitParams } from './params.ts'
import type { Profile } from './problem.ts'
import { outcomeOf } from './outcome.ts'
import { runCircuit } from './run.ts'
import type { Run } from './run.ts'

export type Limit = NonNullable<CircuitParams['limits']>[number]

const WIDEST = 0.5

/**
 * True where the circuit works and every limit is kept. A small slack lets a cut that is held
 * exactly count as kept.
 */
function keeps(run: Run, limits: readonly Limit[]): boolean {
  return (
    outcomeOf(run) === undefined &&
    limits.every((limit) => {
      const value = measured(run.built, run.solution, limit)
      if (!Number.isFinite(value)) return false
      const slack = 1e-9 * Math.abs(value)
      return !(value < (limit.atLeast ?? -1e300) - slack || value > (limit.atMost ?? 1e300) + slack)
    })
  )
}

/**
 * How far each knob can move alone, as a fraction of its present value, before a limit is missed
 * (to 0.01 %; at most 50 %). [0, 0] where the limits are not kept to begin with.
 */
export function operatingWindow(
  circuit: Circuit,
  centre: Knobs,
  run: Run,
  limits: readonly Limit[],
): Readonly<Record<string, readonly [number, number]>> {
  const kept = keeps(run, limits)
  const result: Record<string, readonly [number, number]> = {}
  for (const knob of knobsOf(circuit)) {
    const reach = (sign: 1 | -1) => (kept ? reachOf(circuit, centre, knob, sign, run, limits) : 0)
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

function reachOf(
  circuit: Circuit,
  centre: Knobs,
  knob: keyof Knobs,
  sign: 1 | -1,
  run: Run,
  limits: readonly Limit[],
): number {
  let profile: Profile = run.solution
  const good = (shift: number) => {
    const tried = runCircuit(
      circuit,
      { ...centre, [knob]: centre[knob] * (1 + sign * shift) },
      profile,
    )
    if (typeof tried === 'string' || !keeps(tried, limits)) return false
    profile = tried.solution
    return true
  }
  let inside = 0
  let outside = 1e-4
  while (good(outside)) {
    inside = outside
    if (outside >= WIDEST) return WIDEST
    outside = Math.min(outside * 3, WIDEST)
  }
  while (outside - inside > Math.max(1e-4, 0.01 * outside)) {
    const mid = 0.5 * (inside + outside)
    if (good(mid)) inside = mid
    else outside = mid
  }
  return inside
}
