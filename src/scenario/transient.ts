import type { FlowsheetSolution } from '../flowsheet/index.ts'
import type { Fields } from '../flowsheet/fields.ts'
import type { DynamicInput, DynamicResult, PurityFloor, Setting } from '../flowsheet/unit-op.ts'
import { parseQuantity } from '../quantities/index.ts'
import type { PlantDocument } from './plant.ts'
import { findParameter, parametersOf, readValue, shown } from './study/parameters.ts'
import type { Parameter, Refusal } from './study/parameters.ts'
import { isSolved, solveCase } from './study/what-if.ts'
import type { FailedCase, Move } from './study/moved-plant.ts'
import type { Study } from './study/what-if.ts'
import { suggest } from './suggest.ts'
import { settledWhole, settlingOf, thinned } from './transient-document.ts'
import type { Transient, TransientSummary } from './transient-document.ts'
import { clip } from './yaml-tree.ts'

export interface TransientRequest {
  readonly circuit: string
  /** From the steady state, or from empty: with the product let go, or closed until it is pure. */
  readonly start: TransientSummary['start']
  /** Total reflux for so long, `12 h`, instead of until the product is pure. */
  readonly refluxTime?: string
  /** Both ways to start from empty, side by side. */
  readonly compare?: boolean
  /** `30 d` of operation. */
  readonly until: string
  readonly frames: number
  readonly tolerance: number
  /** `sx1.organicFlow = 18 L/h @ 2 d`, `magnets.assay.Nd * 1.05`. */
  readonly changes: readonly string[]
  /** `strip-liquor Dy, Tb >= 99.5 %`, beside what holds and limits of the circuit ask for. */
  readonly floors: readonly string[]
  readonly progress?: (share: number) => void
}

export type TransientAnswer =
  | { readonly ok: true; readonly transient: Transient }
  | { readonly ok: false; readonly refusals: readonly Refusal[] }
  | { readonly ok: false; readonly failure: FailedCase }

/** What every transient takes for granted; printed with it. */
const assumptions = [
  'vessels are full all the time, of the sizes and phase ratios that the plant file gives',
  'flows follow a change at once, and so does the rest of the plant: only this circuit takes time',
  'mixers are stirred; each phase of a settler is a number of stirred tanks in series',
  'empty: acid-form organic, and scrub, strip and wash liquors with water for feed, no metals',
  'a flow that is held for a cut takes the value of the new steady state when a setting begins',
] as const

const refuse = (message: string, expected: string): Refusal => ({ ok: false, message, expected })

/**
 * A circuit of a solved plant in time, from a start through changes of the plant's parameters.
 * Each change is solved for the whole plant first, and the circuit then lives with what its inlets
 * bring. Text that means nothing is refused; a setting without a steady state is a failure.
 */
export function transient(study: Study, request: TransientRequest): TransientAnswer {
  const { plant } = study
  const refusals: Refusal[] = []
  const note = <T>(read: T | Refusal): T | undefined => {
    if (!isRefusal(read)) return read
    refusals.push(read)
    return undefined
  }
  note(circuitFault(plant, request.circuit) ?? framesFault(study, request))
  const until = note(readTime(request.until, '--until'))
  const closed =
    request.refluxTime === undefined ? 'until-pure' : note(readTime(request.refluxTime, 'reflux'))
  const changes = request.changes.map((text) => note(readChange(text, study)))
  const wanted = request.floors.map((text) => note(readFloor(text)))
  if (refusals.length > 0) return { ok: false, refusals }
  const settings = settingsOf(study, request.circuit, changes.filter(isThere))
  if ('outcome' in settings) return { ok: false, failure: settings }
  const floors = [...floorsOf(plant, request.circuit), ...wanted.filter(isThere)]
  const strange = floors.find(({ outlet }) => !outletsOf(study, request.circuit).includes(outlet))
  if (strange !== undefined) {
    const near = suggest(strange.outlet, outletsOf(study, request.circuit))
    return { ok: false, refusals: [refuse(`no outlet "${clip(strange.outlet)}"`, near)] }
  }
  const { tolerance, frames, progress = () => undefined } = request
  const common = { until: until ?? 0, frames, tolerance, floors, progress }
  const run = (start: TransientSummary['start']) =>
    runOf(study, request, settings, {
      ...common,
      start: start === 'steady' ? 'steady' : 'empty',
      ...(start === 'total-reflux' ? { closed: closed ?? 'until-pure' } : {}),
    })
  const main = run(request.start)
  if (!main.ok) return { ok: false, failure: failed(main, request) }
  const document = documentOf(study, request, settings, common.until, main)
  if (request.compare !== true) return { ok: true, transient: document }
  const other = request.start === 'direct' ? 'total-reflux' : 'direct'
  const beside = run(other)
  if (!beside.ok) return { ok: false, failure: failed(beside, request) }
  const second = documentOf(study, { ...request, start: other }, settings, common.until, beside)
  return { ok: true, transient: { ...document, compared: [document, second].map(summaryOf) } }
}

