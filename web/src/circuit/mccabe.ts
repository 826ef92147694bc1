import type { SolvedStage } from '../../../src/scenario/index.ts'
import type { CircuitPlan } from './plan.ts'

export type Place = readonly [x: number, y: number]

/** A straight operating line: y of the organic over x of the aqueous between two stages. */
export interface OperatingLine {
  /** Aqueous over organic flow. */
  readonly slope: number
  /** A point on it. */
  readonly through: Place
}

export const onLine = ({ slope, through: [x, y] }: OperatingLine, at: number) =>
  y + slope * (at - x)

/**
 * A stretch of stages between which both flows are the same: a section, or what a feed or a draw
 * leaves of one. Its lower end is where the organic enters and the aqueous leaves.
 */
export interface Leg {
  readonly section: string
  readonly from: number
  readonly to: number
  /** Aqueous over organic flow of the solved stages. */
  readonly flows: number
  readonly line: OperatingLine
  /** Ends of the operating line: at the organic inlet, and at the aqueous inlet by its balance. */
  readonly lower: Place
  readonly upper: Place
  /** Aqueous and organic leaving each stage, the first stage first. */
  readonly stages: readonly Place[]
  /** D times x, where the stages are no equilibrium stages; else the same. */
  readonly equilibrium: readonly Place[]
}

export interface Construction {
  readonly element: string
  readonly legs: readonly Leg[]
}

/** Last stages of legs: where a section ends, aqueous enters by a feed, or a draw leaves. */
function breaks(
  stages: readonly SolvedStage[],
  plan: CircuitPlan | undefined,
): ReadonlySet<number> {
  const found = new Set<number>([stages.length])
  for (const [k, stage] of stages.entries()) {
    if (stages[k + 1]?.section !== stage.section) found.add(stage.index)
  }
  for (const { stage } of plan?.feeds ?? []) found.add(stage)
  // The flows change below a stage that aqueous is drawn from, above one that organic is.
  for (const { stage, phase } of plan?.draws ?? [])
    found.add(phase === 'aqueous' ? stage - 1 : stage)
  if (plan?.reflux !== undefined) found.add(plan.reflux.to)
  return found
}

/** Stages and operating lines of one element, from the solved stages and their flows. */
export function construct(
  stages: readonly SolvedStage[],
  element: string,
  plan: CircuitPlan | undefined,
): Construction {
  const ends = breaks(stages, plan)
  const legs: Leg[] = []
  let from = 0
  for (const [k, stage] of stages.entries()) {
    if (!ends.has(stage.index)) continue
    const own = stages.slice(from, k + 1)
    // The organic of the first stage is what the last one gives back.
    const before = stages[from - 1] ?? stages.at(-1)
    const leg = legOf(own, element, before?.organic[element] ?? 0)
    if (leg !== undefined) legs.push(leg)
    from = k + 1
  }
  return { element, legs }
}

/**
 * One leg. What enters with the aqueous follows from the balance of its last stage, and the line
 * goes through both ends, of which the more dilute one is its point: entrainment bends the slope of
 * the flows a little, and a trace must not drown in that.
 */
