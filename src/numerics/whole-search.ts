/** A whole number that may vary between bounds, both included. */
export interface WholeRange {
  readonly start: number
  readonly low: number
  readonly high: number
}

/** What a choice of whole numbers is worth once all else is at its best. */
export interface WholeAnswer {
  readonly feasible: boolean
  /** To be small. */
  readonly objective: number
  /** How far it is from feasible. */
  readonly miss: number
}

export interface WholeOptimum<Answer> {
  readonly whole: readonly number[]
  readonly answer: Answer
  readonly tried: number
  /** False where the search was cut short: a neighbour may be better. */
  readonly isComplete: boolean
}

/** True where a is better than b by more than rounding. */
function better(a: WholeAnswer, b: WholeAnswer): boolean {
  if (a.feasible !== b.feasible) return a.feasible
  const [mine, other] = a.feasible ? [a.objective, b.objective] : [a.miss, b.miss]
  return other - mine > 1e-7 * Math.max(Math.abs(mine), Math.abs(other))
}

/**
 * The best whole numbers by descent: one up or down, strides doubled while they help, and where no
 * single one helps, one up against one down. At the end no such neighbour is better; that it is the
 * best of all is certain only for problems without other valleys. Asks no choice twice; `best` is
 * what the search knows so far, to start from.
 */
export function wholeSearch<Answer extends WholeAnswer>(
  ranges: readonly WholeRange[],
  solve: (whole: readonly number[], best?: Answer) => Answer,
  most = 400,
): WholeOptimum<Answer> {
  const known = new Set<string>()
  let whole = ranges.map(({ start, low, high }) => Math.min(high, Math.max(low, Math.round(start))))
  let answer = solve(whole)
  known.add(whole.join())
  const tries = (move: readonly number[], stride: number): boolean => {
    const next = whole.map((v, i) => {
      const { low, high } = ranges[i] as WholeRange
      return Math.min(high, Math.max(low, v + stride * (move[i] as number)))
    })
    const key = next.join()
    if (known.has(key) || known.size >= most) return false
    known.add(key)
    const found = solve(next, answer)
    if (!better(found, answer)) return false
    ;[whole, answer] = [next, found]
    return true
  }
  const moves = movesOf(ranges.length)
  for (let k = 0; k < moves.length && known.size < most; ) {
    const move = moves[k] as readonly number[]
    let stride = 1
    let helped = false
    while (tries(move, stride)) {
      helped = true
      stride *= 2
    }
    // What a long stride jumped over is looked at in shorter ones.
    for (let shorter = helped ? stride >> 1 : 0; shorter > 0; shorter >>= 1) tries(move, shorter)
    k = helped ? 0 : k + 1
  }
  return { whole, answer, tried: known.size, isComplete: known.size < most }
}

/** Each one up or down, then each pair against each other. */
function movesOf(n: number): readonly (readonly number[])[] {
  const unit = (at: number, sign: number) =>
    Array.from({ length: n }, (_, i) => (i === at ? sign : 0))
  const singles = Array.from({ length: n }, (_, i) => [unit(i, 1), unit(i, -1)]).flat()
  const pairs = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (__, j) => (i === j ? [] : [unit(i, 1).with(j, -1)])).flat(),
  ).flat()
  return [...singles, ...pairs]
}
