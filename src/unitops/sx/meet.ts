import { linearise, profileAlong } from './jacobian.ts'
import { measured, stretched } from './measure.ts'
import { asStated, build } from './model.ts'
import type { Built, Circuit, Knobs } from './model.ts'
import { begin, correction, largest, look, makeNewton, move } from './newton.ts'
import type { Newton } from './newton.ts'
import type { CircuitParams } from './params.ts'
import type { Profile } from './problem.ts'
import { refluxBase } from './run.ts'
import type { Run } from './run.ts'
import { answer, glance, TOLERANCE } from './solve.ts'
import { makeState, worst } from './state.ts'

export type Hold = NonNullable<CircuitParams['hold']>

/** A setting that met a cut, and where to look for it next time. */
export interface Held {
  /** Factor on the stated flow. */
  readonly factor: number
  readonly profile: Profile
  /** Base that the reflux took, kg/s. */
  readonly base: number
  readonly trend?: Trend | undefined
}

/** How a circuit follows its factor: changes with the logarithm of that. */
interface Trend {
  /** Of the stretched measure. */
  readonly slope: number
  /** Of ln H by stage, then of ln E. */
  readonly tangent: Float64Array
}

export interface Met {
  readonly run: Run
  readonly held: Held
}

/** A step of ln factor below this moves no outlet by more than matters. */
const STILL = 1e-9
const ROUNDS = 24
/** Largest step of ln factor, and of any ln H or ln E. */
const STRIDE = 0.2
const FAR = 2
/** Step that derivatives are differences over. */
const NUDGE = 1e-6
/** How exactly a tangent is solved for: its error only slows the rounds that follow. */
const ROUGHLY = 1e-3
/** Share that a round must bring the squares below, and how far the first may raise them. */
const GAIN = 0.5
const FIRST = 400
/** Squares below which conditions are nearly linear; steps above which they show a trend. */
const CLOSE = 1e-2
const STIR = 1e-7
/** Residuals that rounding may leave. */
const ROUNDING = 1e-9

export function knobsAt(vary: Hold['vary'], factor: number): Knobs {
  return { ...asStated, [vary]: factor }
}

/** A setting and the unknowns there. */
interface Place {
  readonly factor: number
  readonly base: number
  readonly unknowns: Float64Array
  readonly seen?: Float64Array | undefined
}

/** A circuit evaluated at a place: good until it is evaluated at another. */
interface Standing {
  readonly built: Built
  readonly newton: Newton
  /** How far the stretched measure is from its target. */
  readonly off: number
}

/** A step of Newton with what it was found from. */
interface Step {
  /** Of ln factor. */
  readonly along: number
  /** Of the unknowns. */
  readonly direction: Float64Array
  /** Share of both that is taken. */
  readonly length: number
  readonly trend: Trend
  /** True where the trend was found anew, by a linear solve of its own. */
  readonly isFresh: boolean
  /** Squares of what was not met before the step. */
  readonly squares: number
  /** How far the measure would be off with the circuit solved at the factor before the step. */
  readonly solvedOff: number
}

/**
 * Meets a cut by Newton on the circuit and the cut at once: the factor on one flow is one more
 * unknown, the measure one more condition (a bordered system: H. B. Keller in Applications of
 * Bifurcation Theory, 1977). Fronts then stay where the cut wants them while constants and liquors
 * move; at a fixed flow they run off first and must be called back. The trend is kept from round to
 * round and from solve to solve as long as it serves. Undefined where this does not settle within
 * the bounds of the factor, or only past an extremum of the measure.
 */
