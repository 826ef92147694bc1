import { brent } from '../../numerics/index.ts'
import { measured, stretched } from './measure.ts'
import { asStated } from './model.ts'
import type { Circuit, Knobs } from './model.ts'
import type { CircuitParams } from './params.ts'
import type { Profile } from './problem.ts'
import { runCircuit } from './run.ts'
import type { Run } from './run.ts'

export type Hold = NonNullable<CircuitParams['hold']>

export type HoldResult =
  | { readonly ok: true; readonly run: Run; readonly factor: number }
  | { readonly ok: false; readonly detail: string }

const SCAN = 9

/**
 * Varies one flow until a measure meets its target: the factor on the stated value is searched
 * outwards from 1 for a change of sign, then closed in on by Brent's method on warm solves.
 */
export function holdCut(circuit: Circuit, hold: Hold, first: Run): HoldResult {
  let profile: Profile = first.solution
  const runs = new Map<number, Run>([[1, first]])
  const goal = stretched(hold, hold.target)
  const gap = (factor: number): number => {
    let run = runs.get(factor)
    if (run === undefined) {
      const tried = runCircuit(circuit, knobsAt(hold.vary, factor), profile)
      if (typeof tried === 'string') return Number.NaN
      run = tried
      runs.set(factor, run)
    }
    if (!run.solution.converged) return Number.NaN
    profile = run.solution
    return stretched(hold, measured(run.built, run.solution, hold)) - goal
  }
  const bracket = findBracket(gap, hold.min, hold.max)
  if (bracket === undefined) return { ok: false, detail: missed(circuit, hold, runs) }
  const found = brent(gap, bracket[0], bracket[1], { relative: 1e-10, maxIterations: 60 })
  if (found.outcome !== 'converged') return { ok: false, detail: missed(circuit, hold, runs) }
  const run = runs.get(found.x)
  if (run === undefined) return { ok: false, detail: missed(circuit, hold, runs) }
  return { ok: true, run, factor: found.x }
}

export function knobsAt(vary: Hold['vary'], factor: number): Knobs {
  return { ...asStated, [vary]: factor }
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

function missed(circuit: Circuit, hold: Hold, runs: ReadonlyMap<number, Run>): string {
  const seen = [...runs]
    .filter(([, run]) => run.solution.converged)
    .map(([factor, run]) => ({ factor, value: measured(run.built, run.solution, hold) }))
    .filter((s) => Number.isFinite(s.value))
    .sort((a, b) => Math.abs(a.value - hold.target) - Math.abs(b.value - hold.target))
  const best = seen[0]
  const what = `${hold.measure} ${hold.target} in ${hold.outlet ?? hold.section ?? circuit.set.id}`
  if (best === undefined) return `no setting of ${hold.vary} converged while seeking ${what}`
  const range = `${hold.vary} between ${hold.min} and ${hold.max} times the stated value`
  const nearest = `${best.value.toPrecision(6)} at ${best.factor.toPrecision(4)} times`
  return `${what} is not met by ${range}; nearest ${nearest}`
}
