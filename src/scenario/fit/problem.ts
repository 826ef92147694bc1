import {
  distributionModels,
  type ExtractantSet,
  type MeasuredRow,
  type Sourced,
} from '../../chemistry/index.ts'
import { suggest } from '../suggest.ts'
import { elementsOf, type FitMeasure, measuredElements, measuresOf } from './measures.ts'
import type { Skipped } from './measures.ts'
import { fittableModels, type FittableModel } from './models.ts'
import type { FitRequest, Separation } from './request.ts'

/** One number that the fit moves. */
export interface FitParameter {
  /** `Nd.a`, `power`, or `Nd/Pr` for log10 of a separation factor that is held within limits. */
  readonly name: string
  readonly about: string
  readonly start: number
  readonly low: number
  readonly high: number
  /** The width of what is imaginable, whatever the bounds. */
  readonly span: number
  readonly learn: string
}

/** A number of the data set: an offset and multiples of parameters. */
export interface Quantity {
  readonly element: string | undefined
  readonly name: string
  readonly offset: number
  readonly terms: readonly (readonly [parameter: number, factor: number])[]
}

export const keyOf = ({ element, name }: Pick<Quantity, 'element' | 'name'>): string =>
  element === undefined ? name : `${element}.${name}`

/** Rows that bring the same elements and so share a compiled distribution. */
export interface FitGroup {
  readonly elements: readonly string[]
  readonly rows: readonly number[]
}

export interface FitProblem {
  readonly request: FitRequest
  readonly model: FittableModel
  /** Fitted elements. */
  readonly elements: readonly string[]
  readonly rows: readonly MeasuredRow[]
  readonly groups: readonly FitGroup[]
  readonly measures: readonly FitMeasure[]
  readonly skipped: readonly Skipped[]
  readonly parameters: readonly FitParameter[]
  readonly quantities: readonly Quantity[]
  /** The set with the numbers that the parameters give; the rest is as stated. */
  setAt(parameters: ArrayLike<number>): ExtractantSet
}

/** What is wrong with a request or too little in the rows, and what would be right. */
export interface Problem {
  readonly message: string
  readonly expected: string
}

export type Posed =
  | { readonly ok: true; readonly problem: FitProblem }
  | { readonly ok: false; readonly problems: readonly Problem[] }

type Refuse = (message: string, expected?: string) => void

const fitLimits = { tests: 10_000 } as const

/** Puts rows and wishes together, or says everything that does not go together. */
export function poseFit(given: readonly MeasuredRow[], request: FitRequest): Posed {
  const problems: Problem[] = []
  const refuse: Refuse = (message, expected = '') => void problems.push({ message, expected })
  const model = fittableModels.find(({ kind }) => kind === request.model)
  if (model === undefined) {
    const kinds = fittableModels.map(({ kind }) => kind)
    const isModel = distributionModels.some(({ kind }) => kind === request.model)
    const why = isModel ? 'cannot be fitted here' : 'is no distribution model'
    refuse(`model "${request.model}" ${why}`, suggest(request.model, kinds))
    return { ok: false, problems }
  }
  const named = request.elements ?? measuredElements(given)
  if (given.length > fitLimits.tests) {
    refuse(`${given.length} tests`, `at most ${fitLimits.tests} in one fit`)
    return { ok: false, problems }
  }
  if (named.length === 0)
    refuse('nothing was measured', 'a column such as "Nd D" or "Nd aqueous g/L"')
  const elements = named.filter((element) => wasMeasured(element, given, refuse))
  checkBase(request, refuse)
  const { rows, measures, skipped } = measuresOf(given, new Set(elements), request)
  checkRows(rows, elements, request, refuse)
  checkNames(model, elements, request, refuse)
  if (problems.length > 0) return { ok: false, problems }
  const { parameters, quantities } = unknowns(model, elements, request)
  checkCount(elements, measures, parameters, refuse)
  if (problems.length > 0) return { ok: false, problems }
  const groups = groupsOf(rows)
  const setAt = setMaker(model, elements, request, quantities)
  const problem = { request, model, elements, rows, groups, measures, skipped, parameters }
  return { ok: true, problem: { ...problem, quantities, setAt } }
}

function wasMeasured(element: string, rows: readonly MeasuredRow[], refuse: Refuse): boolean {
  const found = rows.some((row) => row.measured.some((m) => m.element === element))
  if (!found) {
    const expected = `a column "${element} D", or leave ${element} out of the elements`
    refuse(`nothing was measured of ${element}`, expected)
  }
  return found
}

function checkBase({ base, model }: FitRequest, refuse: Refuse): void {
  if (base === undefined || base.model === model) return
  refuse(`${base.id} is of the model ${base.model}`, `a set of the model ${model} as base`)
}

