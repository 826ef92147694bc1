import { aqueousVolume } from '../../chemistry/index.ts'
import type { Fields } from '../../flowsheet/fields.ts'
import type { DynamicInput, DynamicResult, TransientReport } from '../../flowsheet/unit-op.ts'
import { integrate, makeOdeWork } from '../../numerics/index.ts'
import type { ImplicitOde, OdeEnd, OdeWork } from '../../numerics/index.ts'
import { closedProductEnd } from './closed.ts'
import type { Closed } from './closed.ts'
import { emptyContents, heldBy, placesOf, steadyContents } from './contents.ts'
import type { Places } from './contents.ts'
import { build, litres } from './model.ts'
import type { Built } from './model.ts'
import { implicitStep, makeMotion, startFrom } from './motion.ts'
import type { Motion } from './motion.ts'
import type { SxSolution } from './problem.ts'
import {
  framesOf,
  holdUpAt,
  holdUpColumns,
  keepFrame,
  makeRecorder,
  note,
  outletColumns,
  productsOf,
  ratesAt,
} from './recorder.ts'
import type { Recorder } from './recorder.ts'
import { coldStart } from './start.ts'
import { vesselsOf } from './vessels.ts'

/** A setting made numbers, with the steady state that it tends to. */
export interface Course {
  /** s from the beginning; what stands before the first is `closed`. */
  readonly from: number
  readonly built: Built
  readonly solution: SxSolution
}

export type Plan = Omit<DynamicInput<Fields>, 'settings'>

type Failure = Extract<DynamicResult, { ok: false }>

/** Content below which none need be followed: over the largest of its kind, and of all, so far. */
const floor = 1e-3
const followed = 1e-6

/** The circuit in time as the integrator sees it; errors are relative to what is there. */
function odeOf(motion: Motion, largest: Float64Array, tolerance: number): ImplicitOde {
  const { places } = motion
  const { stages: n, exchanged, all, tanks, organic } = places
  const lines: { readonly from: number; readonly of: number }[] = []
  for (let l = 0; l <= tanks; l++) {
    for (let q = 0; q < all; q++) lines.push({ from: (l * all + q) * n, of: q })
    for (let k = 0; k < exchanged; k++)
      lines.push({ from: organic + (l * exchanged + k) * n, of: k })
  }
  return {
    size: places.size,
    solve: (time, step, known, u) => implicitStep(motion, time, step, known, u),
    measure: (error, u) => {
      const trace = followed * Math.max(...largest.subarray(0, exchanged)) + 1e-30
      let worst = 0
      for (const { from, of } of lines) {
        const least = floor * (largest[of] as number) + trace
        let sum = 0
        for (let p = from; p < from + n; p++) {
          const ratio = (error[p] as number) / (Math.abs(u[p] as number) + least)
          sum += ratio * ratio
        }
        if (!(sum <= worst)) worst = sum
      }
      return Math.sqrt(worst / n) / tolerance
    },
  }
}

/** Raises the largest concentration seen of each place. */
function raise(places: Places, u: Float64Array, largest: Float64Array): void {
  const { stages: n, exchanged, all, organic } = places
  for (let q = 0; q < all; q++) {
    for (let i = 0; i < n; i++) {
      const x = Math.abs(u[q * n + i] as number)
      const y = q < exchanged ? (u[organic + q * n + i] as number) : 0
      largest[q] = Math.max(largest[q] as number, x, y)
    }
  }
}

/** Steps that one transient may take: 30 days of a large circuit take about a thousand. */
const mostSteps = 50_000

/** Moves to a moment, frame by frame; `ended` may stop it at a step. */
function moveTo(
  run: Run,
  motion: Motion,
  from: number,
  to: number,
  ended: (time: number, u: Float64Array) => boolean,
): OdeEnd {
  const { plan, places, work, u, largest, recorder, effort } = run
  const ode = odeOf(motion, largest, plan.tolerance)
  let time = from
  for (;;) {
    const next = Math.min(to, nextFrame(plan, time))
    const options = { first: effort.step, most: mostSteps - effort.steps - effort.refused }
    const end = integrate(ode, work, u, time, next, options, (now) => {
      raise(places, u, largest)
      note(recorder, motion, now, u)
      plan.progress?.(now / plan.until)
      return ended(now, u)
    })
    effort.steps += end.taken
    effort.refused += end.refused
    effort.step = end.step
    time = end.time
    if (end.outcome !== 'done') return end
    if (isFrame(plan, time)) keepFrame(recorder, motion, time, u)
    if (time >= to) return end
  }
}

const spacing = ({ until, frames }: Plan) => until / Math.max(frames - 1, 1)
const nextFrame = (plan: Plan, time: number) =>
  Math.min(plan.until, spacing(plan) * (Math.floor(time / spacing(plan) + 1e-9) + 1))
const isFrame = (plan: Plan, time: number) => {
  const place = time / spacing(plan)
  return Math.abs(place - Math.round(place)) < 1e-9
}

