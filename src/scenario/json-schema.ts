import type { Field, Fields } from '../flowsheet/fields.ts'
import type { UnitOp } from '../flowsheet/unit-op.ts'
import { unitsOf } from '../quantities/index.ts'
import { economicsFields } from './economics/fields.ts'
import { moneyExample } from './economics/money-text.ts'
import { annotationKeys } from './read-fields.ts'
import { plantSchema } from './plant.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * The JSON Schema (draft 2020-12) of a plant file, generated from the registry, so that editors
 * complete kinds, parameters and choices. Quantities are texts with a unit; what a schema cannot
 * say (bounds across units, connections, sums) is left to the reader.
 */
export function plantJsonSchemaOf(unitOps: readonly UnitOp[]): Json {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'urn:didymium:schema:plant:1',
    title: 'Didymium plant',
    type: 'object',
    required: ['schema', 'title', 'operatingHours', 'units', 'streams'],
    additionalProperties: false,
    properties: {
      schema: { const: plantSchema },
      title: { type: 'string', description: 'One line: what plant this is.' },
      notes: { type: 'string' },
      operatingHours: {
        type: 'string',
        pattern: '^\\d+(\\.\\d+)?\\s*h/(y|yr|a|year)$',
        description: 'Hours in a year that the plant runs; rates per year are divided by it.',
        examples: ['6000 h/y'],
      },
      extractants: {
        type: 'object',
        description: 'Extractant sets of your own by a path below the plant file.',
        additionalProperties: { type: 'string' },
      },
      units: {
        type: 'object',
        propertyNames: { $ref: '#/$defs/name' },
        additionalProperties: unitSchema(unitOps),
      },
      streams: {
        type: 'object',
        propertyNames: { $ref: '#/$defs/name' },
        additionalProperties: {
          type: 'string',
          pattern: '^[^\\s.]+\\.[^\\s.]+\\s*(->|→)\\s*[^\\s.]+\\.[^\\s.]+$',
          examples: ['magnets.out -> mill.in'],
        },
      },
      specifications: { type: 'array', items: specificationSchema },
      limits: { type: 'array', items: limitSchema },
      economics: economicsSchema(),
      ...annotations,
    },
    $defs: {
      name: { pattern: '^[A-Za-z][A-Za-z0-9_-]{0,63}$' },
      text: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
      scalar: { type: ['string', 'number'] },
      assay: {
        type: 'object',
        description: 'Mass fractions by element, oxide or species: { Nd: 22.8 ± 0.3 % }.',
        additionalProperties: { $ref: '#/$defs/scalar' },
      },
      ...Object.fromEntries(unitOps.map((op) => [`unit-${op.kind}`, kindSchema(op)])),
    },
  }
}

/** Any single value of the section may also be `{ value: ..., assumption: ... }`. */
function economicsSchema(): Json {
  const { properties } = members(economicsFields)
  return {
    type: 'object',
    description: 'What the plant costs, earns and emits.',
    additionalProperties: false,
    properties: { ...mapValues(properties, said), ...annotations },
  }
}

const mapValues = (of: Json, make: (value: unknown) => unknown): Json =>
  Object.fromEntries(Object.entries(of).map(([key, value]) => [key, make(value)]))

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null

/** A schema whose single values may be maps with what is said about them. */
function said(schema: unknown): unknown {
  if (!isJson(schema)) return schema
  const { type, properties, additionalProperties, items, description } = schema
  if (type === 'array') return { ...schema, items: said(items) }
  if (type !== 'object') {
    if (schema['$ref'] !== undefined) return schema
    const required = ['value']
    const map = { type: 'object', required, additionalProperties: false }
    const { description: _, ...one } = schema
    // A year may be written without quotes.
    const value = type === 'string' ? { ...one, type: ['string', 'number'] } : one
    const annotated = { ...map, properties: { value, ...annotations } }
    return { ...(description === undefined ? {} : { description }), anyOf: [value, annotated] }
  }
  return {
    ...schema,
    ...(isJson(properties) ? { properties: mapValues(properties, said) } : {}),
    ...(isJson(additionalProperties)
      ? { additionalProperties: said(additionalProperties), properties: annotations }
      : {}),
  }
}

