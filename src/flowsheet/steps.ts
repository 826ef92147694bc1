import type { SpeciesTable } from '../chemistry/species.ts'
import { ignorance, learn, groupedAnderson, withoutPlace } from '../numerics/index.ts'
import type { FixedPointMethod, Knowledge } from '../numerics/index.ts'
import { isSameTo } from './equality.ts'
import type { Failure, Flowsheet } from './flowsheet.ts'
import type { Block } from './order.ts'
import { makePlan, type Plan } from './plan.ts'
import type { UnitRun } from './run-unit.ts'
import { emptyStream, type Stream } from './stream.ts'
import { elementScales, sweep, type Swept } from './sweep.ts'
import { mismatch, nextGuess, noMismatch, pack } from './tears.ts'
import type { Closure, Mismatch } from './tears.ts'

/** How a solve goes about it. */
export interface StepOptions {
  /** How recycles are accelerated. */
  readonly method: FixedPointMethod
  /** Sweeps of one loop before it is given up. */
  readonly maxSweeps: number
  readonly closure: Closure
}

export const defaultOptions: StepOptions = {
  method: groupedAnderson,
  maxSweeps: 150,
  closure: { element: 1e-10, species: 2e-9 },
}

/** A loop under way: what its tears are assumed to carry and what has been learnt of it. */
interface Loop {
  readonly guess: readonly Stream[]
  readonly knowledge: Knowledge
  readonly sweeps: number
  /** Smallest mismatch so far, in units of what is allowed. */
  readonly best: number
  /** Mismatch when it last halved, and sweeps since then. */
  readonly mark: number
  readonly stalled: number
}

/** Where a solve stands. Everything is in it: a step takes one and gives the next. */
export interface SolveState {
  readonly plan: Plan
  readonly options: StepOptions
  /** By connection. */
  readonly streams: readonly Stream[]
  /** By unit. */
  readonly runs: readonly (UnitRun | undefined)[]
  /** The block that is next. */
  readonly block: number
  readonly loop: Loop | null
  /** Guesses that the closed tears were calculated with, by connection. */
  readonly guesses: ReadonlyMap<number, Stream>
  /** What was learnt of each block's loop. */
  readonly learnt: ReadonlyMap<number, Knowledge>
  readonly sweeps: number
  readonly calculated: number
  readonly reused: number
  readonly residual: number
  readonly status: 'running' | 'converged' | 'failed'
  readonly failure: Failure | null
}

/** The state before the first step, with feeds and reagents calculated; warm from `earlier`. */
export function begin(
  sheet: Flowsheet,
  options: StepOptions = defaultOptions,
  earlier?: SolveState,
): SolveState {
  const plan = makePlan(sheet, earlier?.plan)
  const start = earlier === undefined ? undefined : carryOver(plan, earlier)
  const empty = emptyStream(sheet.properties.species)
  const contents = {
    streams: start?.streams ?? sheet.connections.map(() => empty),
    runs: start?.runs ?? sheet.units.map(() => undefined),
  }
  const { streams, runs } = sweep(plan, contents, plan.suppliers)
  return {
    plan,
    options,
    streams,
    runs,
    block: 0,
    loop: null,
    guesses: start?.guesses ?? new Map(),
    learnt: start?.learnt ?? new Map(),
    sweeps: 0,
    calculated: 0,
    reused: 0,
    residual: 0,
    status: 'running',
    failure: null,
  }
}

/** What an earlier solve knows that is of use to this plan; by name, so that plants may differ. */
function carryOver(plan: Plan, earlier: SolveState) {
  const table = plan.sheet.properties.species
  const before = earlier.plan.sheet
  if (!sameSpecies(before.properties.species, table)) return undefined
  const empty = emptyStream(table)
  const lineOf = new Map(before.connections.map((c, i) => [c.name, i]))
  const unitOf = new Map(before.units.map((u, i) => [u.name, i]))
  const lines = plan.sheet.connections.map((c) => lineOf.get(c.name) ?? -1)
  const guesses = new Map<number, Stream>()
  for (const [line, old] of lines.entries()) {
    const guess = earlier.guesses.get(old) ?? earlier.streams[old]
    if (guess !== undefined) guesses.set(line, guess)
  }
  const sameOrder = plan.order === earlier.plan.order
  return {
    streams: lines.map((old) => earlier.streams[old] ?? empty),
    runs: plan.sheet.units.map((u) => {
      const run = earlier.runs[unitOf.get(u.name) ?? -1]
      if (run?.unit.op !== u.op) return undefined
      return isSameTo(u.op, before.properties, plan.sheet.properties)
        ? run
        : { ...run, stale: true }
    }),
    guesses,
    learnt: sameOrder ? earlier.learnt : new Map<number, Knowledge>(),
  }
}

/** The same species in the same places, so that streams mean the same. */
function sameSpecies(a: SpeciesTable, b: SpeciesTable): boolean {
  return (
    a === b ||
    (a.species.length === b.species.length &&
      a.species.every((s, i) => s.id === b.species[i]?.id && s.phase === b.species[i]?.phase))
  )
}

