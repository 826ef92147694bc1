/**
 * Options of a command from the fields of its input, and the input back from the options, so that
 * a new command of the ledger needs nothing at the terminal.
 */
import type { Command as Parser } from 'commander'

/** As much of JSON Schema as inputs of commands have. */
export interface FieldSchema {
  readonly type?: string
  readonly description?: string
  readonly enum?: readonly string[]
  readonly const?: unknown
  readonly anyOf?: readonly FieldSchema[]
  readonly items?: FieldSchema
  readonly properties?: Readonly<Record<string, FieldSchema>>
  readonly required?: readonly string[]
}

export type Plain =
  | null
  | boolean
  | number
  | string
  | readonly Plain[]
  | { readonly [key: string]: Plain }

/** What is wrong with an option, in words. */
export interface OptionProblem {
  readonly problem: string
}

export const isProblem = (value: unknown): value is OptionProblem =>
  typeof value === 'object' && value !== null && 'problem' in value

const kebab = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
const camel = (name: string) =>
  name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Names that the terminal's own options have. */
const taken = new Set(['data', 'json', 'file', 'preview', 'help'])
const optionName = (field: string) => (taken.has(field) ? `${kebab(field)}-of-lot` : kebab(field))

const isList = ({ type }: FieldSchema) => type === 'array'
const isRecord = ({ type }: FieldSchema) => type === 'object'

/** The fields in the order in which a line takes values without a name. */
const fieldsOf = (schema: FieldSchema) => Object.entries(schema.properties ?? {})

/** What one value of an option looks like. */
function shape(schema: FieldSchema): string {
  if (isList(schema)) return schema.items === undefined ? 'text' : shape(schema.items)
  if (isRecord(schema)) return 'line'
  return schema.type === 'number' || schema.type === 'integer' ? 'n' : 'text'
}

function lineHelp(schema: FieldSchema): string {
  const fields = fieldsOf(schema)
    .filter(([, field]) => !isList(field) && !isRecord(field))
    .map(([name]) => (schema.required?.includes(name) === true ? name : `[${name}]`))
  return ` (a line: ${fields.join('; ')})`
}

function helpOf(schema: FieldSchema): string {
  const inner = isList(schema) ? schema.items : schema
  const choices = inner?.enum === undefined ? '' : `: ${inner.enum.join(', ')}`
  const line = inner !== undefined && isRecord(inner) ? lineHelp(inner) : ''
  const more = isList(schema) ? '; may be repeated' : ''
  return `${schema.description ?? inner?.description ?? ''}${choices}${line}${more}`
}

/** The field that stands without an option: the lot or the campaign that a command is about. */
export function positionalOf(schema: FieldSchema): string | undefined {
  return ['campaign', 'lot'].find((name) => schema.required?.includes(name) === true)
}

const gather = (value: string, before: readonly string[] = []) => [...before, value]

/** Declares an argument and options for the fields of an input, and `--file`. */
export function declareFields(parser: Parser, schema: FieldSchema): void {
  const positional = positionalOf(schema)
  for (const [name, field] of fieldsOf(schema)) {
    if (name === positional) {
      parser.argument(`[${name}]`, helpOf(field))
    } else if (field.type === 'boolean') {
      parser.option(`--${optionName(name)}`, helpOf(field))
    } else if (isList(field)) {
      parser.option(`--${optionName(name)} <${shape(field)}>`, helpOf(field), gather)
    } else {
      parser.option(`--${optionName(name)} <${shape(field)}>`, helpOf(field))
    }
  }
  parser.option('--file <file>', 'read the fields from a JSON or YAML file; options go before it')
}

/** A text as the type that its field has; what means none is left for the command to refuse. */
function coerce(value: Plain, schema: FieldSchema | undefined): Plain {
  if (schema === undefined) return value
  if (Array.isArray(value)) return value.map((one) => coerce(one, schema.items))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, coerce(one, schema.properties?.[key])]),
    )
  }
  if (typeof value !== 'string') return value
  const isNumber = schema.type === 'number' || schema.type === 'integer'
  if (isNumber && value.trim() !== '' && !Number.isNaN(Number(value))) return Number(value)
  if (schema.type === 'boolean')
    return { true: true, yes: true, false: false, no: false }[value] ?? value
  return value
}

/**
 * A line of an option: values in the order of the fields, or `name=value`, between semicolons, or
 * between commas where there is no semicolon.
 */
function readLine(text: string, schema: FieldSchema, option: string): Plain | OptionProblem {
  const fields = fieldsOf(schema)
  const names = fields.map(([name]) => name)
  const parts = text.split(text.includes(';') ? ';' : ',').map((part) => part.trim())
  const record: Record<string, Plain> = {}
  for (const [index, part] of parts.entries()) {
    if (part === '') continue
    const named = /^([A-Za-z]\w*)\s*=\s*(.*)$/s.exec(part)
    const name = named === null ? names[index] : named[1]
    const field = fields.find(([known]) => known === name)?.[1]
    if (name === undefined || field === undefined || isList(field) || isRecord(field)) {
      const expected = lineHelp(schema).trim()
      return {
        problem: `--${option} "${text}": "${part}" has no field ${expected}; --file takes all`,
      }
    }
    record[name] = coerce(named === null ? part : (named[2] ?? ''), field)
  }
  return record
}

function valueOf(given: unknown, field: FieldSchema, option: string): Plain | OptionProblem {
  if (isList(field)) {
    const { items } = field
    const values = (Array.isArray(given) ? given : [given]).map((one) =>
      items !== undefined && isRecord(items)
        ? readLine(String(one), items, option)
        : coerce(String(one), items),
    )
    return values.find(isProblem) ?? (values as readonly Plain[])
  }
  if (isRecord(field)) return readLine(String(given), field, option)
  return typeof given === 'boolean' ? given : coerce(String(given), field)
}

/** The input that arguments, options and a file make, the options before the file. */
export function inputOf(
  schema: FieldSchema,
  argument: string | undefined,
  options: Readonly<Record<string, unknown>>,
  file: Plain | undefined,
): Plain | OptionProblem {
  const input: Record<string, Plain> =
    typeof file === 'object' && file !== null && !Array.isArray(file)
      ? { ...(coerce(file, schema) as Record<string, Plain>) }
      : {}
  const positional = positionalOf(schema)
  for (const [name, field] of fieldsOf(schema)) {
    const option = optionName(name)
    const given = name === positional ? argument : options[camel(option)]
    if (given === undefined) continue
    const value = valueOf(given, field, option)
    if (isProblem(value)) return value
    input[name] = value
  }
  return input
}