const isRefusal = (read: unknown): read is Refusal =>
  typeof read === 'object' && read !== null && 'expected' in read

const isThere = <T>(value: T | undefined): value is T => value !== undefined

function circuitFault(plant: PlantDocument, name: string): Refusal | undefined {
  const unit = plant.units.find((u) => u.name === name)
  if (unit?.op.dynamic !== undefined) return undefined
  const moving = plant.units.filter((u) => u.op.dynamic !== undefined).map((u) => u.name)
  const message =
    unit === undefined
      ? `no unit "${clip(name)}"`
      : `${name} is a ${unit.op.kind}: it has no transient`
  return refuse(message, suggest(name, moving))
}

/** Stages times moments that a document may hold. */
const mostColumns = 100_000

function framesFault({ base }: Study, { circuit, frames }: TransientRequest): Refusal | undefined {
  const stages = base.solved.results[circuit]?.circuit?.stages.length ?? 1
  if (stages * frames <= mostColumns) return undefined
  const message = `${frames} moments of ${stages} stages are too many`
  return refuse(message, `at most ${Math.floor(mostColumns / stages)} frames`)
}

/** Longest time that is followed: ten years. */
const longest = 10 * 365.25 * 86400

function readTime(text: string, what: string): number | Refusal {
  const parsed = parseQuantity(text, 'time')
  if (!parsed.ok) return refuse(`${what}: ${parsed.message}`, '30 d, 12 h')
  if (parsed.value > 0 && parsed.value <= longest) return parsed.value
  return refuse(`${what}: ${clip(text)} is out of bounds`, 'more than 0 and at most 3652 d')
}

/** A number of the plant that becomes another from a moment on. */
interface Change extends Move {
  readonly from: number
  readonly text: string
}

function readChange(text: string, { plant, bank }: Study): Change | Refusal {
  const match = /^\s*([^=*@]+?)\s*([=*])\s*([^@]+?)\s*(?:@\s*(.+?)\s*)?$/.exec(text)
  if (match === null)
    return refuse(`"${clip(text)}" changes nothing`, 'PATH = VALUE @ TIME, or PATH * FACTOR @ TIME')
  const [, path = '', sign = '', written = '', moment] = match
  const found = findParameter(path, parametersOf(plant, bank), plant)
  if (!found.ok) return found
  const { parameter } = found
  const value = sign === '=' ? readValue(written, parameter, plant) : scaled(written, parameter)
  if (!value.ok) return value
  const from = moment === undefined ? 0 : moment.trim() === '0' ? 0 : readTime(moment, path)
  if (typeof from !== 'number') return from
  const said = `${path} = ${shown(value.value, parameter, plant)}`
  return { parameter, value: value.value, from, text: said }
}

function scaled(text: string, { value, path }: Parameter) {
  const factor = Number(text)
  return Number.isFinite(factor) && text.trim() !== ''
    ? ({ ok: true, value: factor * value } as const)
    : refuse(`${path} * ${clip(text)}: no factor`, 'a number such as 1.05')
}

function readFloor(text: string): PurityFloor | Refusal {
  const match = /^\s*(\S+)\s+([A-Z][a-z]?(?:[\s,]+[A-Z][a-z]?)*)\s*>=\s*(.+?)\s*$/.exec(text)
  const form = 'OUTLET ELEMENTS >= PURITY, as in strip-liquor Dy >= 99.5 %'
  if (match === null) return refuse(`"${clip(text)}" asks for no purity`, form)
  const [, outlet = '', elements = '', written = ''] = match
  const parsed = parseQuantity(written, 'mass-ratio')
  if (!parsed.ok || !(parsed.value > 0 && parsed.value < 1)) {
    return refuse(`"${clip(written)}" is no purity`, '99.5 %')
  }
  return { outlet, elements: elements.split(/[\s,]+/), atLeast: parsed.value }
}

/** A purity that is held is approached for ever: within this of its impurity it counts as kept. */
const nearlyHeld = 1.01

