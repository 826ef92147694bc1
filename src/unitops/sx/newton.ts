import { gmres, makeGmres } from '../../numerics/index.ts'
import type { Gmres } from '../../numerics/index.ts'
import { linearise, makeJacobian, multiply, precondition } from './jacobian.ts'
import type { Jacobian } from './jacobian.ts'
import { evaluate, worst } from './state.ts'
import type { State } from './state.ts'

/** A Newton iteration that can be stepped by hand: state in, state out. */
export interface Newton {
  readonly state: State
  readonly jacobian: Jacobian
  readonly space: Gmres
  readonly direction: Float64Array
  readonly negative: Float64Array
  readonly start: Float64Array
  readonly apply: (v: Float64Array, r: Float64Array) => void
  readonly prepare: (v: Float64Array, r: Float64Array) => void
  readonly tally: { solves: number; merit: number; pace: number; directions: number; heed: number }
}

/** A Newton iteration; in the arrays of an earlier one, at its end, that the state is kept in. */
export function makeNewton(state: State, earlier?: Newton): Newton {
  const size = 2 * state.chain.n
  const room = earlier !== undefined && earlier.state.x === state.x ? earlier : undefined
  const jacobian = room?.jacobian ?? makeJacobian(state)
  jacobian.counts.operations = 0
  return {
    state,
    jacobian,
    space: room?.space ?? makeGmres(size, Math.min(size, 40)),
    direction: room?.direction ?? new Float64Array(size),
    negative: room?.negative ?? new Float64Array(size),
    start: room?.start ?? new Float64Array(size),
    apply: (v, r) => multiply(state, jacobian, v, r),
    prepare: (v, r) => precondition(state, jacobian, v, r),
    tally: { solves: 0, merit: Number.POSITIVE_INFINITY, pace: 0, directions: 0, heed: 1 },
  }
}

export interface NewtonLimits {
  /** Largest |residual| that counts as solved. */
  readonly tolerance: number
  readonly iterations: number
  /** Largest change of ln H or ln E in one iteration. */
  readonly stride: number
  /** Give up when an iteration gains less than this factor, so many times in a row. */
  readonly patience: number
  /** Iterations taken even where the tolerance is met to begin with. */
  readonly least?: number
}

export type NewtonEnd = 'solved' | 'stalled' | 'limit'

/** ln H and ln E are kept where exponentials of them are numbers. */
const LOW = -70
const HIGH = 8

/**
 * Newton with a line search on the sum of squared residuals. `tally.merit` must belong to the
 * present unknowns (it does after `begin`).
 */
export function iterate(newton: Newton, limits: NewtonLimits): NewtonEnd {
  let poor = 0
  for (let count = 0; count < limits.iterations; count++) {
    if (count >= (limits.least ?? 0) && worst(newton.state).size <= limits.tolerance)
      return 'solved'
    const gain = step(newton, limits.stride)
    if (gain === 0) return worst(newton.state).size <= limits.tolerance ? 'solved' : 'stalled'
    poor = gain > 0.7 ? poor + 1 : 0
    if (poor >= limits.patience) return 'stalled'
  }
  return worst(newton.state).size <= limits.tolerance ? 'solved' : 'limit'
}

/** Evaluates at the present unknowns, with the pace of the time step (0 = steady). */
export function begin(newton: Newton, pace: number): void {
  newton.tally.pace = pace
  newton.tally.merit = evaluate(newton.state, pace)
}

/** J^-1 right at the last linearisation, its residual a share of `right`: an array of its own. */
export function correction(newton: Newton, right: Float64Array, share: number): Float64Array {
  const { space, tally } = newton
  const result = new Float64Array(right.length)
  tally.directions += gmres(space, newton.apply, newton.prepare, right, result, share)
  tally.solves++
  return result
}

/** The largest size of an entry; NaN where one is not a number. */
export function largest(vector: Float64Array): number {
  let most = 0
  for (let q = 0; q < vector.length; q++) {
    const size = Math.abs(vector[q] as number)
    if (!(size < Infinity)) return size
    if (size > most) most = size
  }
  return most
}

/**
 * One Newton step. Answers the ratio of the merit after to that before; 0 when no step along the
 * direction gains anything (the unknowns are then as before).
 */
