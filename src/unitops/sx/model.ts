import { aqueousVolume } from '../../chemistry/index.ts'
import { compileDistribution } from '../../chemistry/distribution/index.ts'
import type { Distribution, ExtractantSet } from '../../chemistry/distribution/model.ts'
import type { SpeciesTable } from '../../chemistry/species.ts'
import type { Stream } from '../../flowsheet/stream.ts'
import { composeCircuit } from './compose.ts'
import type { Inventory } from './inventory.ts'
import { layOut, waysOf } from './layout.ts'
import type { CircuitLayout, LaidOut, Ways } from './layout.ts'
import type { CircuitParams } from './params.ts'
import type { SxProblem } from './problem.ts'
import type { Room as SolverRoom } from './solve.ts'

export type SectionParams = CircuitParams['sections'][number]

/** What may be varied to hold a cut; factors on the stated values. */
export interface Knobs {
  readonly organicFlow: number
  readonly scrubFlow: number
  readonly stripFlow: number
  readonly saponification: number
}
export const asStated: Knobs = { organicFlow: 1, scrubFlow: 1, stripFlow: 1, saponification: 1 }

/** What is kept from one solve of a circuit to the next. */
export interface Room extends SolverRoom {
  brought?: Brought
}

/** Everything about a circuit that does not change while it is solved. */
export interface Circuit {
  readonly table: SpeciesTable
  readonly rareEarths: readonly string[]
  readonly params: CircuitParams
  readonly set: ExtractantSet
  /** Aqueous species that any inlet brings. */
  readonly present: readonly number[]
  readonly distribution: Distribution
  readonly inventory: Inventory
  readonly inlets: Readonly<Record<string, Stream>>
  /** Sections with equilibrium stages, and the first stage of each. */
  readonly sections: readonly SectionParams[]
  readonly starts: readonly number[]
  /** Feed ports with the stage that they enter, from 0. */
  readonly feeds: readonly { readonly port: string; readonly stage: number }[]
  /** Arrays to solve in. */
  readonly room: Room
}

/** Liquor entering a stage: species flows in mol/s. */
interface Entry {
  readonly stage: number
  readonly flow: Float64Array
  readonly times: number
}

/** A circuit made numbers at one setting of the knobs. */
export interface Built {
  readonly circuit: Circuit
  readonly knobs: Knobs
  readonly laid: LaidOut
  readonly problem: SxProblem
  /** Inert species entering each stage, by place in `inventory.inert`; water includes OH-. */
  readonly inert: readonly Float64Array[]
  /** kg/s from the drawn inlets scrub, strip and wash. */
  readonly draws: Readonly<Record<string, number>>
  /** Sodium or ammonium put on the organic, mol/s. */
  readonly saponified: number
  /** Base added to the reflux, kg/s of the base reagent. */
  readonly refluxBase: number
}

const reagentOf = (s: SectionParams): 'scrub' | 'strip' | 'wash' =>
  s.reagent ?? (s.type === 'strip' ? 'strip' : s.type === 'wash' ? 'wash' : 'scrub')

/** L/s of the aqueous of a stream. */
export function litres(table: SpeciesTable, stream: Stream): number {
  return 1000 * aqueousVolume(table, stream.flow, stream.temperature)
}

/** Where the aqueous of a section goes when the person does not say. */
export function aqueousTarget(
  sections: readonly SectionParams[],
  index: number,
): 'previous' | 'out' {
  const section = sections[index] as SectionParams
  if (index === 0) return 'out'
  if (section.aqueousTo !== undefined) return section.aqueousTo
  const before = sections[index - 1] as SectionParams
  const joins = section.type === 'scrub' || section.type === 'extraction'
  return joins && (before.type === 'extraction' || before.type === 'scrub') ? 'previous' : 'out'
}

/** Flow of a section's reagent at the knobs, L/s. */
function reagentFlow(section: SectionParams, knobs: Knobs): number {
  const flow = 1000 * (section.flow ?? 0)
  if (section.type === 'scrub') return flow * knobs.scrubFlow
  return section.type === 'strip' ? flow * knobs.stripFlow : flow
}

