import { activityTerm, activityTermSlope, type ActivityModel } from './activity.ts'
import { addSupersaturated, amounts, dropNegative, eliminate, saturate } from './equilibrium-set.ts'
import {
  decompose,
  gather,
  reduce,
  spread,
  straighten,
  stride,
  substitute,
} from './equilibrium-step.ts'
import type { EquilibriumSystem } from './equilibrium-system.ts'

/**
 * Equilibrium by Newton's method on ln of the components' activities, with an active set of solids
 * and the ionic strength as one more unknown. Not globally convergent: the caller checks the
 * outcome and has the convex method (`mass-action.ts`) to fall back on.
 */
export interface NewtonTask {
  readonly model: ActivityModel
  /** Ionic strength at which activity coefficients are held, mol/L. */
  readonly limit: number
  /** ln activity of H+ where it is held. */
  readonly lnHydrogen: number
  /** Total of H+, mol/L. */
  readonly hydrogenTotal: number
  readonly refining?: Refining | undefined
}

/**
 * Changes the constants of solids by the state of a solve under way, as soon as its balances are
 * nearly closed; answers by how much in ln, 0 when they stay.
 */
export type Refining = (sys: EquilibriumSystem) => number

export interface NewtonResult {
  readonly converged: boolean
  readonly iterations: number
  /** Present solids: the first so many of the work space's `present`. */
  readonly count: number
  readonly gap: number
  readonly ionicStrength: number
  readonly base: number
}

/** Largest relative gap of a mass balance at the end, and from which rounding is accepted. */
const tight = 1e-12
const passable = 1e-11
/** Gap below which the set of solids is looked at. */
const loose = 3e-2
/** Gap below which constants that follow the state are refined. */
const nearly = 1e-2
/** Changes of the set of solids before it is looked at only when all balances are closed. */
const patient = 24
/** Newton steps with one set of solids before they are guarded by a line search. */
const straightforward = 12
/** Change of ln gamma that counts as none. */
const still = 1e-11

interface Balance {
  gap: number
  /** Ionic strength of the concentrations, mol/L. */
  strength: number
  base: number
}

/** Constants of this solve: the held pH goes into those of forms and solids. */
export function prepare(sys: EquilibriumSystem, task: NewtonTask): void {
  const { m, q, work } = sys
  for (let k = 0; k < q; k++) {
    const protons = sys.held ? (sys.solidProtons[k] as number) * task.lnHydrogen : 0
    work.solidLnK[k] = (sys.solidLnK[k] as number) - protons
  }
  for (let j = 0; j < m; j++) {
    const protons = sys.protons[j] as number
    const held = sys.held && protons !== 0 ? protons * task.lnHydrogen : 0
    work.lnForm[j] = (sys.lnK[j] as number) + held
  }
}

/** ln gamma at an ionic strength; the interaction terms of SIT at the concentrations in `c`. */
export function fillGammas(
  sys: EquilibriumSystem,
  task: NewtonTask,
  strength: number,
  damping = 1,
): number {
  const { m, square, work } = sys
  const { lnGamma, c } = work
  if (task.model === 'ideal') {
    lnGamma.fill(0)
    return 0
  }
  const term = Math.LN10 * activityTerm(task.model, Math.min(strength, task.limit))
  if (task.model === 'davies') {
    for (let j = 0; j < m; j++) lnGamma[j] = (square[j] as number) * term
    return 0
  }
  const before = Float64Array.from(lnGamma)
  for (let j = 0; j < m; j++) lnGamma[j] = (square[j] as number) * term
  const dilution = strength > task.limit ? task.limit / strength : 1
  for (const { a, b, weight } of sys.sit) {
    lnGamma[a] = (lnGamma[a] as number) + weight * dilution * (c[b] as number)
    lnGamma[b] = (lnGamma[b] as number) + weight * dilution * (c[a] as number)
  }
  let change = 0
  for (let j = 0; j < m; j++) {
    const by = (lnGamma[j] as number) - (before[j] as number)
    if (damping < 1) lnGamma[j] = (before[j] as number) + damping * by
    change = Math.max(change, Math.abs(by))
  }
  return change
}

