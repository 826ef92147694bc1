import { brent } from '../../numerics/index.ts'
import { measured, stretched } from './measure.ts'
import { asStated } from './model.ts'
import type { Circuit, Knobs } from './model.ts'
import type { CircuitParams } from './params.ts'
import type { Profile } from './problem.ts'
import { runCircuit } from './run.ts'
import type { Run } from './run.ts'

export type Hold = NonNullable<CircuitParams['hold']>

/** A setting that met a cut, and how steeply the measure moves with it: where to look next time. */
export interface Held {
  readonly factor: number
  /** Change of the stretched measure with ln of the factor. */
  readonly slope: number
  readonly profile: Profile
  /** Change of the profile with ln of the factor; undefined before two settings were solved. */
  readonly tangent?: Profile | undefined
}

export type HoldResult =
  | { readonly ok: true; readonly run: Run; readonly held: Held }
  | { readonly ok: false; readonly detail: string }

const SCAN = 9
/** A step of ln factor below this moves no outlet by more than the solver leaves open. */
const STILL = 1e-11
const SECANTS = 12

/**
 * Varies one flow until a measure meets its target. Secants from where it was met last time (or
 * from the stated value); where they do not settle, an outward search from the stated value for a
 * change of sign, closed in on by Brent's method. Every solve starts warm from the one before.
 */
export function holdCut(circuit: Circuit, hold: Hold, first: Run, from: Held): HoldResult {
  const ahead = lookAhead(Math.log(from.factor), first.solution, from.tangent)
  const runs = new Map<number, Run>([[from.factor, first]])
  const goal = stretched(hold, hold.target)
  const gap = (factor: number): number => {
    let run = runs.get(factor)
    if (run === undefined) {
      const tried = runCircuit(circuit, knobsAt(hold.vary, factor), ahead.at(Math.log(factor)))
      if (typeof tried === 'string') return Number.NaN
      run = tried
      runs.set(factor, run)
      if (run.solution.converged) ahead.seen(Math.log(factor), run.solution)
    }
    if (!run.solution.converged) return Number.NaN
    return stretched(hold, measured(run.built, run.solution, hold)) - goal
  }
  const met = (factor: number, slope: number): HoldResult => {
    const run = runs.get(factor)
    if (run === undefined) return { ok: false, detail: missed(circuit, hold, runs) }
    const { lnHydrogen, lnFree } = run.solution
    const profile = { lnHydrogen, lnFree }
    return { ok: true, run, held: { factor, slope, profile, tangent: ahead.tangent() } }
  }
  const near = secants(gap, from, hold.min, hold.max)
  if (near !== undefined) return met(near.factor, near.slope)
  const bracket = findBracket(gap, hold.min, hold.max)
  if (bracket === undefined) return { ok: false, detail: missed(circuit, hold, runs) }
  const found = brent(gap, bracket[0], bracket[1], { relative: 1e-10, maxIterations: 60 })
  if (found.outcome !== 'converged') return { ok: false, detail: missed(circuit, hold, runs) }
  return met(found.x, Number.NaN)
}

/** Largest change of ln H or ln E that a tangent is followed for: beyond it fronts bend. */
const FAR = 1

/**
 * Where the profile is expected at the next setting: that of the last one, moved along the line
 * through the last two. Newton then starts a digit or two nearer.
 */
function lookAhead(lnFactor: number, first: Profile, known: Profile | undefined) {
  let place = lnFactor
  let profile = first
  let tangent = known
  return {
    tangent: () => tangent,
    seen(next: number, found: Profile) {
      const by = next - place
      // Rounding decides the line between two settings that are nearly the same.
      if (Math.abs(by) > 1e-6) {
        const line = (a: Float64Array, b: Float64Array) =>
          a.map((v, i) => (v - (b[i] as number)) / by)
        tangent = {
          lnHydrogen: line(found.lnHydrogen, profile.lnHydrogen),
          lnFree: line(found.lnFree, profile.lnFree),
        }
      }
      place = next
      profile = found
    },
    at(next: number): Profile {
      if (tangent === undefined) return profile
      let by = next - place
      for (const part of [tangent.lnHydrogen, tangent.lnFree])
        for (const slope of part)
          if (Math.abs(slope * by) > FAR) by = (FAR / Math.abs(slope)) * Math.sign(by)
      const moved = (a: Float64Array, slopes: Float64Array) =>
        a.map((v, i) => v + by * (slopes[i] as number))
      return {
        ...profile,
        lnHydrogen: moved(profile.lnHydrogen, tangent.lnHydrogen),
        lnFree: moved(profile.lnFree, tangent.lnFree),
      }
    },
  }
}

/** Secants in ln factor, in steps of at most 5 %; undefined where they do not settle in bounds. */
function secants(
  gap: (factor: number) => number,
  from: Held,
  low: number,
  high: number,
): { readonly factor: number; readonly slope: number } | undefined {
  let { factor, slope } = from
  let miss = gap(factor)
  for (let k = 0; k < SECANTS; k++) {
    if (!Number.isFinite(miss)) return undefined
    const known = Number.isFinite(slope) && slope !== 0
    const wanted = known ? -miss / slope : 0.002
    if (miss === 0 || Math.abs(known ? wanted : 1) < STILL) return { factor, slope }
    const step = Math.min(Math.max(wanted, -0.05), 0.05)
    const next = factor * Math.exp(step)
    if (next < low || next > high || next === factor) return undefined
    const nextMiss = gap(next)
    const newSlope = (nextMiss - miss) / step
    // Rounding decides a slope over a tiny step: the one before is better.
    if (Math.abs(step) > 1e-7 || !known) slope = newSlope
    factor = next
    miss = nextMiss
  }
  return undefined
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
