import { aqueousVolume, isRareEarth, reactionWherePresent } from '../../chemistry/index.ts'
import type { Phase } from '../../chemistry/species.ts'
import { elementFlow, scale } from '../../flowsheet/index.ts'
import { brent } from '../../numerics/index.ts'
import type { Stream } from '../../flowsheet/stream.ts'
import type { Outcome, Properties, Warning } from '../../flowsheet/unit-op.ts'
import { dissolutions, type Dissolution, type Kinetics, type Medium } from './dissolution.ts'
import { addFlow, amount, massFlow, total, type Work } from './flows.ts'
import { hydrolyse, oxidiseFerrous, type FerricSolid, type HydrolysisMemory } from './hydrolysis.ts'
import { arrhenius, sizeFactor, type Control } from './kinetics.ts'
import { leachConversions, type LeachClass } from './leach-kinetics.ts'
import { runTo, runUpTo } from './reaction.ts'

/** What a leach is run with. Reagents at 1 kg/s. */
export interface LeachInput {
  readonly properties: Properties
  readonly feed: Stream
  readonly recycle: Stream
  readonly acid: Stream
  readonly water: Stream
  readonly oxidant: Stream
  /** 80 % passing size, m. */
  readonly size: number
  readonly memory?: LeachMemory | undefined
  readonly params: {
    readonly temperature: number
    readonly time: number
    readonly tanks: number
    readonly liquidToSolid: number | undefined
    readonly oxidantRatio: number
    readonly ferricSolid: FerricSolid | 'none'
    readonly particleSize: number | undefined
    readonly rateFactors: Readonly<Record<string, number>> | undefined
    readonly condenser: number
  }
}

/** A leach at one acid draw. */
export interface LeachState {
  /** Everything in the vessel, gas included, mol/s. */
  readonly flow: Work
  readonly drawn: readonly Stream[]
  readonly draws: { readonly acid: number; readonly water: number; readonly oxidant: number }
  readonly conversions: Readonly<Record<string, number>>
  readonly rareEarth: number
  readonly iron: number
  /** mol/m3 of total acidity left. */
  readonly freeAcid: number
  readonly returned: number
  /** False where the hydrolysis of iron and aluminium was not found: the state is no result. */
  readonly converged: boolean
  readonly warnings: readonly Warning[]
  readonly memory: LeachMemory
}

/** Where a leach ended, for the next one to start from: saves time, changes nothing. */
export interface LeachMemory {
  /** mol/s of acidity that hydrolysis gave back. */
  readonly lent: number
  readonly hydrolysis: Readonly<HydrolysisMemory>
}

/** The memory of a unit as that of its leach; `undefined` when it is none. */
export function leachMemory(memory: unknown): LeachMemory | undefined {
  const is = typeof memory === 'object' && memory !== null && 'lent' in memory
  return is ? (memory as LeachMemory) : undefined
}

export interface LeachVessel {
  /** mol/s of acidity: of everything soluble, and 3 per rare earth. */
  readonly demand: { readonly all: number; readonly rareEarth: number }
  /** mol/s of acidity that comes without being drawn. */
  readonly available: number
  /** mol of acidity per kg of fresh acid. */
  readonly perKilogram: number
  /** m3/s of liquor that comes without being drawn, at least the volume of the solids' mass. */
  readonly volume: number
  solve(acidDraw: number): LeachState
}

interface Fault {
  readonly outcome: Outcome
  readonly at: string
  readonly detail: string
  readonly advice: string
}

interface Solid {
  readonly row: number
  readonly moles: number
  readonly how: Dissolution
}

function mediumOf(input: LeachInput): Medium {
  const { species } = input.properties
  const charge = (id: string, z: number) =>
    z *
    (amount(species, input.acid.flow, 'aqueous', id) +
      amount(species, input.recycle.flow, 'aqueous', id))
  const [cl, so4, no3] = [charge('Cl-', 1), charge('SO4-2', 2), charge('NO3-', 1)]
  if (no3 > cl && no3 > so4) return 'nitrate'
  return so4 > cl ? 'sulfate' : 'chloride'
}

/** Rate per acid concentration, at the temperature and size of this leach. */
function rateOf(input: LeachInput, kinetics: Kinetics, control: Control): number {
  if (kinetics === 'salt') return 1e3
  const constant = (id: string) => input.properties.constant(`leach.${id}`).value
  const { temperature, rateFactors } = input.params
  const factor = rateFactors?.[kinetics] ?? 1
  return (
    factor *
    sizeFactor(control, input.size, constant('reference-size')) *
    arrhenius(
      constant(`${kinetics}-rate`),
      constant('activation-energy'),
      temperature,
      constant('reference-temperature'),
    )
  )
}