/** Concentrations, what each component's balance takes and gives, and the Hessian's lower half. */
function fill(sys: EquilibriumSystem): void {
  const { n, m, work } = sys
  const { start, column, value } = sys.nu
  const { x, c, lnForm, lnGamma, takes, gives, giveSquare, hessian } = work
  takes.fill(0)
  gives.fill(0)
  giveSquare.fill(0)
  hessian.fill(0)
  for (let j = 0; j < m; j++) {
    const from = start[j] as number
    const end = start[j + 1] as number
    let sum = (lnForm[j] as number) - (lnGamma[j] as number)
    for (let e = from; e < end; e++)
      sum += (value[e] as number) * (x[column[e] as number] as number)
    const amount = Math.exp(sum)
    c[j] = amount
    for (let e = from; e < end; e++) {
      const i = column[e] as number
      const part = (value[e] as number) * amount
      if (part >= 0) takes[i] = (takes[i] as number) + part
      else {
        gives[i] = (gives[i] as number) - part
        giveSquare[i] = (giveSquare[i] as number) + part * (value[e] as number)
      }
      const row = i * n
      for (let f = from; f <= e; f++) {
        const at = row + (column[f] as number)
        hessian[at] = (hessian[at] as number) + part * (value[f] as number)
      }
    }
  }
  for (let i = 0; i < n; i++) {
    for (let l = 0; l < i; l++) hessian[l * n + i] = hessian[i * n + l] as number
  }
}

/** Residuals, amounts of the present solids, the largest relative gap and the ionic strength. */
function weigh(sys: EquilibriumSystem, task: NewtonTask, count: number, out: Balance): void {
  const { n, solidNu, work } = sys
  const { total, takes, gives, residual, size, present, s } = work
  for (let i = 0; i < n; i++) {
    const t = total[i] as number
    residual[i] = t + (gives[i] as number) - (takes[i] as number)
    size[i] = Math.abs(t) + (gives[i] as number) + (takes[i] as number)
  }
  amounts(sys, count)
  for (let l = 0; l < count; l++) {
    const k = present[l] as number
    const amount = s[k] as number
    for (let i = 0; i < n; i++) {
      const part = (solidNu[k * n + i] as number) * amount
      residual[i] = (residual[i] as number) - part
      size[i] = (size[i] as number) + Math.abs(part)
    }
  }
  let gap = 0
  for (let i = 0; i < n; i++) {
    const relative = Math.abs(residual[i] as number) / (size[i] as number)
    if (!(relative <= gap)) gap = relative
  }
  out.gap = gap
  measure(sys, task, out)
}

/** Ionic strength and base of the state in the work space; absent solids must have none in `s`. */
function measure(sys: EquilibriumSystem, task: NewtonTask, out: Balance): void {
  const { m, q, square, work } = sys
  const { c, s } = work
  let strength = 0
  for (let j = 0; j < m; j++) strength += (square[j] as number) * (c[j] as number)
  let base = 0
  if (sys.held) {
    base = task.hydrogenTotal
    for (let j = 0; j < m; j++) base -= (sys.protons[j] as number) * (c[j] as number)
    for (let k = 0; k < q; k++) base -= (sys.solidProtons[k] as number) * (s[k] as number)
  }
  out.base = base
  out.strength = (strength + Math.abs(base)) / 2
}

/** Takes over a state that was found by other means; answers its ionic strength and base. */
export function balanceOf(
  sys: EquilibriumSystem,
  task: NewtonTask,
  state: { readonly x: Float64Array; readonly c: Float64Array; readonly s: Float64Array },
): Readonly<Balance> {
  const { work } = sys
  work.x.set(state.x)
  work.c.set(state.c)
  work.s.set(state.s)
  const out: Balance = { gap: 0, strength: 0, base: 0 }
  measure(sys, task, out)
  return out
}

/**
 * Change of ionic strength that belongs to the step, by which `right` is corrected: the strength
 * is one more unknown, eliminated by hand. Answers the new strength.
 */
function strengthen(
  sys: EquilibriumSystem,
  task: NewtonTask,
  count: number,
  strength: number,
  now: Balance,
): number {
  const { n, m, square, protons, work } = sys
  if (task.model === 'ideal' || strength >= task.limit) return now.strength
  const { start, column, value } = sys.nu
  const { c, residual, column: byComponent, right, second, tableau, pivot, present } = work
  const slope = Math.LN10 * activityTermSlope(task.model, strength)
  const width = n + count
  const sign = sys.held ? Math.sign(now.base) : 0
  // How much base one mole in each eliminated balance is worth, by way of its solids.
  const worth = work.giveSquare.fill(0)
  const measured = sign === 0 ? 0 : count
  for (let k = 0; k < measured; k++) {
    for (let l = 0; l < count; l++) {
      worth[pivot[k] as number] =
        (worth[pivot[k] as number] as number) +
        (tableau[k * width + n + l] as number) * (sys.solidProtons[present[l] as number] as number)
    }
  }
  byComponent.fill(0)
  const weights = residual.fill(0)
  let own = 0
  for (let j = 0; j < m; j++) {
    const amount = c[j] as number
    const z2 = square[j] as number
    let omega = z2 - sign * (protons[j] as number)
    const last = start[sign === 0 ? j : j + 1] as number
    for (let e = start[j] as number; e < last; e++) {
      omega += sign * (value[e] as number) * (worth[column[e] as number] as number)
    }
    own += 0.5 * omega * amount * z2 * slope
    for (let e = start[j] as number; e < (start[j + 1] as number); e++) {
      const i = column[e] as number
      const part = (value[e] as number) * amount
      byComponent[i] = (byComponent[i] as number) + part * z2 * slope
      weights[i] = (weights[i] as number) + 0.5 * omega * part
    }
  }
  gather(sys, count, byComponent, second)
  substitute(sys, count, second)
  gather(sys, count, weights, byComponent)
  let along = 0
  let across = 0
  for (let a = 0; a < n - count; a++) {
    along += (byComponent[a] as number) * (right[a] as number)
    across += (byComponent[a] as number) * (second[a] as number)
  }
  const divisor = 1 + own - across
  if (!(divisor > 0.05)) return now.strength
  let next = strength + (now.strength - strength + along) / divisor
  next = Math.min(Math.max(next, 0.2 * strength), 5 * strength)
  const by = next - strength
  for (let a = 0; a < n - count; a++) right[a] = (right[a] as number) + by * (second[a] as number)
  return next
}

