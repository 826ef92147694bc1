import type { ExtractantSet } from '../chemistry/index.ts'
import { emptyStream } from '../flowsheet/index.ts'
import { defineUnitOp } from '../flowsheet/unit-op.ts'
import type {
  CircuitReport,
  DynamicInput,
  DynamicResult,
  EquipmentInput,
  Port,
  Properties,
  SteadyInput,
  UnitResult,
  Warning,
} from '../flowsheet/unit-op.ts'
import type { Stream } from '../flowsheet/stream.ts'
import { checkCircuit } from './sx/check.ts'
import { circuitEquipment, circuitHoldUp } from './sx/equipment.ts'
import { holdCut } from './sx/hold.ts'
import { takeInventory } from './sx/inventory.ts'
import type { Unknown } from './sx/inventory.ts'
import { measureFault } from './sx/measure.ts'
import { knobsAt, meetCut } from './sx/meet.ts'
import type { Held, Hold, Met } from './sx/meet.ts'
import { aqueousTarget, asStated, compileFor, stageOf } from './sx/model.ts'
import type { Circuit, SectionParams } from './sx/model.ts'
import { assumptionWarnings, baseBeforeSolving, outcomeOf, validityWarnings } from './sx/outcome.ts'
import { feedVolume, flowsOf, outletPort } from './sx/outlets.ts'
import { circuitFields } from './sx/params.ts'
import type { CircuitParams } from './sx/params.ts'
import { circuitReport } from './sx/report.ts'
import { runCircuit } from './sx/run.ts'
import type { Run } from './sx/run.ts'
import { runTransient } from './sx/transient.ts'
import type { Course } from './sx/transient.ts'
import { operatingWindow } from './sx/window.ts'
import type { Limit } from './sx/window.ts'

type Failure = Extract<UnitResult, { ok: false }>

const reagents = ['scrub', 'strip', 'wash'] as const

const staged = (params: CircuitParams) => params.sections.filter((s) => s.type !== 'saponification')

function inletPorts(params: CircuitParams): Port[] {
  const feeds = Object.keys(params.feeds ?? { feed: null })
  const uses = (name: string) =>
    params.sections.some((s) => (s.reagent ?? s.type) === name && (s.flow ?? 0) > 0)
  const about = { scrub: 'Scrub acid', strip: 'Strip acid', wash: 'Wash water' }
  const base = params.saponification > 0 || (params.reflux?.neutralised ?? 0) > 0
  return [
    ...feeds.map((name): Port => ({ name, phase: 'aqueous', about: 'Feed liquor' })),
    ...reagents.map(
      (name): Port => ({
        name,
        phase: 'aqueous',
        about: about[name],
        drawn: true,
        ...(uses(name) ? {} : { optional: true }),
      }),
    ),
    {
      name: 'base',
      phase: 'aqueous',
      about: 'Base for saponification',
      drawn: true,
      ...(base ? {} : { optional: true }),
    },
    { name: 'makeup', phase: 'organic', about: 'Fresh organic', drawn: true, optional: true },
  ]
}

/** Outlets of a circuit by its parameters: asked for by each element when routes are traced. */
const knownOutlets = new WeakMap<CircuitParams, Outlets>()

interface Outlets {
  readonly ports: readonly Port[]
  readonly names: readonly string[]
  /** Where liquors go: the water of saponification comes from its base alone. */
  readonly ofLiquors: readonly string[]
}

function outletsOf(params: CircuitParams): Outlets {
  const known = knownOutlets.get(params)
  if (known !== undefined) return known
  const ports = outletPorts(params)
  const names = ports.map((p) => p.name)
  const made = { ports, names, ofLiquors: names.filter((n) => n !== 'saponification-liquor') }
  knownOutlets.set(params, made)
  return made
}

function outletPorts(params: CircuitParams): Port[] {
  const sections = staged(params)
  const ports: Port[] = []
  sections.forEach((section, index) => {
    if (aqueousTarget(sections, index) !== 'out') return
    const name = outletPort(sections, index)
    ports.push({ name, phase: 'aqueous', about: `Aqueous leaving ${section.name}` })
  })
  for (const draw of params.draws ?? [])
    ports.push({ name: draw.name, phase: draw.phase, about: `Draw of ${draw.section}` })
  ports.push({
    name: 'saponification-liquor',
    phase: 'aqueous',
    about: 'Water and salt left by saponification',
    ...(params.saponification > 0 ? {} : { optional: true }),
  })
  ports.push({
    name: 'organic-bleed',
    phase: 'organic',
    about: 'Stripped organic bled',
    ...(params.bleed > 0 ? {} : { optional: true }),
  })
  return ports
}