/** Water in place of every feed: what the circuit is filled and flushed with before the first. */
function blankOf({ circuit, knobs }: Built): Built | string {
  const { table, feeds, inventory } = circuit
  const inlets = { ...circuit.inlets }
  const one = new Float64Array(table.species.length)
  one[inventory.water] = 1
  for (const { port } of feeds) {
    const stream = inlets[port]
    if (stream === undefined) continue
    const moles = litres(table, stream) / (1000 * aqueousVolume(table, one, stream.temperature))
    inlets[port] = { ...stream, flow: one.map((v) => v * moles) }
  }
  return build({ ...circuit, inlets }, knobs)
}

const stopped = (end: OdeEnd): Failure => ({
  ok: false,
  outcome: 'max-iterations',
  at: `${(end.time / 3600).toPrecision(4)} h`,
  detail:
    end.outcome === 'stuck'
      ? 'no step, however short, meets the extractant and the acid balance of every stage'
      : `${mostSteps} steps were not enough`,
  advice: 'loosen the tolerance, ask for less time, or take smaller changes one after another',
})

const refused = (at: string, detail: string, advice: string): Failure => ({
  ok: false,
  outcome: 'infeasible',
  at,
  detail,
  advice,
})

/**
 * A circuit in time: from nothing or from the first course's steady state, through one course after
 * another. Vessels hold what the first course asks for, all along. The product end may be closed
 * (total reflux) before the first course.
 */
export function runTransient(courses: readonly [Course, ...Course[]], plan: Plan): DynamicResult {
  const [{ built, solution }] = courses
  const strange = courses.find((c) => !alike(c.built, built))
  if (strange !== undefined)
    return refused('change', 'stages and extractant cannot change while it runs', 'change flows')
  const blank = plan.start === 'empty' ? blankOf(built) : built
  if (typeof blank === 'string') return refused('start', blank, 'connect it or correct the flow')
  const closed = plan.closed === undefined ? undefined : closedProductEnd(built, solution)
  if (typeof closed === 'string')
    return refused('total reflux', closed, 'give the circuit a base inlet, or start direct')
  const vessels = vesselsOf(built)
  const places = placesOf(built, vessels.tanks)
  const motionOf = (of: Built) => makeMotion(of, places, vessels)
  const before = motionOf(built)
  const u =
    plan.start === 'empty'
      ? emptyContents(places, built, blank)
      : steadyContents(places, built, solution)
  const run: Run = {
    plan,
    places,
    motionOf,
    work: makeOdeWork(places.size),
    u,
    largest: new Float64Array(places.all),
    recorder: makeRecorder(plan.floors),
    events: [],
    effort: { steps: 0, refused: 0, step: firstStep },
  }
  if (plan.start === 'empty') coldStart(before.paced.newton.state)
  else startFrom(before, solution)
  raise(places, u, run.largest)
  note(run.recorder, before, 0, u)
  keepFrame(run.recorder, before, 0, u)
  const end = moveThrough(run, courses, before, closed)
  return end.outcome === 'done' ? { ok: true, report: reportOf(run, courses) } : stopped(end)
}

const alike = (a: Built, b: Built) =>
  a.laid.network.stages === b.laid.network.stages &&
  a.circuit.inventory.exchanged.length === b.circuit.inventory.exchanged.length &&
  a.circuit.inventory.exchanged.every(
    (e, k) => e.element === b.circuit.inventory.exchanged[k]?.element,
  )

/** Everything that moves along with a transient. */
interface Run {
  readonly plan: Plan
  readonly places: Places
  readonly motionOf: (built: Built) => Motion
  readonly work: OdeWork
  readonly u: Float64Array
  readonly largest: Float64Array
  readonly recorder: Recorder
  readonly events: { time: number; text: string }[]
  readonly effort: { steps: number; refused: number; step: number }
}

/** Length of the first step after anything is switched, s. */
const firstStep = 1

function moveThrough(
  run: Run,
  courses: readonly [Course, ...Course[]],
  before: Motion,
  closed: Closed | undefined,
): OdeEnd {
  const { plan, events } = run
  let motion = before
  let end: OdeEnd = { outcome: 'done', time: 0, step: firstStep, taken: 0, refused: 0 }
  const turnTo = (built: Built) => {
    const next = run.motionOf(built)
    next.paced.newton.state.unknowns.set(motion.paced.newton.state.unknowns)
    next.paced.newton.state.seen.set(motion.paced.newton.state.seen)
    motion = next
    run.effort.step = firstStep
  }
  const until = (to: number, ended: Parameters<typeof moveTo>[4]) => {
    end = moveTo(run, motion, end.time, to, ended)
    const reached = end.outcome === 'done' || end.outcome === 'stopped'
    if (reached) end = { ...end, outcome: 'done' }
    return reached
  }
  if (closed !== undefined) {
    const most = typeof plan.closed === 'number' ? Math.min(plan.closed, plan.until) : plan.until
    turnTo(closed.filling)
    if (!until(most, fillWatch(run, motion, courses[0]))) return end
    events.push({ time: end.time, text: 'filled: feed off' })
    turnTo(closed.circulating)
    const pure = purityWatch(run, motion, courses[0])
    if (end.time < most && !until(most, plan.closed === 'until-pure' ? pure : () => false))
      return end
    events.push({ time: end.time, text: 'product end opened: feed on' })
  }
  for (const [index, course] of courses.entries()) {
    const to = Math.min(courses[index + 1]?.from ?? plan.until, plan.until)
    if (index > 0 && to > end.time) events.push({ time: end.time, text: 'setting changed' })
    if (to <= end.time) continue
    turnTo(course.built)
    end = moveTo(run, motion, end.time, to, () => false)
    if (end.outcome !== 'done') return end
  }
  return end
}

