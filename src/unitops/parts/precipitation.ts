import {
  allowedSolids,
  aqueousVolume,
  compileEquilibria,
  liquorEquilibrium,
  reactionWherePresent,
  settleAcidBase,
  type ActivityModel,
  type CompiledReaction,
  type EquilibriumState,
} from '../../chemistry/index.ts'
import type { SpeciesTable } from '../../chemistry/species.ts'
import type { Outcome, Properties } from '../../flowsheet/unit-op.ts'
import { addFlow, amount, type Work } from './flows.ts'
import { settle } from './liquor.ts'
import { perChemistry } from './per-chemistry.ts'
import { advance, limit, perTable, reactionOf, reactionsPresent, runTo } from './reaction.ts'
import { baseEquivalents } from './reagent.ts'

/** Carbon and ammonia written by their fully deprotonated form, as precipitation needs them. */
const deprotonations = [
  'HCO3- = CO3-2 + H+',
  'CO2 + H2O = CO3-2 + 2 H+',
  'NH4+ = NH3 + H+',
] as const

const deprotonationsIn = perTable((table) => reactionsPresent(table, deprotonations))

/** Reactions that make one mole of each recorded solid out of dissolved components. */
const formations = perChemistry(({ species, equilibria }) =>
  equilibria.solids.map((record) => {
    const coefficients: Record<string, number> = { [`solid ${record.species ?? record.id}`]: 1 }
    for (const [component, n] of Object.entries(record.components)) {
      coefficients[`aqueous ${component}`] = -n
    }
    return reactionOf(species, coefficients)
  }),
)

/** Metals that carry rare earths down with their hydroxides. */
const carriers = ['Fe+3', 'Al+3'] as const

/** Rare earths that go down with iron and aluminium although they would stay dissolved. */
export interface Occlusion {
  /** mol of rare earth per mol of Fe(III) and Al precipitated. */
  readonly perCarrier: number
}

export interface PrecipitationTask {
  readonly flow: Work
  readonly temperature: number
  /** Held by drawing base; left out: no base, the pH is what it becomes. */
  readonly pH?: number
  /** The base as dissolved at 1 kg/s; an acid where the liquor is more alkaline than its pH. */
  readonly base?: Work
  /** log10 of mol/L per atm: CO2 above its solubility leaves before anything falls. */
  readonly henry?: number
  readonly solids: readonly string[]
  /** Share of the way to equilibrium that precipitation goes, 0 to 1. */
  readonly completion: number
  readonly occlusion?: Occlusion
  readonly activity: ActivityModel
  /** `memory` of the last result: saves time, changes nothing. */
  readonly memory?: PrecipitationMemory | undefined
}

/** Where a precipitation ended. */
export interface PrecipitationMemory {
  /** kg/s of base. */
  readonly base: number
  /** Missing base per kg/s drawn more, mol/kg; below zero. */
  readonly slope: number | undefined
  /** Speciation with the solids, and of the liquor that they leave. */
  readonly whole: EquilibriumState | undefined
  readonly left: EquilibriumState | undefined
}

/** The memory of a unit as that of its precipitation; `undefined` when it is none. */
export function precipitationMemory(memory: unknown): PrecipitationMemory | undefined {
  const is = typeof memory === 'object' && memory !== null && 'base' in memory && 'whole' in memory
  return is ? (memory as PrecipitationMemory) : undefined
}

export interface Precipitated {
  /** kg/s */
  readonly base: number
  readonly ionicStrength: number
  readonly outOfValidity: boolean
  readonly memory: PrecipitationMemory
}

export type PrecipitationOutcome =
  | { readonly ok: true; readonly result: Precipitated }
  | {
      readonly ok: false
      readonly outcome: Outcome
      readonly detail: string
      readonly advice: string
    }

interface Trial {
  readonly flow: Work
  /** mol/s of strong base still missing. */
  readonly missing: number
  readonly ionicStrength: number
  /** Every speciation of this trial converged. */
  readonly sound: boolean
}

/** States of the last trial, from which the next one starts. */
interface Warm {
  whole: EquilibriumState | undefined
  left: EquilibriumState | undefined
}