/** Solvent-extraction circuit: sections of mixer-settlers closed by one organic loop. */
export const sxCircuit = defineUnitOp({
  kind: 'sx-circuit',
  title: 'Solvent-extraction circuit',
  about:
    'Counter-current mixer-settlers in sections (extraction, scrub, strip, wash) that one organic ' +
    'passes in turn and comes back: mass action with loading, proton balance, saponification, ' +
    'reflux, side draws, efficiency and entrainment.',
  group: 'solvent extraction',
  symbol: 'sx-circuit',
  params: circuitFields,
  inlets: inletPorts,
  outlets: (params) => outletsOf(params).ports,
  routes: (_element, inlet, params) => {
    const { names, ofLiquors } = outletsOf(params)
    return inlet === 'makeup' || inlet === 'base' ? names : ofLiquors
  },
  check: (params, context) => checkCircuit(params, context, outletPorts),
  readsExtractants: true,
  steady: solveUnit,
  dynamic: moveUnit,
  window: windowOf,
  equipment: circuitEquipment,
  holdUp: circuitHoldUp,
})

const infeasible = (at: string, detail: string, advice: string): Failure => ({
  ok: false,
  outcome: 'infeasible',
  at,
  detail,
  advice,
})

function unknownFailure(unknown: readonly Unknown[], id: string): Failure {
  const bare = unknown.filter((u) => u.why === 'no-distribution').map((u) => u.species)
  if (bare.length > 0)
    return infeasible(
      bare.join(', '),
      `${bare.join(', ')} reaches the circuit but ${id} has no distribution for it`,
      `state it under assumedD (${unknown[0]?.element}: 0) as an assumption; never silently zero`,
    )
  const formless = unknown.map((u) => u.species)
  return infeasible(
    formless.join(', '),
    `the plant has no organic form of ${formless.join(', ')} with this extractant`,
    'set its assumedD to 0 or take another extractant',
  )
}

/** Where the feeds enter, or what is wrong with the places named. */
function placesOf(
  params: CircuitParams,
  sections: readonly SectionParams[],
  starts: readonly number[],
): { readonly port: string; readonly stage: number }[] | Failure {
  const wanted = params.feeds ?? { feed: { section: lastExtraction(sections), stage: undefined } }
  const advice = 'name a section and one of its stages'
  const feeds: { port: string; stage: number }[] = []
  for (const [port, where] of Object.entries(wanted)) {
    const section = sections.find((s) => s.name === where.section)
    const stage = stageOf({ sections, starts }, where.section, where.stage ?? section?.stages ?? 0)
    const place = `no stage ${where.stage ?? ''} in a section ${where.section}`
    if (stage < 0) return infeasible(`feeds.${port}`, place, advice)
    feeds.push({ port, stage })
  }
  for (const draw of params.draws ?? []) {
    const place = `no stage ${draw.stage} in a section ${draw.section}`
    if (stageOf({ sections, starts }, draw.section, draw.stage) < 0)
      return infeasible(`draws.${draw.name}`, place, advice)
  }
  return feeds
}

/** The extractant set of a circuit, or why it cannot be used here. */
function usableSet(params: CircuitParams, properties: Properties): ExtractantSet | Failure {
  const set = properties.extractants.get(params.extractant)
  const id = params.extractant
  if (set === undefined)
    return infeasible(id, `there is no extractant set ${id}`, 'see `didymium data`')
  const instead = 'take a mass-action set of an acidic extractant'
  if (set.model === 'solvating')
    return infeasible(id, 'a circuit exchanges protons; this set solvates neutral salts', instead)
  if (set.model === 'separation-factor')
    return infeasible(id, 'constant separation factors give no loading of their own', instead)
  if (properties.species.find('organic', set.extractant) < 0)
    return infeasible(
      id,
      `the plant has no organic species ${set.extractant}`,
      'name the extractant',
    )
  return set
}

