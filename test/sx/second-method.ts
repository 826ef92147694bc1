import { factor, solveFactored } from '../../src/numerics/index.ts'
import type { SxProblem } from '../../src/unitops/sx/problem.ts'

const at = (a: Float64Array, i: number) => a[i] as number

/**
 * A second way to the steady state that shares no code with the solver: damped substitution on the
 * logarithms of hydrogen and free extractant (each unknown of each stage is pulled by
 * its own residual), every component by one linear solve for fixed distribution ratios. Slow and
 * simple; covers everything that a circuit can have: Murphree efficiency, entrainment, draws,
 * recycles, and activity models, which see the composition of the sweep before.
 */
interface Settled {
  readonly lnHydrogen: Float64Array
  readonly lnFree: Float64Array
  readonly sweeps: number
}

interface Start {
  readonly hydrogen: number
  readonly freeShare: number
}

/** Five starts, from strongly acid and free to nearly neutral and loaded. */
const fiveStarts: readonly Start[] = [
  { hydrogen: 1, freeShare: 0.9 },
  { hydrogen: 0.1, freeShare: 0.5 },
  { hydrogen: 0.03, freeShare: 0.8 },
  { hydrogen: 0.3, freeShare: 0.2 },
  { hydrogen: 0.003, freeShare: 0.4 },
]

/** Answers the profile where the residuals fall below `tolerance`, or undefined. */
function substitution(
  problem: SxProblem,
  start: Start,
  sweeps = 1500,
  tolerance = 1e-7,
): Settled | undefined {
  const n = problem.network.stages
  const transport = makeTransport(problem)
  const acid = transport(() => 0, problem.acid, 0, 0)?.x
  const sulfate = problem.bisulfate > 0 ? transport(() => 0, problem.sulfate, 0, 0)?.x : undefined
  if (acid === undefined) return undefined
  const lnHydrogen = new Float64Array(n).fill(Math.log(start.hydrogen))
  const lnFree = problem.extractant.map((c) =>
    Math.log((start.freeShare * c) / Math.max(problem.monomersPerFree, 1)),
  )
  const seen = new Float64Array(n * problem.components)
  const gaps = { hydrogen: new Float64Array(n), free: new Float64Array(n) }
  let damping = 0.2
  let before = Number.POSITIVE_INFINITY
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const sums = contents(problem, transport, lnHydrogen, lnFree, seen)
    if (sums === undefined) return undefined
    let worst = 0
    for (let i = 0; i < n; i++) {
      const h = Math.exp(at(lnHydrogen, i))
      const bound = (at(sulfate ?? gaps.free, i) * h) / (h + problem.bisulfate)
      const protons = h + at(sums.charge, i) + (sulfate === undefined ? 0 : bound)
      gaps.hydrogen[i] = Math.log(protons / (at(acid, i) + 1e-14 / h))
      const held = problem.monomersPerFree * Math.exp(at(lnFree, i)) + at(sums.taken, i)
      gaps.free[i] = problem.usesFree ? Math.log(held / at(problem.extractant, i)) : 0
      const here = Math.max(Math.abs(at(gaps.hydrogen, i)), Math.abs(at(gaps.free, i)))
      if (!Number.isFinite(here)) return undefined
      worst = Math.max(worst, here)
    }
    // Activity models answer to what was seen a sweep ago: that has to have settled too.
    if (Math.max(worst, sums.moved) < tolerance) return { lnHydrogen, lnFree, sweeps: sweep }
    damping = worst < before ? Math.min(damping * 1.02, 0.5) : Math.max(damping * 0.9, 0.05)
    before = worst
    for (let i = 0; i < n; i++) {
      lnHydrogen[i] = at(lnHydrogen, i) - clipped(damping * at(gaps.hydrogen, i))
      lnFree[i] = at(lnFree, i) - clipped(damping * at(gaps.free, i))
    }
  }
  return undefined
}

/** The first of the five starts from which it settles. */
export function fromFiveStarts(problem: SxProblem, sweeps?: number): Settled | undefined {
  for (const start of fiveStarts) {
    const found = substitution(problem, start, sweeps)
    if (found !== undefined) return found
  }
  return undefined
}

const clipped = (v: number) => Math.max(-0.5, Math.min(0.5, v))

