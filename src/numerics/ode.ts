/**
 * A stiff initial value problem u' = f(time, u) whose implicit stages the caller solves: the method
 * never asks for f or its derivatives, only for the u with u = known + step f(time, u).
 */
export interface ImplicitOde {
  readonly size: number
  /**
   * Finds u = known + step f(time, u); `u` holds a guess and takes the answer. False where none is
   * found: the step is then tried shorter.
   */
  solve(time: number, step: number, known: Float64Array, u: Float64Array): boolean
  /** Size of an error at u; 1 is as large as is tolerated. */
  measure(error: Float64Array, u: Float64Array): number
}

/** What a step works in; `next` is its answer. */
export interface OdeWork {
  readonly next: Float64Array
  readonly known: Float64Array
  readonly error: Float64Array
  readonly slopes: readonly [Float64Array, Float64Array, Float64Array]
}

export function makeOdeWork(size: number): OdeWork {
  const field = () => new Float64Array(size)
  return { next: field(), known: field(), error: field(), slopes: [field(), field(), field()] }
}

/** Root of g^3 - 3 g^2 + 3/2 g - 1/6 between 1/6 and 1/2: with it the method is L-stable. */
const g = 0.435866521508459
/** Times of the stages, and the weights of the slopes before each. */
const nodes = [g, (1 + g) / 2, 1] as const
const weights = [[], [(1 - g) / 2], [(-6 * g * g + 16 * g - 1) / 4, (6 * g * g - 20 * g + 5) / 4]]

/**
 * One step of Alexander's method (SIAM J. Numer. Anal. 14 (1977) 1006): three implicit stages,
 * order 3, L-stable. The last stage is the result, so linear sums and algebraic conditions that the
 * stages keep are kept. Answers the size of the error, which is the difference to the embedded
 * method of order 2 (the same nodes, without the last slope); undefined where a stage was not
 * found.
 */
export function odeStep(
  ode: ImplicitOde,
  work: OdeWork,
  time: number,
  u: Float64Array,
  step: number,
): number | undefined {
  const { next, known, error, slopes } = work
  const size = ode.size
  const implicit = g * step
  next.set(u)
  for (let s = 0; s < 3; s++) {
    const before = weights[s] as readonly number[]
    known.set(u)
    for (let j = 0; j < before.length; j++) {
      const by = step * (before[j] as number)
      const slope = slopes[j] as Float64Array
      for (let q = 0; q < size; q++) known[q] = (known[q] as number) + by * (slope[q] as number)
    }
    if (!ode.solve(time + (nodes[s] as number) * step, implicit, known, next)) return undefined
    const slope = slopes[s] as Float64Array
    for (let q = 0; q < size; q++)
      slope[q] = ((next[q] as number) - (known[q] as number)) / implicit
  }
  const [first, second, third] = slopes
  for (let q = 0; q < size; q++) {
    const bend = (first[q] as number) - 2 * (second[q] as number) + (third[q] as number)
    error[q] = implicit * bend
  }
  return ode.measure(error, next)
}

export interface OdeOptions {
  /** Length of the first step; later ones follow from the error. */
  readonly first: number
  /** Steps allowed, refused ones counted. */
  readonly most: number
}

export interface OdeEnd {
  readonly outcome: 'done' | 'stopped' | 'stuck' | 'max-steps'
  readonly time: number
  /** Length that the next step would have. */
  readonly step: number
  readonly taken: number
  readonly refused: number
}

/**
 * Integrates from `from` to `to` with steps that keep the error of each at the size tolerated; `u`
 * takes the result. `visit` sees every accepted step and ends the integration by answering true.
 */
export function integrate(
  ode: ImplicitOde,
  work: OdeWork,
  u: Float64Array,
  from: number,
  to: number,
  { first, most }: OdeOptions,
  visit: (time: number, u: Float64Array) => boolean,
): OdeEnd {
  let [time, step, taken, refused] = [from, first, 0, 0]
  const end = (outcome: OdeEnd['outcome']): OdeEnd => ({ outcome, time, step, taken, refused })
  let careful = false
  while (time < to) {
    if (taken + refused >= most) return end('max-steps')
    const left = to - time
    // Two even steps rather than a long one and a rest.
    const tried = step >= left ? left : 2 * step > left ? 0.5 * left : step
    const error = odeStep(ode, work, time, u, tried)
    if (error === undefined || !(error <= 1)) {
      refused++
      careful = true
      step =
        tried * (error === undefined || !Number.isFinite(error) ? 0.25 : change(error, 0.2, 0.9))
      if (!(time + 1e-3 * step > time)) return end('stuck')
      continue
    }
    taken++
    u.set(work.next)
    time = tried === left ? to : time + tried
    const by = change(error, 0.2, careful ? 1 : 4)
    // A little longer is not worth a new length, for which a caller may have much to prepare.
    const next = by > 1 && by < 1.3 ? tried : tried * by
    // A step cut short by the end says nothing against the length that was meant.
    step = tried < step ? Math.max(next, step) : next
    careful = false
    if (visit(time, u)) return end('stopped')
  }
  return end('done')
}

/** Factor on the step that brings an error of order 3 to the size tolerated, with a margin. */
function change(error: number, least: number, largest: number): number {
  return Math.min(largest, Math.max(least, 0.9 * Math.max(error, 1e-12) ** (-1 / 3)))
}
