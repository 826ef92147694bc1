import { factor, solveFactored } from '../src/numerics/index.ts'

/**
 * One figure with the target that it must meet. A benchmark file (`bench/*.bench.ts`) exports
 * `benchmarks`, a list of these; `bench/run.ts` finds it.
 */
export type Benchmark = Timing | Figure

/** Median time of one run. */
export interface Timing {
  readonly name: string
  /** Most milliseconds that the median may take. */
  readonly milliseconds: number
  /**
   * Called once; answers with the run to be timed. Whatever is not part of the figure (reading a
   * file, the first solution of a warm start) is done here. The run may answer with the number of
   * floating-point operations that its path needs: the table then shows how far from the machine's
   * arithmetic the figure is. Throw when the result is wrong: a fast wrong answer is no figure.
   */
  prepare(): () => number | undefined | void
  /** Fewest timed runs; 15 if left out. Whole processes take 5. */
  readonly runs?: number
}

/** Something else that has a limit: memory kept after many solves, bytes sent. */
export interface Figure {
  readonly name: string
  readonly unit: string
  readonly most: number
  measure(): number | Promise<number>
}

export interface Measured {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly most: number
  readonly met: boolean
  /** Time over the time that the operations alone would take. */
  readonly overArithmetic?: number
}

const now = () => performance.now()

/** Time to warm up and time to measure, ms. */
export interface Patience {
  readonly warmUp: number
  readonly measure: number
}

/** The compiler needs a hundred solves of a plant before it leaves them alone. */
const usual: Patience = { warmUp: 5000, measure: 1500 }

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : 0.5 * (upper + (sorted[middle - 1] ?? upper))
}

/** Median milliseconds of one run after the compiler has seen it, and the operations it names. */
function time(run: () => number | undefined | void, least: number, patience: Patience) {
  const started = now()
  let warm = 0
  // A run that is a whole process brings its own cold compiler: nothing to warm up.
  const warmUp = least > 5 ? patience.warmUp : 0
  while (warm < 3 || now() - started < warmUp) {
    run()
    warm++
  }
  const each: number[] = []
  const operations: number[] = []
  const from = now()
  while (each.length < least || (now() - from < patience.measure && each.length < 100_000)) {
    const start = now()
    const count = run()
    each.push(now() - start)
    if (typeof count === 'number') operations.push(count)
  }
  return { milliseconds: median(each), operations: operations.length > 0 ? median(operations) : 0 }
}

/**
 * Operations per millisecond of this machine on the kernel that a circuit's solution is made of:
 * LU factors of a 14 by 14 matrix and one solution with them, 2/3 n^3 + 2 n^2 operations.
 */
export function arithmeticRate(patience: Patience = usual): number {
  const n = 14
  const matrix = Float64Array.from(
    { length: n * n },
    (_, k) => Math.cos(k * k) + (k % 15 === 0 ? 9 : 0),
  )
  const [a, b, pivots] = [new Float64Array(n * n), new Float64Array(n), new Int32Array(n)]
  const times = 200
  const { milliseconds } = time(
    () => {
      for (let k = 0; k < times; k++) {
        a.set(matrix)
        b.fill(1)
        factor(a, n, pivots)
        solveFactored(a, n, pivots, b)
      }
    },
    15,
    patience,
  )
  return (times * ((2 / 3) * n ** 3 + 2 * n ** 2)) / milliseconds
}

/** Measures one benchmark; `rate` is that of `arithmeticRate`. */
export async function measure(
  benchmark: Benchmark,
  rate: number,
  patience: Patience = usual,
): Promise<Measured> {
  const { name } = benchmark
  if ('measure' in benchmark) {
    const { unit, most } = benchmark
    const value = await benchmark.measure()
    return { name, value, unit, most, met: value <= most }
  }
  const { milliseconds, operations } = time(benchmark.prepare(), benchmark.runs ?? 15, patience)
  const most = benchmark.milliseconds
  const measured = { name, value: milliseconds, unit: 'ms', most, met: milliseconds <= most }
  return operations > 0
    ? { ...measured, overArithmetic: (milliseconds * rate) / operations }
    : measured
}

/** Mean milliseconds of a draw, those without a solution too, after the compiler has seen some. */
export function meanDraw(solve: (draw: number) => void): number {
  const [warmUp, count] = [60, 200]
  for (let draw = 0; draw < warmUp; draw++) solve(draw)
  const start = performance.now()
  for (let draw = warmUp; draw < warmUp + count; draw++) solve(draw)
  return (performance.now() - start) / count
}
