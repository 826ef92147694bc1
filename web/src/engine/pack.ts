/**
 * Records full of numbers sent between worker and page: their shape (keys, texts) is sent once, and
 * after that only the numbers, in one block of memory that changes hands instead of being copied.
 */
export type Shape =
  | 0
  | { readonly is: string | boolean | null }
  | { readonly keys: readonly string[]; readonly of: readonly Shape[] }
  | { readonly list: readonly Shape[] }

type Plain = Readonly<Record<string, unknown>>

const isRecord = (value: unknown): value is Plain => typeof value === 'object' && value !== null

/** The shape of a plain value; keys without a value are left out, as JSON does. */
export function shapeOf(value: unknown): Shape {
  if (typeof value === 'number') return 0
  if (Array.isArray(value)) return { list: value.map(shapeOf) }
  if (isRecord(value)) {
    const keys = Object.keys(value).filter((key) => value[key] !== undefined)
    return { keys, of: keys.map((key) => shapeOf(value[key])) }
  }
  return { is: typeof value === 'string' || typeof value === 'boolean' ? value : null }
}

/** Appends the numbers of a value of that shape; false, with some appended, if it is of another. */
export function fill(value: unknown, shape: Shape, numbers: number[]): boolean {
  if (shape === 0) {
    if (typeof value !== 'number') return false
    numbers.push(value)
    return true
  }
  if ('is' in shape) return value === shape.is
  if ('list' in shape) {
    const { list } = shape
    if (!Array.isArray(value) || value.length !== list.length) return false
    return list.every((inner, k) => fill(value[k], inner, numbers))
  }
  return isRecord(value) && !Array.isArray(value) && fillRecord(value, shape, numbers)
}

function fillRecord(
  value: Plain,
  { keys, of }: Extract<Shape, { keys: readonly string[] }>,
  numbers: number[],
): boolean {
  let k = 0
  for (const key in value) {
    const own = value[key]
    if (own === undefined) continue
    if (keys[k] !== key || !fill(own, of[k] as Shape, numbers)) return false
    k++
  }
  return k === keys.length
}

/** Where reading has come to in a block of numbers. */
export interface Cursor {
  readonly numbers: Float64Array
  at: number
}

/** The value of that shape whose numbers come next. */
export function build(shape: Shape, cursor: Cursor): unknown {
  if (shape === 0) return cursor.numbers[cursor.at++]
  if ('is' in shape) return shape.is
  if ('list' in shape) return shape.list.map((inner) => build(inner, cursor))
  const { keys, of } = shape
  const record: Record<string, unknown> = {}
  for (let k = 0; k < keys.length; k++) {
    record[keys[k] as string] = build(of[k] as Shape, cursor)
  }
  return record
}

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
