/**
 * What the ledger says in an event beyond the words of EPCIS: fields of its own namespace, the
 * prefix on every key, so that they mean the same in any document.
 */
import { namespacesOf } from './epcis/context.ts'
import type { Json } from './epcis/event.ts'

export const ledgerNamespace = 'urn:didymium:ledger:1:'

const prefix = 'didymium'

/** The context that events of the ledger's commands are stored with. */
export const ledgerContext: Json = [
  'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
  { [prefix]: ledgerNamespace },
]

type Plain = object | string | number | boolean | null

/** A plain record as JSON with the ledger's prefix on every key; undefined fields are left out. */
export function encode(value: Plain): Json {
  if (Array.isArray(value)) return value.map((part: Plain) => encode(part))
  if (value === null || typeof value !== 'object') return value
  const fields = Object.entries(value as { readonly [key: string]: Plain | undefined })
  return Object.fromEntries(
    fields.flatMap(([key, field]) =>
      field === undefined ? [] : [[`${prefix}:${key}`, encode(field)]],
    ),
  )
}

/** The prefixes that stand for the ledger's namespace in a context; ours where none does. */
function prefixesOf(context: Json): readonly string[] {
  const found: string[] = []
  for (const [name, namespace] of namespacesOf(context)) {
    if (namespace === ledgerNamespace) found.push(name)
  }
  return found.length > 0 ? found : [prefix]
}

/** JSON without the ledger's prefix on its keys: the other way round of `encode`. */
export function decode(value: Json, context: Json): Json {
  return strip(value, prefixesOf(context))
}

function strip(value: Json, prefixes: readonly string[]): Json {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map((part) => strip(part, prefixes))
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => {
      const colon = key.indexOf(':')
      const isOurs = colon > 0 && prefixes.includes(key.slice(0, colon))
      return [isOurs ? key.slice(colon + 1) : key, strip(field, prefixes)]
    }),
  )
}

/** A field of the ledger's own in an event, a report or ilmd, decoded; undefined: not there. */
export function extension(
  record: object | undefined,
  name: string,
  context: Json,
): Json | undefined {
  if (record === undefined) return undefined
  const prefixes = prefixesOf(context)
  const fields = record as { readonly [key: string]: Json | undefined }
  for (const own of prefixes) {
    const value = fields[`${own}:${name}`]
    if (value !== undefined) return strip(value, prefixes)
  }
  return undefined
}