/** One step: a unit outside all loops calculated, or one sweep of a loop and a better guess. */
export function step(state: SolveState): SolveState {
  if (state.status !== 'running') return state
  const block = state.plan.order.blocks[state.block]
  if (block === undefined) return { ...state, status: 'converged' }
  if (block.tears.length > 0) return stepLoop(state, block)
  const swept = sweep(state.plan, state, block.units)
  const failure = swept.failures[0]
  const after = taken(state, swept)
  return failure === undefined ? { ...after, block: state.block + 1 } : failed(after, failure)
}

function stepLoop(state: SolveState, block: Block): SolveState {
  const { plan, options } = state
  const { closure, method, maxSweeps } = options
  const table = plan.sheet.properties.species
  if (state.loop === null) return startLoop(state, block)
  const { loop } = state
  const filled = [...state.streams]
  for (const [k, line] of block.tears.entries()) filled[line] = loop.guess[k] as Stream
  const swept = sweep(plan, { streams: filled, runs: state.runs }, block.units)
  const image = block.tears.map((line) => swept.streams[line] as Stream)
  const scales = elementScales(plan, swept.streams)
  const miss = mismatch(table, block.tears, loop.guess, image, closure, scales)
  const halved = miss.ratio < 0.5 * loop.mark
  const stalled = halved ? 0 : loop.stalled + 1
  const mark = halved ? miss.ratio : loop.mark
  const after = { ...taken(state, swept), sweeps: state.sweeps + 1 }
  const failure = swept.failures[0]
  const visit = { point: pack(loop.guess), image: pack(image) }
  const knowledge =
    failure === undefined ? learn(loop.knowledge, visit, method.depth) : loop.knowledge
  if (miss.ratio <= 1 || atRounding(miss.ratio, stalled)) {
    if (failure !== undefined) return failed(after, failure, miss)
    return closeLoop(after, block, loop.guess, knowledge, miss)
  }
  const sweeps = loop.sweeps + 1
  if (sweeps >= maxSweeps) {
    return failed(after, failure ?? notSettled(plan, block, miss, sweeps), miss)
  }
  const plain = failure !== undefined || miss.ratio > 30 * loop.best
  const guess = plain ? image : nextGuess(table, method, knowledge, visit, loop.guess, image)
  const best = Math.min(miss.ratio, loop.best)
  return { ...after, loop: { guess, knowledge, sweeps, best, mark, stalled } }
}

/** A small mismatch that no longer shrinks is what the units' own rounding leaves. */
function atRounding(ratio: number, sweepsWithoutHalving: number): boolean {
  return (ratio <= 3 && sweepsWithoutHalving >= 3) || (ratio <= 10 && sweepsWithoutHalving >= 5)
}

/**
 * The first guess of the tears: what the units between the feeds and the tears give with recycles
 * as an earlier solve left them, or with none (should one of these units fail, its outlets stay as
 * they are). Where nothing on that way has changed, the earlier guess itself.
 */
function startLoop(state: SolveState, block: Block): SolveState {
  const swept = sweep(state.plan, state, block.lead)
  const loop: Loop = {
    guess: block.tears.map((line) => {
      const earlier = swept.calculated === 0 ? state.guesses.get(line) : undefined
      return earlier ?? (swept.streams[line] as Stream)
    }),
    knowledge: withoutPlace(state.learnt.get(state.block) ?? ignorance),
    sweeps: 0,
    best: Infinity,
    mark: Infinity,
    stalled: 0,
  }
  return { ...taken(state, swept), loop }
}

function taken(state: SolveState, swept: Swept): SolveState {
  return {
    ...state,
    streams: swept.streams,
    runs: swept.runs,
    calculated: state.calculated + swept.calculated,
    reused: state.reused + swept.reused,
  }
}

function closeLoop(
  state: SolveState,
  block: Block,
  guess: readonly Stream[],
  knowledge: Knowledge,
  miss: Mismatch,
): SolveState {
  const guesses = new Map(state.guesses)
  for (const [k, line] of block.tears.entries()) guesses.set(line, guess[k] as Stream)
  const learnt = new Map(state.learnt).set(state.block, knowledge)
  const residual = Math.max(state.residual, miss.relative)
  return { ...state, block: state.block + 1, loop: null, guesses, learnt, residual }
}

function failed(state: SolveState, failure: Failure, miss: Mismatch = noMismatch): SolveState {
  const residual = Math.max(state.residual, miss.relative)
  return { ...state, status: 'failed', failure, residual }
}

/** The tear that would not settle, and what that looks like. */
function notSettled(plan: Plan, block: Block, miss: Mismatch, sweeps: number): Failure {
  const { units, connections } = plan.sheet
  const tear = connections[miss.line]
  const loop = block.units.map((u) => units[u]?.name ?? '').join('-')
  const filling = miss.growing ? `, and ${miss.what} is still rising` : ''
  return {
    outcome: 'max-iterations',
    unit: loop,
    at: tear?.name ?? '',
    detail:
      `tear ${tear?.name} (${tear?.from.unit}.${tear?.from.port} to ${tear?.to.unit}.` +
      `${tear?.to.port}) is off by ${miss.relative.toPrecision(3)} in ${miss.what} after ` +
      `${sweeps} sweeps${filling}`,
    advice: miss.growing
      ? `give ${miss.what} a way out of loop ${loop}: a bleed, or a larger one`
      : 'allow more sweeps, or start from a solution of a similar plant',
  }
}