/** Everything that is checked before a number is computed; what was prepared before if it fits. */
function prepare(
  inlets: Readonly<Record<string, Stream>>,
  params: CircuitParams,
  properties: Properties,
  earlier?: Circuit,
): Circuit | Failure {
  const table = properties.species
  const set = usableSet(params, properties)
  if ('ok' in set) return set
  const sections = staged(params)
  if (sections.length === 0)
    return infeasible('sections', 'no section has stages', 'add an extraction section')
  const starts = [0]
  for (const s of sections) starts.push((starts.at(-1) as number) + s.stages)
  const feeds = placesOf(params, sections, starts)
  if ('ok' in feeds) return feeds
  const needsBase = params.saponification > 0 || (params.reflux?.neutralised ?? 0) > 0
  const base = needsBase ? params.base : undefined
  const ports = [...feeds.map((f) => f.port), ...reagents, ...(needsBase ? ['base'] : [])]
  const flows = ports.flatMap((port) => inlets[port]?.flow ?? [])
  const present = table.inPhase('aqueous').filter((i) => flows.some((flow) => (flow[i] ?? 0) > 0))
  if (earlier !== undefined && isAlike(earlier, { table, params, set, present }))
    return { ...earlier, inlets }
  const inventory = takeInventory(table, set, params.assumedD ?? {}, present, base)
  if (!('inert' in inventory)) return unknownFailure(inventory, set.id)
  const distribution = compileFor(set, inventory)
  const { rareEarths } = properties
  return {
    table,
    rareEarths,
    params,
    set,
    present,
    distribution,
    inventory,
    inlets,
    sections,
    starts,
    feeds,
    room: earlier?.room ?? {},
  }
}

/** True where the same circuit is given liquors of the same species: only their amounts differ. */
function isAlike(a: Circuit, b: Pick<Circuit, 'table' | 'params' | 'set' | 'present'>): boolean {
  return (
    a.table === b.table &&
    a.params === b.params &&
    a.set === b.set &&
    a.present.length === b.present.length &&
    a.present.every((index, k) => index === b.present[k])
  )
}

function lastExtraction(sections: readonly SectionParams[]): string {
  let found = sections[0]?.name ?? ''
  for (const s of sections) {
    if (s.type !== 'extraction') break
    found = s.name
  }
  return found
}

/** What a circuit leaves for its next calculation. */
interface Memory extends Held {
  /** What was prepared, and the arrays that it was solved in. */
  readonly circuit?: Circuit
}

const memoryOf = (memory: unknown): Memory | undefined =>
  typeof memory === 'object' && memory !== null && 'profile' in memory
    ? (memory as Memory)
    : undefined

/** Solves the circuit where its cut is held, from the last solution where there is one. */
function solveCut(name: string, circuit: Circuit, earlier: Held | undefined): Met | Failure {
  const { hold, limits } = circuit.params
  const stages = circuit.starts.at(-1) as number
  const last = earlier?.profile.lnHydrogen.length === stages ? earlier : undefined
  const again = hold === undefined || last === undefined ? undefined : meetCut(circuit, hold, last)
  if (again !== undefined) return again
  const first = runCircuit(circuit, asStated, hold === undefined ? last?.profile : undefined)
  if (typeof first === 'string') return infeasible(name, first, 'connect it or correct the flow')
  const ports = outletsOf(circuit.params).names
  for (const measure of [...(hold === undefined ? [] : [hold]), ...(limits ?? [])]) {
    const fault = measureFault(first.built, measure, ports)
    if (fault !== undefined) return infeasible(name, fault, 'see the fields of hold and limits')
  }
  if (hold === undefined) {
    const { lnHydrogen, lnFree } = first.solution
    const base = first.built.refluxBase
    return { run: first, held: { factor: 1, base, profile: { lnHydrogen, lnFree } } }
  }
  const result = holdCut(circuit, hold, first)
  if (result.ok) return result
  return (
    outcomeOf(first) ??
    infeasible(name, result.detail, 'widen its bounds, add stages, or ask for less')
  )
}

function solveUnit({
  name,
  inlets,
  params,
  properties,
  memory,
}: SteadyInput<typeof circuitFields>): UnitResult {
  const earlier = memoryOf(memory)
  const circuit = prepare(inlets, params, properties, earlier?.circuit)
  if ('ok' in circuit) return circuit
  const cut = solveCut(name, circuit, earlier)
  if ('ok' in cut && !cut.ok) return cut
  const { run, held } = cut as Met
  const failed = baseBeforeSolving(run.built) ?? outcomeOf(run)
  if (failed !== undefined) return failed
  const flows = flowsOf(run.built, run.solution)
  if (typeof flows === 'string') return infeasible(name, flows, 'connect the inlet that is named')
  const outlets: Record<string, Stream> = {}
  for (const port of outletsOf(params).names) {
    outlets[port] = flows.outlets[port] ?? emptyStream(properties.species)
  }
  // Made when they are read: of the sweeps that a plant takes only the last is reported.
  let report: CircuitReport | undefined
  let warnings: readonly Warning[] | undefined
  return {
    ok: true,
    outlets,
    draws: flows.draws,
    heat: { unknown: 'no enthalpy for extraction' },
    get warnings() {
      return (warnings ??= warningsOf(run))
    },
    figures: figuresOf(run),
    get circuit() {
      return (report ??= circuitReport(run.built, run.solution, reportedHold(params, held)))
    },
    memory: { ...held, circuit } satisfies Memory,
  }
}

