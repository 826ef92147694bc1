import type { Stream } from '../../flowsheet/stream.ts'
import { makeChain } from './chain.ts'
import { carryInert } from './state.ts'
import { aqueousTarget, litres } from './model.ts'
import type { Built, SectionParams } from './model.ts'
import type { SxSolution } from './problem.ts'

/** Streams out of a solved circuit, and what it draws. */
export interface CircuitFlows {
  readonly outlets: Readonly<Record<string, Stream>>
  /** kg/s by drawn inlet. */
  readonly draws: Readonly<Record<string, number>>
  /** Aqueous outlet ports with the stage they leave and their flow, L/s. */
  readonly aqueousOutlets: readonly {
    readonly port: string
    readonly stage: number
    readonly flow: number
  }[]
}

/** Port of the aqueous that leaves a section: raffinate, strip-liquor, wash-liquor, NAME-liquor. */
export function outletPort(sections: readonly SectionParams[], index: number): string {
  const section = sections[index] as SectionParams
  if (index === 0) return 'raffinate'
  const alike = sections.filter((s) => s.type === section.type)
  if (section.type === 'extraction' || alike[0] !== section) return `${section.name}-liquor`
  return `${section.type}-liquor`
}

/** A flow that is being gathered from two phases of stages. */
type Gather = Float64Array

const at = (a: Float64Array, i: number) => a[i] as number

/** What a litre leaving a stage carries, added to a flow that is being gathered. */
interface Pour {
  aqueous(to: Gather, stage: number, litres: number): void
  organic(to: Gather, stage: number, litres: number): void
}

interface Solvent {
  readonly index: number
  readonly extractant: number
  readonly others: readonly (readonly [number, number])[]
}

function pourFrom(built: Built, solution: SxSolution, solvent: Solvent): Pour {
  const { laid } = built
  const { inventory, params } = built.circuit
  const n = laid.network.stages
  const solved = built.circuit.room.newton?.state
  const isSame = solved?.chain.network === laid.network
  const chain = isSame ? solved.chain : makeChain(laid.network)
  const volume = chain.organic
  const inert = built.inert.map(() => new Float64Array(n))
  carryInert(chain, built.inert, inert, isSame ? solved.inert : undefined)
  const add = (to: Gather, index: number, amount: number) => {
    to[index] = at(to, index) + amount
  }
  return {
    aqueous: (to, stage, litres) => {
      if (!(litres > 0)) return
      let acid = at(solution.acid, stage)
      inventory.exchanged.forEach((e, k) => {
        const x = at(solution.aqueous, k * n + stage)
        add(to, e.aqueous, litres * x)
        acid -= e.charge * x
      })
      inventory.inert.forEach((index, q) =>
        add(to, index, litres * at(inert[q] as Float64Array, stage)),
      )
      if (acid >= 0) add(to, inventory.hydrogen, litres * acid)
      else {
        add(to, inventory.hydroxide, -litres * acid)
        add(to, inventory.water, litres * acid)
      }
      if (params.solubility > 0 && inventory.extractant >= 0)
        add(to, inventory.extractant, (litres * params.solubility) / 1000)
    },
    organic: (to, stage, litres) => {
      if (!(litres > 0)) return
      const share = litres / at(volume, stage)
      let free = solvent.extractant * litres
      inventory.exchanged.forEach((e, k) => {
        const rate = share * at(solution.organicRate, k * n + stage)
        add(to, e.organic, rate)
        free -= e.charge * rate
      })
      add(to, solvent.index, free)
      for (const [index, perLitre] of solvent.others) add(to, index, litres * perLitre)
    },
  }
}

/**
 * Turns a solution into streams: volumes times concentrations, so that what the chains balance to
 * rounding is balanced in the streams as well. Answers a text where the organic losses cannot be
 * replaced by the make-up that is connected.
 */
export function flowsOf(built: Built, solution: SxSolution): CircuitFlows | string {
  const { circuit, laid } = built
  const { table, inlets } = circuit
  const { network } = laid
  const last = network.stages - 1
  const losses = organicLosses(built)
  const solvent = solventOf(built, losses)
  if (typeof solvent === 'string') return solvent
  const pour = pourFrom(built, solution, solvent)
  const gathered: Record<string, Gather> = {}
  const fresh = (port: string) => (gathered[port] ??= new Float64Array(table.species.length))
  const exits = exitsOf(built)
  for (const exit of exits) {
    const to = fresh(exit.port)
    if (exit.phase === 'aqueous') pour.aqueous(to, exit.stage, exit.flow)
    pour.organic(to, exit.stage, exit.phase === 'organic' ? exit.flow : exit.entrained)
  }
  if (laid.bled > 0) pour.organic(fresh('organic-bleed'), last, laid.bled)
  const draws: Record<string, number> = { ...built.draws }
  if (losses.makeup > 0) draws.makeup = losses.makeup
  // Aqueous that the stripped organic drags along and that saponification takes out of it.
  const lost = (1 - network.keepAqueous) * at(network.aqueousForward, last)
  const base = saponify(built, (to) => pour.aqueous(to, last, lost))
  if (typeof base === 'string') return base
  if (base.draw + built.refluxBase > 0) draws.base = base.draw + built.refluxBase
  if (base.liquor !== undefined) gathered['saponification-liquor'] = base.liquor
  passThrough(built, fresh('raffinate'))
  const temperature = inlets.feed?.temperature ?? 298.15
  const outlets: Record<string, Stream> = {}
  for (const [port, flow] of Object.entries(gathered)) {
    settle(built, flow)
    outlets[port] = { flow, temperature }
  }
  return { outlets, draws, aqueousOutlets: exits.filter((e) => e.phase === 'aqueous') }
}

