import { factor, solveFactored, solveFactoredMatrix } from './dense.ts'

/**
 * A block-tridiagonal matrix with dense square blocks in flat arrays, block after block, each
 * row-major: `lower` couples block i to i - 1 (its first block is not used), `upper` to i + 1.
 */
export interface BlockTridiagonal {
  readonly blocks: number
  readonly size: number
  readonly lower: Float64Array
  readonly diagonal: Float64Array
  readonly upper: Float64Array
  readonly pivots: Int32Array
  readonly work: Float64Array
}

/** Zeroed workspace for `blocks` block rows of `size` unknowns. */
export function makeBlockTridiagonal(blocks: number, size: number): BlockTridiagonal {
  const area = size * size
  return {
    blocks,
    size,
    lower: new Float64Array(blocks * area),
    diagonal: new Float64Array(blocks * area),
    upper: new Float64Array(blocks * area),
    pivots: new Int32Array(blocks * size),
    work: new Float64Array(size),
  }
}

/**
 * Block elimination from the first block, with row exchanges inside the blocks only. `diagonal`
 * and `upper` are overwritten. Answers -1, or the block whose pivot is singular.
 */
export function factorBlocks(matrix: BlockTridiagonal): number {
  const { blocks, size, lower, diagonal, upper, pivots } = matrix
  const area = size * size
  for (let i = 0; i < blocks; i++) {
    const block = diagonal.subarray(i * area, (i + 1) * area)
    if (i > 0) subtractProduct(block, lower, upper, i * area, (i - 1) * area, size)
    const order = pivots.subarray(i * size, (i + 1) * size)
    if (factor(block, size, order) >= 0) return i
    if (i + 1 < blocks)
      solveFactoredMatrix(block, size, order, upper.subarray(i * area, (i + 1) * area), size)
  }
  return -1
}

/** c -= a b for square blocks of two arrays at their offsets. */
function subtractProduct(
  c: Float64Array,
  a: Float64Array,
  b: Float64Array,
  atA: number,
  atB: number,
  size: number,
): void {
  for (let r = 0; r < size; r++) {
    for (let q = 0; q < size; q++) {
      const by = a[atA + r * size + q] as number
      if (by === 0) continue
      for (let s = 0; s < size; s++)
        c[r * size + s] = (c[r * size + s] as number) - by * (b[atB + q * size + s] as number)
    }
  }
}

/** Solves with the factors; `b` (blocks times size) becomes the solution. */
export function solveBlocks(matrix: BlockTridiagonal, b: Float64Array): void {
  const { blocks, size, lower, diagonal, upper, pivots } = matrix
  const area = size * size
  for (let i = 0; i < blocks; i++) {
    const part = b.subarray(i * size, (i + 1) * size)
    if (i > 0) multiplySubtract(part, lower, i * area, b, (i - 1) * size, size)
    solveFactored(
      diagonal.subarray(i * area, (i + 1) * area),
      size,
      pivots.subarray(i * size, (i + 1) * size),
      part,
    )
  }
  for (let i = blocks - 2; i >= 0; i--) {
    const part = b.subarray(i * size, (i + 1) * size)
    multiplySubtract(part, upper, i * area, b, (i + 1) * size, size)
  }
}

function multiplySubtract(
  to: Float64Array,
  a: Float64Array,
  atA: number,
  x: Float64Array,
  atX: number,
  size: number,
): void {
  for (let r = 0; r < size; r++) {
    let sum = 0
    for (let q = 0; q < size; q++) sum += (a[atA + r * size + q] as number) * (x[atX + q] as number)
    to[r] = (to[r] as number) - sum
  }
}

/** Floating-point operations of `factorBlocks` and one `solveBlocks`. */
export function blockOperations(blocks: number, size: number): number {
  return blocks * ((2 / 3 + 2 + 2) * size ** 3 + 6 * size * size)
}
