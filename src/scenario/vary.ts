import type { Field, Fields } from '../flowsheet/fields.ts'
import { suggest } from './suggest.ts'
import { clip } from './yaml-tree.ts'

export type ParameterPath = readonly (string | number)[]

export type FoundField =
  | { readonly ok: true; readonly field: Field }
  | { readonly ok: false; readonly message: string; readonly expected: string }

/** `sx1.sections[0].stages` as `['sx1', 'sections', 0, 'stages']`; `undefined` if it is no path. */
export function parsePath(text: string): ParameterPath | undefined {
  const parts: (string | number)[] = []
  for (const piece of text.split('.')) {
    const match = /^([^[\]]+)((?:\[\d{1,5}\])*)$/.exec(piece)
    if (match === null) return undefined
    parts.push(match[1] ?? '')
    for (const index of (match[2] ?? '').matchAll(/\d+/g)) parts.push(Number(index[0]))
  }
  return parts
}

/** The field that a path leads to below a unit's declaration. */
export function fieldAt(fields: Fields, path: ParameterPath): FoundField {
  const [first, ...rest] = path
  if (typeof first !== 'string') return { ok: false, message: 'names no parameter', expected: '' }
  const field = Object.hasOwn(fields, first) ? fields[first] : undefined
  if (field === undefined) {
    const message = `there is no parameter "${clip(first)}"`
    return { ok: false, message, expected: suggest(first, Object.keys(fields)) }
  }
  return inside(field, rest, first)
}

function inside(field: Field, path: ParameterPath, name: string): FoundField {
  const [first, ...rest] = path
  if (first === undefined) return { ok: true, field }
  if (field.type === 'group' && typeof first === 'string') return fieldAt(field.fields, path)
  if (field.type === 'map' && typeof first === 'string') return inside(field.of, rest, first)
  if (field.type === 'list' && typeof first === 'number') return inside(field.of, rest, name)
  const part = typeof first === 'number' ? `[${first}]` : `.${first}`
  return { ok: false, message: `"${clip(name)}" has no part ${clip(part)}`, expected: '' }
}

/** The value at a path, or `undefined`. */
export function valueAt(value: unknown, path: ParameterPath): unknown {
  let current = value
  for (const part of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, part)) {
      return undefined
    }
    current = Reflect.get(current, part)
  }
  return current
}
