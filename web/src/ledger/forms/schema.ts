/** What a form can hold: made of the JSON Schema of a command's input, and read back into one. */

export type Shape =
  | { readonly kind: 'text'; readonly isLong: boolean; readonly options: readonly string[] }
  | { readonly kind: 'time' }
  | { readonly kind: 'number'; readonly isWhole: boolean }
  | { readonly kind: 'flag' }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'group'; readonly fields: readonly Field[] }
  | { readonly kind: 'list'; readonly item: Shape }
  /** One of several, by what stands in the field beside it: the input of the command it names. */
  | { readonly kind: 'variant'; readonly by: string; readonly options: Variants }
  /** Whatever no field of its own is made for: written as JSON. */
  | { readonly kind: 'json' }

/** Shapes of inputs by the name of their command. */
export type Variants = ReadonlyMap<string, Shape>

export interface Field {
  readonly name: string
  readonly about: string
  readonly isRequired: boolean
  readonly shape: Shape
}

/** What stands in the fields, as it was typed. */
export type Draft = string | boolean | readonly Draft[] | { readonly [name: string]: Draft }

type Schema = { readonly [key: string]: unknown }

const isRecord = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const recordsOf = (value: unknown): readonly Schema[] =>
  Array.isArray(value) ? value.filter(isRecord) : []

const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []

/** The fields that a schema of an object asks for, in its order. */
export function fieldsOf(
  schema: unknown,
  variants: Variants = new Map(),
  root: unknown = schema,
): readonly Field[] {
  const own = resolved(schema, root)
  const required = new Set(textsOf(own['required']))
  const properties = isRecord(own['properties']) ? own['properties'] : {}
  const within: Within = { root, variants, isNamed: 'command' in properties }
  return Object.entries(properties).map(([name, property]): Field => {
    const { description } = resolved(property, root)
    const about = typeof description === 'string' ? description : ''
    return { name, about, isRequired: required.has(name), shape: shapeOf(property, within, name) }
  })
}