/** Precipitates in a copy of the liquor with `draw` of base in it. */
function attempt(properties: Properties, task: PrecipitationTask, draw: number, warm: Warm): Trial {
  const { species: table, equilibria } = properties
  const { activity, completion, temperature, pH } = task
  const flow = task.flow.slice()
  if (task.base !== undefined) addFlow(flow, task.base, draw)
  if (task.henry !== undefined) {
    settle(table, flow)
    degas(table, flow, temperature, task.henry)
  }
  // With nothing that may fall, the liquor at the held pH is all that is asked.
  if (task.solids.length === 0 && pH !== undefined) {
    return { flow, ...missingBase(properties, flow, task, warm) }
  }
  const liquor = settleAcidBase(table, flow)
  const litres = aqueousVolume(table, liquor, temperature) * 1000
  const solids = allowedSolids(compileEquilibria(equilibria), task.solids)
  const first = liquorEquilibrium(properties, liquor, {
    litres,
    solids,
    pH,
    activity,
    start: warm.whole,
  })
  warm.whole = first.state
  for (const transfer of deprotonationsIn(table)) runTo(flow, transfer)
  const makes = formations(properties)
  const { atoms } = occludingIn(properties)
  let carrier = 0
  for (const row of solids.rows) {
    const extent = (first.solids[row] as number) * litres * completion
    const terms = makes[row]
    if (!(extent > 0) || terms === undefined) continue
    const formed = Math.min(extent, limit(flow, terms))
    advance(flow, terms, formed)
    carrier += formed * (atoms[row] as number)
  }
  occlude(properties, flow, carrier, task.occlusion)
  const { missing, sound } = missingBase(properties, flow, task, warm)
  return { flow, missing, ionicStrength: first.ionicStrength, sound: sound && first.converged }
}

/**
 * mol/s of strong base that the liquor lacks at the held pH, as an electrode in it reads: what time
 * did not let fall hydrolyses, and activities are those of every printed pH.
 */
function missingBase(
  properties: Properties,
  flow: Work,
  task: PrecipitationTask,
  warm: Warm,
): { readonly missing: number; readonly sound: boolean; readonly ionicStrength: number } {
  const { pH, temperature } = task
  if (pH === undefined) return { missing: 0, sound: true, ionicStrength: 0 }
  const { species: table, equilibria } = properties
  const liquor = settleAcidBase(table, flow)
  const litres = aqueousVolume(table, liquor, temperature) * 1000
  const solids = allowedSolids(compileEquilibria(equilibria), none)
  const { base, converged, ionicStrength, state } = liquorEquilibrium(properties, liquor, {
    litres,
    solids,
    pH,
    activity: 'davies',
    start: warm.left,
  })
  warm.left = state
  return { missing: base * litres, sound: converged, ionicStrength }
}

const none: readonly string[] = []

/** What occlusion reads of a plant's chemistry. */
interface Occluding {
  /** Atoms of a carrier by recorded solid. */
  readonly atoms: readonly number[]
  /** Dissolved rare earths: row of the ion, and its fall as hydroxide. */
  readonly ions: readonly {
    readonly row: number
    readonly falls: CompiledReaction | undefined
  }[]
}

const occludingIn = perChemistry(
  ({ species: table, equilibria, rareEarths }): Occluding => ({
    atoms: equilibria.solids.map(({ components }) =>
      carriers.reduce((sum, ion) => sum + (components[ion] ?? 0), 0),
    ),
    ions: rareEarths.map((element) => ({
      row: table.index('aqueous', `${element}+3`),
      falls: reactionWherePresent(table, `${element}+3 + 3 H2O = ${element}(OH)3(s) + 3 H+`),
    })),
  }),
)

/** Rare earths carried down by `carrier` mol/s of precipitated Fe(III) and Al. */
function occlude(
  properties: Properties,
  flow: Work,
  carrier: number,
  occlusion: Occlusion | undefined,
): void {
  if (occlusion === undefined || !(occlusion.perCarrier > 0)) return
  const { ions } = occludingIn(properties)
  let all = 0
  for (const { row } of ions) all += flow[row] as number
  if (!(carrier > 0) || !(all > 0)) return
  // At most half of what is dissolved: beyond that the proportion means nothing.
  const share = Math.min(0.5, (occlusion.perCarrier * carrier) / all)
  for (const { row, falls } of ions) {
    const n = (flow[row] as number) * share
    if (falls !== undefined && n > 0) advance(flow, falls, n)
  }
}

/** Largest draw that is tried, as multiples of the base that the acid and metals could take. */
const patience = 1e3

interface Solved {
  readonly draw: number
  readonly trial: Trial
  /** Change of missing base with the draw where two trials told it. */
  readonly slope?: number
}

/**
 * Missing base that counts as none, relative to what the first guess of the draw neutralises. The
 * H+ that is left at pH 4 is small beside that, and recycles must settle on it too.
 */
const tolerance = 1e-12

/**
 * Draw at which no strong base is missing; the missing amount falls as more is drawn. An acid is
 * a base with the sign of everything turned.
 */
