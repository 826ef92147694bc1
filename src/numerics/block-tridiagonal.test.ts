import { expect, test } from 'vitest'
import { factorBlocks, makeBlockTridiagonal, solveBlocks } from './block-tridiagonal.ts'
import { gmres, makeGmres } from './gmres.ts'
import { random } from './random.ts'

function system(blocks: number, size: number, seed: number) {
  const r = random(seed)
  const matrix = makeBlockTridiagonal(blocks, size)
  for (const part of [matrix.lower, matrix.diagonal, matrix.upper])
    for (let q = 0; q < part.length; q++) part[q] = r.normal()
  for (let i = 0; i < blocks; i++)
    for (let k = 0; k < size; k++) {
      const q = i * size * size + k * size + k
      matrix.diagonal[q] = (matrix.diagonal[q] as number) + 4 * size
    }
  const x = Float64Array.from({ length: blocks * size }, () => r.normal())
  const multiply = (v: Float64Array, to: Float64Array) => {
    for (let i = 0; i < blocks; i++)
      for (let row = 0; row < size; row++) {
        let sum = 0
        for (let q = 0; q < size; q++) {
          const at = i * size * size + row * size + q
          sum += (copy.diagonal[at] as number) * (v[i * size + q] as number)
          if (i > 0) sum += (copy.lower[at] as number) * (v[(i - 1) * size + q] as number)
          if (i + 1 < blocks) sum += (copy.upper[at] as number) * (v[(i + 1) * size + q] as number)
        }
        to[i * size + row] = sum
      }
  }
  const copy = {
    lower: Float64Array.from(matrix.lower),
    diagonal: Float64Array.from(matrix.diagonal),
    upper: Float64Array.from(matrix.upper),
  }
  const b = new Float64Array(x.length)
  multiply(x, b)
  return { matrix, x, b, multiply }
}

const gap = (a: Float64Array, b: Float64Array) =>
  Math.max(...a.map((v, q) => Math.abs(v - (b[q] as number))))

test.each([
  [1, 1],
  [1, 7],
  [5, 3],
  [40, 14],
])('block elimination of %i blocks of %i', (blocks, size) => {
  const { matrix, x, b } = system(blocks, size, 7)
  expect(factorBlocks(matrix)).toBe(-1)
  solveBlocks(matrix, b)
  expect(gap(b, x)).toBeLessThan(1e-12)
})

test('a singular block is named', () => {
  const { matrix } = system(4, 2, 3)
  matrix.diagonal.fill(0, 8, 12)
  matrix.lower.fill(0, 8, 12)
  expect(factorBlocks(matrix)).toBe(2)
})

test('GMRES reaches the same solution, sooner with a preconditioner', () => {
  const { matrix, x, b, multiply } = system(12, 4, 11)
  const space = makeGmres(48, 48)
  const plain = new Float64Array(48)
  const identity = (v: Float64Array, to: Float64Array) => to.set(v)
  const taken = gmres(space, multiply, identity, b, plain, 1e-13)
  expect(gap(plain, x)).toBeLessThan(1e-10)
  expect(factorBlocks(matrix)).toBe(-1)
  const exact = (v: Float64Array, to: Float64Array) => {
    to.set(v)
    solveBlocks(matrix, to)
  }
  const helped = new Float64Array(48)
  expect(gmres(space, multiply, exact, b, helped, 1e-12)).toBeLessThan(3)
  expect(gap(helped, x)).toBeLessThan(1e-11)
  expect(taken).toBeGreaterThan(3)
})

test('a zero right-hand side has a zero solution', () => {
  const space = makeGmres(3, 3)
  const answer = new Float64Array([1, 2, 3])
  const identity = (v: Float64Array, to: Float64Array) => to.set(v)
  expect(gmres(space, identity, identity, new Float64Array(3), answer, 1e-10)).toBe(0)
  expect([...answer]).toEqual([0, 0, 0])
})