interface Progress {
  count: number
  strength: number
  /** Set when a solid could neither be added nor exchanged. */
  stuck: boolean
}

/** Fits the set of solids to what the state says; true when it was changed. */
function reviseSet(sys: EquilibriumSystem, progress: Progress, now: Balance): boolean {
  const { present } = sys.work
  const done = now.gap < passable
  const left = dropNegative(sys, progress.count, done ? 0 : now.gap)
  if (left < progress.count) {
    progress.count = left
    return true
  }
  const before = progress.count
  const last = before > 0 ? (present[before - 1] as number) : -1
  const first = [...present.subarray(0, before)]
  const next = addSupersaturated(sys, before, done ? 1e-9 : Math.max(1e-3, 10 * now.gap))
  if (next < 0) {
    progress.stuck = true
    return true
  }
  progress.count = next
  if (next > before || (before > 0 && present[before - 1] !== last)) return true
  return first.some((k, at) => present[at] !== k)
}

/** Sizes of components may move by this factor before they choose others to be eliminated. */
const sizeable = 4

/** True where the same set is eliminated already, by components that are as scarce as before. */
function stillEliminated(sys: EquilibriumSystem, count: number): boolean {
  const { n, work } = sys
  const { size, sized, present, eliminated } = work
  if (eliminated[n + 1] !== count) return false
  for (let l = 0; l < count; l++) if (present[l] !== eliminated[l]) return false
  for (let i = 0; i < n; i++) {
    const change = (size[i] as number) / (sized[i] as number)
    if (!(change < sizeable && change * sizeable > 1)) return false
  }
  return true
}

/** Eliminates, shortening a set of which some are combinations of others. */
function settleSet(sys: EquilibriumSystem, progress: Progress): void {
  const { n, work } = sys
  if (stillEliminated(sys, progress.count)) return
  const { present, s, eliminated, size, sized } = work
  while (!eliminate(sys, progress.count)) {
    progress.count--
    s[present[progress.count] as number] = 0
  }
  eliminated.set(present)
  eliminated[n + 1] = progress.count
  sized.set(size)
}

/** What equilibrium minimises at fixed activity coefficients along saturation. */
function objective({ n, m, work }: EquilibriumSystem): number {
  let value = 0
  for (let j = 0; j < m; j++) value += work.c[j] as number
  for (let i = 0; i < n; i++) value -= (work.total[i] as number) * (work.x[i] as number)
  return value
}

/** A step that goes downhill on the convex objective, with the factor and `right` ready. */
function guardedStep(sys: EquilibriumSystem, count: number): void {
  const { n, work } = sys
  const { x, step, right, second } = work
  const f = n - count
  for (let a = 0; a < f; a++) second[a] = right[a] as number
  straighten(sys, count)
  substitute(sys, count, right)
  const along = () => {
    let slope = 0
    for (let a = 0; a < f; a++) slope += (second[a] as number) * (right[a] as number)
    return slope
  }
  let slope = along()
  if (!(slope > 0)) {
    for (let a = 0; a < f; a++) right[a] = second[a] as number
    substitute(sys, count, right)
    slope = along()
  }
  spread(sys, count, right)
  let length = stride(sys)
  const start = objective(sys)
  const rounding = 1e-14 * (Math.abs(start) + 1)
  const from = Float64Array.from(x)
  for (let halving = 0; halving < 20; halving++) {
    for (let i = 0; i < n; i++) x[i] = (from[i] as number) + length * (step[i] as number)
    fill(sys)
    if (objective(sys) <= start - 1e-4 * length * slope + rounding) break
    length /= 2
  }
}