/** Follows a reference within the document. */
function resolved(schema: unknown, root: unknown): Schema {
  if (!isRecord(schema)) return {}
  const { $ref } = schema
  if (typeof $ref !== 'string') return schema
  let found: unknown = root
  for (const step of $ref.replace(/^#\/?/, '').split('/')) {
    if (step !== '') found = isRecord(found) ? found[step] : undefined
  }
  return isRecord(found) ? { ...found, ...schema, $ref: undefined } : {}
}

/** What the shape of a field depends on beside its own schema. */
interface Within {
  readonly root: unknown
  readonly variants: Variants
  /** A command is named beside it. */
  readonly isNamed: boolean
}

function shapeOf(schema: unknown, within: Within, name: string): Shape {
  const { root, variants, isNamed } = within
  const own = resolved(schema, root)
  const among = [...recordsOf(own['anyOf']), ...recordsOf(own['oneOf'])]
  if (among.length > 0) return eitherOf(among, within, name)
  if (typeof own['const'] === 'string') return { kind: 'choice', options: [own['const']] }
  const options = textsOf(own['enum'])
  if (options.length > 0) return { kind: 'choice', options }
  if (own['type'] === 'array') return { kind: 'list', item: shapeOf(own['items'], within, name) }
  if (own['type'] === 'boolean') return { kind: 'flag' }
  if (own['type'] === 'number' || own['type'] === 'integer') {
    return { kind: 'number', isWhole: own['type'] === 'integer' }
  }
  if (own['type'] === 'object') {
    const fields = fieldsOf(own, variants, root)
    if (fields.length > 0) return { kind: 'group', fields }
    if (isNamed && variants.size > 0) return { kind: 'variant', by: 'command', options: variants }
  }
  return own['type'] === 'string' ? textOf(own, name) : { kind: 'json' }
}

function textOf(schema: Schema, name: string): Shape {
  if (schema['format'] === 'date-time' || /^(?:time|at|.*Time)$/.test(name)) return { kind: 'time' }
  const isLong = /^(?:description|reason|note|remark)$/.test(name)
  return { kind: 'text', isLong, options: [] }
}

/** Alternatives: one field where they are all written as text, else the one that says most. */
function eitherOf(among: readonly Schema[], within: Within, name: string): Shape {
  const shapes = among
    .filter((one) => resolved(one, within.root)['type'] !== 'null')
    .map((one) => shapeOf(one, within, name))
  const [first] = shapes
  if (first === undefined) return { kind: 'json' }
  if (shapes.every(({ kind }) => kind === 'choice' || kind === 'text' || kind === 'number')) {
    const options = shapes.flatMap((one) => (one.kind === 'choice' ? one.options : []))
    if (shapes.every(({ kind }) => kind === 'choice')) return { kind: 'choice', options }
    return shapes.length === 1 ? first : { kind: 'text', isLong: false, options }
  }
  if (shapes.length === 1) return first
  // A thing, or several of it: the several hold the one.
  return shapes.find(({ kind }) => kind === 'list') ?? { kind: 'json' }
}

/** The shape that a field has where such stands beside it. */
export function settled(shape: Shape, beside: { readonly [name: string]: unknown }): Shape {
  if (shape.kind !== 'variant') return shape
  const named = beside[shape.by]
  return shape.options.get(typeof named === 'string' ? named : '') ?? { kind: 'json' }
}

/** Fields with nothing in them. */
export function emptyDraft(shape: Shape): Draft {
  if (shape.kind === 'flag') return false
  if (shape.kind === 'list') return []
  if (shape.kind !== 'group') return ''
  return Object.fromEntries(shape.fields.map((field) => [field.name, firstDraft(field)]))
}

/** What a field begins with: of a list that needs something, one line to fill in. */
function firstDraft({ shape, isRequired }: Field): Draft {
  if (shape.kind === 'list' && isRequired) return [emptyDraft(shape.item)]
  return emptyDraft(shape)
}

/** A value as it is typed into the fields of a shape. */
export function draftOf(shape: Shape, value: unknown): Draft {
  if (value === undefined || value === null) return emptyDraft(shape)
  if (shape.kind === 'flag') return value === true
  if (shape.kind === 'list') {
    return (Array.isArray(value) ? value : [value]).map((one) => draftOf(shape.item, one))
  }
  if (shape.kind === 'group') {
    const of = isRecord(value) ? value : {}
    return Object.fromEntries(
      shape.fields.map((field) => {
        const said = of[field.name]
        return [
          field.name,
          said === undefined ? firstDraft(field) : draftOf(settled(field.shape, of), said),
        ]
      }),
    )
  }
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** What the fields say; undefined where they say nothing. Text that is no number stays text. */
export function valueOf(shape: Shape, draft: Draft | undefined): unknown {
  if (shape.kind === 'flag') return draft === true ? true : undefined
  if (shape.kind === 'list') {
    const items = (Array.isArray(draft) ? draft : []).map((one) => valueOf(shape.item, one))
    const said = items.filter((one) => one !== undefined)
    return said.length === 0 ? undefined : said
  }
  if (shape.kind === 'group') {
    const of: { readonly [name: string]: Draft } = isRecord(draft) ? draft : {}
    const said = shape.fields.flatMap(({ name, shape }) => {
      const value = valueOf(settled(shape, of), of[name])
      return value === undefined ? [] : [[name, value] as const]
    })
    return said.length === 0 ? undefined : Object.fromEntries(said)
  }
  const text = typeof draft === 'string' ? draft.trim() : ''
  if (text === '') return undefined
  if (shape.kind === 'number') return Number.isFinite(Number(text)) ? Number(text) : text
  return shape.kind === 'json' ? parsed(text) : text
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** `recycledContent` as words: `recycled content`. */
export const wordsOf = (name: string): string =>
  name.replace(/([a-z0-9])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
