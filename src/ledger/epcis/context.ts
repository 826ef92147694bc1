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

function collect(context: Json, into: Map<string, string>): void {
  if (Array.isArray(context)) {
    for (const part of context) collect(part, into)
  } else if (context !== null && typeof context === 'object') {
    for (const [prefix, meaning] of Object.entries(context)) {
      // The XML binding has this namespace without the colon, and hashes must not differ.
      const namespace = meaning === 'urn:epcglobal:cbv:mda:' ? meaning.slice(0, -1) : meaning
      if (prefix.startsWith('@')) continue
      if (typeof namespace === 'string') into.set(prefix, namespace)
      // Nothing: from here on the prefix means nothing.
      else if (namespace === null) into.delete(prefix)
    }
  }
}

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
const isRecord = (value: Json) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Addresses of contexts that a context names, but for GS1's own: nobody here has read them. */
export function remoteIn(context: Json): readonly string[] {
  if (isRecord(context)) return none
  const parts: readonly Json[] = Array.isArray(context) ? context : [context]
  return parts.filter(
    (part): part is string =>
      typeof part === 'string' && !/\bgs1\b.*epcis-context\.jsonld$/.test(part),
  )
}
