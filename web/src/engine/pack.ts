import { onDemand } from '../../../src/numerics/on-demand.ts'
import { kept } from '../../../src/numerics/kept.ts'

/**
 * Records full of numbers sent between worker and page: their shape (keys) is sent once, their
 * words when one of them changed, and after that only the numbers, in one block of memory that
 * changes hands instead of being copied.
 */
export type Shape =
  /** A number: the next of the block. */
  | 0
  /** A text, a truth or nothing: the next of the words. */
  | 1
  | { readonly keys: readonly string[]; readonly of: readonly Shape[] }
  | { readonly list: readonly Shape[] }

export type Word = string | boolean | null

/** A value in its three parts, numbers and words in the order of its shape. */
export interface Packed {
  readonly shape: Shape
  readonly numbers: Float64Array
  readonly words: readonly Word[]
}

type Plain = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Plain => typeof value === 'object' && value !== null

/** The shape of a plain value; keys without a value are left out, as JSON does. */
export function shapeOf(value: unknown): Shape {
  if (typeof value === 'number') return 0
  if (Array.isArray(value)) return { list: value.map(shapeOf) }
  if (!isRecord(value)) return 1
  const keys = Object.keys(value).filter((key) => value[key] !== undefined)
  return { keys, of: keys.map((key) => shapeOf(value[key])) }
}

interface Size {
  readonly numbers: number
  readonly words: number
}

const sizes = new WeakMap<object, Size>()

/** How many numbers and words a shape holds; counted once. */
export function sizeOf(shape: Shape): Size {
  if (shape === 0) return { numbers: 1, words: 0 }
  if (shape === 1) return { numbers: 0, words: 1 }
  return kept(sizes, shape, () => {
    const inner = ('list' in shape ? shape.list : shape.of).map(sizeOf)
    const sum = (count: keyof Size) => inner.reduce((all, of) => all + of[count], 0)
    return { numbers: sum('numbers'), words: sum('words') }
  })
}

/** Where writing has come to, and whether anything written differs from what stood there. */
interface Pen {
  readonly numbers: Float64Array
  readonly words: Word[]
  number: number
  word: number
  isNewNumber: boolean
  isNewWord: boolean
}

const penFor = (numbers: Float64Array, words: Word[]): Pen => ({
  numbers,
  words,
  number: 0,
  word: 0,
  isNewNumber: false,
  isNewWord: false,
})

/** A plain value as its shape, its numbers and its words. */
export function packed(value: unknown): Packed {
  const shape = shapeOf(value)
  const pen = penFor(new Float64Array(sizeOf(shape).numbers), [])
  if (!fill(value, shape, pen)) throw new Error('a value is not of its own shape')
  return { shape, numbers: pen.numbers, words: pen.words }
}

/** What became of a packed value; `words` where they changed with or without numbers. */
export type Repacked = 'same' | 'numbers' | 'words' | 'shape'

/**
 * Writes another value over a packed one, in the one go that also compares the two. Where it is of
 * another `shape` it does not fit, and what was packed is spoilt.
 */
export function repack(value: unknown, { shape, numbers, words }: Packed): Repacked {
  const pen = penFor(numbers, words as Word[])
  if (!fill(value, shape, pen)) return 'shape'
  if (pen.isNewWord) return 'words'
  return pen.isNewNumber ? 'numbers' : 'same'
}

/** Writes a value of that shape; false, with some of it written, if it is of another. */
function fill(value: unknown, shape: Shape, pen: Pen): boolean {
  if (shape === 0) {
    if (typeof value !== 'number') return false
    const at = pen.number++
    if (!Object.is(pen.numbers[at], value)) {
      pen.numbers[at] = value
      pen.isNewNumber = true
    }
    return true
  }
  if (shape === 1) return fillWord(value, pen)
  if (!isRecord(value)) return false
  if ('keys' in shape) return !Array.isArray(value) && fillRecord(value, shape, pen)
  const { list } = shape
  if (!Array.isArray(value) || value.length !== list.length) return false
  for (let k = 0; k < list.length; k++) {
    if (!fill(value[k], list[k] as Shape, pen)) return false
  }
  return true
}

function fillWord(value: unknown, pen: Pen): boolean {
  if (typeof value === 'number' || isRecord(value)) return false
  const word = typeof value === 'string' || typeof value === 'boolean' ? value : null
  const at = pen.word++
  if (pen.words[at] !== word) {
    pen.words[at] = word
    pen.isNewWord = true
  }
  return true
}

function fillRecord(
  value: Plain,
  { keys, of }: Extract<Shape, { keys: readonly string[] }>,
  pen: Pen,
): boolean {
  let k = 0
  for (const key in value) {
    const own = value[key]
    if (own === undefined) continue
    if (keys[k] !== key || !fill(own, of[k] as Shape, pen)) return false
    k++
  }
  return k === keys.length
}

/** Where reading has come to. */
interface Place {
  number: number
  word: number
}

/** More numbers and words than these are made into a record when somebody reads it. */
const few = 4

/** The value that was packed; what is large in a record is made when it is first read. */
export function unpacked({ shape, numbers, words }: Packed): unknown {
  const build = (of: Shape, place: Place): unknown => {
    if (of === 0) return numbers[place.number++]
    if (of === 1) return words[place.word++]
    if ('list' in of) return of.list.map((inner) => build(inner, place))
    const record: Record<string, unknown> = {}
    for (let k = 0; k < of.keys.length; k++) {
      const [key, inner] = [of.keys[k] as string, of.of[k] as Shape]
      if (of === shape && isLarge(inner)) later(record, key, inner, place)
      else record[key] = build(inner, place)
    }
    return record
  }
  const later = (record: object, key: string, of: Shape, place: Place): void => {
    const [own, size] = [{ ...place }, sizeOf(of)]
    place.number += size.numbers
    place.word += size.words
    Object.defineProperty(record, key, { enumerable: true, get: onDemand(() => build(of, own)) })
  }
  return build(shape, { number: 0, word: 0 })
}

const isLarge = (shape: Shape) => sizeOf(shape).numbers + sizeOf(shape).words > few

/** True for two plain values that say the same; one and the same record is not opened. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (!isRecord(a) || !isRecord(b) || Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
}

/** The new value with every part that did not change replaced by the old one: identity is kept. */
export function shared<T>(before: unknown, after: T): T {
  if (Object.is(before, after)) return after
  if (!isRecord(before) || !isRecord(after)) return after
  if (Array.isArray(after)) {
    const list = after.map((item: unknown, k) => shared(Reflect.get(before, k), item))
    const isOld = Array.isArray(before) && before.length === list.length
    return (isOld && list.every((item, k) => item === before[k]) ? before : list) as T
  }
  if (Array.isArray(before)) return after
  const keys = Object.keys(after)
  const entries = keys.map((key) => [key, shared(before[key], after[key])] as const)
  const isOld = Object.keys(before).length === keys.length
  if (isOld && entries.every(([key, value]) => before[key] === value)) return before as T
  return Object.fromEntries(entries) as T
}