/**
 * mol/s of each exchanged component that leaves by the outlet of a section or a draw, dissolved or
 * in the organic, without making the streams: what a search for a cut asks at every trial.
 * Undefined for other ports.
 */
export function leavingBy(built: Built, solution: SxSolution, port: string) {
  const { circuit, laid } = built
  const { exchanged } = circuit.inventory
  const exits = exitsOf(built).filter((e) => e.port === port)
  if (exits.length === 0) return undefined
  const { organicForward, organicBack, organicExit, stages: n } = laid.network
  const amounts = new Float64Array(exchanged.length)
  let flow = 0
  for (const exit of exits) {
    const i = exit.stage
    const aqueous = exit.phase === 'aqueous' ? exit.flow : 0
    const organic = exit.phase === 'organic' ? exit.flow : exit.entrained
    const share = organic / (at(organicForward, i) + at(organicBack, i) + at(organicExit, i))
    for (let k = 0; k < amounts.length; k++) {
      const rate = share * at(solution.organicRate, k * n + i)
      amounts[k] = at(amounts, k) + aqueous * at(solution.aqueous, k * n + i) + rate
    }
    flow += aqueous
  }
  if (port === 'raffinate') {
    for (const { port: feed } of circuit.feeds) {
      for (const [k, e] of exchanged.entries())
        amounts[k] = at(amounts, k) + (circuit.inlets[feed]?.flow[e.organic] ?? 0)
    }
  }
  return { amounts, flow }
}

export interface Exit {
  readonly port: string
  readonly phase: 'aqueous' | 'organic'
  readonly stage: number
  /** L/s of the phase, and of organic that an aqueous carries off. */
  readonly flow: number
  readonly entrained: number
}

/** Section outlets and draws with their flows. */
export function exitsOf(built: Built): Exit[] {
  const { circuit, laid } = built
  const { params, sections, starts } = circuit
  const exits: Exit[] = []
  const leave = (port: string, phase: Exit['phase'], stage: number, flow: number) => {
    const section = sections[laid.sectionOf[stage] as number] as SectionParams
    const entrained = phase === 'aqueous' ? entrainedOut(built, stage, flow, section) : 0
    exits.push({ port, phase, stage, flow, entrained })
  }
  sections.forEach((_, index) => {
    if (aqueousTarget(sections, index) !== 'out') return
    const port = outletPort(sections, index)
    leave(port, 'aqueous', starts[index] as number, at(laid.outlets, index))
  })
  ;(params.draws ?? []).forEach((draw, q) => {
    const index = sections.findIndex((s) => s.name === draw.section)
    const stage = (starts[index] as number) + draw.stage - 1
    leave(draw.name, draw.phase, stage, at(laid.drawn, q))
  })
  return exits
}

/** Organic entrained by an aqueous that leaves the circuit: its share of what the stage loses. */
function entrainedOut(built: Built, stage: number, flow: number, section: SectionParams): number {
  const { network } = built.laid
  const exit = at(network.aqueousExit, stage)
  if (!(exit > 0) || section.organicInAqueous === 0) return 0
  const { params, sections, starts } = built.circuit
  let drawn = 0
  ;(params.draws ?? []).forEach((d, q) => {
    const index = sections.findIndex((s) => s.name === d.section)
    if (d.phase === 'organic' && (starts[index] as number) + d.stage - 1 === stage)
      drawn += at(built.laid.drawn, q)
  })
  return Math.max(at(network.organicExit, stage) - drawn, 0) * (flow / exit)
}

/** L/s of organic that leaves, and kg/s of the make-up reagent that replaces its extractant. */
function organicLosses(built: Built) {
  const { circuit, laid } = built
  const { table, params, inlets, set } = circuit
  const { network } = laid
  let organic = laid.bled
  for (const exit of network.organicExit) organic += exit
  let aqueous = 0
  for (const exit of network.aqueousExit) aqueous += exit
  const last = network.stages - 1
  aqueous += (1 - network.keepAqueous) * at(network.aqueousForward, last)
  const concentration = params.concentration / 1000
  const dissolved = (aqueous * params.solubility) / 1000
  const extractant = organic * concentration + dissolved
  const index = table.index('organic', set.extractant)
  const each = inlets.makeup?.flow[index] ?? 0
  return {
    organic,
    extractant,
    each,
    makeup: extractant > 0 && each > 0 ? extractant / each : 0,
    index,
  }
}