/** Purities that the circuit's own limits ask for, or else what it holds. */
function floorsOf(plant: PlantDocument, circuit: string): PurityFloor[] {
  const params = plant.units.find((u) => u.name === circuit)?.params ?? {}
  const read = (one: unknown): PurityFloor[] => {
    if (typeof one !== 'object' || one === null) return []
    const { measure, outlet, elements, atLeast, target } = one as Readonly<Record<string, unknown>>
    const floor = typeof target === 'number' ? 1 - nearlyHeld * (1 - target) : atLeast
    if (measure !== 'purity' || typeof outlet !== 'string' || typeof floor !== 'number') return []
    if (!Array.isArray(elements)) return []
    return [{ outlet, elements: elements.map(String), atLeast: floor }]
  }
  const limits = [params['limits'] ?? []].flat().flatMap(read)
  return limits.length > 0 ? limits : read(params['hold'])
}

function outletsOf({ plant }: Study, circuit: string): readonly string[] {
  const unit = plant.units.find((u) => u.name === circuit)
  const ports = unit?.op.outlets ?? []
  const all = typeof ports === 'function' ? ports(unit?.params ?? {}) : ports
  return all.map(({ name }) => name)
}

interface Stretch extends Setting<Fields> {
  readonly changes: readonly string[]
}

/** The plant solved before and after every change; each setting keeps the changes before it. */
function settingsOf(
  study: Study,
  circuit: string,
  changes: readonly Change[],
): readonly Stretch[] | FailedCase {
  const settings: Stretch[] = [settingFrom(study.base.solved, study, circuit, 0, [])]
  const moments = [...new Set(changes.map((c) => c.from))].sort((a, b) => a - b)
  let solved = study.base.solved
  for (const from of moments) {
    const moves = changes.filter((c) => c.from <= from)
    const found = solveCase(study, moves, [], solved)
    if (!isSolved(found)) return found
    solved = found.solved
    const texts = changes.filter((c) => c.from === from).map((c) => c.text)
    settings.push(settingFrom(solved, study, circuit, from, texts))
  }
  return settings
}

function settingFrom(
  solved: FlowsheetSolution,
  study: Study,
  circuit: string,
  from: number,
  changes: readonly string[],
): Stretch {
  const run = solved.memory.state.runs.find((r) => r?.unit.name === circuit)
  const result = solved.results[circuit]
  if (run === undefined || result === undefined) throw new Error(`${circuit} was not solved`)
  const { properties } = study.base.chemistry
  const { memory } = result
  return {
    name: circuit,
    inlets: run.inlets,
    params: run.unit.params,
    properties,
    memory,
    from,
    changes,
  }
}

type Ran = Extract<DynamicResult, { ok: true }>

function runOf(
  { plant }: Study,
  { circuit }: TransientRequest,
  settings: readonly Stretch[],
  input: Omit<DynamicInput<Fields>, 'settings'>,
): DynamicResult {
  const op = plant.units.find((u) => u.name === circuit)?.op
  const [first, ...rest] = settings
  if (op?.dynamic === undefined || first === undefined) throw new Error(`${circuit} cannot move`)
  return op.dynamic({ ...input, settings: [first, ...rest] })
}

const failed = (
  { outcome, at, detail, advice }: Extract<DynamicResult, { ok: false }>,
  { circuit }: TransientRequest,
): FailedCase => ({ outcome, unit: circuit, at, detail, advice })

function documentOf(
  { plant, base }: Study,
  request: TransientRequest,
  settings: readonly Stretch[],
  until: number,
  { report }: Ran,
): Transient {
  const settled = settlingOf(report, base.chemistry.properties.rareEarths)
  const { outlets, holdUp } = report.steady
  return {
    schema: 'didymium/transient@1',
    title: plant.title,
    plant: plant.hash,
    circuit: request.circuit,
    start: request.start,
    until,
    settings: settings.map(({ from, changes }) => ({ from, changes: [...changes] })),
    ...thinned(report),
    steady: {
      outlets: Object.fromEntries(Object.entries(outlets).map(([k, v]) => [k, { ...v }])),
      holdUp: { ...holdUp },
    },
    settled,
    settledAt: settledWhole(settled),
    events: [...report.events],
    balance: { ...report.gap },
    distance: report.distance,
    effort: { ...report.effort },
    assumptions: [...assumptions],
  }
}

const summaryOf = ({ start, settledAt, products, events }: Transient): TransientSummary => ({
  start,
  settledAt,
  products: products.map(({ purity: _, ...rest }) => rest),
  events,
})
