/**
 * A seeded source of random numbers: the same seed gives the same numbers on every machine. It is
 * the only thing in the engine with a state; whoever needs chance is given one.
 */
export interface Random {
  /** In [0, 1), with 53 bits. */
  uniform(): number
  /** In [low, high). */
  between(low: number, high: number): number
  /** A whole number from `low` to `high`, both included, without bias. */
  integer(low: number, high: number): number
  /** Normally distributed. */
  normal(mean?: number, deviation?: number): number
  pick<T>(from: readonly T[]): T
  /** A new array in random order. */
  shuffle<T>(items: readonly T[]): T[]
  /** A second source that is independent of what is drawn from this one later. */
  split(): Random
}

const rotate = (x: number, by: number) => (x << by) | (x >>> (32 - by))

/**
 * 32-bit words of xoshiro128** by D. Blackman and S. Vigna, *Scrambled linear pseudorandom number
 * generators*, ACM Trans. Math. Softw. 47 (2021) 36. The state must not be all zero.
 */
export function xoshiro128(state: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = state
  return () => {
    const word = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    const kept = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= kept
    d = rotate(d, 11)
    return word
  }
}

/** Spreads a seed over 32-bit words, so that seeds 1 and 2 have nothing in common. */
function spreader(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let word = state
    word = Math.imul(word ^ (word >>> 16), 0x21f0aaad)
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97)
    return (word ^ (word >>> 15)) >>> 0
  }
}

function fromWords(word: () => number): Random {
  const uniform = () => ((word() >>> 5) * 67_108_864 + (word() >>> 6)) / 9_007_199_254_740_992
  const integer = (low: number, high: number) => {
    const count = high - low + 1
    if (!(Number.isSafeInteger(low) && Number.isSafeInteger(high) && count >= 1)) {
      throw new Error(`no whole number from ${low} to ${high}`)
    }
    if (count > 2 ** 32) throw new Error(`the range ${low} to ${high} is too wide`)
    const fair = Math.floor(2 ** 32 / count) * count
    let drawn = word()
    while (drawn >= fair) drawn = word()
    return low + (drawn % count)
  }
  const normal = (mean = 0, deviation = 1) => {
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()))
    return mean + deviation * radius * Math.cos(2 * Math.PI * uniform())
  }
  const pick = <T>(from: readonly T[]): T => {
    if (from.length === 0) throw new Error('nothing to pick from')
    return from[integer(0, from.length - 1)] as T
  }
  const shuffle = <T>(items: readonly T[]): T[] => {
    const mixed = [...items]
    for (let i = mixed.length - 1; i > 0; i--) {
      const j = integer(0, i)
      const kept = mixed[i] as T
      mixed[i] = mixed[j] as T
      mixed[j] = kept
    }
    return mixed
  }
  const split = () => random(word() ^ Math.imul(word(), 0x9e3779b1))
  const between = (low: number, high: number) => low + (high - low) * uniform()
  return { uniform, between, integer, normal, pick, shuffle, split }
}

/** A source of random numbers from a whole number. */
export function random(seed: number): Random {
  if (!Number.isSafeInteger(seed)) throw new Error(`the seed ${seed} is not a whole number`)
  const spread = spreader(seed ^ Math.trunc(seed / 2 ** 32))
  return fromWords(xoshiro128([spread(), spread(), spread(), spread() | 1]))
}
