import { formatQuantity, parseQuantity } from '../quantities/index.ts'
import type { Dimension } from '../quantities/index.ts'
import type {
  AssayField,
  AssayValue,
  Field,
  Fields,
  IntegerField,
  MoneyField,
  NumberField,
  QuantityField,
} from '../flowsheet/fields.ts'
import type { Findings, Position } from './findings.ts'
import { moneyExample, moneyText, readMoney } from './economics/money-text.ts'
import { suggest } from './suggest.ts'
import { clip, describe } from './yaml-tree.ts'
import type { MapNode, TextNode, TreeNode } from './yaml-tree.ts'

/** What a person says about a unit or a part of it: every map of a plant file may carry these. */
export const annotationKeys = ['note', 'source', 'assumption'] as const
export type AnnotationKey = (typeof annotationKeys)[number]

export interface Annotation {
  readonly key: AnnotationKey
  /** Dotted path of what it is said about, for example `sx1.sections[0]`. */
  readonly at: string
  readonly text: string
}

/** What is handed down while parameters are read, and what is gathered on the way. */
export interface FieldContext {
  readonly findings: Findings
  /** Operating seconds of a year: what `/y` stands for. */
  readonly secondsPerYear: number
  readonly annotations: Annotation[]
  /** Standard uncertainties in SI by dotted path, where the text states `±`. */
  readonly uncertainties: Map<string, number>
  /** Dotted paths of the fields in which something was refused, and of missing ones. */
  readonly refused: Set<string>
  /** Equilibrium stages asked for so far in the whole document. */
  stages: number
}

/** A value as a unit operation receives it; `undefined` where it is absent or was refused. */
type Value =
  | number
  | string
  | boolean
  | readonly Value[]
  | { readonly [key: string]: Value }
  | undefined

/**
 * Reads a map by its declaration: SI numbers, defaults filled in. Every key that is unknown,
 * missing, of a wrong type or out of bounds becomes a finding; reading goes on behind it.
 */
export function readFields(
  fields: Fields,
  node: MapNode,
  path: string,
  context: FieldContext,
  besides: readonly string[] = [],
  at: Position = node.at,
): Readonly<Record<string, Value>> {
  const values: [string, Value][] = []
  for (const entry of node.entries.values()) {
    if (Object.hasOwn(fields, entry.key) || besides.includes(entry.key)) continue
    if (isAnnotationKey(entry.key)) {
      annotate(entry.key, entry.value, path, context)
      continue
    }
    const known = [...besides, ...Object.keys(fields), ...annotationKeys]
    const message = `unknown key "${clip(entry.key)}"`
    context.findings.add(entry.at, 'unknown-key', message, suggest(entry.key, known))
  }
  for (const [key, field] of Object.entries(fields)) {
    const entry = node.entries.get(key)
    if (entry !== undefined && !isNothing(entry.value)) {
      const before = context.findings.raised()
      values.push([key, readField(field, entry.value, `${path}.${key}`, context)])
      if (context.findings.raised() > before) context.refused.add(`${path}.${key}`)
      continue
    }
    const fallback = defaultOf(field)
    if (fallback === undefined && field.optional !== true) {
      const message = `"${key}" is missing`
      const expected = `${key}: ${example(field)} - ${field.about}`
      context.findings.add(entry?.at ?? at, 'missing', message, expected)
      context.refused.add(`${path}.${key}`)
    }
    values.push([key, fallback])
  }
  return Object.fromEntries(values)
}

/** A single value may be written as a map with this key and what is said about it. */
const valueKey = 'value'

/** Gathers `note`, `source` or `assumption`: a text or a list of texts. */
export function annotate(
  key: AnnotationKey,
  node: TreeNode,
  path: string,
  context: FieldContext,
): void {
  const items = node.kind === 'list' ? node.items : [node]
  for (const item of items) {
    if (item.kind === 'text') context.annotations.push({ key, at: path, text: item.text.trim() })
    else context.findings.add(item.at, 'type', `"${key}" is ${describe(item)}`, 'a text')
  }
}

export function isAnnotationKey(key: string): key is AnnotationKey {
  return annotationKeys.some((known) => known === key)
}

/** An empty unquoted value counts as not given. */
function isNothing(node: TreeNode): boolean {
  return node.kind === 'text' && !node.quoted && node.text === ''
}

function defaultOf(field: Field): Value {
  if ('default' in field && field.default !== undefined) return field.default
  if (field.type === 'group' && Object.values(field.fields).every(fillsItself)) {
    if (field.optional === true) return undefined
    const entries = Object.entries(field.fields)
    return Object.fromEntries(entries.map(([key, inner]) => [key, defaultOf(inner)]))
  }
  return undefined
}

