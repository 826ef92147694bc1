import { parseQuantity } from '../quantities/index.ts'
import type { Dimension } from '../quantities/index.ts'
import type { Position } from './findings.ts'
import type { FieldContext } from './read-fields.ts'
import { suggest } from './suggest.ts'
import { clip } from './yaml-tree.ts'
import type { TextNode } from './yaml-tree.ts'

const purities = ['reoOfTreo', 'treoInProduct', 'oxideInProduct'] as const
type Purity = (typeof purities)[number]
const amounts = ['rate', 'fraction', 'concentration'] as const
type Amount = (typeof amounts)[number]

/** A number that a solved plant answers with; every kind says what it needs to find it. */
export type Measure =
  | { readonly of: 'product'; readonly product: string; readonly what: Purity | 'rate' }
  | { readonly of: 'recovery'; readonly element: string }
  | { readonly of: 'stream'; readonly stream: string; readonly what: 'pH' | 'rate' }
  | {
      readonly of: 'element'
      readonly stream: string
      readonly element: string
      readonly what: Amount
    }
  | { readonly of: 'reagent'; readonly reagent: string }
  | { readonly of: 'activity'; readonly stream: string; readonly nuclide: string }
  | { readonly of: 'figure'; readonly unit: string; readonly figure: string }
  /** A figure of the appraisal; only where the plant is solved already. */
  | { readonly of: 'money'; readonly figure: string }
  | {
      readonly of: 'stage'
      readonly unit: string
      readonly stage: number
      readonly what: 'pH' | 'aqueous' | 'organic'
      readonly element: string
    }

/** A number in SI; stage concentrations mol/L, activities Bq/g, figures in their own unit. */
export interface Condition {
  readonly text: string
  readonly measure: Measure
  readonly comparison: '>=' | '<=' | '='
  readonly target: number
  readonly at: Position
}

/** Names that a condition may refer to. */
export interface Names {
  readonly units: readonly string[]
  readonly products: readonly string[]
  readonly circuits: readonly string[]
  readonly streams: readonly string[]
  readonly reagents: readonly string[]
  /** Figures of the appraisal; absent while a plant is solved, when there is none yet. */
  readonly money?: readonly string[]
}

/** What can be measured, for messages and the reference page. */
export const measureForms = [
  'product NAME reoOfTreo | treoInProduct | oxideInProduct | rate',
  'recovery ELEMENT',
  'stream NAME pH | rate',
  'stream NAME ELEMENT rate | fraction | concentration',
  'reagent NAME rate',
  'stream NAME NUCLIDE activity',
  'figure UNIT NAME',
  'circuit UNIT stage N pH',
  'circuit UNIT stage N aqueous | organic ELEMENT',
] as const

const comparison = /^(.*?)(>=|<=|=)(.*)$/s

/** Reads `product dysprosium-oxide reoOfTreo >= 99.5 %`; what cannot be read is a finding. */
export function readCondition(
  node: TextNode,
  names: Names,
  context: FieldContext,
): Condition | undefined {
  const match = comparison.exec(node.text)
  const refuse = (message: string, expected: string) => {
    context.findings.add(node.at, 'condition', message, expected)
    return undefined
  }
  if (match === null) {
    const message = `"${clip(node.text)}" compares nothing`
    return refuse(message, 'MEASURE >= VALUE, MEASURE <= VALUE or MEASURE = VALUE')
  }
  const [, left = '', sign = '', right = ''] = match
  const measure = readMeasure(left.trim(), names)
  if ('message' in measure) return refuse(measure.message, measure.expected)
  const target = readTarget(right.trim(), measure, context)
  if (typeof target !== 'number') return refuse(target.message, target.expected)
  const compare = sign === '>=' || sign === '<=' ? sign : '='
  return { text: node.text.trim(), measure, comparison: compare, target, at: node.at }
}

interface Refusal {
  readonly message: string
  readonly expected: string
}

/** Reads what stands left of a comparison: `product dysprosium-oxide reoOfTreo`. */
export function readMeasure(text: string, names: Names): Measure | Refusal {
  const [first = '', second = '', ...rest] = text.split(/\s+/)
  switch (first) {
    case 'product':
      return readProduct(second, rest, names)
    case 'recovery':
      if (rest.length > 0 || !isSymbol(second)) break
      return { of: 'recovery', element: second }
    case 'stream':
      return readStream(second, rest, names)
    case 'reagent':
      if (rest.join(' ') !== 'rate') break
      return unknownName('reagent', second, names.reagents) ?? { of: 'reagent', reagent: second }
    case 'figure': {
      const unknown = unknownName('unit', second, names.units)
      if (unknown !== undefined) return unknown
      if (rest.length === 0) break
      return { of: 'figure', unit: second, figure: rest.join(' ') }
    }
    case 'circuit':
      return readCircuit(second, rest, names)
    case 'money':
      if (rest.length > 0) break
      return readMoneyFigure(second, names)
    default: {
      const message = `"${clip(first)}" cannot be measured`
      const known = ['product', 'recovery', 'stream', 'reagent', 'figure', 'circuit']
      return { message, expected: suggest(first, known) }
    }
  }
  return malformed(text)
}