/** Elements beside fitted ones in a row take extractant and give acid: they need constants. */
function checkRows(
  rows: readonly MeasuredRow[],
  elements: readonly string[],
  { base }: FitRequest,
  refuse: Refuse,
): void {
  const known = new Set([...elements, ...Object.keys(base?.parameters ?? {})])
  const strangers = new Map<string, string>()
  for (const row of rows) {
    for (const element of elementsOf(row)) {
      if (!known.has(element) && !strangers.has(element)) strangers.set(element, row.place)
    }
  }
  for (const [element, place] of strangers) {
    const message = `${place} brings ${element}, which loads the extractant but is not fitted`
    refuse(message, `measure ${element} too, or name a base set that has its constants`)
  }
}

/** Every name that may be freed, fixed or bounded. */
function checkNames(
  model: FittableModel,
  elements: readonly string[],
  request: FitRequest,
  refuse: Refuse,
): void {
  const shared = model.shared.map(({ name }) => name)
  const each = model.perElement.map(({ name }) => name)
  const levels = elements.map((element) => `${element}.${model.level.name}`)
  const own = elements.flatMap((element) => each.map((name) => `${element}.${name}`))
  const free = [...shared, ...each]
  const check = (names: readonly string[], known: readonly string[], what: string) => {
    for (const name of names) {
      if (!known.includes(name)) refuse(`"${name}" cannot be ${what}`, suggest(name, known))
    }
  }
  check(request.free ?? [], free, 'freed')
  const stated = Object.keys(model.stated)
  check(Object.keys(request.fix ?? {}), [...free, ...own, ...levels, ...stated], 'fixed')
  const bounded = [...free, ...own, model.level.name, ...levels]
  check(Object.keys(request.bounds ?? {}), bounded, 'bounded')
  for (const [name, [low, high]] of Object.entries(request.bounds ?? {})) {
    if (!(low < high)) refuse(`the bounds of ${name} are ${low} and ${high}`, 'the lower one first')
  }
  for (const name of request.free ?? []) {
    if (request.fix?.[name] !== undefined)
      refuse(`"${name}" is both freed and fixed`, 'one of them')
  }
  checkSeparations(elements, request, refuse)
}

function checkSeparations(elements: readonly string[], request: FitRequest, refuse: Refuse): void {
  const separations = request.separations ?? []
  const above = new Map<string, string>()
  for (const { over, under, low, high } of separations) {
    const name = `${over}/${under}`
    for (const element of [over, under]) {
      if (!elements.includes(element))
        refuse(`${name}: ${element} is not fitted`, elements.join(', '))
    }
    if (!(low > 0 && low < high))
      refuse(`${name} from ${low} to ${high}`, 'two numbers, 0 < low < high')
    if (above.has(over)) refuse(`${over} has two separation factors`, 'one over each element')
    above.set(over, under)
    let at: string | undefined = under
    for (let k = 0; k <= separations.length && at !== undefined; k++) {
      if (at === over) refuse(`the separation factors go round: ${name}`, 'one fewer')
      at = at === over ? undefined : above.get(at)
    }
  }
  if (separations.length > 0 && request.free?.includes('slope') === true) {
    refuse('with a slope for each element a separation factor moves with pH', 'do not free slope')
  }
}

/** Enough numbers for the unknowns: in all, and of each element. */
function checkCount(
  elements: readonly string[],
  measures: readonly FitMeasure[],
  parameters: readonly FitParameter[],
  refuse: Refuse,
): void {
  const exact = measures.filter(({ limit }) => limit === undefined)
  for (const element of elements) {
    const own = parameters.filter(({ name }) => name.startsWith(`${element}.`)).length
    const count = exact.filter((m) => m.element === element).length
    if (count >= Math.max(own, 1)) continue
    const message = `${count} usable measurements of ${element} for ${own} numbers to be fitted`
    refuse(message, `measure ${element} in more tests, or leave it out`)
  }
  if (exact.length < parameters.length) {
    const names = parameters.map(({ name }) => name).join(', ')
    const message = `${exact.length} usable measurements for ${parameters.length} unknowns (${names})`
    refuse(message, `measure ${parameters.length + 1 - exact.length} more, or fix some of them`)
  }
}

/** Levels of one extractant for neighbouring elements and media differ by a few decades. */
const levelSpan = 10

