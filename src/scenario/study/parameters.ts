import type { ExtractantSet } from '../../chemistry/distribution/model.ts'
import type { Databank } from '../../databank/index.ts'
import type { Field, Fields, MoneyField, MoneyPer, MoneyValue } from '../../flowsheet/fields.ts'
import { formatQuantity, fromSI, parseQuantity, type Dimension } from '../../quantities/index.ts'
import { economicsFields } from '../economics/fields.ts'
import { moneyText, readMoney } from '../economics/money-text.ts'
import { economicsKey } from '../economics/read-economics.ts'
import { plantElements, setsInUse } from '../check-chemistry.ts'
import type { PlantDocument, PlantUnit } from '../plant.ts'
import { suggest } from '../suggest.ts'
import { clip } from '../yaml-tree.ts'
import type { ParameterPath } from '../vary.ts'

/** Where the number of a parameter lives. */
type Place =
  | { readonly of: 'unit'; readonly unit: string; readonly path: ParameterPath }
  | { readonly of: 'economics'; readonly path: ParameterPath }
  | {
      readonly of: 'set'
      readonly set: string
      /** Absent for a constant that belongs to no element. */
      readonly element?: string
      readonly name: string
    }

/** A number of a plant or of its extractant sets that can be moved. */
export interface Parameter {
  /** `sx1.sections[0].stages`, `magnets.assay.Nd`, `extractants.PC88A-T21.Nd.a`. */
  readonly path: string
  readonly about: string
  /** What the plant says; SI, constants as their set states them. */
  readonly value: number
  /** What its text is read as; absent for constants, which are bare numbers. */
  readonly dimension?: Dimension
  /** Set where it is money: the value is in this currency and price level, per that unit. */
  readonly money?: Pick<MoneyValue, 'currency' | 'year'> & { readonly per?: MoneyPer }
  /** In which it is shown; empty for a bare number. */
  readonly unit: string
  readonly min: number
  readonly max: number
  /** Only whole numbers make sense: stages. */
  readonly whole: boolean
  /** Standard uncertainty that the plant or the set states, SI. */
  readonly deviation?: number
  readonly place: Place
}

/** What a person wrote that names nothing, and the nearest that does. */
export interface Refusal {
  readonly ok: false
  readonly message: string
  readonly expected: string
}

/** First word of the path of every constant. */
const sets = 'extractants'

/**
 * Every number that can be moved, in the order of the plant file, then the constants of its
 * extractant sets for the elements that the plant has.
 */
export function parametersOf(plant: PlantDocument, bank: Databank): readonly Parameter[] {
  const units = plant.units.flatMap((unit) => ofFields(unit, plant))
  if (!plant.economics.given) return [...units, ...constantsOf(plant, bank)]
  const money = walk(economicsKey, economicsFields, plant.economics, plant, (path) => ({
    of: 'economics',
    path,
  }))
  return [...units, ...money, ...constantsOf(plant, bank)]
}

const ofFields = (unit: PlantUnit, plant: PlantDocument) =>
  walk(unit.name, unit.op.params, unit.params, plant, (path) => ({
    of: 'unit',
    unit: unit.name,
    path,
  }))

/** The numbers of one declaration, of a unit or of the section on economics. */
function walk(
  root: string,
  declared: Fields,
  params: unknown,
  plant: PlantDocument,
  placed: (path: ParameterPath) => Place,
): readonly Parameter[] {
  const found: Parameter[] = []
  const visit = (field: Field, value: unknown, path: ParameterPath): void => {
    switch (field.type) {
      case 'quantity':
      case 'number':
      case 'integer':
        if (typeof value === 'number')
          found.push(ofNumber(field, value, written(root, path), placed(path), plant))
        return
      case 'money':
        if (value !== undefined)
          found.push(ofMoney(field, value, written(root, path), placed([...path, 'amount']), plant))
        return
      case 'group':
        visitAll(field.fields, value, path)
        return
      case 'list':
        if (Array.isArray(value))
          for (const [i, v] of value.entries()) visit(field.of, v, [...path, i])
        return
      case 'map':
        for (const [key, v] of entriesOf(value)) visit(field.of, v, [...path, key])
        return
      case 'assay':
        for (const [key, v] of entriesOf(value))
          found.push(ofAssay(field.about, v, root, [...path, key], placed))
        return
      default:
        return
    }
  }
  const visitAll = (fields: Fields, values: unknown, path: ParameterPath) => {
    const own = new Map(entriesOf(values))
    for (const [key, field] of Object.entries(fields)) visit(field, own.get(key), [...path, key])
  }
  visitAll(declared, params, [])
  return found
}