function legOf(own: readonly SolvedStage[], element: string, entering: number): Leg | undefined {
  const [first, last] = [own[0], own.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const x = (s: SolvedStage) => s.aqueous[element] ?? 0
  const y = (s: SolvedStage) => s.organic[element] ?? 0
  const ratio = (s: SolvedStage) => s.aqueousFlow / s.organicFlow
  const mean = own.reduce((sum, s) => sum + ratio(s), 0) / own.length
  const below = own.length > 1 ? y(own.at(-2) ?? last) : entering
  const lower: Place = [x(first), entering]
  // Rounding may leave a little less than nothing.
  const upper: Place = [Math.max(x(last) + (y(last) - below) / ratio(last), 0), y(last)]
  const width = upper[0] - lower[0]
  const slope = width === 0 ? mean : (upper[1] - lower[1]) / width
  const isSound = slope > 0.5 * mean && slope < 2 * mean
  return {
    section: first.section,
    from: first.index,
    to: last.index,
    flows: mean,
    line: { slope: isSound ? slope : mean, through: upper[0] < lower[0] ? upper : lower },
    lower,
    upper,
    stages: own.map((s): Place => [x(s), y(s)]),
    equilibrium: own.map((s): Place => [x(s), x(s) * (s.D[element] ?? 0)]),
  }
}

/** The staircase of the solved stages: from the lower end up to the curve, across to the line. */
export function staircase({ lower, upper, stages }: Leg): readonly Place[] {
  const corners: Place[] = [lower]
  for (const [k, [x, y]] of stages.entries()) {
    const next = stages[k + 1]?.[0] ?? upper[0]
    corners.push([x, y], [next, y])
  }
  return corners
}

export interface Curve {
  /** y at x; NaN outside of the points. */
  at(x: number): number
  readonly from: number
  readonly to: number
}

/**
 * A monotone curve through points (Fritsch and Carlson, SIAM J. Numer. Anal. 17 (1980) 238);
 * undefined where x does not run one way, as where an element passes a maximum inside a section.
 */
export function curveThrough(points: readonly Place[]): Curve | undefined {
  const sorted = [...points].sort((a, b) => a[0] - b[0])
  const n = sorted.length
  if (n < 2 || sorted.some(([x], k) => k > 0 && !(x > (sorted[k - 1]?.[0] ?? 0)))) return undefined
  const x = sorted.map(([v]) => v)
  const y = sorted.map(([, v]) => v)
  const at = (of: readonly number[], k: number) => of[k] as number
  if (y.some((v, k) => k > 0 && v < at(y, k - 1))) return undefined
  const step = x.slice(1).map((v, k) => v - at(x, k))
  const slope = y.slice(1).map((v, k) => (v - at(y, k)) / at(step, k))
  const tangent = x.map((_, k) => {
    if (k === 0) return at(slope, 0)
    if (k === n - 1) return at(slope, n - 2)
    const [a, b] = [at(slope, k - 1), at(slope, k)]
    // The harmonic mean never overshoots between two points.
    return a * b <= 0 ? 0 : (2 * a * b) / (a + b)
  })
  return {
    from: at(x, 0),
    to: at(x, n - 1),
    at: (v) => {
      if (!(v >= at(x, 0) && v <= at(x, n - 1))) return Number.NaN
      let k = 0
      while (k < n - 2 && v > at(x, k + 1)) k++
      const h = at(step, k)
      const t = (v - at(x, k)) / h
      const [t2, t3] = [t * t, t * t * t]
      return (
        (2 * t3 - 3 * t2 + 1) * at(y, k) +
        (t3 - 2 * t2 + t) * h * at(tangent, k) +
        (-2 * t3 + 3 * t2) * at(y, k + 1) +
        (t3 - t2) * h * at(tangent, k + 1)
      )
    },
  }
}

const mostSteps = 500

/**
 * Steps of McCabe and Thiele between an equilibrium curve and an operating line, from x of the
 * leaving aqueous until the organic reaches `top`; the last step counts by the share of it that is
 * needed. Undefined where the two pinch before, or the curve ends.
 */
export function stepOff(
  curve: (x: number) => number,
  line: OperatingLine,
  from: number,
  top: number,
): { readonly steps: number; readonly corners: readonly Place[] } | undefined {
  const corners: Place[] = []
  let x = from
  let below = onLine(line, x)
  for (let n = 0; n < mostSteps; n++) {
    const y = curve(x)
    if (!Number.isFinite(y) || Math.abs(y - below) <= 1e-12 * Math.abs(top)) return undefined
    corners.push([x, below], [x, y])
    const up = top > below
    if (up ? y >= top : y <= top) return { steps: n + (top - below) / (y - below), corners }
    const next = line.through[0] + (y - line.through[1]) / line.slope
    if (!(Math.abs(next - x) > 1e-12 * Math.max(next, x))) return undefined
    below = y
    x = next
  }
  return undefined
}

/**
 * Steps of one leg on the curve through its own stages; undefined where it has none. Entrainment
 * bends the operating relation a little, so that a small part of one more step may begin beyond the
 * curve: its ends are carried on straight.
 */
export function stepsOf(leg: Leg): number | undefined {
  const curve = curveThrough(leg.stages)
  if (curve === undefined) return undefined
  const { from, to } = curve
  const near = 1e-3 * (to - from)
  const [low, high] = [curve.at(from), curve.at(to)]
  const [rise, fall] = [(high - curve.at(to - near)) / near, (curve.at(from + near) - low) / near]
  const carried = (x: number) => {
    if (x > to) return high + rise * (x - to)
    if (x < from) return Math.max(low + fall * (x - from), 0)
    return curve.at(x)
  }
  return stepOff(carried, leg.line, leg.lower[0], leg.upper[1])?.steps
}
