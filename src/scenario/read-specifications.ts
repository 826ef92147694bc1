import type { Field } from '../flowsheet/fields.ts'
import { readCondition } from './measure.ts'
import type { Names } from './measure.ts'
import type { PlantLimit, PlantSpecification } from './plant.ts'
import { annotate, isAnnotationKey, readQuantityText } from './read-fields.ts'
import type { FieldContext } from './read-fields.ts'
import type { ReadUnits } from './read-plant.ts'
import { suggest } from './suggest.ts'
import { fieldAt, parsePath, valueAt } from './vary.ts'
import { clip, describe } from './yaml-tree.ts'
import type { MapNode, TextNode, TreeNode } from './yaml-tree.ts'

const mostSpecifications = 200

/** The maps of a top-level list, each with its annotations gathered and its keys checked. */
function items(
  tree: MapNode,
  key: string,
  keys: readonly string[],
  context: FieldContext,
): readonly (readonly [MapNode, number])[] {
  const list = tree.entries.get(key)?.value
  if (list === undefined) return []
  const { findings } = context
  if (list.kind !== 'list') {
    const message = `"${key}" is ${describe(list)}`
    findings.add(list.at, 'type', message, `a list: - ${keys.join(': ..., ')}: ...`)
    return []
  }
  if (list.items.length > mostSpecifications) {
    const message = `"${key}" has ${list.items.length} entries`
    findings.add(list.at, 'too-large', message, `at most ${mostSpecifications}`)
    return []
  }
  const maps: [MapNode, number][] = []
  for (const [index, item] of list.items.entries()) {
    if (item.kind !== 'map') {
      findings.add(item.at, 'type', `an entry of "${key}" is ${describe(item)}`, keys.join(', '))
      continue
    }
    for (const entry of item.entries.values()) {
      if (keys.includes(entry.key)) continue
      if (isAnnotationKey(entry.key)) annotate(entry.key, entry.value, `${key}[${index}]`, context)
      else {
        const message = `unknown key "${clip(entry.key)}"`
        findings.add(entry.at, 'unknown-key', message, suggest(entry.key, keys))
      }
    }
    maps.push([item, index])
  }
  return maps
}

/** The text under a key of an item, or a finding that it is missing. */
function text(item: MapNode, key: string, form: string, context: FieldContext) {
  const entry = item.entries.get(key)
  if (entry?.value.kind === 'text' && entry.value.text !== '') return entry.value
  const at = entry?.value.at ?? item.at
  const message =
    entry === undefined ? `"${key}" is missing` : `"${key}" is ${describe(entry.value)}`
  context.findings.add(at, entry === undefined ? 'missing' : 'type', message, `${key}: ${form}`)
  return undefined
}

/** `specifications:` - vary this parameter between these bounds until that condition holds. */
export function readSpecifications(
  tree: MapNode,
  units: ReadUnits,
  names: Names,
  context: FieldContext,
): readonly PlantSpecification[] {
  const specifications: PlantSpecification[] = []
  const varied = new Map<string, number>()
  for (const [item] of items(
    tree,
    'specifications',
    ['name', 'vary', 'between', 'until'],
    context,
  )) {
    const name = text(item, 'name', 'what it is called', context)
    const path = text(item, 'vary', 'unit.parameter', context)
    const until = text(item, 'until', 'product NAME reoOfTreo >= 99.5 %', context)
    const condition = until === undefined ? undefined : readCondition(until, names, context)
    const earlier = path === undefined ? undefined : varied.get(path.text)
    if (path !== undefined && earlier !== undefined) {
      const message = `"${clip(path.text)}" is varied twice (first in line ${earlier})`
      context.findings.add(path.at, 'duplicate', message, 'one specification a parameter')
    }
    if (path !== undefined) varied.set(path.text, path.at.line)
    const vary = path === undefined ? undefined : readVary(path, item, units, context)
    if (name === undefined || vary === undefined || condition === undefined) continue
    specifications.push({ name: name.text.trim(), vary, until: condition, at: item.at })
  }
  return specifications
}

function readVary(
  node: TextNode,
  item: MapNode,
  units: ReadUnits,
  context: FieldContext,
): PlantSpecification['vary'] | undefined {
  const { findings } = context
  const written = node.text.trim()
  const [unitName, ...path] = parsePath(written) ?? []
  if (typeof unitName !== 'string' || path.length === 0) {
    const message = `"${clip(written)}" is not a parameter`
    findings.add(node.at, 'vary', message, 'unit.parameter, unit.list[0].parameter')
    return undefined
  }
  if (!units.has(unitName)) {
    const expected = suggest(unitName, [...units.keys()])
    findings.add(node.at, 'unknown-unit', `no unit "${clip(unitName)}"`, expected)
    return undefined
  }
  const unit = units.get(unitName)
  if (unit === undefined) return undefined
  const found = fieldAt(unit.op.params, path)
  if (!found.ok) {
    findings.add(node.at, 'vary', `${clip(unitName)}: ${found.message}`, found.expected)
    return undefined
  }
  const current = valueAt(unit.params, path)
  if (typeof current !== 'number' || !isContinuous(found.field)) {
    const message = `"${clip(written)}" is not a number that can be varied`
    const expected = 'a quantity or a number that the unit is given'
    findings.add(node.at, 'vary', message, expected)
    return undefined
  }
  const bounds = readBetween(item.entries.get('between')?.value, item, found.field, context)
  if (bounds === undefined) return undefined
  const label = found.field.type === 'quantity' ? found.field.unit : ''
  return { text: written, unit: unitName, path, ...bounds, label }
}

function isContinuous(field: Field): boolean {
  return field.type === 'quantity' || field.type === 'number'
}

function readBetween(
  node: TreeNode | undefined,
  item: MapNode,
  field: Field,
  context: FieldContext,
): { readonly min: number; readonly max: number } | undefined {
  const { findings } = context
  const expected = 'between: [lowest, highest]'
  const [low, high] = node?.kind === 'list' ? node.items : []
  if (
    node?.kind !== 'list' ||
    node.items.length !== 2 ||
    low?.kind !== 'text' ||
    high?.kind !== 'text'
  ) {
    const message = node === undefined ? '"between" is missing' : '"between" is not two values'
    findings.add(node?.at ?? item.at, node === undefined ? 'missing' : 'type', message, expected)
    return undefined
  }
  const dimension = field.type === 'quantity' ? field.dimension : 'ratio'
  const min = readQuantityText(low, dimension, 'between', context)?.value
  const max = readQuantityText(high, dimension, 'between', context)?.value
  if (min === undefined || max === undefined) return undefined
  if (min < max) return { min, max }
  findings.add(node.at, 'out-of-bounds', '"between" is empty', 'the lower value first')
  return undefined
}

/** `limits:` - conditions that the solved plant is held against. */
export function readLimits(
  tree: MapNode,
  names: Names,
  context: FieldContext,
): readonly PlantLimit[] {
  const limits: PlantLimit[] = []
  for (const [item] of items(tree, 'limits', ['name', 'require'], context)) {
    const name = text(item, 'name', 'what it is called', context)
    const require = text(item, 'require', 'stream NAME Fe fraction <= 100 ppm', context)
    const condition = require === undefined ? undefined : readCondition(require, names, context)
    if (name === undefined || condition === undefined) continue
    limits.push({ name: name.text.trim(), require: condition, at: item.at })
  }
  return limits
}
