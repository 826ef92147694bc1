import { brent } from '../../numerics/index.ts'
import { measured, stretched } from './measure.ts'
import { knobsAt, meetCut } from './meet.ts'
import type { Hold, Met } from './meet.ts'
import type { Circuit } from './model.ts'
import type { Profile } from './problem.ts'
import { runCircuit } from './run.ts'
import type { Run } from './run.ts'

export type HoldResult =
  | ({ readonly ok: true } & Met)
  | { readonly ok: false; readonly detail: string }

const SCAN = 9
/** Linear solves spent on a setting on the way: one without an answer is passed over. */
const PATIENCE = 300

/** A setting that was solved, what was measured, and how far the stretched measure is off there. */
interface Trial {
  readonly run: Run
  readonly factor: number
  readonly value: number
  readonly off: number
}

/**
 * Varies one flow until a measure meets its target. From a solution at the stated flow the cut is
 * met by Newton; where that does not settle, an outward search for a change of sign, closed in on
 * by Brent's method. Every solve starts warm from the one before.
 */
export function holdCut(circuit: Circuit, hold: Hold, first: Run): HoldResult {
  const goal = stretched(hold, hold.target)
  const trials = new Map<number, Trial>()
  let profile: Profile | undefined
  const seen = (run: Run, factor: number) => {
    const value = measured(run.built, run.solution, hold)
    trials.set(factor, { run, factor, value, off: stretched(hold, value) - goal })
    profile = run.solution
  }
  const gap = (factor: number): number => {
    if (!trials.has(factor)) {
      const run = runCircuit(circuit, knobsAt(hold.vary, factor), profile, { limit: PATIENCE })
      if (typeof run !== 'string' && run.solution.converged) seen(run, factor)
    }
    return trials.get(factor)?.off ?? Number.NaN
  }
  if (first.solution.converged) {
    seen(first, 1)
    const { built, solution } = first
    const met = meetCut(circuit, hold, { factor: 1, profile: solution, base: built.refluxBase })
    if (met !== undefined) return { ok: true, ...met }
  }
  const bracket = findBracket(gap, hold.min, hold.max)
  const missing = (): HoldResult => ({ ok: false, detail: missed(circuit, hold, trials) })
  if (bracket === undefined) return missing()
  const found = brent(gap, bracket[0], bracket[1], { relative: 1e-10, maxIterations: 60 })
  const trial = found.outcome === 'converged' ? trials.get(found.x) : undefined
  if (trial === undefined) return missing()
  const { lnHydrogen, lnFree } = trial.run.solution
  const { refluxBase: base } = trial.run.built
  const { factor, run } = trial
  return { ok: true, run, held: { factor, base, profile: { lnHydrogen, lnFree } } }
}

/** Two neighbouring factors between which the gap changes sign, nearest to 1 first. */
function findBracket(
  gap: (factor: number) => number,
  low: number,
  high: number,
): readonly [number, number] | undefined {
  const start = gap(1)
  if (start === 0) return [1, 1]
  let [up, down] = [1, 1]
  let [gapUp, gapDown] = [start, start]
  for (let k = 1; k <= SCAN; k++) {
    // Steps grow: the first are a few per cent, the last reach the bounds.
    const share = (k / SCAN) ** 2
    const nextUp = high ** share
    const nextDown = low ** share
    if (high > 1) {
      const value = gap(nextUp)
      if (value * gapUp <= 0) return [up, nextUp]
      if (!Number.isNaN(value)) [up, gapUp] = [nextUp, value]
    }
    if (low < 1) {
      const value = gap(nextDown)
      if (value * gapDown <= 0) return [nextDown, down]
      if (!Number.isNaN(value)) [down, gapDown] = [nextDown, value]
    }
  }
  return undefined
}

function missed(circuit: Circuit, hold: Hold, trials: ReadonlyMap<number, Trial>): string {
  const seen = [...trials.values()]
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => Math.abs(a.value - hold.target) - Math.abs(b.value - hold.target))
  const best = seen[0]
  const what = `${hold.measure} ${hold.target} in ${hold.outlet ?? hold.section ?? circuit.set.id}`
  if (best === undefined) return `no setting of ${hold.vary} converged while seeking ${what}`
  const range = `${hold.vary} between ${hold.min} and ${hold.max} times the stated value`
  const nearest = `${best.value.toPrecision(6)} at ${best.factor.toPrecision(4)} times`
  return `${what} is not met by ${range}; nearest ${nearest}`
}
