import { chiSquaredLimit, chiSquaredTail, sidakLimit } from './chi-squared.ts'
import { type Compiled, gradientOf, residualOf } from './compile.ts'
import { dot, forward } from './matrix.ts'
import { determined, type Found, followsBy, type Plane, spreadOf } from './solve.ts'
import type { Elimination, Estimate, GlobalTest, NodalTest } from './types.ts'

export type Solution = Extract<Found, { ok: true }>

/** Chi-squared of the adjustments, with as many degrees of freedom as independent combinations. */
export function globalTest({ plane }: Solution, alpha: number): GlobalTest {
  const degrees = plane.deviates.length
  const chi2 = dot(plane.deviates, plane.deviates)
  if (degrees === 0) return { chi2: 0, degrees, limit: 0, p: 1, isPassed: true }
  const limit = chiSquaredLimit(alpha, degrees)
  return { chi2, degrees, limit, p: chiSquaredTail(chi2, degrees), isPassed: chi2 <= limit }
}

/** A variable's column of the factor: what of its variance the constraints take away. */
function columnOf(plane: Plane, rows: readonly Float64Array[], variable: number): Float64Array {
  return forward(
    plane.cholesky,
    Float64Array.from(rows, (row) => row[variable] as number),
  )
}

/** Variance that is left; what rounding leaves of nothing is nothing. */
const left = (before: number, taken: number) =>
  before - taken > 1e-13 * before ? before - taken : 0

/** z, and what the measurement would have to read, where a constraint can test it. */
function testOf(
  compiled: Compiled,
  { x, plane }: Solution,
  k: number,
): { readonly variance: number; readonly z?: number; readonly wouldBe?: number } {
  const taken = columnOf(plane, plane.spread, k)
  const variance = dot(taken, taken)
  const own = (compiled.u[k] as number) ** 2
  if (!(variance > 1e-10 * own)) return { variance: left(own, variance) }
  const measured = compiled.y[k] as number
  const effect = columnOf(plane, plane.reduced, k)
  const strength = dot(effect, effect)
  return {
    variance: left(own, variance),
    z: Math.abs(measured - (x[k] as number)) / Math.sqrt(variance),
    ...(strength > 0 ? { wouldBe: measured - dot(effect, plane.deviates) / strength } : {}),
  }
}

/** The variance of an unmeasured variable that follows the measured ones. */
function followingVariance(compiled: Compiled, plane: Plane, index: number): number {
  const gradient = followsBy(plane, compiled, index)
  const spread = spreadOf(compiled, gradient)
  const taken = forward(
    plane.cholesky,
    Float64Array.from(plane.spread, (row) => dot(row, gradient)),
  )
  return left(dot(gradient, spread), dot(taken, taken))
}

/** All variables as the constraints have them, and the critical z of the tests. */
export function estimatesOf(
  compiled: Compiled,
  solution: Solution,
  original: Compiled,
  alpha: number,
): { estimates: readonly Estimate[]; criticalZ: number; undetermined: readonly string[] } {
  const { x, plane } = solution
  const tests = compiled.names.map((_, k) =>
    compiled.isMeasured[k] === true ? testOf(compiled, solution, k) : undefined,
  )
  const criticalZ = sidakLimit(alpha, tests.filter((test) => test?.z !== undefined).length)
  const isDetermined = determined(plane)
  const undetermined: string[] = []
  const estimates = compiled.names.map((name, k): Estimate => {
    const reading = { measured: original.y[k] as number, u: original.u[k] as number }
    const test = tests[k]
    if (test !== undefined) {
      const { z, wouldBe, variance } = test
      return {
        name,
        ...reading,
        value: x[k] as number,
        valueU: Math.sqrt(variance),
        ...(z === undefined ? {} : { z }),
        ...(wouldBe === undefined ? {} : { wouldBe }),
        flag: z !== undefined && z > criticalZ ? 'suspect' : 'ok',
      }
    }
    const wasMeasured = original.isMeasured[k] === true
    const start = {
      name,
      ...(wasMeasured ? reading : {}),
      flag: wasMeasured ? 'gross' : 'ok',
    } as const
    const index = plane.unmeasured.indexOf(k)
    if (isDetermined[index] !== true) {
      undetermined.push(name)
      return start
    }
    const valueU = Math.sqrt(followingVariance(compiled, plane, index))
    const value = x[k] as number
    return { ...start, value, valueU, ...(wasMeasured ? { wouldBe: value } : {}) }
  })
  return { estimates, criticalZ, undetermined }
}