const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : []

/** `sx1.sections[0].stages` from its parts. */
const written = (unit: string, path: ParameterPath) =>
  path.reduce<string>(
    (text, part) => `${text}${typeof part === 'number' ? `[${part}]` : `.${part}`}`,
    unit,
  )

function ofNumber(
  field: Extract<Field, { type: 'quantity' | 'number' | 'integer' }>,
  value: number,
  name: string,
  place: Place,
  plant: PlantDocument,
): Parameter {
  const deviation = plant.uncertainties.get(name)
  return {
    path: name,
    about: field.about,
    value,
    dimension: field.type === 'quantity' ? field.dimension : 'ratio',
    unit: field.type === 'quantity' ? field.unit : '',
    min: field.min ?? Number.NEGATIVE_INFINITY,
    max: field.max ?? Number.POSITIVE_INFINITY,
    whole: field.type === 'integer',
    ...(deviation === undefined ? {} : { deviation }),
    place,
  }
}

/** Money moves in the currency and price level in which it is written. */
function ofMoney(
  field: MoneyField,
  given: unknown,
  name: string,
  place: Place,
  plant: PlantDocument,
): Parameter {
  const own = new Map(entriesOf(given))
  const [amount, currency, year] = [own.get('amount'), own.get('currency'), own.get('year')]
  const code = typeof currency === 'string' ? currency : ''
  const deviation = plant.uncertainties.get(name)
  return {
    path: name,
    about: field.about,
    value: typeof amount === 'number' ? amount : 0,
    money: {
      currency: code,
      ...(typeof year === 'string' ? { year } : {}),
      ...(field.per === undefined ? {} : { per: field.per }),
    },
    unit: field.per === undefined ? code : `${code}/${field.per}`,
    min: field.min ?? Number.NEGATIVE_INFINITY,
    max: Number.POSITIVE_INFINITY,
    whole: false,
    ...(deviation === undefined ? {} : { deviation }),
    place,
  }
}

function ofAssay(
  about: string,
  given: unknown,
  root: string,
  path: ParameterPath,
  placed: (path: ParameterPath) => Place,
): Parameter {
  const own = new Map(entriesOf(given))
  const [value, deviation] = [own.get('value'), own.get('uncertainty')]
  return {
    path: written(root, path),
    about,
    value: typeof value === 'number' ? value : 0,
    dimension: 'mass-ratio',
    unit: '%',
    min: 0,
    max: 1,
    whole: false,
    ...(typeof deviation === 'number' ? { deviation } : {}),
    place: placed([...path, 'value']),
  }
}

function constantsOf(plant: PlantDocument, bank: Databank): readonly Parameter[] {
  const present = new Set(plantElements(plant, bank))
  const used = new Map(setsInUse(plant, bank).map(({ id, set }) => [id, set]))
  return [...used].flatMap(([id, set]) => [
    ...Object.entries(set.parameters).flatMap(([element, numbers]) =>
      present.has(element)
        ? Object.entries(numbers).map(([name, of]) => constant(id, set, of, name, element))
        : [],
    ),
    ...Object.entries(set.constants).map(([name, of]) => constant(id, set, of, name)),
  ])
}