function fillsItself(field: Field): boolean {
  return field.optional === true || defaultOf(field) !== undefined
}

/** What may be written for a field, as an example or a kind. */
function example(field: Field): string {
  switch (field.type) {
    case 'quantity': {
      const value =
        field.default ?? (field.min === undefined || field.min === 0 ? undefined : field.min)
      const { dimension, unit } = field
      const shown = value === undefined ? `1 ${unit}` : formatQuantity(value, dimension, unit)
      return `a quantity such as ${shown}`
    }
    case 'number':
      return 'a number or a percentage'
    case 'integer':
      return 'a whole number'
    case 'choice':
      return field.options.join(' | ')
    case 'text':
      return 'a text'
    case 'flag':
      return 'true | false'
    case 'assay':
      return '{ Nd: 22.8 ± 0.3 %, ... }'
    case 'money':
      return `money such as ${moneyExample(field.per)}`
    case 'list':
      return `[ ${example(field.of)}, ... ]`
    case 'group':
      return `{ ${Object.keys(field.fields).join(', ')} }`
    case 'map':
      return `{ name: ${example(field.of)} }`
  }
}

function readField(field: Field, node: TreeNode, path: string, context: FieldContext): Value {
  switch (field.type) {
    case 'list':
      return readList(field.of, node, path, context)
    case 'group':
    case 'map':
    case 'assay': {
      if (node.kind !== 'map') return refuse(field, node, path, context)
      if (field.type === 'group') return readFields(field.fields, node, path, context)
      return field.type === 'assay'
        ? readAssay(field, node, path, context)
        : readMap(field.of, node, path, context)
    }
    default: {
      const written = node.kind === 'map' ? annotated(node, path, context) : node
      if (written?.kind !== 'text') return refuse(field, node, path, context)
      return readText(field, written, path, context)
    }
  }
}

/** The value of `{ value: 15 USD/kg, assumption: ... }`, what is said about it gathered. */
function annotated(node: MapNode, path: string, context: FieldContext): TreeNode | undefined {
  const entries = [...node.entries.values()]
  if (!entries.every(({ key }) => key === valueKey || isAnnotationKey(key))) return undefined
  for (const { key, value } of entries) {
    if (isAnnotationKey(key)) annotate(key, value, path, context)
  }
  return node.entries.get(valueKey)?.value
}

type TextField = Exclude<Field, { type: 'list' | 'group' | 'map' | 'assay' }>

function readText(field: TextField, node: TextNode, path: string, context: FieldContext): Value {
  const text = node.text.trim()
  switch (field.type) {
    case 'quantity':
      return readQuantity(field, node, path, context)
    case 'number':
    case 'integer':
      return readNumber(field, node, path, context)
    case 'flag':
      if (text === 'true' || text === 'false') return text === 'true'
      return refuse(field, node, path, context)
    case 'choice': {
      const option = field.options.find((candidate) => candidate === text)
      if (option !== undefined) return option
      const message = `${describe(node)} is not a choice for "${lastName(path)}"`
      context.findings.add(node.at, 'choice', message, suggest(text, field.options))
      return undefined
    }
    case 'money':
      return readMoneyField(field, node, path, context)
    case 'text':
      return text
  }
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1)
}

function refuse(field: Field, node: TreeNode, path: string, context: FieldContext): undefined {
  const message = `"${lastName(path)}" is ${describe(node)}`
  context.findings.add(node.at, 'type', message, example(field))
  return undefined
}

function readList(of: Field, node: TreeNode, path: string, context: FieldContext): Value {
  const single = node.kind !== 'list'
  if (single && (of.type === 'group' || of.type === 'list' || node.kind === 'map')) {
    const message = `"${lastName(path)}" is ${describe(node)}`
    context.findings.add(node.at, 'type', message, `a list: [ ${example(of)} ]`)
    return undefined
  }
  const items = single ? [node] : node.items
  return items.map((item, index) => readField(of, item, `${path}[${index}]`, context))
}

function readMap(of: Field, node: MapNode, path: string, context: FieldContext): Value {
  const entries: [string, Value][] = []
  for (const entry of node.entries.values()) {
    if (isAnnotationKey(entry.key)) annotate(entry.key, entry.value, path, context)
    else entries.push([entry.key, readField(of, entry.value, `${path}.${entry.key}`, context)])
  }
  return Object.fromEntries(entries)
}

/** A quantity in SI, or a finding with the units that are accepted. */
export function readQuantityText(
  node: TextNode,
  dimension: Dimension,
  what: string,
  context: FieldContext,
  display = '',
): { readonly value: number; readonly uncertainty?: number } | undefined {
  const parsed = parseQuantity(node.text, dimension, { secondsPerYear: context.secondsPerYear })
  if (parsed.ok) return parsed
  const units = [...new Set([display, ...parsed.accepted])].filter((unit) => unit !== '')
  const bare = parsed.accepted.includes('') ? 'a bare number, ' : ''
  const expected = `units: ${bare}${units.join(', ')}`
  context.findings.add(node.at, 'quantity', `"${what}": ${parsed.message}`, expected)
  return undefined
}

