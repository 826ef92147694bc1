import { brent } from '../../numerics/index.ts'
import { measured, stretched } from './measure.ts'
import { asStated } from './model.ts'
import type { Circuit, Knobs } from './model.ts'
import type { CircuitParams } from './params.ts'
import type { Profile } from './problem.ts'
import { runCircuit } from './run.ts'
import type { Run } from './run.ts'
import { TOLERANCE, owned } from './solve.ts'

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
/** A step of ln factor below this moves no outlet by more than matters. */
const STILL = 1e-9
const SECANTS = 16
/** How exactly a setting is solved on the way: loosely at most, or so much of the step to it. */
export const LOOSE = 1e-3
const SHARE = 0.01
/** Linear solves spent on a setting on the way: one without an answer is passed over. */
const PATIENCE = 300
/** Steps of ln factor below this lead to an answer: solved to the end. */
const NEAR = 1e-4

/**
 * Varies one flow until a measure meets its target. Secants from where it was met last time (or
 * from the stated value), each setting solved only as exactly as the step to it deserves; where
 * they do not settle, an outward search from the stated value for a change of sign, closed in on by
 * Brent's method. Every solve starts warm from the one before. `first` may be solved loosely, and
 * borrowed.
 */
export function holdCut(circuit: Circuit, hold: Hold, first: Run, from: Held): HoldResult {
  const ahead = lookAhead(Math.log(from.factor), first.solution, from.tangent)
  const goal = stretched(hold, hold.target)
  const tried: Tried[] = []
  const judged = (run: Run, factor: number): Trial => {
    const value = measured(run.built, run.solution, hold)
    tried.push({ factor, value })
    return { run, factor, off: stretched(hold, value) - goal }
  }
  const trialAt = (factor: number, tolerance: number, borrow: boolean): Trial | undefined => {
    const place = Math.log(factor)
    const limits = { tolerance, limit: PATIENCE, borrow }
    const run = runCircuit(circuit, knobsAt(hold.vary, factor), ahead.at(place), limits)
    if (typeof run === 'string' || !run.solution.converged) return undefined
    ahead.seen(place, run.solution)
    return judged(run, factor)
  }
  const met = ({ run, factor }: Trial, slope: number): HoldResult => {
    const { lnHydrogen, lnFree } = run.solution
    const profile = { lnHydrogen, lnFree }
    return { ok: true, run, held: { factor, slope, profile, tangent: ahead.tangent() } }
  }
  if (first.solution.converged) {
    const near = secants(trialAt, judged(first, from.factor), from.slope, hold)
    if (near !== undefined) {
      const { built, solution } = near.trial.run
      return met({ ...near.trial, run: { built, solution: owned(solution) } }, near.slope)
    }
  }
  const outward = new Map<number, Trial>()
  const gap = (factor: number): number => {
    const trial = outward.get(factor) ?? trialAt(factor, TOLERANCE, false)
    if (trial === undefined) return Number.NaN
    outward.set(factor, trial)
    return trial.off
  }
  const bracket = findBracket(gap, hold.min, hold.max)
  if (bracket === undefined) return { ok: false, detail: missed(circuit, hold, tried) }
  const found = brent(gap, bracket[0], bracket[1], { relative: 1e-10, maxIterations: 60 })
  const trial = found.outcome === 'converged' ? outward.get(found.x) : undefined
  if (trial === undefined) return { ok: false, detail: missed(circuit, hold, tried) }
  return met(trial, Number.NaN)
}

/** A setting that was solved and what was measured there. */
interface Tried {
  readonly factor: number
  readonly value: number
}

/** The same with its solution; `off`: how far the stretched measure is from its target. */
interface Trial {
  readonly run: Run
  readonly factor: number
  readonly off: number
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
  trialAt: (factor: number, tolerance: number, borrow: boolean) => Trial | undefined,
  first: Trial,
  knownSlope: number,
  { min, max }: Pick<Hold, 'min' | 'max'>,
): { readonly trial: Trial; readonly slope: number } | undefined {
  let slope = knownSlope
  let trial: Trial | undefined = first
  let exact = false
  for (let k = 0; k < SECANTS; k++) {
    if (trial === undefined || !Number.isFinite(trial.off)) return undefined
    const { off, factor, run }: Trial = trial
    const known = Number.isFinite(slope) && slope !== 0
    const wanted = off === 0 ? 0 : known ? -off / slope : 0.002
    const still = (known || off === 0) && Math.abs(wanted) < STILL
    if (still && (exact || run.solution.residual <= TOLERANCE)) return { trial, slope }
    const step = still ? 0 : Math.min(Math.max(wanted, -0.05), 0.05)
    const next = factor * Math.exp(step)
    if (next < min || next > max) return undefined
    const size = Math.abs(step)
    const tolerance = size < NEAR ? TOLERANCE : Math.min(LOOSE, SHARE * size)
    trial = trialAt(next, tolerance, true)
    exact = tolerance === TOLERANCE
    const newSlope = ((trial?.off ?? Number.NaN) - off) / step
    // Past an extremum lies another setting that meets the target, further from the stated one.
    const turned = known && size > 1e-6 && newSlope * slope < 0
    if (turned) return undefined
    // Rounding decides a slope over a tiny step: the one before is better.
    if (size > 1e-6 || (!known && step !== 0)) slope = newSlope
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

function missed(circuit: Circuit, hold: Hold, tried: readonly Tried[]): string {
  const seen = tried
    .filter(({ value }) => Number.isFinite(value))
    .sort((a, b) => Math.abs(a.value - hold.target) - Math.abs(b.value - hold.target))
  const best = seen[0]
  const what = `${hold.measure} ${hold.target} in ${hold.outlet ?? hold.section ?? circuit.set.id}`
  if (best === undefined) return `no setting of ${hold.vary} converged while seeking ${what}`
  const range = `${hold.vary} between ${hold.min} and ${hold.max} times the stated value`
  const nearest = `${best.value.toPrecision(6)} at ${best.factor.toPrecision(4)} times`
  return `${what} is not met by ${range}; nearest ${nearest}`
}