function step(newton: Newton, stride: number): number {
  const { state, jacobian, space, direction, negative, start, tally } = newton
  const { unknowns, residual } = state
  linearise(state, jacobian, tally.pace)
  for (let q = 0; q < residual.length; q++) negative[q] = -(residual[q] as number)
  const wanted = Math.max(1e-6, Math.min(1e-2, 0.1 * Math.sqrt(tally.merit)))
  tally.directions += gmres(space, newton.apply, newton.prepare, negative, direction, wanted)
  tally.solves++
  const size = largest(direction)
  if (!Number.isFinite(size) || size === 0) return 0
  start.set(unknowns)
  const before = tally.merit
  let length = Math.min(1, stride / size)
  for (let tries = 0; tries < 8; tries++) {
    move(unknowns, start, direction, length)
    const merit = evaluate(state, tally.pace)
    if (merit <= before * (1 - 1e-4 * length) || (merit < 1e-20 && merit <= before)) {
      tally.merit = merit
      if (state.problem.usesAqueous) look(newton)
      return Math.max(merit / before, 1e-300)
    }
    length *= tries < 2 ? 0.5 : 0.25
  }
  unknowns.set(start)
  tally.merit = evaluate(state, tally.pace)
  return 0
}

/**
 * Pseudo-time on the two conditions themselves: one linear solve a step with a drag on ln H and
 * ln E that falls with the residual (switched evolution relaxation) and turns into Newton. Too much
 * acid asked for lowers H, too much extractant asked for lowers E: the direction is a stable one,
 * and no step has to lower the residual, so that fronts can move through the battery.
 */
export function relax(newton: Newton, limits: RelaxLimits): NewtonEnd {
  const { state, jacobian, space, direction, negative, tally } = newton
  const { unknowns, residual } = state
  let drag = limits.drag
  for (let count = 0; count < limits.iterations; count++) {
    if (worst(state).size <= limits.tolerance) return 'solved'
    linearise(state, jacobian, 0, drag)
    for (let q = 0; q < residual.length; q++) negative[q] = -(residual[q] as number)
    const wanted = Math.max(1e-6, Math.min(1e-2, 0.1 * Math.sqrt(tally.merit)))
    tally.directions += gmres(space, newton.apply, newton.prepare, negative, direction, wanted)
    tally.solves++
    const size = largest(direction)
    if (!Number.isFinite(size) || size === 0) return 'stalled'
    const length = Math.min(1, limits.stride / size)
    move(unknowns, unknowns, direction, length)
    const before = tally.merit
    tally.merit = evaluate(state, 0)
    if (!Number.isFinite(tally.merit)) return 'stalled'
    if (state.problem.usesAqueous) look(newton)
    const ratio = Math.sqrt(tally.merit / before)
    drag *= Math.max(0.1, Math.min(2, ratio))
    if (drag < 1e-6) drag = 0
  }
  return worst(state).size <= limits.tolerance ? 'solved' : 'limit'
}

export interface RelaxLimits {
  readonly tolerance: number
  readonly iterations: number
  readonly stride: number
  /** Drag of the first step: 1 halves a step that depends on its own unknown only. */
  readonly drag: number
}

export function move(
  to: Float64Array,
  from: Float64Array,
  direction: Float64Array,
  length: number,
): void {
  for (let q = 0; q < to.length; q++) {
    const next = (from[q] as number) + length * (direction[q] as number)
    to[q] = next < LOW ? LOW : next > HIGH ? HIGH : next
  }
}

/** Sum of squared residuals above which activity models follow slowly, and how slowly. */
const FAR = 0.01
const SLOWLY = 0.15

/**
 * Lets an activity model see a part of the way from the composition that it saw to the present one:
 * the model's answer to it is not in the derivatives. Near the solution the whole way is taken, and
 * the residual falls tenfold a solve or faster; far from it that would swing where acid is strong,
 * and each swing throws the profile back.
 */
export function look(newton: Newton): void {
  const { seen, x } = newton.state
  const { tally } = newton
  const heed = tally.heed * (tally.merit > FAR ? SLOWLY : 1)
  for (let q = 0; q < seen.length; q++) {
    const now = Math.min(x[q] as number, 10)
    seen[q] = (seen[q] as number) + heed * (now - (seen[q] as number))
  }
  tally.merit = evaluate(newton.state, tally.pace)
}