/** Tells when a circuit that fills holds as much rare earth as it will at its steady state. */
function fillWatch(run: Run, motion: Motion, { built, solution }: Course) {
  const { places } = run
  const metal = (u: Float64Array) => {
    const held = heldBy(places, motion.vessels, u)
    return built.circuit.inventory.exchanged.reduce(
      (sum, e, k) => (e.charge > 2 ? sum + (held[k] as number) : sum),
      0,
    )
  }
  const wanted = metal(steadyContents(places, built, solution))
  return (_time: number, u: Float64Array): boolean => metal(u) >= wanted
}

/** A liquor that gets no purer: its impurity over the least that it has been. */
const worse = 1.05

/**
 * Tells when the closed product end may be opened: every floor of its outlet is met, or one of them
 * gets further away again (what is heavier than the product gathers there too). First traces are
 * pure and say nothing: at least half of the rare earth that will be there must be.
 */
function purityWatch(run: Run, motion: Motion, course: Course) {
  const { places, recorder, plan } = run
  const { exchanged } = motion.built.circuit.inventory
  const ports = new Set(plan.floors.map((f) => f.outlet))
  const leak = motion.leaks.find(
    (l) => ports.has(places.ports[l.port] ?? '') && l.aqueous === 0 && l.organic === 0,
  )
  const stage = leak?.stage ?? 0
  const n = places.stages
  const metal = (of: Float64Array) =>
    exchanged.reduce((sum, e, k) => (e.charge > 2 ? sum + (of[k * n + stage] as number) : sum), 0)
  const wanted = 0.5 * metal(course.solution.aqueous)
  const least = plan.floors.map(() => 1)
  return (_time: number, u: Float64Array): boolean => {
    if (leak === undefined || metal(u) < wanted) return false
    let [pure, fading] = [true, false]
    recorder.floors.forEach(({ outlet, atLeast }, f) => {
      if (outlet !== places.ports[leak.port]) return
      const impurity = 1 - (recorder.purities[f]?.at(-1) ?? 0)
      least[f] = Math.min(least[f] ?? 1, impurity)
      if (impurity > 1 - atLeast) pure = false
      if (impurity > worse * (least[f] ?? 1)) fading = true
    })
    return pure || fading
  }
}

function reportOf(run: Run, courses: readonly Course[]): TransientReport {
  const { recorder, places, effort, events, u, motionOf } = run
  const last = courses.at(-1) as Course
  const motion = motionOf(last.built)
  const goal = steadyContents(places, last.built, last.solution)
  const steady = outletColumns({ rates: [ratesAt(motion, goal)] }, motion)
  return {
    times: recorder.times,
    outlets: outletColumns(recorder, motion),
    holdUp: holdUpColumns(recorder.held, motion),
    products: productsOf(recorder, motion),
    frames: framesOf(recorder, places),
    steady: {
      outlets: Object.fromEntries(
        Object.entries(steady).map(([port, columns]) => [
          port,
          Object.fromEntries(Object.entries(columns).map(([el, [rate = 0]]) => [el, rate])),
        ]),
      ),
      holdUp: holdUpAt(motion, motion.vessels, goal),
    },
    events,
    gap: recorder.gap,
    distance: distance(places, u, goal),
    effort: { steps: effort.steps, refused: effort.refused },
  }
}

/** Largest difference of any content from the goal, over the largest content of its kind. */
function distance(places: Places, u: Float64Array, goal: Float64Array): number {
  const { stages: n, exchanged, all, organic } = places
  const largest = new Float64Array(all)
  raise(places, goal, largest)
  let worst = 0
  for (let q = 0; q < all; q++) {
    for (let i = 0; i < n; i++) {
      const p = q * n + i
      let gap = Math.abs((u[p] as number) - (goal[p] as number))
      if (q < exchanged)
        gap = Math.max(gap, Math.abs((u[organic + p] as number) - (goal[organic + p] as number)))
      if (gap > 0) worst = Math.max(worst, gap / (largest[q] as number))
    }
  }
  return worst
}