function entriesOf(circuit: Circuit, knobs: Knobs) {
  const { table, inlets, sections, starts, feeds } = circuit
  const entries: Entry[] = []
  const draws: Record<string, number> = {}
  const missing: string[] = []
  for (const feed of feeds) {
    const stream = inlets[feed.port]
    if (stream !== undefined) entries.push({ stage: feed.stage, flow: stream.flow, times: 1 })
  }
  sections.forEach((section, index) => {
    const flow = reagentFlow(section, knobs)
    if (!(flow > 0)) return
    const port = reagentOf(section)
    const reagent = inlets[port]
    const each = reagent === undefined ? 0 : litres(table, reagent)
    if (reagent === undefined || !(each > 0)) {
      missing.push(`${section.name} draws from ${port}`)
      return
    }
    const kilograms = flow / each
    draws[port] = (draws[port] ?? 0) + kilograms
    const stage = (starts[index + 1] as number) - 1
    entries.push({ stage, flow: reagent.flow, times: kilograms })
  })
  return { entries, draws, missing }
}

/** Reflux of the circuit as the layout wants it. */
export function refluxOf(circuit: Circuit) {
  const { params, sections, starts } = circuit
  if (params.reflux === undefined || params.reflux.fraction === 0) return undefined
  const { from, to, fraction } = params.reflux
  const section = sections.findIndex((s) =>
    from === undefined ? s.type === 'strip' : s.name === from,
  )
  const target =
    to === undefined
      ? sections.findLastIndex((s) => s.type === 'scrub')
      : sections.findIndex((s) => s.name === to)
  if (section < 0 || target < 0) return undefined
  return { section, fraction, to: (starts[target + 1] as number) - 1 }
}

/** What the liquors bring in at a setting of their flows: the same for any flow of organic. */
export interface Brought {
  readonly params: CircuitParams
  readonly inlets: Circuit['inlets']
  readonly scrub: number
  readonly strip: number
  readonly refluxBase: number
  readonly missing: readonly string[]
  readonly draws: Readonly<Record<string, number>>
  /** L/s by stage. */
  readonly aqueousIn: Float64Array
  readonly numbers: ReturnType<typeof fillSources>
}

/** What the liquors bring; that of the last setting where only the organic is another. */
function broughtIn(circuit: Circuit, knobs: Knobs, refluxBase: number, refluxTo = -1): Brought {
  const { table, params, inlets, starts, room } = circuit
  const { scrubFlow: scrub, stripFlow: strip } = knobs
  const last = room.brought
  if (
    last?.params === params &&
    last.inlets === inlets &&
    last.scrub === scrub &&
    last.strip === strip &&
    last.refluxBase === refluxBase
  )
    return last
  const n = starts.at(-1) as number
  const { entries, draws, missing } = entriesOf(circuit, knobs)
  if (refluxBase > 0 && refluxTo >= 0 && inlets.base !== undefined)
    entries.push({ stage: refluxTo, flow: inlets.base.flow, times: refluxBase })
  const aqueousIn = new Float64Array(n)
  for (const e of entries) {
    const volume = e.times * 1000 * aqueousVolume(table, e.flow, 298.15)
    aqueousIn[e.stage] = (aqueousIn[e.stage] as number) + volume
  }
  const numbers = fillSources(circuit, entries, n)
  const brought = { params, inlets, scrub, strip, refluxBase, missing, draws, aqueousIn, numbers }
  room.brought = brought
  return brought
}

type Fixed = Pick<CircuitLayout, 'sections' | 'draws' | 'reflux'>

/** What of a layout is the same at any setting of the knobs. */
const laidBefore = new WeakMap<CircuitParams, { readonly layout: Fixed; readonly ways: Ways }>()

function plumbing(circuit: Circuit, reflux: CircuitLayout['reflux']) {
  const { params, sections } = circuit
  const known = laidBefore.get(params)
  if (known !== undefined) return known
  const layout: Fixed = {
    sections: sections.map((s, index) => ({
      stages: s.stages,
      efficiency: s.efficiency,
      aqueousInOrganic: s.aqueousInOrganic,
      organicInAqueous: s.organicInAqueous,
      aqueousTo: aqueousTarget(sections, index),
      unloads: s.type === 'strip' || s.type === 'wash',
    })),
    draws: (params.draws ?? []).map((d) => ({
      phase: d.phase,
      stage: stageOf(circuit, d.section, d.stage),
      fraction: d.fraction,
    })),
    ...(reflux === undefined ? {} : { reflux }),
  }
  const made = { layout, ways: waysOf(layout) }
  laidBefore.set(params, made)
  return made
}

/**
 * Builds the numbers. `refluxBase` = kg/s of the base reagent put into the reflux before it enters
 * (found from outside, because the acid there is part of the answer). Answers a text where the
 * circuit cannot be laid out.
 */
