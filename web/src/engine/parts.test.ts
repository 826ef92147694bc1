import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../src/scenario/hash.ts'
import type { Solution } from '../../../src/scenario/solution.ts'
import { build, fill, isSame, shapeOf, shared } from './pack.ts'
import { patcher, rebuilder } from './parts.ts'

const key = fc.string({ minLength: 1, maxLength: 6 }).filter((k) => k !== '__proto__')
const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.double({ noNaN: true }),
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value

describe('records in one block of numbers', () => {
  it('come back as they were sent', () => {
    fc.assert(
      fc.property(plain, (value) => {
        const shape = shapeOf(value)
        const numbers: number[] = []
        expect(fill(value, shape, numbers)).toBe(true)
        const cursor = { numbers: Float64Array.from(numbers), at: 0 }
        expect(build(shape, cursor)).toEqual(value)
        expect(cursor.at).toBe(numbers.length)
      }),
    )
  })

  it('are of another shape exactly when shapes differ', () => {
    fc.assert(
      fc.property(plain, plain, (a, b) => {
        const isAlike = JSON.stringify(shapeOf(a)) === JSON.stringify(shapeOf(b))
        expect(fill(b, shapeOf(a), [])).toBe(isAlike)
      }),
    )
  })

  it('share with an earlier value what is the same', () => {
    fc.assert(
      fc.property(plain, plain, (a, b) => {
        expect(shared(a, b)).toEqual(b)
        expect(shared(a, structuredClone(a))).toBe(a)
        expect(isSame(a, structuredClone(a))).toBe(true)
      }),
    )
  })
})

const solution = (streams: Record<string, unknown>, products: unknown) =>
  ({
    status: 'converged',
    plant: sha256(''),
    streams,
    products,
    circuits: {},
    units: {},
  }) as unknown as Solution

describe('patches of a solution', () => {
  it('give each solution of a sequence back', () => {
    const records = fc.dictionary(fc.constantFrom('a', 'b', 'c'), plain, { noNullPrototype: true })
    fc.assert(
      fc.property(fc.array(fc.tuple(records, plain), { maxLength: 6 }), (sequence) => {
        const [patch, rebuild] = [patcher(), rebuilder()]
        for (const [streams, products] of sequence) {
          const sent = solution(streams, products)
          expect(rebuild(patch(sent), '')).toEqual(sent)
        }
      }),
    )
  })

  it('keep what did not change as the same record, and send nothing of it', () => {
    const [patch, rebuild] = [patcher(), rebuilder()]
    const before = rebuild(patch(solution({ a: { mass: 1 }, b: { mass: 2 } }, [])), '')
    const second = patch(solution({ a: { mass: 1 }, b: { mass: 3 } }, []))
    expect([...second.numbers]).toEqual([3])
    expect(second.names).toBeUndefined()
    expect(second.shapes).toEqual([undefined])
    const after = rebuild(second, '')
    expect(after.streams['a']).toBe(before.streams['a'])
    expect(after.products).toBe(before.products)
    expect(after.streams['b']).toEqual({ mass: 3 })
    expect(after.streams).not.toBe(before.streams)
  })
})
