/** Checks of values, lists and records; every problem is noted, none is thrown. */
import type { Namespaces } from './context.ts'
import type { Problem } from './problem.ts'
import { timeOf } from './time.ts'
import type { Vocabulary } from './vocabulary.ts'

/** What a check writes to and knows. */
export interface Checking {
  readonly problems: Problem[]
  readonly names: Namespaces
}
export type Check = (value: unknown, path: string, to: Checking) => void
export type Fields = Readonly<Record<string, unknown>>

export const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value as people would write it, short. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = typeof value === 'object' && value !== null ? kindOf(value) : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

const kindOf = (value: object) => (Array.isArray(value) ? 'a list' : 'a record')

export function wrong(to: Checking, path: string, message: string, expected: string): void {
  to.problems.push({ path, message, expected })
}

/** `path.name`, or `name` at the root. */
export const under = (path: string, name: string) => (path === '' ? name : `${path}.${name}`)

const scheme = /^[A-Za-z][A-Za-z0-9+.-]*:[!#$%&'()*+,./0-9:;=?@A-Z[\]_a-z~-]+$/
const brokenEscape = /%(?![0-9A-Fa-f]{2})/
const withoutHost = /^https?:(?!\/\/[^/?#])/i

/** True for an absolute URI as RFC 3986 writes it, and for a blank node of JSON-LD (`_:b0`). */
function isUri(text: string): boolean {
  if (text.startsWith('_:')) return /^_:[\w.-]+$/.test(text)
  if (!scheme.test(text)) return false
  if (text.includes('%') && brokenEscape.test(text)) return false
  return !withoutHost.test(text)
}

const uriExpected =
  'a URI such as urn:epc:id:sgtin:0614141.107346.2018 or https://example.com/lot/1'

export const uri: Check = (value, path, to) => {
  if (typeof value === 'string' && isUri(value)) return
  wrong(to, path, `${shown(value)} is no URI`, uriExpected)
}

export const time: Check = (value, path, to) => {
  if (typeof value === 'string' && timeOf(value) !== undefined) return
  wrong(
    to,
    path,
    `${shown(value)} is no time`,
    'a date-time with seconds and an offset: 2026-03-01T08:00:00.000+01:00',
  )
}

export const number: Check = (value, path, to) => {
  if (typeof value === 'number' && Number.isFinite(value)) return
  wrong(to, path, `${shown(value)} is no number`, 'a number, without quotes')
}

export const amount: Check = (value, path, to) => {
  if (typeof value === 'number' && value >= 0 && value < Number.POSITIVE_INFINITY) return
  wrong(to, path, `${shown(value)} is no quantity`, 'a number of zero or more, without quotes')
}

export const text: Check = (value, path, to) => {
  if (typeof value === 'string') return
  wrong(to, path, `${shown(value)} is no text`, 'a text')
}

export const boolean: Check = (value, path, to) => {
  if (typeof value === 'boolean') return
  wrong(to, path, `${shown(value)} is neither true nor false`, 'true or false, without quotes')
}

/** A text of one form. */
export function form(pattern: RegExp, what: string, expected: string): Check {
  return (value, path, to) => {
    if (typeof value === 'string' && pattern.test(value)) return
    wrong(to, path, `${shown(value)} is no ${what}`, expected)
  }
}

export function oneOf(words: readonly string[], what: string): Check {
  return (value, path, to) => {
    if (typeof value === 'string' && words.includes(value)) return
    wrong(to, path, `${shown(value)} is no ${what}`, `one of ${words.join(', ')}`)
  }
}

/** A bare word of the vocabulary, the URI or URN of one, or a URI of somebody else's vocabulary. */
export function wordOf(vocabulary: Vocabulary): Check {
  const { words, name, uri, urn, form } = vocabulary
  const isWord = (word: string) => words.has(word) || form?.test(word) === true
  const isWhole = (value: string) => {
    const before = [uri, urn].find((start) => start !== undefined && value.startsWith(start))
    if (before !== undefined) return isWord(value.slice(before.length))
    return value.includes(':') && isUri(value)
  }
  const examples = form === undefined ? 'one of' : 'a word such as'
  const expected = `${examples} ${[...words].join(', ')}; or a URI of your own`
  return (value, path, to) => {
    if (typeof value === 'string' && (isWord(value) || isWhole(value))) return
    wrong(to, path, `${shown(value)} is no ${name} of CBV 2.0`, expected)
  }
}

/** A list of things that are all alike. */
export function listOf(item: Check, needs: { some?: boolean; unique?: boolean } = {}): Check {
  return (value, path, to) => {
    if (!Array.isArray(value)) {
      wrong(to, path, `${shown(value)} is no list`, 'a list')
      return
    }
    for (let i = 0; i < value.length; i++) item(value[i], `${path}[${i}]`, to)
    if (needs.some === true && value.length === 0) {
      wrong(to, path, 'the list is empty', 'one entry or more')
    }
    if (needs.unique !== true || value.length < 2) return
    const seen = new Set<unknown>()
    for (let i = 0; i < value.length; i++) {
      const one: unknown = value[i]
      if (seen.has(one)) {
        wrong(to, `${path}[${i}]`, `${shown(one)} stands twice in the list`, 'each thing once')
      }
      seen.add(one)
    }
  }
}

/** How deep a user's own fields may nest. */
const deepest = 32

/** Anything that JSON can hold, not too deep. */
export function ownField(value: unknown, path: string, to: Checking, depth = 0): void {
  if (typeof value !== 'object' || value === null) return
  if (depth > deepest) {
    wrong(to, path, 'fields are nested too deep', `at most ${deepest} levels`)
    return
  }
  for (const [name, one] of Object.entries(value)) ownField(one, under(path, name), to, depth + 1)
}

/** True for `prefix:name`, and for the whole URI of a field. */
export const hasPrefix = (name: string) => /^[^\s:@]+:[^\s:]/.test(name) || /^https?:/.test(name)

export const noPrefix =
  'a field of EPCIS 2.0, or one of your own with a prefix that @context declares: example:myField'

/** A record of known fields. */
export function record(
  fields: Readonly<Record<string, Check>>,
  needs: { readonly required?: readonly string[]; readonly extensible?: boolean } = {},
): Check {
  const known = new Map(Object.entries(fields))
  const { required = [], extensible = false } = needs
  return (value, path, to) => {
    if (!isRecord(value)) {
      wrong(
        to,
        path,
        `${shown(value)} is no record of fields`,
        `{ ${[...known.keys()].join(', ')} }`,
      )
      return
    }
    for (const name in value) {
      const check = known.get(name)
      if (check !== undefined) check(value[name], under(path, name), to)
      else if (extensible && hasPrefix(name)) ownField(value[name], under(path, name), to)
      else wrong(to, under(path, name), `there is no field ${name} here`, expectedOf(extensible))
    }
    for (const name of required) {
      if (value[name] === undefined) {
        wrong(to, under(path, name), `the field ${name} is missing`, name)
      }
    }
  }

  function expectedOf(isExtensible: boolean): string {
    return isExtensible ? noPrefix : `only ${[...known.keys()].join(', ')}`
  }
}

/** A record of fields that all have a prefix. */
export const ownFields: Check = (value, path, to) => {
  if (!isRecord(value)) {
    wrong(to, path, `${shown(value)} is no record of fields`, '{ example:myField: ... }')
    return
  }
  for (const name in value) {
    if (hasPrefix(name)) ownField(value[name], under(path, name), to)
    else {
      const expected = 'a prefix that @context declares: example:myField'
      wrong(to, under(path, name), `the field ${name} has no prefix`, expected)
    }
  }
}