export function build(circuit: Circuit, knobs: Knobs, refluxBase = 0): Built | string {
  const { params, inventory } = circuit
  const reflux = refluxOf(circuit)
  if (params.reflux !== undefined && params.reflux.fraction > 0 && reflux === undefined)
    return 'the reflux names no strip section or no scrub section of the circuit'
  const brought = broughtIn(circuit, knobs, refluxBase, reflux?.to)
  const { missing, draws, aqueousIn, numbers } = brought
  if (missing.length > 0) return `${missing.join('; ')}, which brings no liquid`
  const organicFlow = 1000 * params.organicFlow * knobs.organicFlow
  const saponification = Math.min(params.saponification * knobs.saponification, 0.98)
  const fixed = plumbing(circuit, reflux)
  const returnedAqueous = saponification > 0 ? 0 : 1
  const flows = { organicFlow, aqueousIn, bleed: params.bleed, returnedAqueous }
  const laid = layOut({ ...fixed.layout, ...flows }, fixed.ways)
  if (laid.dry >= 0) return `stage ${laid.dry + 1} has no aqueous or no organic flowing through it`
  const saponified = (saponification * params.concentration * organicFlow) / 1000
  const cation = inventory.exchanged.findIndex((e) => e.element === params.base)
  const organicSource = new Float64Array(inventory.exchanged.length)
  if (saponified > 0) organicSource[cation] = saponified
  const e = inventory.fromSet.length
  const metals = inventory.exchanged.slice(e, e + inventory.assumed)
  const problem = composeCircuit({
    distribution: circuit.distribution,
    protons: Float64Array.from(inventory.exchanged.slice(0, e), (m) => m.charge),
    fixed: metals.map((m) => ({
      D: m.D ?? 0,
      protons: m.charge,
      bound: m.charge * circuit.distribution.monomersPerFree,
    })),
    ...(inventory.cations > 0
      ? { exchange: { constant: params.exchangeConstant, count: inventory.cations } }
      : {}),
    laid,
    extractant: params.concentration / 1000,
    source: numbers.source,
    organicSource,
    hydrogen: numbers.hydrogen,
    sulfate: numbers.sulfate,
  })
  return { circuit, knobs, laid, problem, inert: numbers.inert, draws, saponified, refluxBase }
}

/** Stage (from 0) by section name and number in it; asserts nothing: -1 where there is none. */
export function stageOf(
  circuit: Pick<Circuit, 'sections' | 'starts'>,
  section: string,
  stage: number,
): number {
  const index = circuit.sections.findIndex((s) => s.name === section)
  const found = circuit.sections[index]
  if (found === undefined || stage > found.stages) return -1
  return (circuit.starts[index] as number) + stage - 1
}

/** Rates into the stages. Base is counted by the H+ it takes: OH- as water, NH3 as ammonium. */
function fillSources(circuit: Circuit, entries: readonly Entry[], n: number) {
  const { table, inventory } = circuit
  const c = inventory.exchanged.length
  const source = new Float64Array(c * n)
  const hydrogen = new Float64Array(n)
  const sulfate = new Float64Array(n)
  const inert = inventory.inert.map(() => new Float64Array(n))
  const ammonium = inventory.exchanged.findIndex((e) => e.element === 'NH4')
  const sulfateIndex = table.find('aqueous', 'SO4-2')
  const add = (to: Float64Array, q: number, v: number) => {
    to[q] = (to[q] as number) + v
  }
  for (const { stage, flow, times } of entries) {
    inventory.exchanged.forEach((e, k) =>
      add(source, k * n + stage, times * (flow[e.aqueous] as number)),
    )
    inventory.inert.forEach((index, q) =>
      add(inert[q] as Float64Array, stage, times * (flow[index] as number)),
    )
    const base = times * (flow[inventory.hydroxide] as number)
    const ammonia = inventory.ammonia < 0 ? 0 : times * (flow[inventory.ammonia] as number)
    if (ammonia > 0) add(source, ammonium * n + stage, ammonia)
    add(hydrogen, stage, times * (flow[inventory.hydrogen] as number) - base - ammonia)
    const water = inventory.inert.indexOf(inventory.water)
    if (water >= 0) add(inert[water] as Float64Array, stage, base)
    if (sulfateIndex >= 0) add(sulfate, stage, times * (flow[sulfateIndex] as number))
  }
  return { source, hydrogen, sulfate, inert }
}

/** Compiles the set for the elements of an inventory. */
export function compileFor(set: ExtractantSet, inventory: Inventory): Distribution {
  return compileDistribution(set, inventory.fromSet)
}