/** Metal in sulfuric acid is held up by its product layer; everything else by the reaction. */
function controlOf(kinetics: Kinetics, medium: Medium): Control {
  return kinetics === 'metal' && medium === 'sulfate' ? 'product-layer' : 'chemical'
}

function solidsOf(input: LeachInput, medium: Medium): readonly Solid[] {
  const table = input.properties.species
  const all = dissolutions(table, medium)
  const found: Solid[] = []
  const [fed, back] = [input.feed.flow, input.recycle.flow]
  for (const row of table.inPhase('solid')) {
    const moles = (fed[row] as number) + (back[row] as number)
    const how = moles > 0 ? all[row] : undefined
    if (how !== undefined) found.push({ row, moles, how })
  }
  return found
}

interface Rates {
  readonly kinetics: Kinetics
  readonly rate: LeachClass
}

function classesOf(input: LeachInput, solids: readonly Solid[], medium: Medium): readonly Rates[] {
  const demand = new Map<Kinetics, number>()
  for (const s of solids) {
    demand.set(s.how.kinetics, (demand.get(s.how.kinetics) ?? 0) + s.moles * s.how.acid)
  }
  return [...demand].map(([kinetics, acid]) => {
    const control = controlOf(kinetics, medium)
    return { kinetics, rate: { control, demand: acid, rate: rateOf(input, kinetics, control) } }
  })
}

function dissolvedShare(input: LeachInput, flow: Work, symbols: readonly string[]): number {
  const table = input.properties.species
  const of = (phase: Phase) =>
    total(symbols.map((symbol) => elementFlow(table, flow, symbol, phase)))
  const [solid, liquid] = [of('solid'), of('aqueous')]
  return solid + liquid > 0 ? liquid / (solid + liquid) : 0
}

/** Prepares a leach; `solve` runs it at an acid draw. A fault when no acid is connected at all. */
export function leachVessel(input: LeachInput): LeachVessel | Fault {
  const { properties, feed, recycle, acid } = input
  const table = properties.species
  const medium = mediumOf(input)
  const solids = solidsOf(input, medium)
  const classes = classesOf(input, solids, medium)
  const acidity = (s: Stream) =>
    amount(table, s.flow, 'aqueous', 'H+') - amount(table, s.flow, 'aqueous', 'OH-')
  const rareEarths = solids.reduce((n, s) => {
    const symbol = properties.rareEarths.find(
      (e) => table.species[s.row]?.composition[e] !== undefined,
    )
    const atoms = symbol === undefined ? 0 : (table.species[s.row]?.composition[symbol] ?? 0)
    return isRareEarth(symbol ?? '') ? n + s.moles * atoms : n
  }, 0)
  const all = classes.reduce((n, c) => n + c.rate.demand, 0)
  const available = acidity(feed) + acidity(recycle)
  const perKilogram = acidity(acid)
  if (all > 0 && !(perKilogram > 0) && !(available > 0)) {
    return {
      outcome: 'acid-short',
      at: 'acid',
      detail: 'no acid reaches the leach',
      advice: 'connect a reagent with HCl, H2SO4 or HNO3 to the acid port',
    }
  }
  return {
    demand: { all, rareEarth: 3 * rareEarths },
    available,
    perKilogram,
    volume:
      aqueousVolume(table, feed.flow, feed.temperature) +
      aqueousVolume(table, recycle.flow, recycle.temperature) +
      (massFlow(table, feed.flow, 'solid') * (input.params.liquidToSolid ?? 1)) / 1000,
    solve: (draw) => solve(input, solids, classes, draw),
  }
}

/** Solids and liquids before anything reacts, with water drawn up to the liquid to solid ratio. */
function filled(input: LeachInput, acidDraw: number) {
  const { properties, feed, recycle, acid, water, params } = input
  const table = properties.species
  const flow = Float64Array.from(feed.flow)
  addFlow(flow, recycle.flow)
  addFlow(flow, acid.flow, acidDraw)
  const wanted = (params.liquidToSolid ?? 0) * massFlow(table, feed.flow, 'solid')
  const missing = wanted - massFlow(table, flow, 'aqueous')
  const unit = massFlow(table, water.flow)
  const waterDraw = missing > 0 && unit > 0 ? missing / unit : 0
  addFlow(flow, water.flow, waterDraw)
  return {
    flow,
    waterDraw,
    short: missing > 0 && unit === 0 ? missing / Math.max(wanted, 1e-300) : 0,
  }
}