type Transport = (
  D: (i: number) => number,
  source: Float64Array,
  from: number,
  entering: number,
) => { readonly x: Float64Array; readonly m: Float64Array } | undefined

/**
 * Concentrations x and organic rates M of one component at given distribution ratios: 2 n balances,
 * x and M of a stage side by side, so that all but the lines that close on a distant place (the
 * loop's organic and aqueous, recycles) lie within three of the diagonal. Those lines are taken
 * apart and put back by their answers to one unit (Woodbury).
 */
function makeTransport(problem: SxProblem): Transport {
  const { network } = problem
  const n = network.stages
  const last = n - 1
  const organic = network.organicForward.map(
    (v, i) => v + at(network.organicBack, i) + at(network.organicExit, i),
  )
  const forward = network.organicForward.map((v, i) => v / at(organic, i))
  const back = network.organicBack.map((v, i) => v / at(organic, i))
  const arriving = (i: number) =>
    i > 0
      ? at(network.organicForward, i - 1)
      : network.keepOrganic * at(network.organicForward, last)
  const mixed = organic.map((v, i) =>
    Math.max(v - (1 - at(network.efficiency, i)) * arriving(i), 1e-6 * v),
  )
  const leaving = network.aqueousBack.map(
    (v, i) => v + at(network.aqueousExit, i) + at(network.aqueousForward, i),
  )
  for (const r of network.recycles) leaving[r.from] = at(leaving, r.from) + r.flow
  const lines = linesOf(problem.network, organicInto(0), at(forward, last))

  /** Organic arriving: the mixer's share of it is equilibrated, the rest goes past. */
  function organicInto(i: number): readonly (readonly [number, number])[] {
    const eta = at(network.efficiency, i)
    return [
      [2 * i, eta],
      [2 * i + 1, 1 - eta],
    ]
  }
  const band = makeBand(2 * n)
  const fill = (D: (i: number) => number) => {
    band.clear()
    for (let i = 0; i < n; i++) {
      const [x, m] = [2 * i, 2 * i + 1]
      const taken = D(i) * at(mixed, i)
      band.add(x, x, at(leaving, i) + taken)
      band.add(m, x, -taken)
      band.add(m, m, 1)
      if (i > 0) {
        band.add(x - 2, x, -at(network.aqueousBack, i))
        band.add(x - 2, m, -at(back, i))
      }
      if (i < last) {
        band.add(x + 2, x, -at(network.aqueousForward, i))
        for (const [row, share] of organicInto(i + 1)) band.add(row, m, -share * at(forward, i))
      }
    }
    band.eliminate()
  }
  return (D, source, from, entering) => {
    fill(D)
    const own = new Float64Array(2 * n)
    for (let i = 0; i < n; i++) own[2 * i] = at(source, from + i)
    for (const [row, share] of organicInto(0)) own[row] = at(own, row) + share * entering
    band.solve(own)
    if (!closeLines(lines, band.solve, own)) return undefined
    return {
      x: Float64Array.from({ length: n }, (_, i) => at(own, 2 * i)),
      m: Float64Array.from({ length: n }, (_, i) => at(own, 2 * i + 1)),
    }
  }
}

/** The loop's organic and aqueous, then the recycles. */
function linesOf(
  network: SxProblem['network'],
  organicInto: Line['into'],
  forward: number,
): readonly Line[] {
  const last = network.stages - 1
  const lines: Line[] = [
    { column: 2 * last + 1, rate: network.keepOrganic * forward, into: organicInto },
    {
      column: 2 * last,
      rate: network.keepAqueous * at(network.aqueousForward, last),
      into: [[0, 1]],
    },
  ]
  for (const r of network.recycles)
    lines.push({ column: 2 * r.from, rate: r.flow, into: [[2 * r.to, 1]] })
  return lines.filter((line) => line.rate > 0)
}

/** Column taken from, and what one unit there brings to each row. */
interface Line {
  readonly column: number
  readonly rate: number
  readonly into: readonly (readonly [number, number])[]
}