const annotations: Json = Object.fromEntries(
  annotationKeys.map((key) => [key, { $ref: '#/$defs/text' }]),
)

const specificationSchema: Json = {
  type: 'object',
  required: ['name', 'vary', 'between', 'until'],
  additionalProperties: false,
  properties: {
    name: { type: 'string' },
    vary: { type: 'string', examples: ['sx1.sections[0].organicFlow'] },
    between: {
      type: 'array',
      items: { $ref: '#/$defs/scalar' },
      minItems: 2,
      maxItems: 2,
    },
    until: { type: 'string', examples: ['product dysprosium-oxide reoOfTreo >= 99.5 %'] },
    ...annotations,
  },
}

const limitSchema: Json = {
  type: 'object',
  required: ['name', 'require'],
  additionalProperties: false,
  properties: { name: { type: 'string' }, require: { type: 'string' }, ...annotations },
}

/** JSON Schema's word; apart, because an object with that key could be taken for a promise. */
const consequence = 'then'

/** One `if type then parameters` a kind: editors complete what fits the kind that is written. */
function unitSchema(unitOps: readonly UnitOp[]): Json {
  return {
    type: 'object',
    required: ['type'],
    properties: { type: { enum: unitOps.map((op) => op.kind) } },
    allOf: unitOps.map((op) =>
      Object.fromEntries([
        ['if', { properties: { type: { const: op.kind } }, required: ['type'] }],
        [consequence, { $ref: `#/$defs/unit-${op.kind}` }],
      ]),
    ),
  }
}

function kindSchema(op: UnitOp): Json {
  const { properties, required } = members(op.params)
  return {
    title: op.title,
    description: op.about,
    type: 'object',
    required: ['type', ...required],
    additionalProperties: false,
    properties: { type: { const: op.kind }, ...properties, ...annotations },
  }
}

function members(fields: Fields): { readonly properties: Json; readonly required: string[] } {
  const required = Object.entries(fields).filter(([, field]) => isRequired(field))
  return {
    properties: Object.fromEntries(Object.entries(fields).map(([k, f]) => [k, fieldSchema(f)])),
    required: required.map(([key]) => key),
  }
}

function isRequired(field: Field): boolean {
  if (field.optional === true) return false
  if (field.type === 'group') return Object.values(field.fields).some(isRequired)
  return !('default' in field) || field.default === undefined
}

function fieldSchema(field: Field): Json {
  const description = field.about
  switch (field.type) {
    case 'quantity': {
      const units = unitsOf(field.dimension).filter((unit) => unit !== '')
      const most = units.slice(0, 12).join(', ')
      return { type: ['string', 'number'], description: `${description} Units: ${most}.` }
    }
    case 'number':
      return { type: ['number', 'string'], description }
    case 'integer':
      return { type: 'integer', description, ...bounds(field) }
    case 'choice':
      return { enum: [...field.options], description }
    case 'flag':
      return { type: 'boolean', description }
    case 'text':
      return { type: 'string', description }
    case 'assay':
      return { $ref: '#/$defs/assay', description }
    case 'money':
      return {
        type: 'string',
        description: `${description} For example ${moneyExample(field.per)}.`,
      }
    case 'list':
      return { type: 'array', items: fieldSchema(field.of), description }
    case 'map':
      return { type: 'object', additionalProperties: fieldSchema(field.of), description }
    case 'group': {
      const { properties, required } = members(field.fields)
      const own = { ...properties, ...annotations }
      return { type: 'object', description, additionalProperties: false, required, properties: own }
    }
  }
}

function bounds(field: { readonly min?: number; readonly max?: number }): Json {
  return {
    ...(field.min === undefined ? {} : { minimum: field.min }),
    ...(field.max === undefined ? {} : { maximum: field.max }),
  }
}
