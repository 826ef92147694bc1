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

function legOf(own: readonly SolvedStage[], element: string, entering: number): Leg | undefined {
  const [first, last] = [own[0], own.at(-1)]
  if (first === undefined || last === undefined) return undefined
  const mean = (of: (s: SolvedStage) => number) =>
    own.reduce((sum, s) => sum + of(s), 0) / own.length
  const slope = mean((s) => s.aqueousFlow) / mean((s) => s.organicFlow)
  const places = own.map((s): Place => [s.aqueous[element] ?? 0, s.organic[element] ?? 0])
  const lower: Place = [first.aqueous[element] ?? 0, entering]
  const top = last.organic[element] ?? 0
  const line = { slope, through: lower }
  return {
    section: first.section,
    from: first.index,
    to: last.index,
    line,
    lower,
    // What enters with the aqueous follows from the balance of the leg; rounding may go below 0.
    upper: [Math.max(lower[0] + (top - entering) / slope, 0), top],
    stages: places,
    equilibrium: own.map((s): Place => {
      const x = s.aqueous[element] ?? 0
      return [x, x * (s.D[element] ?? 0)]
    }),
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
 * A monotone curve through points (Fritsch and Carlson, SIAM J. Numer. Anal. 17 (1980) 238); undefined
 * where x does not run one way, as where an element passes a maximum inside a section.
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

/** Steps of one leg on the curve through its own stages; undefined where it has none. */
export function stepsOf(leg: Leg): number | undefined {
  const curve = curveThrough(leg.stages)
  if (curve === undefined) return undefined
  const [low, high] = [curve.at(curve.from), curve.at(curve.to)]
  const clamped = (x: number) => {
    // Entrainment bends the operating line a little: the curve's ends serve just beyond them.
    const slack = 0.02 * (curve.to - curve.from)
    if (x > curve.to && x <= curve.to + slack) return high
    if (x < curve.from && x >= curve.from - slack) return low
    return curve.at(x)
  }
  return stepOff(clamped, leg.line, leg.lower[0], leg.upper[1])?.steps
}
