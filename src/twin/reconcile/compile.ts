import type { ReconcileProblem } from './types.ts'

/** A constraint with variables by number; `times` is -1 where a term is linear. */
export interface Row {
  readonly name: string
  readonly equals: number
  readonly factor: Float64Array
  readonly of: Int32Array
  readonly times: Int32Array
}

/** A problem by numbers: what `reconcile` works on. */
export interface Compiled {
  readonly names: readonly string[]
  readonly isMeasured: readonly boolean[]
  /** Measurements, and starts of the others. */
  readonly y: Float64Array
  readonly u: Float64Array
  readonly doubt: readonly number[]
  /** Covariances off the diagonal, each pair once. */
  readonly shared: readonly { readonly a: number; readonly b: number; readonly value: number }[]
  readonly rows: readonly Row[]
}

export type Compilation =
  | { readonly ok: true; readonly compiled: Compiled; readonly place: ReadonlyMap<string, number> }
  | { readonly ok: false; readonly constraint: string; readonly detail: string }

/** What is wrong with the variables, in words. */
function wrongVariable({ variables }: ReconcileProblem): string | undefined {
  const seen = new Set<string>()
  for (const { name, value, u, start } of variables) {
    if (seen.has(name)) return `${name} stands twice`
    seen.add(name)
    if (value === undefined) {
      if (start !== undefined && !Number.isFinite(start)) return `${name} starts at ${start}`
      continue
    }
    if (!Number.isFinite(value)) return `${name} reads ${value}`
    if (u === undefined || !(u >= 0 && u < Number.POSITIVE_INFINITY)) {
      return `${name} is measured and has no uncertainty; 0 means exactly known`
    }
  }
  return undefined
}

/** Names to numbers, and the problem looked at: what makes no sense is said. */
export function compile(problem: ReconcileProblem): Compilation {
  const refuse = (detail: string, constraint = ''): Compilation => ({
    ok: false,
    constraint,
    detail,
  })
  const wrong = wrongVariable(problem)
  if (wrong !== undefined) return refuse(wrong)
  const { variables, constraints, shared = [] } = problem
  const place = new Map(variables.map(({ name }, k) => [name, k]))
  const rows: Row[] = []
  for (const { name, terms, equals = 0 } of constraints) {
    const of = terms.map((term) => place.get(term.of) ?? -2)
    const times = terms.map((term) =>
      term.times === undefined ? -1 : (place.get(term.times) ?? -2),
    )
    const lost = terms.find((_, k) => of[k] === -2 || times[k] === -2)
    if (lost !== undefined) return refuse(`${lost.of} ${lost.times ?? ''}: no such variable`, name)
    const factor = Float64Array.from(terms, (term) => term.factor)
    if (!Number.isFinite(equals) || factor.some((value) => !Number.isFinite(value))) {
      return refuse('a factor that is no number', name)
    }
    rows.push({ name, equals, factor, of: Int32Array.from(of), times: Int32Array.from(times) })
  }
  const u = Float64Array.from(variables, (v) => (v.value === undefined ? 0 : (v.u ?? 0)))
  const pairs: { a: number; b: number; value: number }[] = []
  for (const { a, b, covariance } of shared) {
    const [i, j] = [place.get(a) ?? -1, place.get(b) ?? -1]
    const most = (u[i] ?? 0) * (u[j] ?? 0)
    if (i < 0 || j < 0 || i === j || !(Math.abs(covariance) <= most * (1 + 1e-12))) {
      return refuse(`${a} and ${b} share ${covariance}, and may at most ${most}`)
    }
    pairs.push({ a: i, b: j, value: covariance })
  }
  return {
    ok: true,
    place,
    compiled: {
      names: variables.map(({ name }) => name),
      isMeasured: variables.map(({ value }) => value !== undefined),
      y: Float64Array.from(variables, ({ value, start }) => value ?? start ?? 0),
      u,
      doubt: variables.map(({ doubt }) => doubt ?? 0),
      shared: pairs,
      rows,
    },
  }
}

/** The same problem with one measurement taken for unmeasured. */
export function without(compiled: Compiled, variable: number): Compiled {
  return {
    ...compiled,
    isMeasured: compiled.isMeasured.map((is, k) => is && k !== variable),
    u: compiled.u.map((value, k) => (k === variable ? 0 : value)),
    shared: compiled.shared.filter(({ a, b }) => a !== variable && b !== variable),
  }
}

/** Left side minus right side of a constraint, and the size of its terms. */
export function residualOf(row: Row, x: Float64Array): { value: number; size: number } {
  let [value, size] = [-row.equals, Math.abs(row.equals)]
  for (let k = 0; k < row.factor.length; k++) {
    const times = row.times[k] as number
    const one = (row.factor[k] as number) * (x[row.of[k] as number] as number)
    const term = times < 0 ? one : one * (x[times] as number)
    value += term
    size += Math.abs(term)
  }
  return { value, size }
}

/** Derivatives of a constraint at a point, added into a row of as many numbers as variables. */
export function gradientOf(row: Row, x: Float64Array, into: Float64Array): void {
  for (let k = 0; k < row.factor.length; k++) {
    const [factor, of, times] = [
      row.factor[k] as number,
      row.of[k] as number,
      row.times[k] as number,
    ]
    if (times < 0) into[of] = (into[of] as number) + factor
    else {
      into[of] = (into[of] as number) + factor * (x[times] as number)
      into[times] = (into[times] as number) + factor * (x[of] as number)
    }
  }
}