/** Adds what comes back by the lines to a solution without them; false where they do not close. */
function closeLines(
  lines: readonly Line[],
  solve: (b: Float64Array) => void,
  own: Float64Array,
): boolean {
  const answers = lines.map((line) => {
    const unit = new Float64Array(own.length)
    for (const [row, share] of line.into) unit[row] = at(unit, row) + share
    solve(unit)
    return unit
  })
  const size = lines.length
  const small = new Float64Array(size * size)
  const amounts = Float64Array.from(lines, (line) => line.rate * at(own, line.column))
  lines.forEach((line, row) =>
    answers.forEach((answer, column) => {
      small[row * size + column] = (row === column ? 1 : 0) - line.rate * at(answer, line.column)
    }),
  )
  const pivots = new Int32Array(size)
  if (size > 0 && factor(small, size, pivots) >= 0) return false
  if (size > 0) solveFactored(small, size, pivots, amounts)
  answers.forEach((answer, line) => {
    for (let q = 0; q < own.length; q++) own[q] = at(own, q) + at(amounts, line) * at(answer, q)
  })
  return true
}

const REACH = 3

/** Elimination in a band, without exchange of rows: columns of balances dominate their diagonal. */
function makeBand(size: number) {
  const width = 2 * REACH + 1
  const a = new Float64Array(size * width)
  const place = (row: number, column: number) => row * width + column - row + REACH
  return {
    clear: () => a.fill(0),
    add: (row: number, column: number, v: number) => {
      a[place(row, column)] = at(a, place(row, column)) + v
    },
    eliminate: () => {
      for (let p = 0; p < size; p++)
        for (let row = p + 1; row <= Math.min(p + REACH, size - 1); row++) {
          const share = at(a, place(row, p)) / at(a, place(p, p))
          a[place(row, p)] = share
          if (share === 0) continue
          for (let q = p + 1; q <= Math.min(p + REACH, size - 1); q++)
            a[place(row, q)] = at(a, place(row, q)) - share * at(a, place(p, q))
        }
    },
    solve: (b: Float64Array) => {
      for (let p = 0; p < size; p++)
        for (let row = p + 1; row <= Math.min(p + REACH, size - 1); row++)
          b[row] = at(b, row) - at(a, place(row, p)) * at(b, p)
      for (let p = size - 1; p >= 0; p--) {
        let v = at(b, p)
        for (let q = p + 1; q <= Math.min(p + REACH, size - 1); q++)
          v -= at(a, place(p, q)) * at(b, q)
        b[p] = v / at(a, place(p, p))
      }
    },
  }
}

/**
 * Charge of the metals in the aqueous and extractant taken in the organic, by stage, and how far
 * (relative) the composition is from what an activity model was shown; shows it the new one.
 */
function contents(
  problem: SxProblem,
  transport: Transport,
  lnHydrogen: Float64Array,
  lnFree: Float64Array,
  seen: Float64Array,
) {
  const { components, network } = problem
  const n = network.stages
  const field = () => new Float64Array(components)
  const [x, lnD, dH, dE] = [field(), field(), field(), field()]
  const D = new Float64Array(n * components)
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < components; k++) x[k] = at(seen, k * n + i)
    problem.evaluate(Math.exp(at(lnHydrogen, i)), Math.exp(at(lnFree, i)), x, lnD, dH, dE)
    for (let k = 0; k < components; k++) {
      const ratio = Math.exp(Math.min(at(lnD, k), 600))
      D[k * n + i] = Number.isFinite(ratio) ? ratio : 1
    }
  }
  const charge = new Float64Array(n)
  const taken = new Float64Array(n)
  let moved = 0
  for (let k = 0; k < components; k++) {
    const entering = at(problem.organicSource, k)
    const c = transport((i) => at(D, k * n + i), problem.source, k * n, entering)
    if (c === undefined) return undefined
    for (let i = 0; i < n; i++) {
      const organic =
        at(network.organicForward, i) + at(network.organicBack, i) + at(network.organicExit, i)
      charge[i] = at(charge, i) + at(problem.protons, k) * at(c.x, i)
      taken[i] = at(taken, i) + (at(problem.bound, k) * at(c.m, i)) / organic
      const here = Math.min(at(c.x, i), 10)
      const was = at(seen, k * n + i)
      if (problem.usesAqueous) moved = Math.max(moved, Math.abs(here - was) / (here + 1e-6))
      seen[k * n + i] = 0.5 * (here + was)
    }
  }
  return { charge, taken, moved }
}