const warningsOf = (run: Run): Warning[] =>
  [...validityWarnings(run), ...assumptionWarnings(run.built)].sort((a, b) => a.rank - b.rank)

/** The operating window around a solved circuit; undefined without a hold or limits. */
function windowOf({
  name,
  inlets,
  params,
  properties,
  result,
}: EquipmentInput<typeof circuitFields>) {
  const limits = params.limits === undefined ? heldLimit(params.hold) : [...params.limits]
  const circuit = prepare(inlets, params, properties)
  if (limits.length === 0 || 'ok' in circuit) return undefined
  const cut = solveCut(name, circuit, memoryOf(result.memory))
  if (!('held' in cut)) return undefined
  const { hold } = params
  const knobs = hold === undefined ? asStated : knobsAt(hold.vary, cut.held.factor)
  return operatingWindow(circuit, knobs, cut.run, limits)
}

/**
 * The circuit in time. Each setting is solved for its steady state first: a held flow takes the
 * value that it has there at the moment when the setting begins.
 */
function moveUnit(input: DynamicInput<typeof circuitFields>): DynamicResult {
  const { settings } = input
  const courses: Course[] = []
  for (const { name, params, properties, inlets, memory, from } of settings) {
    const all = everPresent(settings.map((s) => s.inlets))
    const prepared = prepare(all, params, properties)
    if ('ok' in prepared) return prepared
    const cut = solveCut(name, { ...prepared, inlets }, memoryOf(memory))
    if (!('held' in cut)) return cut
    const failed = outcomeOf(cut.run)
    if (failed !== undefined) return failed
    courses.push({ from, built: cut.run.built, solution: cut.run.solution })
  }
  return runTransient(courses as [Course, ...Course[]], input)
}

/** Inlets that carry whatever any of the settings brings, so that all know the same species. */
function everPresent(all: readonly DynamicInput<typeof circuitFields>['settings'][0]['inlets'][]) {
  const merged: Record<string, Stream> = {}
  for (const inlets of all)
    for (const [port, stream] of Object.entries(inlets)) {
      const before = merged[port]?.flow
      const flow = stream.flow.map((v, i) => v + (before?.[i] ?? 0))
      merged[port] = { ...stream, flow }
    }
  return merged
}

function reportedHold(params: CircuitParams, held: Held): CircuitReport['held'] {
  const { hold } = params
  return hold === undefined
    ? undefined
    : { vary: hold.vary, ...heldValue(params, hold, held.factor) }
}

function heldValue(params: CircuitParams, hold: Hold, factor: number) {
  if (hold.vary === 'organicFlow') return { value: factor * params.organicFlow, unit: 'm3/s' }
  if (hold.vary === 'saponification') return { value: factor * params.saponification, unit: '' }
  const type = hold.vary === 'scrubFlow' ? 'scrub' : 'strip'
  const flow = params.sections.reduce((sum, s) => (s.type === type ? sum + (s.flow ?? 0) : sum), 0)
  return { value: factor * flow, unit: 'm3/s' }
}

/** A held purity or recovery is a lower limit for the window; other measures have none. */
function heldLimit(hold: Hold | undefined): Limit[] {
  if (hold === undefined || hold.measure === 'pH' || hold.measure === 'concentration') return []
  const { measure, elements, outlet, section, stage, target } = hold
  return [{ measure, elements, outlet, section, stage, atLeast: target, atMost: undefined }]
}

function figuresOf(run: Run) {
  const { built } = run
  const { laid, saponified } = built
  const organic = laid.network.organicForward[0] as number
  return {
    'organic flow': { value: organic / 1000, unit: 'm3/s' },
    'feed flow': { value: feedVolume(built) / 1000, unit: 'm3/s' },
    'base put on the organic': { value: saponified, unit: 'mol/s' },
    'organic made up': { value: laid.makeup / 1000, unit: 'm3/s' },
  }
}