interface Pass {
  readonly flow: Work
  readonly oxidantDraw: number
  readonly returned: number
  readonly converged: boolean
  readonly conversions: readonly number[]
}

/** One pass with `lent` mol/s of acidity that hydrolysis is expected to give back. */
function pass(
  input: LeachInput,
  solids: readonly Solid[],
  classes: readonly Rates[],
  start: Work,
  volume: number,
  lent: number,
  memory: HydrolysisMemory,
): Pass {
  const { properties, params, oxidant } = input
  const table = properties.species
  const hydrogen = table.index('aqueous', 'H+')
  const flow = Float64Array.from(start)
  const pool = Math.max(0, amount(table, flow, 'aqueous', 'H+') + lent)
  const conversions = leachConversions(
    classes.map((c) => c.rate),
    pool,
    volume,
    params.time,
    params.tanks,
  )
  const own = amount(table, flow, 'aqueous', 'H+')
  flow[hydrogen] = pool
  for (const s of solids) {
    const k = classes.findIndex((c) => c.kinetics === s.how.kinetics)
    advanceSafely(flow, s, conversions[k] ?? 0)
  }
  const before = amount(table, flow, 'aqueous', 'H+') - pool + own
  flow[hydrogen] = before
  if (params.ferricSolid === 'none') {
    return { flow, oxidantDraw: 0, returned: 0, converged: true, conversions }
  }
  const peroxide = amount(table, oxidant.flow, 'aqueous', 'H2O2')
  const ferrous = amount(table, flow, 'aqueous', 'Fe+2')
  const oxidantDraw = peroxide > 0 ? (params.oxidantRatio * ferrous) / 2 / peroxide : 0
  addFlow(flow, oxidant.flow, oxidantDraw)
  const fresh = oxidiseFerrous(properties, flow, params.ferricSolid)
  runTo(flow, reactionWherePresent(table, 'H2O2 = H2O + 1/2 O2(g)'))
  const { ferricSolid } = params
  const { converged } = hydrolyse(properties, flow, ferricSolid, volume, fresh, memory)
  return {
    flow,
    oxidantDraw,
    returned: amount(table, flow, 'aqueous', 'H+') - before,
    converged,
    conversions,
  }
}

/** Dissolves a fraction of one solid, less where another reactant (nitrate) runs short. */
function advanceSafely(flow: Work, solid: Solid, fraction: number): void {
  runUpTo(flow, solid.how.terms, (solid.moles * fraction) / solid.how.number)
}

function solve(
  input: LeachInput,
  solids: readonly Solid[],
  classes: readonly Rates[],
  acidDraw: number,
): LeachState {
  const { properties, params } = input
  const table = properties.species
  const { flow: start, waterDraw, short } = filled(input, acidDraw)
  neutralise(input, start)
  const volume = aqueousVolume(table, start, params.temperature)
  const hydrogen = table.index('aqueous', 'H+')
  const memory: HydrolysisMemory = { ...input.memory?.hydrolysis }
  const at = (lent: number) => pass(input, solids, classes, start, volume, lent, memory)
  const own = start[hydrogen] as number
  const { lent, pass: final } = settled(at, own, 3 * ironIn(input), input.memory?.lent)
  const rest = final.flow[hydrogen] as number
  const liquor = aqueousVolume(table, final.flow, params.temperature)
  return {
    flow: final.flow,
    drawn: [
      scale(input.acid, acidDraw),
      scale(input.water, waterDraw),
      scale(input.oxidant, final.oxidantDraw),
    ],
    draws: { acid: acidDraw, water: waterDraw, oxidant: final.oxidantDraw },
    conversions: Object.fromEntries(classes.map((c, k) => [c.kinetics, final.conversions[k] ?? 0])),
    rareEarth: dissolvedShare(input, final.flow, properties.rareEarths),
    iron: dissolvedShare(input, final.flow, ['Fe']),
    freeAcid: liquor > 0 ? rest / liquor : 0,
    returned: final.returned,
    converged: final.converged,
    warnings: warningsOf(input, final, short),
    memory: { lent, hydrolysis: memory },
  }
}

