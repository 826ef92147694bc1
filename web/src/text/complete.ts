import type { PlantView } from '../engine/protocol.ts'
import type { Context } from './context.ts'

type Json = Readonly<Record<string, unknown>>

/** Something that may be written at the cursor. */
export interface Offer {
  readonly text: string
  /** What is put in: a key comes with its colon. */
  readonly insert: string
  readonly about: string
  readonly kind: 'key' | 'value' | 'port'
}

/** What may be written in a context, by the schema of the plant and the units that it has. */
export function offersAt(
  context: Context,
  schema: Json,
  plant: PlantView | null,
): readonly Offer[] {
  const { path, key, siblings } = context
  if (path[0] === 'streams' && key !== undefined) return ports(context, plant)
  const map = schemaAt(schema, path, plant)
  if (map === undefined) return []
  const properties = record(map['properties'])
  if (key !== undefined) return values(resolved(schema, record(properties[key])))
  return Object.entries(properties)
    .filter(([name]) => !siblings.includes(name))
    .map(([name, of]) => {
      const about = text(resolved(schema, record(of))['description'])
      return { text: name, insert: `${name}: `, about, kind: 'key' as const }
    })
}

/** The schema of the map at a path; undefined where the schema does not know it. */
function schemaAt(schema: Json, path: Context['path'], plant: PlantView | null): Json | undefined {
  let at: Json = schema
  for (const [depth, part] of path.entries()) {
    const own = record(at['properties'])[String(part)]
    const next = typeof part === 'number' ? at['items'] : (own ?? at['additionalProperties'])
    if (typeof next !== 'object' || next === null) return undefined
    at = resolved(schema, record(next))
    if (depth === 1 && path[0] === 'units') at = ofKind(schema, at, String(part), plant)
  }
  return at
}

/** A unit's schema is that of its kind, once it says what kind it is. */
function ofKind(schema: Json, unit: Json, name: string, plant: PlantView | null): Json {
  const kind = plant?.units.find((known) => known.name === name)?.kind
  const own = record(record(schema['$defs'])[`unit-${kind ?? ''}`])
  return own['properties'] === undefined ? unit : own
}

function resolved(schema: Json, of: Json): Json {
  const name = typeof of['$ref'] === 'string' ? of['$ref'].split('/').at(-1) : undefined
  return name === undefined ? of : { ...record(record(schema['$defs'])[name]), ...of }
}

function values(of: Json): readonly Offer[] {
  const options = Array.isArray(of['enum'])
    ? of['enum']
    : of['type'] === 'boolean'
      ? [true, false]
      : []
  const given = 'const' in of ? [of['const']] : options
  return given.map((option: unknown) => {
    const written = String(option)
    return { text: written, insert: written, about: text(of['description']), kind: 'value' }
  })
}

/** Outlets in front of the arrow, inlets behind it. */
function ports({ word }: Context, plant: PlantView | null): readonly Offer[] {
  if (plant === null) return []
  const isBehind = /->|→/.test(word)
  return plant.units.flatMap((unit) =>
    (isBehind ? unit.inlets : unit.outlets).map(({ name, about }): Offer => {
      const port = `${unit.name}.${name}`
      return { text: port, insert: isBehind ? port : `${port} -> `, about, kind: 'port' }
    }),
  )
}

const record = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {}

const text = (value: unknown) => (typeof value === 'string' ? value : '')