function readQuantity(
  field: QuantityField,
  node: TextNode,
  path: string,
  context: FieldContext,
): Value {
  const read = readQuantityText(node, field.dimension, lastName(path), context, field.unit)
  if (read === undefined) return undefined
  const show = (si: number) =>
    formatQuantity(si, field.dimension, field.unit, 6, { secondsPerYear: context.secondsPerYear })
  if (outOfBounds(field, read.value, show, node, path, context)) return undefined
  if (read.uncertainty !== undefined) context.uncertainties.set(path, read.uncertainty)
  return read.value
}

function readMoneyField(field: MoneyField, node: TextNode, path: string, context: FieldContext) {
  const read = readMoney(node.text, field.per)
  if (!read.ok) {
    context.findings.add(node.at, 'money', `"${lastName(path)}": ${read.message}`, read.expected)
    return undefined
  }
  const { amount, currency, year, uncertainty } = read.value
  const show = (at: number) => moneyText({ amount: at, currency }, field.per)
  if (outOfBounds(field, amount, show, node, path, context)) return undefined
  if (uncertainty !== undefined) context.uncertainties.set(path, uncertainty)
  return { amount, currency, ...(year === undefined ? {} : { year }) }
}

const wholeNumber = /^[+-]?\d+$/

function readNumber(
  field: NumberField | IntegerField,
  node: TextNode,
  path: string,
  context: FieldContext,
): Value {
  if (field.type === 'integer' && !wholeNumber.test(node.text.trim())) {
    return refuse(field, node, path, context)
  }
  const read = readQuantityText(node, 'ratio', lastName(path), context)
  if (read === undefined) return undefined
  if (outOfBounds(field, read.value, String, node, path, context)) return undefined
  if (read.uncertainty !== undefined) context.uncertainties.set(path, read.uncertainty)
  if (field.type === 'integer' && lastName(path) === 'stages') context.stages += read.value
  return read.value
}

interface Bounds {
  readonly min?: number
  readonly max?: number
}

/** Slack for a bound that a unit conversion cannot hit exactly. */
const rounding = 1e-12

function outOfBounds(
  bounds: Bounds,
  value: number,
  show: (value: number) => string,
  node: TextNode,
  path: string,
  context: FieldContext,
): boolean {
  const { min = -Infinity, max = Infinity } = bounds
  const slack = rounding * Math.max(1, Math.abs(value))
  if (value >= min - slack && value <= max + slack) return false
  const message = `"${lastName(path)}" is out of bounds: ${clip(node.text)}`
  const expected =
    max === Infinity
      ? `at least ${show(min)}`
      : min === -Infinity
        ? `at most ${show(max)}`
        : `${show(min)} to ${show(max)}`
  context.findings.add(node.at, 'out-of-bounds', message, expected)
  return true
}

/** Rounding of a written assay that may add up to slightly more than the whole. */
const assaySlack = 1e-9

function readAssay(
  _: AssayField,
  node: MapNode,
  path: string,
  context: FieldContext,
): Readonly<Record<string, AssayValue & { readonly [key: string]: number }>> {
  const entries: [string, AssayValue & { readonly [key: string]: number }][] = []
  let sum = 0
  for (const entry of node.entries.values()) {
    if (isAnnotationKey(entry.key)) {
      annotate(entry.key, entry.value, path, context)
      continue
    }
    if (entry.value.kind !== 'text') {
      const message = `"${clip(entry.key)}" is ${describe(entry.value)}`
      context.findings.add(entry.value.at, 'type', message, 'a mass fraction such as 22.8 ± 0.3 %')
      continue
    }
    const read = readQuantityText(entry.value, 'mass-ratio', entry.key, context)
    if (read === undefined) continue
    const bounds = { min: 0, max: 1 }
    const show = (value: number) => `${100 * value} %`
    if (outOfBounds(bounds, read.value, show, entry.value, `.${entry.key}`, context)) continue
    sum += read.value
    const { value, uncertainty } = read
    entries.push([entry.key, uncertainty === undefined ? { value } : { value, uncertainty }])
  }
  if (sum > 1 + assaySlack) {
    const percent = Number((100 * sum).toPrecision(6))
    const message = `"${lastName(path)}" adds up to ${percent} %`
    context.findings.add(node.at, 'over-100', message, 'at most 100 %; what is left is unassigned')
  }
  return Object.fromEntries(entries)
}