function constant(
  id: string,
  set: ExtractantSet,
  of: ExtractantSet['constants'][string],
  name: string,
  element?: string,
): Parameter {
  const own = element === undefined ? name : `${element}.${name}`
  const index = set.covariance?.names.indexOf(own) ?? -1
  const variance = set.covariance?.matrix[index]?.[index]
  const deviation = of.uncertainty ?? (variance === undefined ? undefined : Math.sqrt(variance))
  return {
    path: `${sets}.${id}.${own}`,
    about: `${of.method}${of.note === undefined ? '' : `, ${of.note}`}`,
    value: of.value,
    unit: of.unit ?? '',
    min: Number.NEGATIVE_INFINITY,
    max: Number.POSITIVE_INFINITY,
    whole: false,
    ...(deviation === undefined || deviation === 0 ? {} : { deviation }),
    place: { of: 'set', set: id, name, ...(element === undefined ? {} : { element }) },
  }
}

/** The parameter of that path, or what is wrong with it. */
export function findParameter(
  text: string,
  known: readonly Parameter[],
  plant: PlantDocument,
): { readonly ok: true; readonly parameter: Parameter } | Refusal {
  const path = text.trim()
  const parameter = known.find((p) => p.path === path)
  const held = plant.specifications.find(({ vary }) => vary.text === path)
  if (held !== undefined) {
    const message = `${clip(path)} is varied by the specification "${clip(held.name)}"`
    return { ok: false, message, expected: 'another parameter, or a plant without it' }
  }
  if (parameter !== undefined) return { ok: true, parameter }
  const [first = ''] = path.split(/[.[]/)
  const siblings = known.filter((p) => p.path.startsWith(`${first}.`))
  const near = siblings.length > 0 ? siblings.map((p) => p.path) : [...new Set(known.map(unitOf))]
  const word = siblings.length > 0 ? path : first
  return { ok: false, message: `no parameter "${clip(path)}"`, expected: suggest(word, near) }
}

const unitOf = ({ place }: Parameter) =>
  place.of === 'unit' ? place.unit : place.of === 'set' ? sets : economicsKey

/** A value as a person writes it, `13 L/h` or `0.24`, in SI and within what is allowed. */
export function readValue(
  text: string,
  parameter: Parameter,
  plant: PlantDocument,
): { readonly ok: true; readonly value: number } | Refusal {
  const { dimension = 'ratio', path, min, max, whole, money } = parameter
  if (money !== undefined) return readAmount(text, parameter, money)
  const parsed = parseQuantity(text, dimension, { secondsPerYear: 3600 * plant.operatingHours })
  if (!parsed.ok) {
    const units = parsed.accepted.filter((unit) => unit !== '').join(', ')
    return { ok: false, message: `${path}: ${parsed.message}`, expected: `units: ${units}` }
  }
  const { value } = parsed
  if (whole && !Number.isInteger(value)) {
    return { ok: false, message: `${path}: ${clip(text)} is not whole`, expected: 'a whole number' }
  }
  if (value >= min && value <= max) return { ok: true, value }
  return {
    ok: false,
    message: `${path}: ${clip(text)} is out of bounds`,
    expected: bounds(parameter, plant),
  }
}

/** Money in the currency and price level of the parameter, within what is allowed. */
function readAmount(
  text: string,
  { path, min, max }: Parameter,
  money: NonNullable<Parameter['money']>,
): { readonly ok: true; readonly value: number } | Refusal {
  const read = readMoney(text, money.per)
  if (!read.ok) return { ok: false, message: `${path}: ${read.message}`, expected: read.expected }
  const { amount, currency, year } = read.value
  if (currency !== money.currency || (year !== undefined && year !== money.year)) {
    const message = `${path}: ${clip(text)} is other money than the plant file's`
    return { ok: false, message, expected: moneyText({ amount: 1, ...money }, money.per) }
  }
  if (amount >= min && amount <= max) return { ok: true, value: amount }
  const expected = `at least ${moneyText({ amount: min, ...money }, money.per)}`
  return { ok: false, message: `${path}: ${clip(text)} is out of bounds`, expected }
}

/** `± 0.4 %` as a standard deviation in SI. */
export function readDeviation(
  text: string,
  { dimension = 'ratio', path, money }: Parameter,
  plant: PlantDocument,
): { readonly ok: true; readonly deviation: number } | Refusal {
  const sign = /^\s*(?:±|\+\/-|\+-)/
  if (money !== undefined) {
    const read = readMoney(text.replace(sign, ''), money.per)
    if (!read.ok) return { ok: false, message: `${path}: ${read.message}`, expected: read.expected }
    const { amount, currency } = read.value
    if (currency === money.currency) return { ok: true, deviation: Math.abs(amount) }
    const message = `${path}: ${clip(text)} is other money than the plant file's`
    return { ok: false, message, expected: moneyText({ amount: 1, ...money }, money.per) }
  }
  const isBare = !sign.test(text)
  const options = { secondsPerYear: 3600 * plant.operatingHours }
  const parsed = parseQuantity(`0 ${isBare ? '± ' : ''}${text}`, dimension, options)
  if (!parsed.ok) return { ok: false, message: `${path}: ${parsed.message}`, expected: '' }
  return { ok: true, deviation: parsed.uncertainty ?? 0 }
}

/**
 * The parameters that a path means; `*` in it stands for any letters. A path that names none, or
 * one that a specification varies, is refused.
 */
export function matching(
  text: string,
  known: readonly Parameter[],
  plant: PlantDocument,
): { readonly ok: true; readonly parameters: readonly Parameter[] } | Refusal {
  if (!text.includes('*')) {
    const one = findParameter(text, known, plant)
    return one.ok ? { ok: true, parameters: [one.parameter] } : one
  }
  const parameters = known.filter(
    ({ path }) => isLike(path, text) && findParameter(path, known, plant).ok,
  )
  if (parameters.length > 0) return { ok: true, parameters }
  return {
    ok: false,
    message: `no parameter is like "${clip(text)}"`,
    expected: 'a path of --list',
  }
}

/** True where a path is what the text says, `*` standing for any letters. */
export function isLike(path: string, text: string): boolean {
  const [first = '', ...rest] = text.trim().split('*')
  if (rest.length === 0) return path === first
  const last = rest.at(-1) ?? ''
  if (!path.startsWith(first) || !path.endsWith(last)) return false
  let from = first.length
  for (const piece of rest.slice(0, -1)) {
    const at = path.indexOf(piece, from)
    if (at < 0) return false
    from = at + piece.length
  }
  return from + last.length <= path.length
}

function bounds(parameter: Parameter, plant: PlantDocument): string {
  const [low, high] = [parameter.min, parameter.max].map((si) => shown(si, parameter, plant))
  if (parameter.max === Number.POSITIVE_INFINITY) return `at least ${low}`
  return parameter.min === Number.NEGATIVE_INFINITY ? `at most ${high}` : `${low} to ${high}`
}

/** A value of a parameter in the unit in which it is shown. */
export function inUnit(
  value: number,
  { dimension, unit }: Parameter,
  plant: PlantDocument,
): number {
  if (dimension === undefined) return value
  return fromSI(value, dimension, unit, { secondsPerYear: 3600 * plant.operatingHours })
}

/** A value of a parameter as text with its unit. */
export function shown(value: number, parameter: Parameter, plant: PlantDocument): string {
  const { dimension, unit, money } = parameter
  if (money !== undefined) return moneyText({ amount: value, ...money }, money.per)
  if (dimension === undefined)
    return `${Number(value.toPrecision(6))}${unit === '' ? '' : ` ${unit}`}`
  const options = { secondsPerYear: 3600 * plant.operatingHours }
  return formatQuantity(value, dimension, unit, 6, options)
}