/** What is fitted, and how the numbers of the set follow from it. */
function unknowns(model: FittableModel, elements: readonly string[], request: FitRequest) {
  const parameters: FitParameter[] = []
  const quantities: Quantity[] = []
  const bounds = (name: string, element?: string) =>
    request.bounds?.[element === undefined ? name : `${element}.${name}`] ?? request.bounds?.[name]
  const add = (parameter: FitParameter) => parameters.push(parameter) - 1
  const { level } = model
  const levelAt = new Map<string, Quantity>()
  const levelOf = (element: string): Quantity => {
    const done = levelAt.get(element)
    if (done !== undefined) return done
    const quantity = newLevel(element)
    levelAt.set(element, quantity)
    return quantity
  }
  const newLevel = (element: string): Quantity => {
    const { name } = level
    const fixed = request.fix?.[`${element}.${name}`]
    if (fixed !== undefined) return { element, name, offset: fixed, terms: [] }
    const separation = request.separations?.find(({ over }) => over === element)
    if (separation !== undefined) {
      const { offset, terms } = levelOf(separation.under)
      return { element, name, offset, terms: [...terms, [add(ratioOf(separation)), 1]] }
    }
    const [low, high] = bounds(name, element) ?? [level.low, level.high]
    const about = `level of log10 D of ${element}`
    const learn = `more tests with D of ${element} between 0.1 and 10`
    const at = add({
      name: `${element}.${name}`,
      about,
      start: 0,
      low,
      high,
      span: levelSpan,
      learn,
    })
    return { element, name, offset: 0, terms: [[at, 1]] }
  }
  for (const element of elements) quantities.push(levelOf(element))
  const others = [
    ...elements.flatMap((element) => model.perElement.map((number) => ({ number, element }))),
    ...model.shared.map((number) => ({ number, element: undefined })),
  ]
  for (const { number, element } of others) {
    const { name, about, learn } = number
    const [low, high] = bounds(name, element) ?? [number.low, number.high]
    const value = valueFixed(number, element, request)
    const isFree = number.always === true || request.free?.includes(name) === true
    const key = keyOf({ element, name })
    const isFixed = request.fix?.[key] !== undefined
    if (isFree && !isFixed) {
      const start = Math.min(Math.max(value, low), high)
      const span = number.high - number.low
      const at = add({ name: key, about, start, low, high, span, learn })
      quantities.push({ element, name, offset: 0, terms: [[at, 1]] })
    } else if (value !== impliedBy(number, element, request)) {
      quantities.push({ element, name, offset: value, terms: [] })
    }
  }
  return { parameters, quantities }
}

function ratioOf({ over, under, low, high }: Separation): FitParameter {
  const [least, most] = [Math.log10(low), Math.log10(high)]
  return {
    name: `${over}/${under}`,
    about: `log10 of the separation factor ${over}/${under}`,
    start: 0.5 * (least + most),
    low: least,
    high: most,
    span: 1,
    learn: `tests with ${over} and ${under} in one feed`,
  }
}

/** What a number is unless fitted: as fixed, of the base set, as the model says. */
function valueFixed(
  { name, fixedAt }: FittableModel['perElement'][number],
  element: string | undefined,
  { fix, base, protons }: FitRequest,
): number {
  const ofBase = element === undefined ? base?.constants[name] : base?.parameters[element]?.[name]
  const usual = fixedAt === 'protons' ? (protons?.[element ?? ''] ?? 3) : fixedAt
  return fix?.[keyOf({ element, name })] ?? fix?.[name] ?? ofBase?.value ?? usual
}

/** The value that the model takes when a set does not state the number, or undefined. */
function impliedBy(
  { fixedAt }: FittableModel['perElement'][number],
  element: string | undefined,
  { protons }: FitRequest,
): number | undefined {
  return fixedAt === 'protons' ? (protons?.[element ?? ''] ?? 3) : undefined
}

function groupsOf(rows: readonly MeasuredRow[]): readonly FitGroup[] {
  const groups = new Map<string, { elements: readonly string[]; rows: number[] }>()
  for (const [index, row] of rows.entries()) {
    const elements = elementsOf(row).toSorted()
    const key = elements.join(' ')
    const group = groups.get(key) ?? { elements, rows: [] }
    group.rows.push(index)
    groups.set(key, group)
  }
  return [...groups.values()]
}

/** A number that the fit makes: what it is worth is added when the fit is done. */
const bare = (value: number): Sourced<number> => ({ value, source: 'fit', method: 'fitted' })

function setMaker(
  model: FittableModel,
  elements: readonly string[],
  request: FitRequest,
  quantities: readonly Quantity[],
): FitProblem['setAt'] {
  const { base } = request
  const stated = Object.entries(model.stated).map(([name, { value, note }]) => {
    const ofBase = base?.constants[name]
    const asked = request.fix?.[name]
    if (asked === undefined && ofBase !== undefined) return [name, ofBase] as const
    const number = { value: asked ?? value, source: 'fit', method: 'assumption', note } as const
    return [name, number] as const
  })
  const kept = Object.entries(base?.parameters ?? {}).filter(([el]) => !elements.includes(el))
  const protons = {
    ...Object.fromEntries(kept.map(([el]) => [el, base?.protons[el] ?? 3])),
    ...Object.fromEntries(elements.map((el) => [el, request.protons?.[el] ?? 3])),
  }
  return (parameters) => {
    const own: Record<string, Record<string, Sourced<number>>> = {}
    const constants: Record<string, Sourced<number>> = Object.fromEntries(stated)
    for (const { element, name, offset, terms } of quantities) {
      let value = offset
      for (const [at, factor] of terms) value += factor * (parameters[at] as number)
      if (element === undefined) constants[name] = bare(value)
      else (own[element] ??= {})[name] = bare(value)
    }
    return {
      id: request.id,
      title: request.title,
      extractant: request.extractant,
      diluent: request.diluent,
      medium: request.medium,
      model: model.kind,
      parameters: { ...Object.fromEntries(kept), ...own },
      constants,
      protons,
      quality: {},
      validity: {},
      worth: '',
      points: [],
      sources: [],
      notes: [],
    }
  }
}
