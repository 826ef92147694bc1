import { describe, expect, it } from 'vitest'
import { fromSI, parseQuantity, unitsOf } from '../../src/quantities/index.ts'
import type { Field, Fields } from '../../src/flowsheet/fields.ts'
import { unitOps } from '../../src/unitops/index.ts'

/** What a registered unit operation declares, so that forms, help and parser can trust it. */

interface Declared {
  readonly path: string
  readonly field: Field
}

/** All fields, with those inside lists, groups and maps. */
function walk(path: string, fields: Fields): Declared[] {
  return Object.entries(fields).flatMap(([name, field]) => inside(`${path}.${name}`, field))
}
function inside(path: string, field: Field): Declared[] {
  const own = { path, field }
  if (field.type === 'group') return [own, ...walk(path, field.fields)]
  if (field.type === 'list' || field.type === 'map') return [own, ...inside(`${path}[]`, field.of)]
  return [own]
}

const declared = unitOps.flatMap((op) => walk(op.kind, op.params))

/** What is wrong with one field, or nothing. */
function faults({ path, field }: Declared): string[] {
  const wrong: string[] = []
  if (field.about.trim() === '' || field.about.includes('\n'))
    wrong.push(`${path}: one line of help`)
  if (field.type === 'choice' && field.default !== undefined) {
    if (!field.options.includes(field.default)) wrong.push(`${path}: default is not an option`)
  }
  if (field.type !== 'quantity' && field.type !== 'number' && field.type !== 'integer') return wrong
  const { default: value, min = -Infinity, max = Infinity } = field
  if (!(min <= max)) wrong.push(`${path}: bounds ${min} to ${max}`)
  if (value !== undefined && !(value >= min && value <= max))
    wrong.push(`${path}: default ${value}`)
  if (field.type !== 'quantity') return wrong
  if (!unitsOf(field.dimension).includes(field.unit)) {
    return [...wrong, `${path}: ${field.unit} is no unit of ${field.dimension}`]
  }
  if (value === undefined) return wrong
  const text = `${fromSI(value, field.dimension, field.unit)} ${field.unit}`
  const read = parseQuantity(text, field.dimension)
  return read.ok ? wrong : [...wrong, `${path}: its default ${text} cannot be read back`]
}

describe('declarations of unit operations', () => {
  it('has kinds and port names that a document can hold', () => {
    const kinds = unitOps.map((op) => op.kind)
    expect(new Set(kinds).size).toBe(kinds.length)
    for (const op of unitOps) {
      expect(op.kind).toMatch(/^[a-z]+(?:-[a-z]+)*$/)
      expect(op.title.length).toBeGreaterThan(0)
      expect(op.about.length).toBeGreaterThan(0)
      for (const side of [op.inlets, op.outlets]) {
        if (typeof side === 'function') continue
        const names = side.map((port) => port.name)
        expect(new Set(names).size, op.kind).toBe(names.length)
        for (const name of names) expect(name, op.kind).toMatch(/^[a-z]+(?:-[a-z]+)*$/)
      }
    }
  })

  it('has units, bounds, defaults and help that hold together, for every parameter', () => {
    expect(declared.length).toBeGreaterThan(50)
    expect(declared.flatMap(faults)).toEqual([])
  })

  it('and the check sees a fault', () => {
    const field = {
      type: 'quantity',
      dimension: 'mass',
      unit: 'm',
      about: '',
      min: 2,
      default: 1,
    } as const
    expect(faults({ path: 'x', field })).toEqual([
      'x: one line of help',
      'x: default 1',
      'x: m is no unit of mass',
    ])
  })
})