function findDraw(
  properties: Properties,
  task: PrecipitationTask,
  base: Work,
  warm: Warm,
): Solved | undefined {
  const equivalents = baseEquivalents(properties.species, base)
  const [each, sign] = [Math.abs(equivalents), equivalents < 0 ? -1 : 1]
  const at = (draw: number): Solved => {
    const trial = attempt(properties, task, draw, warm)
    return { draw, trial: { ...trial, missing: sign * trial.missing } }
  }
  const start = task.memory?.base ?? 0
  if (start > 0 && each > 0) {
    const again = at(start)
    if (Math.abs(again.trial.missing) <= tolerance * start * each) {
      return { ...again, ...slopeOf(task.memory) }
    }
    const step = start - again.trial.missing / (task.memory?.slope ?? -each)
    if (step > 0.5 * start && step < 2 * start) {
      const found = polish(at, again, at(step), each)
      if (found !== undefined) return found
    }
  }
  const none = at(0)
  if (!(none.trial.missing > 0)) {
    // Beyond the pH asked already: nothing is drawn, and the pH is what it is.
    return { draw: 0, trial: attempt(properties, withoutPH(task), 0, warm) }
  }
  if (!(each > 0)) return undefined
  const scale = none.trial.missing / each
  let low = none
  let high = at(scale)
  while (high.trial.missing > 0 && high.trial.missing > tolerance * high.draw * each) {
    if (high.draw > patience * scale) return undefined
    const found = polish(at, low, high, each)
    if (found !== undefined) return found
    low = high
    high = at(high.draw * 1.02 + (1.5 * high.trial.missing) / each)
  }
  return falsePosition(at, low, high, each)
}

function slopeOf(memory: PrecipitationMemory | undefined): { readonly slope?: number } {
  return memory?.slope === undefined ? {} : { slope: memory.slope }
}

function withoutPH(task: PrecipitationTask): PrecipitationTask {
  const { pH: _, base: __, memory: ___, ...free } = task
  return free
}

/** Steps of the draw, relative, over which rounding does not yet decide a slope. */
const telling = 1e-8

/**
 * A few secant steps; `undefined` where they do not settle. Remembers the slope of the shortest
 * step that tells one: that at the answer, from which a similar liquor is met in two trials.
 */
function polish(
  at: (draw: number) => Solved,
  first: Solved,
  second: Solved,
  each: number,
): Solved | undefined {
  let [before, now] = [first, second]
  let local: number | undefined
  for (let i = 0; i < 8; i++) {
    const slope = (now.trial.missing - before.trial.missing) / (now.draw - before.draw)
    const tells = Math.abs(now.draw - before.draw) > telling * now.draw
    if (local === undefined || tells) local = slope
    if (Math.abs(now.trial.missing) <= tolerance * now.draw * each) return { ...now, slope: local }
    const next = now.draw - now.trial.missing / slope
    if (!(slope < 0) || !(next > 0.2 * now.draw && next < 5 * now.draw)) return undefined
    const end = inLine(before, now, next, each)
    if (end !== undefined) return { ...end, slope: local }
    before = now
    now = at(next)
  }
  return undefined
}

/** What a line through two trials may be off at a third draw, relative. */
const straight = 1e-13

/**
 * The end of a search without one more trial, where its last step is so short that flows follow
 * the line through the last two: elements and charge close along it. `undefined` where it is not,
 * or a flow would fall below zero.
 */
function inLine(from: Solved, to: Solved, draw: number, each: number): Solved | undefined {
  // The share by which the slope was wrong, times what is missing yet.
  const bend = to.trial.missing ** 2 / Math.abs(from.trial.missing)
  if (!(bend <= straight * draw * each)) return undefined
  const way = (draw - to.draw) / (to.draw - from.draw)
  const flow = to.trial.flow.slice()
  for (let i = 0; i < flow.length; i++) {
    const there = flow[i] as number
    const n = there + way * (there - (from.trial.flow[i] as number))
    if (n < 0) return undefined
    flow[i] = n
  }
  const sound = from.trial.sound && to.trial.sound
  return { draw, trial: { ...to.trial, flow, missing: 0, sound } }
}

