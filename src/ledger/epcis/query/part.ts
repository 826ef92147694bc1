/** What the parts of a query are made from: values of parameters, and fields of events. */
import type { Selection, StoredEvent } from '../../store.ts'
import { canonicalUri } from '../digital-link.ts'
import { type Namespaces, namespacesOf } from '../context.ts'
import type { Json } from '../event.ts'
import type { EpcisExceptionName } from '../exceptions.ts'
import { timeOf } from '../time.ts'
import { fullWord, type Vocabulary } from '../vocabulary.ts'

/** One parameter with its value, and what prefixes mean in it. */
export interface Asked {
  readonly parameter: string
  readonly value: Json
  /** True from an address: a list is one text, its values apart by `|`. */
  readonly isText: boolean
  readonly names: Namespaces
}

export type Holds = (stored: StoredEvent) => boolean

/** What a store may narrow by. */
export type Narrowed = Omit<Selection, 'orderBy' | 'direction' | 'after' | 'limit'>

/** One thing that an event must be for a query to find it. */
export interface Part {
  readonly holds: Holds
  /** What the store may narrow by beforehand; never leaves out what `holds` lets in. */
  readonly select?: Narrowed
}

export interface Wrong {
  readonly wrong: string
  readonly name?: EpcisExceptionName
}
export type Made = Part | Wrong
export type Maker = (asked: Asked) => Made

export const isWrong = (made: unknown): made is Wrong =>
  typeof made === 'object' && made !== null && 'wrong' in made

/** Goes on with a value that was read, or hands on what was wrong with it. */
export function given<Value>(value: Value | Wrong, make: (value: Value) => Made): Made {
  return isWrong(value) ? value : make(value)
}

export function texts({ value, isText, parameter }: Asked): readonly string[] | Wrong {
  const list = typeof value === 'string' && isText ? value.split('|') : value
  const all: readonly Json[] = Array.isArray(list) ? list : [list]
  const read = all.flatMap((one) =>
    typeof one === 'string' && one.trim() !== '' ? one.trim() : [],
  )
  if (read.length === all.length && read.length > 0) return read
  return { wrong: `${parameter} takes a list of texts` }
}

export function moment({ value, parameter }: Asked): number | Wrong {
  const one = Array.isArray(value) && value.length === 1 ? value[0] : value
  const ms = typeof one === 'string' ? timeOf(one) : undefined
  const expected = 'a time with an offset, such as 2026-03-01T08:00:00.000+01:00'
  return ms ?? { wrong: `${parameter} takes ${expected}` }
}

/** The number that a text or a number is; NaN for what is none. */
export function numberIn(value: Json | undefined): number {
  if (typeof value === 'number') return value
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN
}

export function figures({ value, isText, parameter }: Asked): readonly number[] | Wrong {
  const list = typeof value === 'string' && isText ? value.split('|') : value
  const all: readonly Json[] = Array.isArray(list) ? list : [list]
  const read = all.map(numberIn)
  if (read.length > 0 && read.every(Number.isFinite)) return read
  return { wrong: `${parameter} takes a number` }
}

export type Comparison = 'EQ' | 'GT' | 'GE' | 'LT' | 'LE'

export function compares(comparison: Comparison, a: number, b: number): boolean {
  if (comparison === 'EQ') return a === b
  if (comparison === 'GT') return a > b
  if (comparison === 'GE') return a >= b
  return comparison === 'LT' ? a < b : a <= b
}

export type Fields = { readonly [field: string]: Json }

export const isRecord = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const fieldsOf = (stored: StoredEvent) => stored.event as unknown as Fields

export const listIn = (fields: Fields, name: string): readonly Json[] => {
  const value = fields[name]
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}

export const recordsIn = (fields: Fields, name: string) => listIn(fields, name).filter(isRecord)

export const textIn = (fields: Fields, name: string) => {
  const value = fields[name]
  return typeof value === 'string' ? value : undefined
}

const own = new WeakMap<object, Namespaces>()

/** What prefixes mean in an event. */
export function namesOf(stored: StoredEvent): Namespaces {
  const context = fieldsOf(stored)['@context']
  if (context === undefined) return namespacesOf(stored.context)
  const known = own.get(stored.event)
  if (known !== undefined) return known
  const names = namespacesOf([stored.context, context])
  own.set(stored.event, names)
  return names
}

/** True for URIs that have but one spelling: those that are no identifiers of GS1. */
export const isPlain = (uris: readonly string[]) =>
  uris.every((one) => canonicalUri(one) === one && !one.startsWith('https://id.gs1.org/'))

/** Words that are asked for, in full; wrong for a bare word that the vocabulary does not have. */
export function wordsIn(asked: Asked, vocabulary: Vocabulary): ReadonlySet<string> | Wrong {
  const words = texts(asked)
  if (isWrong(words)) return words
  const bad = words.find(
    (one) =>
      !one.includes(':') && !vocabulary.words.has(one) && vocabulary.form?.test(one) !== true,
  )
  if (bad !== undefined) {
    return { wrong: `${asked.parameter}: ${bad} is no ${vocabulary.name} of CBV 2.0` }
  }
  return new Set(words.map((one) => fullWord(one, vocabulary, asked.names)))
}

/** Every usual spelling of words that CBV has; undefined where one is somebody's own. */
export function spellings(
  full: ReadonlySet<string>,
  { uri, urn }: Vocabulary,
): readonly string[] | undefined {
  const all: string[] = []
  for (const word of full) {
    if (!word.startsWith(uri)) return undefined
    const bare = word.slice(uri.length)
    all.push(word, bare, uri.replace('https://ref.gs1.org/cbv/', 'cbv:') + bare)
    if (urn !== undefined) all.push(urn + bare)
  }
  return all
}
