import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ParameterView } from '../engine/protocol.ts'
import { noHistory, recorded, redone, undone } from './history.ts'
import { editedAt, movedPlaces, placesOf } from './places.ts'
import { convertedTo, forText, nudgedText, readWritten, withUnit, writtenOf } from './reading.ts'
import { packed, unpacked } from './share.ts'
import { applySplice, inverse, shifted, spliceBetween, type Splice } from './splice.ts'

const short = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '1', ' '), maxLength: 12 })

describe('a splice', () => {
  it('turns one text into the other, and back', () => {
    fc.assert(
      fc.property(short, short, (before, after) => {
        const splice = spliceBetween(before, after)
        if (splice === undefined) {
          expect(before).toBe(after)
          return
        }
        expect(applySplice(before, splice)).toBe(after)
        expect(applySplice(after, inverse(splice))).toBe(before)
      }),
    )
  })

  it('leaves the text of every place that it does not touch where the place is then', () => {
    fc.assert(
      fc.property(short, short, fc.nat(12), fc.nat(12), (before, after, a, b) => {
        const splice = spliceBetween(before, after)
        const [from, to] = [Math.min(a, b, before.length), Math.min(Math.max(a, b), before.length)]
        if (splice === undefined) return
        const now = shifted([from, to], splice)
        const end = splice.at + splice.removed.length
        if (to < splice.at || from > end) {
          expect(after.slice(...(now ?? [0, 0]))).toBe(before.slice(from, to))
        } else if (from <= splice.at && end <= to) {
          const own = { ...splice, at: splice.at - from }
          expect(after.slice(...(now ?? [0, 0]))).toBe(applySplice(before.slice(from, to), own))
        } else expect(now).toBeUndefined()
      }),
    )
  })

  it('that does not fit its text is a mistake', () => {
    expect(() => applySplice('abc', { at: 1, removed: 'x', inserted: 'y' })).toThrow(/fit/)
  })
})

describe('undo and redo', () => {
  const texts = fc.array(fc.tuple(short, fc.constantFrom('', 'drag 1', 'drag 2')), {
    maxLength: 12,
  })
  const apply = (text: string, splices: readonly Splice[]) => splices.reduce(applySplice, text)

  it('go back to the first text and on to the last', () => {
    fc.assert(
      fc.property(texts, (steps) => {
        let [text, history] = ['', noHistory]
        for (const [next, gesture] of steps) {
          const splice = spliceBetween(text, next)
          if (splice === undefined) continue
          ;[text, history] = [next, recorded(history, splice, gesture)]
        }
        const last = text
        for (let back = undone(history); back !== undefined; back = undone(history)) {
          ;[text, history] = [apply(text, back.splices), back.history]
        }
        expect(text).toBe('')
        for (let on = redone(history); on !== undefined; on = redone(history)) {
          ;[text, history] = [apply(text, on.splices), on.history]
        }
        expect(text).toBe(last)
      }),
    )
  })

  it('take a drag as one step', () => {
    let [text, history] = ['size: 10 um', noHistory]
    for (const size of [11, 12, 13]) {
      const next = `size: ${size} um`
      const splice = spliceBetween(text, next)
      if (splice !== undefined) history = recorded(history, splice, 'drag 1')
      text = next
    }
    const back = undone(history)
    expect(back?.history.done).toEqual([])
    expect(apply(text, back?.splices ?? [])).toBe('size: 10 um')
  })
})

const parameter = (path: string, range?: readonly [number, number]): ParameterView => ({
  path,
  textPath: ['units', ...path.split('.')],
  ...(range === undefined ? {} : { range }),
  unit: 'mill',
  label: path,
  about: '',
  value: 28.5 / 3.6 / 6000,
  text: '28.5 t/y',
  isDefault: range === undefined,
  dimension: 'mass-flow',
  accepted: ['kg/s', 'kg/h', 't/y', 't/h'],
  shownIn: 't/y',
  min: 0,
  max: null,
  whole: false,
  notes: [],
})

