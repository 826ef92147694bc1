import { describe, expect, it } from 'vitest'
import { boundedStep, fixedPointMethods, ignorance, learn, random, withoutPlace } from '../index.ts'
import type { FixedPointMethod, Knowledge } from '../index.ts'

type Map = (x: Float64Array) => Float64Array

/** Steps until the residual is below `tolerance`; the number of evaluations of the map. */
function steps(method: FixedPointMethod, map: Map, start: Float64Array, groups = 0, most = 2000) {
  let knowledge: Knowledge = ignorance
  let point = start
  for (let count = 1; count <= most; count++) {
    const image = map(point)
    const miss = Math.max(...image.map((g, i) => Math.abs(g - (point[i] as number))))
    if (miss < 1e-11) return { count, point, knowledge }
    knowledge = learn(knowledge, { point, image }, method.depth)
    point = method.next(knowledge, new Float64Array(point.length).fill(1), groups)
  }
  return { count: Infinity, point, knowledge }
}

/** x -> A x + b with the given A. */
function linear(matrix: readonly (readonly number[])[], b: readonly number[]): Map {
  return (x) =>
    Float64Array.from(b, (c, i) =>
      (matrix[i] ?? []).reduce((sum, a, j) => sum + a * (x[j] as number), c),
    )
}

const diagonal = linear(
  [0.9, 0.5, -0.4, 0.98].map((s, i) => [0, 1, 2, 3].map((j) => (i === j ? s : 0))),
  [1, 2, 3, 4],
)
const draw = random(7)
const coupled = linear(
  Array.from({ length: 6 }, () => Array.from({ length: 6 }, () => 0.16 * draw.uniform())),
  [1, 2, 3, 4, 5, 6],
)
const by = (id: string) => {
  const method = fixedPointMethods.find((m) => m.id === id)
  if (method === undefined) throw new Error(id)
  return method
}

describe('methods for x = g(x)', () => {
  it('direct substitution gains a digit every log(10)/log(1/slope) steps', () => {
    const { count } = steps(by('direct'), linear([[0.9]], [1]), new Float64Array(1))
    const expected = Math.log(1e-11) / Math.log(0.9)
    expect(Math.abs(count - expected)).toBeLessThan(3)
  })

  it('Wegstein ends a map of independent entries after three evaluations', () => {
    expect(steps(by('wegstein'), diagonal, new Float64Array(4)).count).toBeLessThanOrEqual(4)
  })

  it('Anderson ends a linear map of n slopes after n + 1 moves', () => {
    expect(steps(by('anderson'), diagonal, new Float64Array(4)).count).toBeLessThanOrEqual(7)
    expect(steps(by('anderson'), coupled, new Float64Array(6)).count).toBeLessThanOrEqual(9)
  })

  it('groups end a map that mixes only inside groups after the size of a group', () => {
    // Entries 0 and 2 act on each other, and 1 and 3: two groups of two.
    const map = linear(
      [
        [0.5, 0, 0.4, 0],
        [0, 0.2, 0, 0.7],
        [0.3, 0, 0.6, 0],
        [0, 0.6, 0, 0.3],
      ],
      [1, 2, 3, 4],
    )
    for (const id of ['grouped-secant', 'grouped-anderson']) {
      expect(steps(by(id), map, new Float64Array(4), 2).count, id).toBeLessThanOrEqual(5)
    }
  })

  it('every accelerator beats direct substitution on a slow coupled map', () => {
    const slow = linear(
      [
        [0.6, 0.3, 0.05],
        [0.2, 0.6, 0.1],
        [0.1, 0.3, 0.55],
      ],
      [1, 1, 1],
    )
    const plain = steps(by('direct'), slow, new Float64Array(3)).count
    expect(plain).toBeGreaterThan(100)
    for (const id of ['grouped-secant', 'anderson', 'grouped-anderson']) {
      expect(steps(by(id), slow, new Float64Array(3), 1).count, id).toBeLessThan(plain / 10)
    }
  })

  it('converges faster than linearly on a bent map', () => {
    const bent: Map = (x) =>
      x.map((v, i) => Math.cos(0.7 * v + 0.3 * (x[(i + 1) % x.length] as number)))
    for (const id of ['anderson', 'grouped-anderson']) {
      const { count, point } = steps(by(id), bent, Float64Array.of(0.1, 0.9, 0.4))
      expect(count, id).toBeLessThan(14)
      expect(point[0], id).toBeCloseTo(0.7390851332151607, 10)
    }
  })

  it('slopes learnt on one problem start the next, similar one', () => {
    const first = steps(by('grouped-anderson'), coupled, new Float64Array(6))
    const shifted: Map = (x) => coupled(x).map((v) => v + 0.5)
    let knowledge = withoutPlace(first.knowledge)
    let point = first.point
    let count = 0
    for (let miss = Infinity; miss > 1e-11 && count < 50; count++) {
      const image = shifted(point)
      miss = Math.max(...image.map((g, i) => Math.abs(g - (point[i] as number))))
      knowledge = learn(knowledge, { point, image }, 12)
      point = by('grouped-anderson').next(knowledge, new Float64Array(6).fill(1), 0)
    }
    expect(count).toBeLessThanOrEqual(4)
  })

  it('a bounded step keeps what must be positive positive, whatever is proposed', () => {
    const point = Float64Array.of(1, 1, 1, 1, 0)
    const image = Float64Array.of(2, 0.5, 2, 0, 3)
    const wild = Float64Array.of(-5, NaN, 1e9, 7, -1)
    const next = boundedStep(wild, point, image, { shrink: 10, grow: 10 })
    expect([...next]).toEqual([2, 0.5, 20, 0, 3])
  })
})
