import { formatQuantity } from '../quantities/index.ts'
import type { Field, Params } from '../flowsheet/fields.ts'
import type { Fields } from '../flowsheet/fields.ts'
import { economicsFields } from './economics/fields.ts'
import type { Port, UnitOp } from '../flowsheet/unit-op.ts'
import { unitOps } from '../unitops/index.ts'

/** A port; `byParameter` marks one that is there only where a parameter asks for it. */
type KindPort = Port & { readonly byParameter?: boolean }

/** A unit operation as people read about it: ports and parameters in words and display units. */
export interface UnitKind {
  readonly kind: string
  readonly title: string
  readonly group: UnitOp['group']
  readonly about: string
  readonly symbol: string
  readonly inlets: readonly KindPort[]
  readonly outlets: readonly KindPort[]
  readonly params: readonly {
    readonly name: string
    readonly value: string
    readonly default: string
    readonly range: string
    readonly about: string
  }[]
}

function written(field: Field, value: unknown): string {
  if (value === undefined) return ''
  if (field.type === 'quantity' && typeof value === 'number') {
    return formatQuantity(value, field.dimension, field.unit)
  }
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

function valueText(field: Field): string {
  switch (field.type) {
    case 'quantity':
      return field.unit
    case 'choice':
      return field.options.join(' | ')
    case 'money':
      return field.per === undefined ? 'money' : `money/${field.per}`
    case 'list':
      return `list of ${valueText(field.of)}`
    case 'map':
      return `name: ${valueText(field.of)}`
    case 'group':
      return `{ ${Object.keys(field.fields).join(', ')} }`
    default:
      return field.type
  }
}

/** `0 to 0.95`, `at least 1`, `at most 4 mol/L`; empty without bounds. */
function rangeText(field: Field): string {
  const low = 'min' in field ? written(field, field.min) : ''
  const high = 'max' in field ? written(field, field.max) : ''
  if (low !== '' && high !== '') return `${low} to ${high}`
  return low !== '' ? `at least ${low}` : high !== '' ? `at most ${high}` : ''
}

function parameterRows(fields: Fields, prefix: string): UnitKind['params'] {
  return Object.entries(fields).flatMap(([key, field]) => {
    const name = prefix + key
    const given = 'default' in field ? written(field, field.default) : ''
    const row = {
      name,
      value: valueText(field),
      default: given !== '' ? given : field.optional === true ? 'optional' : 'required',
      range: rangeText(field),
      about: field.about,
    }
    const inner = field.type === 'list' || field.type === 'map' ? field.of : field
    const nested = inner.type === 'group' ? parameterRows(inner.fields, `${name}.`) : []
    return [row, ...nested]
  })
}

/** The section on economics as people read about it: one table a block, by its name. */
export function economicsTables(): readonly {
  readonly name: string
  readonly about: string
  readonly params: UnitKind['params']
}[] {
  return Object.entries(economicsFields).map(([name, { fields, about }]) => ({
    name,
    about,
    params: parameterRows(fields, ''),
  }))
}

type Ports = readonly Port[] | ((params: Params<Fields>) => readonly Port[])

/**
 * A value for a parameter that nobody has given yet: its default, else the smallest that its bounds
 * allow. Of collections `bare` is empty; otherwise they hold one entry called NAME, or one for each
 * option of the choice that an entry begins with.
 */
function standIn(field: Field, bare: boolean): unknown {
  switch (field.type) {
    case 'quantity':
    case 'number':
    case 'integer':
      return field.default ?? Math.min(Math.max(0, field.min ?? 0), field.max ?? Infinity)
    case 'choice':
      return field.default ?? field.options[0]
    case 'flag':
      return field.default ?? false
    case 'text':
      return field.default ?? 'NAME'
    case 'assay':
      return {}
    case 'money':
      return { amount: 0, currency: 'USD' }
    case 'group':
      return standIns(field.fields, bare)
    case 'map':
      return bare ? {} : { NAME: standIn(field.of, bare) }
    case 'list':
      return bare ? [] : entries(field.of, bare)
  }
}

function entries(field: Field, bare: boolean): readonly unknown[] {
  if (field.type !== 'group') return [standIn(field, bare)]
  const one = standIns(field.fields, bare)
  const choice = Object.entries(field.fields).find(
    ([, f]) => f.type === 'choice' && f.default === undefined && f.optional !== true,
  )
  if (choice === undefined || choice[1].type !== 'choice') return [one]
  return choice[1].options.map((option) => ({ ...one, [choice[0]]: option }))
}

/** Stand-ins for all parameters; what is optional and no collection is left out. */
function standIns(fields: Fields, bare: boolean): Params<Fields> {
  const collection = (field: Field) => field.type === 'list' || field.type === 'map'
  const given = Object.entries(fields).filter(
    ([, field]) => field.optional !== true || (!bare && collection(field)),
  )
  return Object.fromEntries(given.map(([key, field]) => [key, standIn(field, bare)]))
}

/**
 * Ports as declared. Where they follow from the parameters: those that there are without any, then
 * those that parameters add, with NAME for what a person names.
 */
function ports(of: Ports, fields: Fields): UnitKind['inlets'] {
  if (typeof of !== 'function') return of
  const tried = (bare: boolean) => {
    try {
      return of(standIns(fields, bare))
    } catch {
      // A unit may rightly assert what the reader of plant files guarantees and a stand-in breaks.
      return []
    }
  }
  const always = tried(true)
  const known = new Set(always.map((port) => port.name))
  const added = tried(false).filter((port) => !known.has(port.name) && known.add(port.name))
  return [...always, ...added.map((port) => ({ ...port, byParameter: true }))]
}

/** Groups in the order in which material meets them. */
const groups: readonly UnitOp['group'][] = [
  'boundary',
  'front end',
  'leaching',
  'solid-liquid',
  'purification',
  'solvent extraction',
  'products',
  'effluent',
  'general',
]

/** The registry for people: every unit operation by group, with its ports and parameters. */
export function unitKinds(): readonly UnitKind[] {
  const ordered = groups.flatMap((group) => unitOps.filter((op) => op.group === group))
  return ordered.map((op) => ({
    kind: op.kind,
    title: op.title,
    group: op.group,
    about: op.about,
    symbol: op.symbol,
    inlets: ports(op.inlets, op.params),
    outlets: ports(op.outlets, op.params),
    params: parameterRows(op.params, ''),
  }))
}
