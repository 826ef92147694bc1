/** Extension fields in queries: EQ_example:field, EXISTS_ILMD_..., GE_INNER_SENSORELEMENT_... */
import type { StoredEvent } from '../../store.ts'
import type { Namespaces } from '../context.ts'
import type { Json } from '../event.ts'
import { timeOf } from '../time.ts'
import {
  type Asked,
  type Comparison,
  compares,
  fieldsOf,
  type Fields,
  isRecord,
  isWrong,
  type Made,
  moment,
  namesOf,
  numberIn,
  recordsIn,
  texts,
  type Wrong,
} from './part.ts'

/** Where the fields stand: the records of an event that may hold them. */
const scopes: Readonly<Record<string, (event: Fields) => readonly Fields[]>> = {
  '': (event) => [event],
  ILMD_: (event) => recordsIn(event, 'ilmd'),
  ERROR_DECLARATION_: (event) => recordsIn(event, 'errorDeclaration'),
  SENSORELEMENT_: (event) => recordsIn(event, 'sensorElementList'),
  SENSORMETADATA_: (event) =>
    recordsIn(event, 'sensorElementList').flatMap((one) => recordsIn(one, 'sensorMetadata')),
  SENSORREPORT_: (event) =>
    recordsIn(event, 'sensorElementList').flatMap((one) => recordsIn(one, 'sensorReport')),
  readPoint_: (event) => recordsIn(event, 'readPoint'),
  bizLocation_: (event) => recordsIn(event, 'bizLocation'),
}

const scopeNames = Object.keys(scopes)
  .filter((name) => name !== '')
  .join('|')
const parameterForm = new RegExp(
  `^(EQ|GT|GE|LT|LE|EXISTS)_(INNER_)?(${scopeNames})?([^:]+:.+)$`,
  's',
)

/** A field's name with its namespace written out; as it is where nobody declared the prefix. */
function fullName(name: string, names: Namespaces): string {
  const braces = /^\{([^}]*)\}(.*)$/.exec(name)
  if (braces !== null) return `${braces[1]}${braces[2]}`
  const colon = name.indexOf(':')
  const namespace = names.get(name.slice(0, colon))
  return namespace === undefined ? name : namespace + name.slice(colon + 1)
}

/** Values of a field: of a list each, of a JSON-LD value what it says. */
function valuesOf(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value.flatMap(valuesOf)
  if (isRecord(value)) return value['@value'] === undefined ? [] : [value['@value']]
  return [value]
}

type Tell = (value: Json) => boolean

/** True when a field of that name, here or (inner) anywhere below an own field, is as asked. */
function finds(
  fields: Fields,
  inner: boolean,
  isIt: (name: string) => boolean,
  tell: Tell,
): boolean {
  return Object.entries(fields).some(([name, value]) => {
    if (inner) return name.includes(':') && below(value, isIt, tell)
    return isIt(name) && tell(value)
  })
}

function below(value: Json, isIt: (name: string) => boolean, tell: Tell): boolean {
  if (Array.isArray(value)) return value.some((one) => below(one, isIt, tell))
  if (!isRecord(value)) return false
  return Object.entries(value).some(
    ([name, one]) => (isIt(name) && tell(one)) || below(one, isIt, tell),
  )
}

function equals(actual: Json, wanted: string): boolean {
  if (actual === null || typeof actual === 'object') return false
  if (String(actual).trim() === wanted) return true
  const [a, b] = [numberIn(actual), numberIn(wanted)]
  if (Number.isFinite(a) && a === b) return true
  const time = timeOf(wanted)
  return time !== undefined && typeof actual === 'string' && timeOf(actual) === time
}

/** How a field's value is judged, or what is wrong with what was asked. */
function teller(asked: Asked, comparison: Comparison | 'EXISTS'): Tell | Wrong {
  if (comparison === 'EXISTS') return () => true
  const { value, parameter } = asked
  if (comparison === 'EQ') {
    const wanted = typeof value === 'number' ? [String(value)] : texts(asked)
    if (isWrong(wanted)) return wanted
    return (actual) => valuesOf(actual).some((one) => wanted.some((text) => equals(one, text)))
  }
  const figure = numberIn(value)
  if (Number.isFinite(figure)) {
    return (actual) => valuesOf(actual).some((one) => compares(comparison, numberIn(one), figure))
  }
  const time = moment(asked)
  if (isWrong(time)) return { wrong: `${parameter} takes a number or a time with an offset` }
  return (actual) =>
    valuesOf(actual).some(
      (one) => typeof one === 'string' && compares(comparison, timeOf(one) ?? Number.NaN, time),
    )
}

/** The part of a query that asks for a user's own field; undefined for other parameters. */
export function ownFieldPart(asked: Asked): Made | undefined {
  const found = parameterForm.exec(asked.parameter)
  if (found === null) return undefined
  const [, comparison, inner, scope = '', name = ''] = found
  const records = scopes[scope]
  const tell = teller(asked, comparison as Comparison | 'EXISTS')
  if (isWrong(tell)) return tell
  if (records === undefined) return undefined
  const wanted = fullName(name, asked.names)
  const holds = (stored: StoredEvent) => {
    const names = namesOf(stored)
    const isIt = (key: string) =>
      key === name
        ? wanted === name || fullName(key, names) === wanted || fullName(key, names) === key
        : key.includes(':') && fullName(key, names) === wanted
    return records(fieldsOf(stored)).some((one) => finds(one, inner !== undefined, isIt, tell))
  }
  return { holds }
}