describe('places of numbers', () => {
  const places = placesOf([parameter('a', [3, 7]), parameter('b', [12, 14]), parameter('c')])

  it('move with the text before them', () => {
    const moved = movedPlaces(places, { at: 3, removed: '12 t', inserted: '1 t' })
    expect([...moved]).toEqual([
      ['a', [3, 6]],
      ['b', [11, 13]],
    ])
  })

  it('say which number an edit is of', () => {
    expect(editedAt(places, { at: 4, removed: '2', inserted: '3' })).toBe('a')
    expect(editedAt(places, { at: 7, removed: '', inserted: '0' })).toBe('a')
    expect(editedAt(places, { at: 9, removed: 'x', inserted: 'y' })).toBeUndefined()
    expect(editedAt(places, { at: 6, removed: 'abcdefg', inserted: '' })).toBeUndefined()
  })
})

describe('what a person types', () => {
  const rate = parameter('magnets.rate', [0, 8])
  const hours = 6000

  it('is read with any unit of its kind', () => {
    const read = readWritten('30 kg/h', rate, hours)
    expect(read.ok && read.value).toBeCloseTo(30 / 3600, 12)
    expect(convertedTo('t/y', '30 kg/h', rate, hours)).toBe('180 t/y')
    expect(convertedTo('t/y', '30 t/y', rate, hours)).toBeUndefined()
    expect(withUnit('30', rate)).toBe('30 t/y')
    expect(readWritten('30', rate, hours).ok).toBe(false)
  })

  it('is refused out of bounds, with the bounds', () => {
    expect(readWritten('-1 t/y', rate, hours)).toEqual({
      ok: false,
      message: 'out of bounds: at least 0 t/y',
    })
    expect(readWritten('1.5', { ...rate, dimension: 'ratio', whole: true }, hours).ok).toBe(false)
  })

  it('is nudged by its second digit, within its bounds', () => {
    const at = (text: string) => {
      const read = readWritten(text, rate, hours)
      return { ...rate, text, value: read.ok ? read.value : Number.NaN }
    }
    expect(nudgedText(at('28.5 t/y'), 1, hours)).toBe('29.5 t/y')
    expect(nudgedText(at('0.2 t/y'), -1, hours)).toBe('0.19 t/y')
    expect(nudgedText(at('5 kg/h'), 10, hours)).toBe('6 kg/h')
    expect(nudgedText(at('10 t/y'), -20, hours)).toBe('0 t/y')
  })

  it('reads back as the value that it was written for', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e3, noNaN: true }), (value) => {
        const text = writtenOf(value, { ...rate, deviation: value / 10 }, hours, 12)
        const read = readWritten(text, rate, hours)
        expect(read.ok && Math.abs(read.value / value - 1)).toBeLessThan(1e-10)
        expect(read.ok && Math.abs((read.deviation ?? 0) / value - 0.1)).toBeLessThan(1e-3)
        expect(forText(text)).toBe(text)
      }),
    )
  })
})

describe('a link', () => {
  it('carries a plant with the files that it names', () => {
    const sets = fc.dictionary(short, fc.string({ unit: 'grapheme' }), { noNullPrototype: true })
    fc.assert(
      fc.property(short, fc.string({ unit: 'grapheme' }), sets, (file, text, sets) => {
        const shared = { file, text, sets }
        const letters = packed(shared)
        expect(letters).toMatch(/^[\w-]*$/)
        expect(unpacked(letters)).toEqual(shared)
      }),
    )
  })

  it('that is damaged carries nothing', () => {
    const letters = packed({ file: 'a', text: 'schema: x', sets: {} })
    expect(unpacked(letters.slice(0, -4))).toBeUndefined()
    expect(unpacked('%%%')).toBeUndefined()
    fc.assert(fc.property(fc.string(), (text) => void unpacked(text)))
  })
})