/** Base in recycled liquor meets the acid before the solids do. */
function neutralise(input: LeachInput, flow: Work): void {
  for (const text of ['H+ + OH- = H2O', 'H+ + NH3 = NH4+']) {
    runTo(flow, reactionWherePresent(input.properties.species, text))
  }
}

function ironIn(input: LeachInput): number {
  const table = input.properties.species
  const flows = [input.feed.flow, input.recycle.flow]
  return total(
    ['Fe', 'Al'].flatMap((symbol) => flows.map((flow) => elementFlow(table, flow, symbol))),
  )
}

/**
 * Finds the acid that hydrolysis gives back (or takes): what is lent must be what returns. Secants
 * from `start`, because what returns hardly depends on what is lent; Brent where they do not
 * settle.
 */
function settled(
  at: (lent: number) => Pass,
  acid: number,
  most: number,
  start: number | undefined,
): Lent {
  const near = start === undefined ? undefined : secants(at, { lent: start, pass: at(start) }, acid)
  if (near !== undefined && repaid(near.pass)) return near
  const first = at(0)
  if (Math.abs(first.returned) <= 1e-9 * acid) {
    return repaid(first) ? { lent: 0, pass: first } : tried(at, -1e-9 * acid)
  }
  const far = secants(at, { lent: 0, pass: first }, acid)
  if (far !== undefined && repaid(far.pass)) return far
  let lent = far?.lent
  if (lent === undefined) {
    const [low, high] = first.returned > 0 ? [0, most + acid] : [-acid, 0]
    const gap = (x: number) => at(x).returned - x
    const found = brent(gap, low, high, { tolerance: 1e-9 * acid, maxIterations: 60 })
    lent = found.outcome === 'converged' || found.outcome === 'max-iterations' ? found.x : low
  }
  for (let attempt = 0; attempt < 40; attempt++) {
    const next = tried(at, lent)
    if (repaid(next.pass)) return next
    lent -= 1e-9 * acid * 2 ** attempt
  }
  return tried(at, -acid)
}

/** A pass with the acidity that was lent for it, mol/s. */
interface Lent {
  readonly lent: number
  readonly pass: Pass
}

const tried = (at: (lent: number) => Pass, lent: number): Lent => ({ lent, pass: at(lent) })

/** True where nothing of what was lent is missing. */
const repaid = ({ flow }: Pass) => flow.every((n) => n >= 0)

/** A plain step, then secants; undefined where they do not settle with acid in the vessel. */
function secants(at: (lent: number) => Pass, from: Lent, acid: number): Lent | undefined {
  let [before, now] = [from, from]
  for (let step = 0; step < 10; step++) {
    const gap = now.pass.returned - now.lent
    if (!now.pass.converged) return undefined
    if (Math.abs(gap) <= 1e-12 * acid) return now
    const change = now.lent - before.lent
    const slope = change === 0 ? -1 : (gap - (before.pass.returned - before.lent)) / change
    // Rounding decides the slope of a tiny change.
    if (!(slope < -0.05)) return Math.abs(gap) <= 1e-9 * acid ? now : undefined
    const next = now.lent - gap / slope
    if (!(next > -acid)) return undefined
    before = now
    now = tried(at, next)
  }
  return Math.abs(now.pass.returned - now.lent) <= 1e-9 * acid ? now : undefined
}

function warningsOf(input: LeachInput, final: Pass, short: number): Warning[] {
  const warnings: Warning[] = []
  const reference = input.properties.constant('leach.reference-size').value
  if (input.feed.particleSize === undefined && input.params.particleSize === undefined) {
    warnings.push({
      rank: 2,
      code: 'size-assumed',
      text: `particle size unknown: taken as ${(reference * 1e6).toFixed(0)} um`,
    })
  }
  if (short > 0.01) {
    warnings.push({
      rank: 2,
      code: 'liquor-short',
      text: `${(short * 100).toFixed(0)} % of the liquor asked for is missing and no water is connected`,
    })
  }
  if (input.params.temperature > 373.15) {
    warnings.push({
      rank: 3,
      code: 'pressure',
      text: 'above the boiling point of water: an autoclave',
    })
  }
  const hydrogen = input.properties.species.index('aqueous', 'H+')
  if ((final.flow[hydrogen] as number) <= 0) {
    warnings.push({ rank: 2, code: 'acid-used-up', text: 'no free acid is left in the liquor' })
  }
  return warnings
}