function readMoneyFigure(figure: string, { money }: Names): Measure | Refusal {
  if (money === undefined) {
    const message = 'money is not known while the plant is solved'
    return { message, expected: 'a measure of flows; didymium optimise and sensitivity know money' }
  }
  return unknownName('figure of money', figure, money) ?? { of: 'money', figure }
}

function malformed(text: string): Refusal {
  const form = measureForms.filter((f) => f.startsWith(text.split(/\s/)[0] ?? ''))
  return { message: `"${clip(text)}" is not a measure`, expected: form.join('; or ') }
}

function unknownName(what: string, name: string, known: readonly string[]): Refusal | undefined {
  if (known.includes(name)) return undefined
  return { message: `no ${what} "${clip(name)}"`, expected: suggest(name, known) }
}

function isSymbol(text: string): boolean {
  return /^[A-Z][a-z]?$/.test(text)
}

/** Th-232, Ra-226, U-238 ... */
function isNuclide(text: string): boolean {
  return /^[A-Z][a-z]?-\d{1,3}m?$/.test(text)
}

function readProduct(name: string, rest: readonly string[], names: Names): Measure | Refusal {
  const unknown = unknownName('product', name, names.products)
  if (unknown !== undefined) return unknown
  const [word = ''] = rest
  const what = [...purities, 'rate' as const].find((known) => known === word)
  if (what === undefined || rest.length > 1) {
    const message = `a product has no "${clip(rest.join(' '))}"`
    return { message, expected: suggest(word, [...purities, 'rate']) }
  }
  return { of: 'product', product: name, what }
}

function readStream(name: string, rest: readonly string[], names: Names): Measure | Refusal {
  const unknown = unknownName('stream', name, names.streams)
  if (unknown !== undefined) return unknown
  const [first = '', second = 'rate'] = rest
  if (rest.length > 2) return malformed(`stream ${name} ${rest.join(' ')}`)
  if (rest.length === 1 && (first === 'pH' || first === 'rate')) {
    return { of: 'stream', stream: name, what: first }
  }
  if (second === 'activity' && isNuclide(first)) {
    return { of: 'activity', stream: name, nuclide: first }
  }
  const what = amounts.find((known) => known === second)
  if (!isSymbol(first) || what === undefined) {
    return malformed(`stream ${name} ${rest.join(' ')}`)
  }
  return { of: 'element', stream: name, element: first, what }
}

function readCircuit(name: string, rest: readonly string[], names: Names): Measure | Refusal {
  const unknown = unknownName('circuit', name, names.circuits)
  if (unknown !== undefined) return unknown
  const [word = '', index = '', what = '', element = ''] = rest
  const stage = /^\d{1,5}$/.test(index) ? Number(index) : 0
  if (word !== 'stage' || stage < 1) return malformed(`circuit ${name} ${rest.join(' ')}`)
  if (what === 'pH' && rest.length === 3)
    return { of: 'stage', unit: name, stage, what, element: '' }
  if ((what === 'aqueous' || what === 'organic') && isSymbol(element) && rest.length === 4) {
    return { of: 'stage', unit: name, stage, what, element }
  }
  return malformed(`circuit ${name} ${rest.join(' ')}`)
}

/** The dimension in which a measure's number is written; `undefined` = a bare number. */
export function measureDimension(measure: Measure): Dimension | undefined {
  switch (measure.of) {
    case 'product':
      return measure.what === 'rate' ? 'mass-flow' : 'mass-ratio'
    case 'recovery':
      return 'mass-ratio'
    case 'stream':
      return measure.what === 'rate' ? 'mass-flow' : undefined
    case 'element':
      if (measure.what === 'concentration') return 'mass-concentration'
      return measure.what === 'rate' ? 'mass-flow' : 'mass-ratio'
    case 'reagent':
      return 'mass-flow'
    case 'activity':
      return 'specific-activity'
    case 'figure':
    case 'money':
      return undefined
    case 'stage':
      return measure.what === 'pH' ? undefined : 'concentration'
  }
}

function readTarget(text: string, measure: Measure, context: FieldContext): number | Refusal {
  const dimension = measureDimension(measure)
  if (measure.of === 'figure' || measure.of === 'money') {
    // A figure is compared in the unit that it is reported in; a unit behind the number is a label.
    const number = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?/.exec(text)?.[0]
    const value = number === undefined ? Number.NaN : Number(number)
    return Number.isFinite(value)
      ? value
      : {
          message: `"${clip(text)}" is not a number`,
          expected: 'a number in the unit of the figure',
        }
  }
  const options = { secondsPerYear: context.secondsPerYear }
  const parsed = parseQuantity(text, dimension ?? 'ratio', options)
  if (!parsed.ok)
    return { message: parsed.message, expected: `units: ${parsed.accepted.join(', ')}` }
  const isScaled = dimension === 'concentration' || dimension === 'specific-activity'
  if (isScaled) return parsed.value / 1000
  return parsed.value
}
