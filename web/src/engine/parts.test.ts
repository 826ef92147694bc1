import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256 } from '../../../src/scenario/hash.ts'
import type { Solution } from '../../../src/scenario/solution.ts'
import { isSame, packed, repack, shapeOf, shared, unpacked } from './pack.ts'
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
        expect(unpacked(packed(value))).toEqual(value)
      }),
    )
  })

  it('are written over by another value of their shape, and say what of them changed', () => {
    fc.assert(
      fc.property(plain, plain, (a, b) => {
        const before = packed(a)
        const isAlike = JSON.stringify(shapeOf(a)) === JSON.stringify(shapeOf(b))
        const became = repack(b, before)
        expect(became !== 'shape').toBe(isAlike)
        if (!isAlike) return
        expect(unpacked(before)).toEqual(b)
        expect(became === 'same').toBe(isSame(a, b))
        expect(repack(b, before)).toBe('same')
      }),
    )
  })

  it('tell numbers from words', () => {
    const part = packed({ name: 'a', of: [1, 2] })
    expect(repack({ name: 'a', of: [1, 3] }, part)).toBe('numbers')
    expect(repack({ name: 'b', of: [1, 3] }, part)).toBe('words')
    expect(repack({ name: 'b', of: [1] }, part)).toBe('shape')
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
    expect(second.words).toEqual([undefined])
    const after = rebuild(second, '')
    expect(after.streams['a']).toBe(before.streams['a'])
    expect(after.products).toBe(before.products)
    expect(after.streams['b']).toEqual({ mass: 3 })
    expect(after.streams).not.toBe(before.streams)
  })

  it('send words again only where one of them changed', () => {
    const [patch, rebuild] = [patcher(), rebuilder()]
    rebuild(patch(solution({ a: { phase: 'solid', mass: 1 } }, [])), '')
    const moved = patch(solution({ a: { phase: 'solid', mass: 2 } }, []))
    expect([moved.shapes, moved.words]).toEqual([[undefined], [undefined]])
    rebuild(moved, '')
    const reworded = patch(solution({ a: { phase: 'gas', mass: 2 } }, []))
    expect([reworded.shapes, reworded.words]).toEqual([[undefined], [['gas']]])
    expect(rebuild(reworded, '').streams['a']).toEqual({ phase: 'gas', mass: 2 })
  })

  it('make a part of its own numbers, however late it is read', () => {
    const [patch, rebuild] = [patcher(), rebuilder()]
    const first = rebuild(patch(solution({ a: { mass: 1 }, b: { mass: 2 } }, [])), '')
    const second = rebuild(patch(solution({ a: { mass: 3 }, b: { mass: 2 } }, [])), '')
    const third = rebuild(patch(solution({ b: { mass: 5 } }, [])), '')
    expect(third.streams).toEqual({ b: { mass: 5 } })
    expect(first.streams).toEqual({ a: { mass: 1 }, b: { mass: 2 } })
    expect(second.streams).toEqual({ a: { mass: 3 }, b: { mass: 2 } })
    expect(second.streams['b']).toBe(first.streams['b'])
    expect({ ...second }.streams).toBe(second.streams)
  })
})