export function meetCut(circuit: Circuit, hold: Hold, from: Held): Met | undefined {
  let place = placeOf(from)
  let step: Step | undefined
  let solves = 0
  for (let round = 0; round < ROUNDS; round++) {
    const built = build(circuit, knobsAt(hold.vary, place.factor), place.base)
    if (typeof built === 'string') return undefined
    const here = stand(built, hold, place, round > 0)
    const known: Trend | undefined = step?.trend ?? from.trend
    const isPoor = step !== undefined && !(squaresOf(here) < allowedAfter(step, round))
    if (known !== undefined && isMet(here, known, isPoor ? ROUNDING : TOLERANCE))
      return met(here, place, known, solves)
    if (isPoor && step?.isFresh === true) return undefined
    place = { ...place, seen: here.newton.state.seen.slice(), base: baseIn(here) }
    const next = stepFrom(here, hold, place, isPoor ? undefined : known, step)
    if (next === undefined || (known?.slope ?? 0) * next.trend.slope < 0) return undefined
    solves += next.isFresh ? 2 : 1
    const factor = place.factor * Math.exp(next.length * next.along)
    if (!(factor >= hold.min && factor <= hold.max)) return undefined
    place = { ...place, factor, unknowns: moved(place.unknowns, next.direction, next.length) }
    step = next
  }
  return undefined
}

const squaresOf = ({ newton, off }: Standing) => newton.tally.merit + off ** 2

/** Squares below which a step has served; the first may raise them, as fronts shift. */
const allowedAfter = ({ squares, length }: Step, round: number) =>
  squares * (round === 1 ? FIRST : length < 1 ? 1 : GAIN)

function placeOf({ factor, base, profile }: Held): Place {
  const n = profile.lnHydrogen.length
  const unknowns = new Float64Array(2 * n)
  unknowns.set(profile.lnHydrogen)
  unknowns.set(profile.lnFree, n)
  return { factor, base, unknowns, seen: profile.aqueous }
}

function moved(from: Float64Array, direction: Float64Array, length: number): Float64Array {
  const to = new Float64Array(from.length)
  move(to, from, direction, length)
  return to
}

/** Evaluates a circuit; `follows`: activity models see the composition that it then has. */
function stand(built: Built, hold: Hold, place: Place, follows = false): Standing {
  const { room } = built.circuit
  const same = room.newton?.state.problem === built.problem ? room.newton : undefined
  const newton = same ?? makeNewton(makeState(built.problem, room.newton?.state), room.newton)
  room.newton = newton
  const { state } = newton
  state.unknowns.set(place.unknowns)
  if (place.seen?.length === state.seen.length) state.seen.set(place.seen)
  begin(newton, 0)
  if (follows && built.problem.usesAqueous) look(newton)
  const value = measured(built, glance(newton), hold)
  return { built, newton, off: stretched(hold, value) - stretched(hold, hold.target) }
}

const baseIn = ({ built, newton }: Standing) => refluxBase(built, glance(newton))

function isMet(here: Standing, { slope }: Trend, tolerance: number): boolean {
  if (!(worst(here.newton.state).size <= tolerance)) return false
  if (!(Math.abs(here.off / slope) < STILL)) return false
  return isSettled(here.built.refluxBase, baseIn(here))
}

/**
 * The step to where both conditions are met, by derivatives at this place: at a fixed factor, and
 * along the trend. That is found anew where none is given; else corrected by what the step before
 * showed (a secant between two circuits solved, for all of the profile).
 */
