import type { Random } from './random.ts'
import { directionTable } from './sobol-directions.ts'

const bits = 32

/** Direction numbers of every dimension, each `bits` words with the binary point on the left. */
function directions(): readonly Uint32Array[] {
  const first = Uint32Array.from({ length: bits }, (_, k) => 2 ** (bits - 1 - k))
  const others = directionTable.trim().split('\n').map(recurrence)
  return [first, ...others]
}

/** Direction numbers from a primitive polynomial and its first integers. */
function recurrence(line: string): Uint32Array {
  const [degree = 0, coefficients = 0, ...start] = line.split(' ').map(Number)
  const v = new Uint32Array(bits)
  for (let k = 0; k < bits; k++) {
    if (k < degree) {
      v[k] = (start[k] as number) * 2 ** (bits - 1 - k)
      continue
    }
    let word = (v[k - degree] as number) ^ ((v[k - degree] as number) >>> degree)
    for (let j = 1; j < degree; j++) {
      if (((coefficients >>> (degree - 1 - j)) & 1) === 1) word ^= v[k - j] as number
    }
    v[k] = word
  }
  return v
}

let known: readonly Uint32Array[] | undefined
const table = () => (known ??= directions())

/** Most dimensions that a Sobol sequence can have here. */
export const mostSobolDimensions = 100

const parity = (word: number) => {
  let w = word
  for (let by = 16; by > 0; by >>= 1) w ^= w >>> by
  return w & 1
}

/**
 * Direction numbers times a random lower triangular matrix of bits with ones on its diagonal:
 * every elementary interval keeps its points (J. Matousek, J. Complexity 14 (1998) 527).
 */
function scrambled(v: Uint32Array, random: Random): Uint32Array {
  const rows = Array.from({ length: bits }, (_, k) => {
    // Row k mixes the bits above it into bit k, counted from the binary point.
    const above = k === 0 ? 0 : random.integer(0, 2 ** k - 1) * 2 ** (bits - k)
    return (above + 2 ** (bits - 1 - k)) >>> 0
  })
  return v.map((word) => rows.reduce((sum, row) => ((sum << 1) | parity(row & word)) >>> 0, 0))
}

/**
 * The first `count` points of a Sobol sequence in `dimensions` dimensions (I. M. Sobol, USSR
 * Comput. Math. Math. Phys. 7 (1967) 86), row-major, each number inside (0, 1). With a source of
 * chance for each dimension the sequence is scrambled by a random matrix and a random shift of its
 * bits: it stays as even, another seed gives an independent estimate, and the origin is no special
 * point.
 */
export function sobolPoints(
  count: number,
  dimensions: number,
  random?: (dimension: number) => Random,
): Float64Array {
  if (dimensions > mostSobolDimensions) throw new Error(`${dimensions} dimensions for Sobol points`)
  const points = new Float64Array(count * dimensions)
  for (let d = 0; d < dimensions; d++) {
    const plain = table()[d] as Uint32Array
    const chance = random?.(d)
    const v = chance === undefined ? plain : scrambled(plain, chance)
    let word = chance === undefined ? 0 : chance.integer(0, 2 ** bits - 1)
    for (let i = 0; i < count; i++) {
      points[i * dimensions + d] = (word + 0.5) / 2 ** bits
      // Gray code: from one point to the next a single direction number changes.
      word = (word ^ (v[Math.min(bits - 1, trailingOnes(i))] as number)) >>> 0
    }
  }
  return points
}

function trailingOnes(i: number): number {
  let ones = 0
  for (let rest = i; (rest & 1) === 1; rest >>>= 1) ones++
  return ones
}

/**
 * One column of a Latin hypercube: `count` numbers inside (0, 1), one in each of `count` equal
 * strata, in random order (M. D. McKay, R. J. Beckman and W. J. Conover, Technometrics 21 (1979)
 * 239).
 */
export function latinColumn(count: number, random: Random): Float64Array {
  const strata = random.shuffle(Array.from({ length: count }, (_, i) => i))
  return Float64Array.from(strata, (i) => (i + inside(random)) / count)
}

/** A random number that is neither 0 nor 1. */
function inside(random: Random): number {
  return random.between(2 ** -40, 1)
}
