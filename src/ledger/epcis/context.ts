/** What prefixes stand for: the namespaces of `@context`, beyond those that GS1's own brings. */
import type { Json } from './event.ts'

export type Namespaces = ReadonlyMap<string, string>

/** Addresses at which GS1 publishes the context of EPCIS. */
const gs1Context =
  /^https?:\/\/(?:ref|gs1)\.(?:gs1\.)?(?:org|github\.io)\/.*epcis-context\.jsonld$/i

/** Prefixes of GS1's context; they need not be declared. */
const gs1Namespaces = new Map([
  ['epcis', 'https://ref.gs1.org/epcis/'],
  ['cbv', 'https://ref.gs1.org/cbv/'],
  ['gs1', 'https://gs1.org/voc/'],
  ['cbvmda', 'urn:epcglobal:cbv:mda:'],
])

function collect(context: Json, into: Map<string, string>): void {
  if (Array.isArray(context)) {
    for (const part of context) collect(part, into)
  } else if (context !== null && typeof context === 'object') {
    for (const [prefix, meaning] of Object.entries(context)) {
      if (typeof meaning === 'string' && !prefix.startsWith('@')) into.set(prefix, meaning)
    }
  }
}

const read = new WeakMap<object, Namespaces>()

/** The namespace of each prefix that a context declares, and of those that GS1 declares. */
export function namespacesOf(context: Json): Namespaces {
  const known = context !== null && typeof context === 'object' ? read.get(context) : undefined
  if (known !== undefined) return known
  const found = new Map(gs1Namespaces)
  collect(context, found)
  if (context !== null && typeof context === 'object') read.set(context, found)
  return found
}

const prefixed = /^([A-Za-z_][\w.-]*):(?!\/\/)/

function look(value: Json, names: Namespaces, used: Record<string, string>): void {
  if (typeof value === 'string') {
    note(value, names, used)
  } else if (Array.isArray(value)) {
    for (const part of value) look(part, names, used)
  } else if (value !== null && typeof value === 'object') {
    for (const [key, field] of Object.entries(value)) {
      note(key, names, used)
      look(field, names, used)
    }
  }
}

function note(text: string, names: Namespaces, used: Record<string, string>): void {
  const prefix = prefixed.exec(text)?.[1]
  if (prefix === undefined) return
  const meaning = names.get(prefix)
  if (meaning !== undefined && gs1Namespaces.get(prefix) !== meaning) used[prefix] = meaning
}

/** Prefixes, beyond GS1's, that keys and texts of a value begin with, and what they stand for. */
export function namespacesUsed(
  value: { readonly [key: string]: Json },
  context: Json,
): Readonly<Record<string, string>> {
  const used: Record<string, string> = {}
  const names = namespacesOf(context)
  if (names.size > 0) look(value, names, used)
  return used
}

/** True for an address at which GS1 publishes the context of EPCIS. */
export function isGs1Context(text: string): boolean {
  return gs1Context.test(text)
}