/** What a litre of organic holds: the extractant as stated, the rest as the make-up brings it. */
function solventOf(built: Built, losses: ReturnType<typeof organicLosses>) {
  const { table, params, inlets, set } = built.circuit
  const extractant = params.concentration / 1000
  const others: [number, number][] = []
  if (losses.extractant > 0 && !(losses.each > 0))
    return `organic is lost (${(losses.organic * 3600).toPrecision(3)} L/h) and no make-up with ${set.extractant} is connected`
  const makeup = inlets.makeup
  if (makeup !== undefined && losses.makeup > 0) {
    for (const index of table.inPhase('organic')) {
      const rate = losses.makeup * (makeup.flow[index] as number)
      if (index === losses.index || rate === 0) continue
      if (!(losses.organic > 0))
        return 'only dissolved extractant is lost but the make-up brings diluent, which would pile up'
      others.push([index, rate / losses.organic])
    }
    const strange = makeup.flow.findIndex((v, i) => v > 0 && table.species[i]?.phase !== 'organic')
    if (strange >= 0) return 'the make-up must be organic only'
  }
  return { index: losses.index, extractant, others }
}

/** Base drawn and liquor left by saponification, with the acid that the organic drags along. */
function saponify(built: Built, entrain: (to: Gather) => void) {
  const { circuit, saponified } = built
  const { table, params, inventory, inlets } = circuit
  if (saponified === 0) return { draw: 0 }
  const base = inlets.base
  const liquor = new Float64Array(table.species.length)
  entrain(liquor)
  const ion = params.base === 'Na' ? inventory.hydroxide : inventory.ammonia
  const strength = base === undefined || ion < 0 ? 0 : at(base.flow, ion)
  if (base === undefined || !(strength > 0))
    return `saponification with ${params.base} needs a base with ${params.base === 'Na' ? 'NaOH' : 'NH3'} at the inlet \`base\``
  const draw = (saponified + at(liquor, inventory.hydrogen)) / strength
  for (let i = 0; i < liquor.length; i++) liquor[i] = at(liquor, i) + draw * at(base.flow, i)
  const take = (index: number, amount: number) => {
    liquor[index] = Math.max(at(liquor, index) - amount, 0)
  }
  take(ion, saponified)
  if (params.base === 'Na') {
    take(table.index('aqueous', 'Na+'), saponified)
    liquor[inventory.water] = at(liquor, inventory.water) + saponified
  }
  return { draw, liquor }
}

/** What the circuit has no business with: solids, gas, foreign organic of the feeds. */
function passThrough(built: Built, raffinate: Gather): void {
  const { circuit } = built
  const { table, inlets, feeds } = circuit
  for (const { port } of feeds) {
    const stream = inlets[port]
    if (stream === undefined) continue
    for (const phase of ['solid', 'gas', 'organic'] as const)
      for (const index of table.inPhase(phase))
        raffinate[index] = at(raffinate, index) + at(stream.flow, index)
  }
}

/** H+ and OH- do not stay side by side, nor OH- with ammonium. */
function settle(built: Built, flow: Gather): void {
  const { table, inventory } = built.circuit
  const ammonium = table.find('aqueous', 'NH4+')
  const ammonia = table.find('aqueous', 'NH3')
  const { hydrogen, hydroxide, water } = inventory
  const neutral = Math.min(at(flow, hydrogen), at(flow, hydroxide))
  flow[hydrogen] = at(flow, hydrogen) - neutral
  flow[hydroxide] = at(flow, hydroxide) - neutral
  flow[water] = at(flow, water) + neutral
  if (ammonium < 0 || ammonia < 0) return
  const freed = Math.min(at(flow, hydroxide), at(flow, ammonium))
  flow[hydroxide] = at(flow, hydroxide) - freed
  flow[ammonium] = at(flow, ammonium) - freed
  flow[ammonia] = at(flow, ammonia) + freed
  flow[water] = at(flow, water) + freed
  const taken = Math.min(at(flow, hydrogen), at(flow, ammonia))
  flow[hydrogen] = at(flow, hydrogen) - taken
  flow[ammonia] = at(flow, ammonia) - taken
  flow[ammonium] = at(flow, ammonium) + taken
}

/** L/s of feed liquor in all. */
export function feedVolume(built: Built): number {
  const { table, inlets, feeds } = built.circuit
  return feeds.reduce((sum, f) => {
    const stream = inlets[f.port]
    return stream === undefined ? sum : sum + litres(table, stream)
  }, 0)
}