/** Root of a falling function between two points, by the Illinois rule. */
function falsePosition(
  at: (draw: number) => Solved,
  from: Solved,
  to: Solved,
  each: number,
): Solved {
  let low = from.draw
  let high = to.draw
  let atLow = from.trial.missing
  let atHigh = to.trial.missing
  let best = to
  let slope = (to.trial.missing - from.trial.missing) / (to.draw - from.draw)
  let side = 0
  for (let i = 0; i < 60; i++) {
    if (Math.abs(best.trial.missing) <= tolerance * best.draw * each) break
    if (Math.abs(high - low) <= 1e-14 * high) break
    const x = atLow === atHigh ? high : high - (atHigh * (high - low)) / (atHigh - atLow)
    const before = best
    best = at(x)
    const by = best.draw - before.draw
    if (Math.abs(by) > telling * x) slope = (best.trial.missing - before.trial.missing) / by
    if (best.trial.missing > 0) {
      low = x
      atLow = best.trial.missing
      if (side === 1) atHigh /= 2
      side = 1
    } else {
      high = x
      atHigh = best.trial.missing
      if (side === -1) atLow /= 2
      side = -1
    }
  }
  return { ...best, slope }
}

/**
 * Precipitates solids from the liquor in `task.flow` (changed in place), at a pH held by drawing
 * base or at the pH that the liquor takes. Solids and base come from speciation at 25 degC
 * constants; reactions run by extents, so elements and charge close whatever the accuracy.
 */
export function precipitate(properties: Properties, task: PrecipitationTask): PrecipitationOutcome {
  const table = properties.species
  const warm: Warm = { whole: task.memory?.whole, left: task.memory?.left }
  const solved =
    task.pH === undefined
      ? { draw: 0, trial: attempt(properties, task, 0, warm) }
      : findDraw(properties, task, task.base ?? new Float64Array(task.flow.length), warm)
  if (solved?.trial.sound === false) {
    return {
      ok: false,
      outcome: 'max-iterations',
      detail: 'the speciation of the liquor does not converge',
      advice: 'look at the composition of the liquor: amounts far outside those of a plant',
    }
  }
  if (solved === undefined) {
    return {
      ok: false,
      outcome: 'infeasible',
      detail: `the base or acid cannot bring the liquor to pH ${task.pH}`,
      advice: 'connect a base (an acid to a dissolver), or a stronger one; or change the pH',
    }
  }
  const { draw, trial, slope } = solved
  task.flow.set(trial.flow)
  settle(table, task.flow)
  return {
    ok: true,
    result: {
      base: draw,
      ionicStrength: trial.ionicStrength,
      outOfValidity: trial.ionicStrength > 1,
      memory: { base: draw, slope, ...warm },
    },
  }
}

/** Form of metal hydroxides that falls: fresh precipitates are amorphous and more soluble. */
export type HydroxideForm = 'amorphous' | 'crystalline'

const chosen = perChemistry(() => new Map<string, readonly string[]>())

/** Ids of recorded hydroxides (and basic salts of calcium) to be considered in a liquor. */
export function hydroxides(
  properties: Properties,
  form: HydroxideForm,
  iron: 'goethite' | 'ferrihydrite' | 'hydroxide',
): readonly string[] {
  const known = chosen(properties)
  const key = `${form} ${iron}`
  let ids = known.get(key)
  if (ids === undefined) known.set(key, (ids = chooseHydroxides(properties, form, iron)))
  return ids
}

function chooseHydroxides(
  properties: Properties,
  form: HydroxideForm,
  iron: 'goethite' | 'ferrihydrite' | 'hydroxide',
): readonly string[] {
  const ferric = { goethite: 'FeOOH', ferrihydrite: 'Fe(OH)3(ferrihydrite)', hydroxide: 'Fe(OH)3' }
  const records = properties.equilibria.solids.map((solid) => solid.id)
  const plain = records.filter((id) => /\(OH\)\d$/.test(id) && id !== 'Fe(OH)3')
  const fresh = plain.map((id) =>
    form === 'amorphous' && records.includes(`${id}(am)`) ? `${id}(am)` : id,
  )
  const salts = ['CaSO4·2H2O', 'CaF2', 'CaC2O4·H2O', 'CaCO3']
  return [...fresh, ferric[iron], ...salts].filter((id) => records.includes(id))
}

/**
 * Lets dissolved CO2 above its solubility under 1 atm of CO2 go to gas; answers mol/s that left.
 * `henry` is log10 of mol/L per atm.
 */
export function degas(table: SpeciesTable, flow: Work, temperature: number, henry: number): number {
  const litres = aqueousVolume(table, flow, temperature) * 1000
  const there = amount(table, flow, 'aqueous', 'CO2')
  const gone = there - 10 ** henry * litres
  const terms = reactionWherePresent(table, 'CO2 = CO2(g)')
  if (!(gone > 0) || terms === undefined) return 0
  advance(flow, terms, gone)
  return gone
}