/** Two single errors whose squared z differ by less are about equally likely: a log of 2. */
const alikeWithin = 4

/**
 * The tested measurement with the largest z; of those that explain the readings about as well, the
 * one in most doubt.
 */
export function worstOf(
  compiled: Compiled,
  estimates: readonly Estimate[],
): Elimination | undefined {
  const largest = estimates.reduce((most, { z = 0 }) => Math.max(most, z), 0)
  if (largest === 0) return undefined
  const z = (k: number) => estimates[k]?.z ?? 0
  const doubt = (k: number) => compiled.doubt[k] ?? 0
  const alike = estimates
    .flatMap((estimate, k) => (estimate.z === undefined ? [] : [k]))
    .filter((k) => z(k) ** 2 >= largest ** 2 * (1 - 1e-9) - alikeWithin)
    .sort((a, b) => doubt(b) - doubt(a) || z(b) - z(a) || a - b)
  const [worst = 0, ...others] = alike
  return {
    name: compiled.names[worst] ?? '',
    z: z(worst),
    alike: others.map((k) => compiled.names[k] ?? ''),
  }
}

/** Each constraint by itself, with the measurements as they are. */
export function nodalTests(compiled: Compiled, alpha: number): readonly NodalTest[] {
  const tests = compiled.rows.flatMap((row) => {
    const gradient = new Float64Array(compiled.y.length)
    gradientOf(row, compiled.y, gradient)
    if (gradient.some((by, k) => by !== 0 && compiled.isMeasured[k] !== true)) return []
    const variance = dot(gradient, spreadOf(compiled, gradient))
    const residual = residualOf(row, compiled.y).value
    return [{ constraint: row.name, residual, variance }]
  })
  const limit = sidakLimit(alpha, tests.filter(({ variance }) => variance > 0).length)
  return tests.map(({ constraint, residual, variance }) => {
    if (!(variance > 0)) return { constraint, residual, isPassed: residual === 0 }
    const z = Math.abs(residual) / Math.sqrt(variance)
    return { constraint, residual, z, isPassed: z <= limit }
  })
}

/** Largest residual at the solution, over the size of its terms, and where it is. */
export function closureOf({ rows }: Compiled, x: Float64Array) {
  let worst = { closure: 0, constraint: '' }
  for (const row of rows) {
    const { value, size } = residualOf(row, x)
    const closure = size > 0 ? Math.abs(value) / size : 0
    if (closure > worst.closure) worst = { closure, constraint: row.name }
  }
  return worst
}

/** Cov(x) = S - S A' V^-1 A S of some variables, the unmeasured ones as they follow. */
export function covarianceOf(
  compiled: Compiled,
  { plane }: Solution,
  wanted: readonly number[],
): readonly (readonly number[])[] {
  const isDetermined = determined(plane)
  const parts = wanted.map((variable) => {
    const gradient = new Float64Array(compiled.y.length)
    const index = plane.unmeasured.indexOf(variable)
    if (index < 0) gradient[variable] = 1
    else if (isDetermined[index] === true) gradient.set(followsBy(plane, compiled, index))
    const taken = forward(
      plane.cholesky,
      Float64Array.from(plane.spread, (row) => dot(row, gradient)),
    )
    return { gradient, spread: spreadOf(compiled, gradient), taken }
  })
  return parts.map((a) => parts.map((b) => dot(a.gradient, b.spread) - dot(a.taken, b.taken)))
}