/**
 * Newton iterations from the state in the work space: `x`, `c` of the last state (SIT only), the
 * first `count` of `present`. `size` must hold a positive scale of each component.
 */
export function iterate(
  sys: EquilibriumSystem,
  task: NewtonTask,
  count: number,
  strength: number,
  most: number,
): NewtonResult {
  const { n, work } = sys
  const { x, step, right, residual } = work
  const now: Balance = { gap: Number.POSITIVE_INFINITY, strength: 0, base: 0 }
  const progress: Progress = { count, strength, stuck: false }
  work.flips.fill(0)
  work.s.fill(0)
  work.eliminated[n + 1] = -1
  settleSet(sys, progress)
  let changes = 0
  let iterations = 0
  let converged = false
  let eased = 0
  let since = 0
  for (; iterations < most; iterations++) {
    saturate(sys, progress.count)
    const moved = fillGammas(
      sys,
      task,
      progress.strength,
      iterations < 40 ? 1 : iterations < 120 ? 0.4 : 0.15,
    )
    fill(sys)
    const before = now.gap
    weigh(sys, task, progress.count, now)
    if (!Number.isFinite(now.gap)) break
    const drift = gammaDrift(task, progress.strength, now.strength)
    const refined = now.gap < nearly && task.refining !== undefined ? task.refining(sys) : 0
    const quiet = Math.max(moved, drift) < still && refined === 0
    eased = now.gap < passable && now.gap >= 0.5 * before ? eased + 1 : 0
    const closed = quiet && (now.gap < tight || eased > 1)
    // A set that keeps changing is judged at the solution alone.
    if (closed || (now.gap < loose && changes < patient)) {
      if (reviseSet(sys, progress, now)) {
        if (progress.stuck || ++changes > 3 * patient) break
        settleSet(sys, progress)
        since = 0
        continue
      }
      if (closed) {
        converged = true
        break
      }
    }
    settleSet(sys, progress)
    reduce(sys, progress.count)
    if (!decompose(sys, progress.count)) break
    gather(sys, progress.count, residual, right)
    if (since++ > straightforward && now.gap > 1e-3) {
      guardedStep(sys, progress.count)
      progress.strength = now.strength
      continue
    }
    straighten(sys, progress.count)
    substitute(sys, progress.count, right)
    progress.strength = strengthen(sys, task, progress.count, progress.strength, now)
    spread(sys, progress.count, right)
    const length = stride(sys)
    for (let i = 0; i < n; i++) x[i] = (x[i] as number) + length * (step[i] as number)
  }
  const { gap, base } = now
  return { converged, iterations, count: progress.count, gap, ionicStrength: now.strength, base }
}

/** Change of ln gamma of a trivalent ion between two ionic strengths. */
function gammaDrift(task: NewtonTask, from: number, to: number): number {
  if (task.model === 'ideal') return 0
  const at = (strength: number) => activityTerm(task.model, Math.min(strength, task.limit))
  return 9 * Math.LN10 * Math.abs(at(from) - at(to))
}

/** A start from the totals alone; fills `x` and `size` and empties the set of solids. */
export function coldState(sys: EquilibriumSystem, task: NewtonTask): number {
  const { n, held, work } = sys
  const { x, total, size } = work
  let strength = Math.abs(task.hydrogenTotal)
  work.c.fill(0)
  work.lnGamma.fill(0)
  for (let i = 0; i < n; i++) {
    const t = total[i] as number
    const z = sys.compiled.charge[sys.masters[i] as number] as number
    size[i] = Math.max(Math.abs(t), 1e-7)
    if (held || i > 0) strength += z * z * t
    if (held || i > 0) x[i] = Math.log(t)
    else if (Math.abs(t) > 1e-7) x[i] = t > 0 ? Math.log(t) : Math.log(1e-14 / -t)
    else x[i] = Math.log(1e-7)
  }
  strength /= 2
  fillGammas(sys, task, strength)
  lower(sys)
  return Math.max(strength, 1e-7)
}

/** Sweeps down until no component has much more in its forms than its total. */
function lower(sys: EquilibriumSystem): void {
  const { n, work } = sys
  const { x, total, takes, gives, hessian } = work
  for (let round = 0; round < 8; round++) {
    fill(sys)
    let moved = 0
    for (let i = 0; i < n; i++) {
      const t = total[i] as number
      const there = (t > 0 ? t : 0) + (gives[i] as number)
      const taken = takes[i] as number
      if (!(t > 0 && taken > there)) continue
      // Mean power of the component where it is: the bound forms weigh by it.
      const power = (hessian[i * n + i] as number) / taken
      const down = Math.min(40, Math.log(taken / there)) / (power >= 1 ? power : 1)
      x[i] = (x[i] as number) - down
      moved = Math.max(moved, down)
    }
    if (moved < 8) return
  }
}
