import { formatQuantity } from '../quantities/index.ts'
import type { Field, Params } from '../flowsheet/fields.ts'
import type { Fields } from '../flowsheet/fields.ts'
import type { Port, UnitOp } from '../flowsheet/unit-op.ts'
import { unitOps } from '../unitops/index.ts'

/** A unit operation as people read about it: ports and parameters in words and display units. */
export interface UnitKind {
  readonly kind: string
  readonly title: string
  readonly group: UnitOp['group']
  readonly about: string
  readonly inlets: readonly Port[]
  readonly outlets: readonly Port[]
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

function parameterRows(fields: Fields, prefix: string): UnitKind['params'] {
  return Object.entries(fields).flatMap(([key, field]) => {
    const name = prefix + key
    const bounds = 'min' in field || 'max' in field
    const low = 'min' in field ? written(field, field.min) : ''
    const high = 'max' in field ? written(field, field.max) : ''
    const given = 'default' in field ? written(field, field.default) : ''
    const row = {
      name,
      value: valueText(field),
      default: given !== '' ? given : field.optional === true ? 'optional' : 'required',
      range: bounds ? `${low} to ${high}`.trim() : '',
      about: field.about,
    }
    const inner = field.type === 'list' || field.type === 'map' ? field.of : field
    const nested = inner.type === 'group' ? parameterRows(inner.fields, `${name}.`) : []
    return [row, ...nested]
  })
}

/** Ports of a unit whose ports depend on parameters are those of its declaration without any. */
function ports(of: readonly Port[] | ((params: Params<Fields>) => readonly Port[])) {
  return typeof of === 'function' ? of({}) : of
}

/** The registry for people: every unit operation with its ports and parameters. */
export function unitKinds(): readonly UnitKind[] {
  return unitOps.map((op) => ({
    kind: op.kind,
    title: op.title,
    group: op.group,
    about: op.about,
    inlets: ports(op.inlets),
    outlets: ports(op.outlets),
    params: parameterRows(op.params, ''),
  }))
}