function stepFrom(
  here: Standing,
  hold: Hold,
  place: Place,
  known: Trend | undefined,
  before: Step | undefined,
): Step | undefined {
  const { built, off } = here
  const squares = squaresOf(here)
  const nudged = known === undefined ? nudge(here, hold, place) : undefined
  const standing = nudged === undefined ? here : stand(built, hold, place)
  const { newton } = standing
  const { residual } = newton.state
  linearise(newton.state, newton.jacobian, 0)
  const share = Math.max(1e-6, Math.min(1e-2, 0.1 * Math.sqrt(newton.tally.merit)))
  const negative = residual.map((v) => -v)
  const fixed = correction(newton, negative, share)
  const tangent = nudged === undefined ? undefined : correction(newton, nudged.lost, ROUGHLY)
  const size = largest(fixed)
  if (!Number.isFinite(size) || !Number.isFinite(squares)) return undefined
  const solvedOff = size > 0 ? off + further(standing, hold, fixed, NUDGE / size) : off
  const trend =
    nudged !== undefined && tangent !== undefined
      ? { tangent, slope: (endOf(nudged.built, hold, place, tangent).off - off) / NUDGE }
      : lags(built, place)
        ? known
        : learnt(known, before, squares, fixed, solvedOff)
  if (trend === undefined) return undefined
  const along = -solvedOff / trend.slope
  const direction = fixed.map((v, q) => v + along * (trend.tangent[q] as number))
  const length = Math.min(1, FAR / largest(direction), STRIDE / Math.abs(along))
  if (!(length > 0)) return undefined
  return { along, direction, length, trend, isFresh: nudged !== undefined, squares, solvedOff }
}

/** The circuit evaluated a little along the tangent. */
const endOf = (nudged: Built, hold: Hold, place: Place, tangent: Float64Array) =>
  stand(nudged, hold, { ...place, unknowns: moved(place.unknowns, tangent, NUDGE) })

/** How much further off the measure is at the end of a direction, by its first `part`. */
function further(
  { built, newton, off }: Standing,
  hold: Hold,
  direction: Float64Array,
  part: number,
) {
  const n = newton.state.chain.n
  const unknowns = moved(newton.state.unknowns, direction, part)
  const { x, m } = profileAlong(newton.state, newton.jacobian, direction, part)
  const there = {
    ...glance(newton),
    lnHydrogen: unknowns.subarray(0, n),
    lnFree: unknowns.subarray(n),
    aqueous: x,
    organicRate: m,
  }
  return (stretched(hold, measured(built, there, hold)) - stretched(hold, hold.target) - off) / part
}

/** The circuit a little along, and what its conditions lose on the way there. */
function nudge(here: Standing, hold: Hold, place: Place) {
  const residual = here.newton.state.residual.slice()
  const { circuit, refluxBase: base } = here.built
  // With the base that the residuals here are of, so that the factor alone makes the difference.
  const built = build(circuit, knobsAt(hold.vary, place.factor * Math.exp(NUDGE)), base)
  if (typeof built === 'string') return undefined
  const shifted = stand(built, hold, place).newton.state.residual
  return { built, lost: residual.map((v, q) => (v - (shifted[q] as number)) / NUDGE) }
}

/** True where something follows a round late: what a step shows is not of the factor alone. */
const lags = ({ problem, refluxBase }: Built, { base }: Place) =>
  problem.usesAqueous || !isSettled(refluxBase, base)

const isSettled = (base: number, wanted: number) =>
  Math.abs(wanted - base) <= 1e-9 * Math.max(wanted, base)

/** A trend after a step: what is left to correct is its error, where all is nearly linear. */
function learnt(
  known: Trend | undefined,
  before: Step | undefined,
  squares: number,
  fixed: Float64Array,
  solvedOff: number,
): Trend | undefined {
  if (known === undefined || before === undefined || before.length < 1) return known
  const { along } = before
  if (!(before.squares < CLOSE && squares < CLOSE && Math.abs(along) > STIR)) return known
  return {
    slope: (solvedOff - before.solvedOff) / along,
    tangent: known.tangent.map((v, q) => v + (fixed[q] as number) / along),
  }
}

function met(here: Standing, place: Place, trend: Trend, solves: number): Met {
  const { built, newton } = here
  const solution = { ...answer(newton, 'newton'), iterations: solves }
  const { lnHydrogen, lnFree, aqueous } = solution
  const profile = { lnHydrogen, lnFree, ...(built.problem.usesAqueous ? { aqueous } : {}) }
  const held = { factor: place.factor, base: built.refluxBase, profile, trend }
  return { run: { built, solution }, held }
}
