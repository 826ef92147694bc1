/** What prefixes stand for: the namespaces of `@context`, beyond those that GS1's own brings. */
import type { Json } from './event.ts'

export type Namespaces = ReadonlyMap<string, string>

/** Prefixes of GS1's context; they need not be declared. */
const gs1Namespaces = new Map([
  ['epcis', 'https://ref.gs1.org/epcis/'],
  ['cbv', 'https://ref.gs1.org/cbv/'],
  ['gs1', 'https://gs1.org/voc/'],
  ['cbvmda', 'urn:epcglobal:cbv:mda'],
])

/** The namespace that a term of a context stands for; null: none; undefined: it is no prefix. */
function meaningOf(term: Json): string | null | undefined {
  const meaning = isRecord(term) ? (term as { readonly '@id'?: Json })['@id'] : term
  // The XML binding has this namespace without the colon, and hashes must not differ.
  if (meaning === 'urn:epcglobal:cbv:mda:') return meaning.slice(0, -1)
  return typeof meaning === 'string' || meaning === null ? meaning : undefined
}

/** A context of a document, beside one of an event, each a list: deeper none is. */
const deepest = 3

function collect(context: Json, into: Map<string, string>, depth = 0): void {
  if (Array.isArray(context)) {
    if (depth < deepest) for (const part of context) collect(part, into, depth + 1)
  } else if (context !== null && typeof context === 'object') {
    for (const [prefix, term] of Object.entries(context)) {
      const meaning = prefix.startsWith('@') ? undefined : meaningOf(term)
      if (typeof meaning === 'string') into.set(prefix, meaning)
      if (meaning === null) into.delete(prefix)
    }
  }
}

const isRecord = (value: Json) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const noOthers: Namespaces = gs1Namespaces
const read = new WeakMap<object, Namespaces>()

/** The namespace of each prefix that a context declares, and of those that GS1 declares. */
export function namespacesOf(context: Json): Namespaces {
  const known = context !== null && typeof context === 'object' ? read.get(context) : undefined
  if (known !== undefined) return known
  const declared = new Map<string, string>()
  collect(context, declared)
  const isNew = [...declared].some(([prefix, meaning]) => gs1Namespaces.get(prefix) !== meaning)
  const found = isNew ? new Map([...gs1Namespaces, ...declared]) : noOthers
  if (context !== null && typeof context === 'object') read.set(context, found)
  return found
}

const others = new WeakMap<Namespaces, Readonly<Record<string, string>>>()

/** The namespaces that a context declares, beyond GS1's, as a record. */
export function declaredIn(context: Json): Readonly<Record<string, string>> {
  const names = namespacesOf(context)
  const known = others.get(names)
  if (known !== undefined) return known
  const declared = Object.fromEntries(
    [...names].filter(([prefix, meaning]) => gs1Namespaces.get(prefix) !== meaning),
  )
  others.set(names, declared)
  return declared
}

const none: readonly string[] = []
/** Addresses of contexts that a context names, but for GS1's own: nobody here has read them. */
export function remoteIn(context: Json): readonly string[] {
  if (isRecord(context)) return none
  const parts: readonly Json[] = Array.isArray(context) ? context : [context]
  return parts.filter(
    (part): part is string =>
      typeof part === 'string' && !/\bgs1\b.*epcis-context\.jsonld$/.test(part),
  )
}
