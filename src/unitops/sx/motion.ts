import { factor, makeChainFactors, solve } from './chain.ts'
import type { ChainFactors } from './chain.ts'
import { leaksOf } from './contents.ts'
import type { Leak, Places } from './contents.ts'
import { refluxOf } from './model.ts'
import type { Built } from './model.ts'
import { begin, iterate, makeNewton } from './newton.ts'
import type { Newton } from './newton.ts'
import type { Network, Profile } from './problem.ts'
import { makeState } from './state.ts'
import type { Vessels } from './vessels.ts'

/**
 * A circuit in time under one setting. An implicit step through the tanks of a settler passes on a
 * share of what enters and adds what the tanks held, so settlers need no unknowns: the circuit
 * with hold-up is again a circuit, whose lines lose a share to the tanks, with the tanks' contents
 * as sources. Each implicit step is solved as a steady circuit is, with the same two unknowns a
 * stage, and every balance holds to rounding at any iterate.
 *
 * Murphree efficiency is a rate of transfer in the mixer, k (D x - y) with k = Q eta / (1 - eta):
 * it reaches the efficiency at steady state, and equilibrium where eta = 1.
 */
export interface Motion {
  readonly built: Built
  readonly places: Places
  readonly vessels: Vessels
  readonly leaks: readonly Leak[]
  /** The organic and the aqueous that pass the settler of each stage, L/s. */
  readonly settling: { readonly aqueous: Float64Array; readonly organic: Float64Array }
  readonly work: Work
  readonly neutral: Neutral | undefined
  /** Unknowns of the last steps with their times, the latest last. */
  readonly past: { readonly time: number; readonly unknowns: Float64Array }[]
  /** What belongs to the length of the step at hand. */
  paced: Paced
}

/**
 * Base that keeps neutralising its share of the acid in a reflux, whatever the strip liquor holds.
 * Its volume is that of the steady state: so little of it is there that the flows may stand.
 */
interface Neutral {
  readonly stage: number
  readonly to: number
  /** The cation of the base among what is exchanged, and its mol/s as built. */
  readonly cation: number
  readonly stated: number
  /** L/s of reflux times the share that is neutralised. */
  readonly flow: number
  /** mol/s at the last step. */
  rate: number
}

interface Paced {
  readonly step: number
  readonly newton: Newton
  readonly riding: ChainFactors
  /** Share of the aqueous entering a settler that leaves it within the step. */
  readonly passing: Float64Array
  /** Share of the organic entering each stage that takes part in the transfer. */
  readonly efficiency: Float64Array
}

interface Work {
  /** What the tanks add to the liquids that leave a settler, mol/L. */
  readonly aqueous: Float64Array
  readonly organic: Float64Array
  /** The problem's sources in this step. */
  readonly source: Float64Array
  readonly entering: Float64Array
  readonly into: Float64Array
  readonly none: Float64Array
  readonly unused: Float64Array
}

const at = (a: Float64Array, i: number) => a[i] as number

export function makeMotion(built: Built, places: Places, vessels: Vessels): Motion {
  const { network } = built.laid
  const { stages: n, exchanged, all } = places
  const aqueous = network.aqueousBack.map((v, i) => v + at(network.aqueousExit, i))
  for (const r of network.recycles) aqueous[r.from] = at(aqueous, r.from) + r.flow
  const organic = network.organicForward.map((v, i) => v + at(network.organicExit, i))
  const work: Work = {
    aqueous: new Float64Array(all * n),
    organic: new Float64Array(exchanged * n),
    source: new Float64Array(exchanged * n),
    entering: new Float64Array(exchanged),
    into: new Float64Array(n),
    none: new Float64Array(n),
    unused: new Float64Array(all * n),
  }
  const part = {
    built,
    places,
    vessels,
    leaks: leaksOf(built, places.ports),
    past: [],
    work,
    neutral: neutralOf(built),
  }
  const settling = { aqueous, organic }
  return { ...part, settling, paced: paceOf(built, vessels, settling, work, 1) }
}

function neutralOf({ circuit, laid, refluxBase }: Built): Neutral | undefined {
  const { params, inventory, inlets, table } = circuit
  const reflux = refluxOf(circuit)
  const cation = inventory.exchanged.findIndex((e) => e.element === params.base)
  if (reflux === undefined || !(refluxBase > 0) || cation < 0) return undefined
  const ion = table.find('aqueous', params.base === 'Na' ? 'OH-' : 'NH3')
  const stated = refluxBase * (inlets['base']?.flow[ion] ?? 0)
  const stage = circuit.starts[reflux.section] as number
  let flow = at(laid.network.aqueousBack, stage)
  for (const r of laid.network.recycles) if (r.from === stage) flow += r.flow
  flow *= params.reflux?.neutralised ?? 0
  return { stage, to: reflux.to, cation, stated, flow, rate: stated }
}

/** Puts the unknowns of a profile where the next step starts. */
export function startFrom(motion: Motion, profile: Profile): void {
  const { state } = motion.paced.newton
  state.unknowns.set(profile.lnHydrogen)
  state.unknowns.set(profile.lnFree, state.chain.n)
  if (profile.aqueous?.length === state.seen.length) state.seen.set(profile.aqueous)
}

/** ln H and ln E that the last step ended with. */
export const lastUnknowns = (motion: Motion): Float64Array => motion.paced.newton.state.unknowns

/** Share of what enters the tanks of a settler that leaves them within a step. */
function passing(flow: number, volume: number, tanks: number, step: number): number {
  return (flow / (flow + volume / tanks / step)) ** tanks
}

/** The circuit with hold-up as the chains see it in steps of this length. */
function paceOf(
  built: Built,
  vessels: Vessels,
  settling: Motion['settling'],
  work: Work,
  step: number,
): Paced {
  const { network } = built.laid
  const { tanks, settlerAqueous, settlerOrganic } = vessels
  const a = settling.aqueous.map((v, i) => passing(v, at(settlerAqueous, i), tanks, step))
  const o = settling.organic.map((v, i) => passing(v, at(settlerOrganic, i), tanks, step))
  const organic = settling.organic.map((v, i) => v + at(network.organicBack, i))
  const held = vessels.mixerOrganic.map((v) => v / step)
  const entering = organic.map((_, i) => incoming(network, i))
  const kinetic = network.efficiency.map((eta, i) => (at(organic, i) * eta) / (1 - eta))
  const efficiency = kinetic.map((k, i) =>
    k === Number.POSITIVE_INFINITY ? 1 : k / (at(organic, i) + k + at(held, i)),
  )
  const paced: Network = {
    ...network,
    aqueousBack: network.aqueousBack.map((v, i) => at(a, i) * v),
    aqueousExit: network.aqueousExit.map(
      (v, i) => v + (1 - at(a, i)) * (at(settling.aqueous, i) - v),
    ),
    organicForward: network.organicForward.map((v, i) => at(o, i) * v),
    organicExit: network.organicExit.map(
      (v, i) => v + (1 - at(o, i)) * at(network.organicForward, i),
    ),
    recycles: network.recycles.map((r) => ({ ...r, flow: at(a, r.from) * r.flow })),
    efficiency,
    aqueousHold: vessels.mixerAqueous,
    organicHold: vessels.mixerOrganic,
  }
  const { source, entering: organicSource } = work
  const plain = makeState({ ...built.problem, network: paced, source, organicSource })
  // Of the organic in the mixer, all but what comes in unmixed or was there before takes part.
  const mixed = organic.map((v, i) => {
    const whole = v + at(held, i)
    return whole - (1 - at(efficiency, i)) * (at(entering, i) + at(held, i))
  })
  const state = { ...plain, chain: { ...plain.chain, mixed } }
  const riding = makeChainFactors(state.chain, 1)
  factor(state.chain, riding, 0, work.none, 1 / step)
  return { step, newton: makeNewton(state), riding, passing: a, efficiency }
}

/** L/s of organic that enters a stage from the stage before (the first: by the loop). */
function incoming(network: Network, i: number): number {
  const last = network.stages - 1
  return i > 0
    ? at(network.organicForward, i - 1)
    : network.keepOrganic * at(network.organicForward, last)
}

function setPace(motion: Motion, step: number): void {
  const before = motion.paced
  if (before.step === step) return
  const next = paceOf(motion.built, motion.vessels, motion.settling, motion.work, step)
  next.newton.state.unknowns.set(before.newton.state.unknowns)
  next.newton.state.seen.set(before.newton.state.seen)
  motion.paced = next
}

/**
 * Contents after an implicit step: u = known + step * (what flows in - what flows out at u). False
 * where the two conditions of a stage are not met.
 */
export function implicitStep(
  motion: Motion,
  time: number,
  step: number,
  known: Float64Array,
  u: Float64Array,
): boolean {
  setPace(motion, step)
  releaseTanks(motion, known)
  if (!carryRiding(motion, known, u)) return false
  gatherSources(motion, known)
  if (!converge(motion, time, u)) return false
  writeContents(motion, known, u)
  return true
}

/** Concentrations that a settler would deliver if nothing entered it. */
function releaseTanks(motion: Motion, known: Float64Array): void {
  const { places, settling, vessels, work, paced } = motion
  const { stages: n, exchanged, all, tanks, organic } = places
  work.aqueous.fill(0)
  work.organic.fill(0)
  for (let l = 1; l <= tanks; l++) {
    for (let i = 0; i < n; i++) {
      const held = at(vessels.settlerAqueous, i) / tanks / paced.step
      const share = held / (held + at(settling.aqueous, i))
      for (let q = i; q < all * n; q += n) {
        const before = work.aqueous[q] as number
        work.aqueous[q] = before + share * ((known[l * all * n + q] as number) - before)
      }
      const heldOrganic = at(vessels.settlerOrganic, i) / tanks / paced.step
      const part = heldOrganic / (heldOrganic + at(settling.organic, i))
      for (let q = i; q < exchanged * n; q += n) {
        const before = work.organic[q] as number
        const there = known[organic + l * exchanged * n + q] as number
        work.organic[q] = before + part * (there - before)
      }
    }
  }
}

/** Adds to `into` what the aqueous brings out of the tanks of other stages, for one place. */
function bringAqueous(motion: Motion, q: number, into: Float64Array, o: number): void {
  const { built, places, work } = motion
  const { aqueousBack, recycles } = built.laid.network
  const n = places.stages
  const tanks = q * n
  for (let i = 0; i + 1 < n; i++)
    into[o + i] =
      (into[o + i] as number) +
      (aqueousBack[i + 1] as number) * (work.aqueous[tanks + i + 1] as number)
  for (const r of recycles)
    into[o + r.to] = (into[o + r.to] as number) + r.flow * (work.aqueous[tanks + r.from] as number)
}

/** Acid and inert species: chains of their own, not moved by the exchange. */
function carryRiding(motion: Motion, known: Float64Array, u: Float64Array): boolean {
  const { built, places, vessels, work, paced } = motion
  const { stages: n, exchanged, all } = places
  const { chain, acid, sulfate } = paced.newton.state
  const { inventory, table } = built.circuit
  const { into } = work
  for (let q = exchanged; q < all; q++) {
    const source =
      q === exchanged ? built.problem.acid : (built.inert[q - exchanged - 1] as Float64Array)
    for (let i = 0; i < n; i++)
      into[i] =
        (source[i] as number) +
        ((vessels.mixerAqueous[i] as number) / paced.step) * (known[q * n + i] as number)
    bringAqueous(motion, q, into, 0)
    solve(chain, paced.riding, 0, into, work.none, 0, 0, u, work.unused, q * n)
  }
  acid.set(u.subarray(exchanged * n, (exchanged + 1) * n))
  if (built.problem.bisulfate > 0) {
    const place = inventory.inert.indexOf(table.find('aqueous', 'SO4-2'))
    const q = exchanged + 1 + place
    if (place >= 0) sulfate.set(u.subarray(q * n, (q + 1) * n))
  }
  return acid.every(Number.isFinite)
}

/** What enters the mixers besides what the mixers send each other. */
function gatherSources(motion: Motion, known: Float64Array): void {
  const { built, places, vessels, work, paced } = motion
  const { stages: n, exchanged, organic } = places
  const { network } = built.laid
  const { heldX, heldM, chain } = paced.newton.state
  work.source.set(built.problem.source)
  work.entering.set(built.problem.organicSource)
  const { neutral } = motion
  if (neutral !== undefined) {
    const p = neutral.cation * n + neutral.to
    work.source[p] = at(work.source, p) + neutral.rate - neutral.stated
  }
  for (let k = 0; k < exchanged; k++) {
    const o = k * n
    bringAqueous(motion, k, work.source, o)
    for (let i = 0; i < n; i++) {
      const held = (vessels.mixerOrganic[i] as number) / paced.step
      const eta = paced.efficiency[i] as number
      let brought = held * (known[organic + o + i] as number)
      if (i > 0)
        brought += (network.organicForward[i - 1] as number) * (work.organic[o + i - 1] as number)
      work.source[o + i] = (work.source[o + i] as number) + eta * brought
      heldX[o + i] = known[o + i] as number
      heldM[o + i] = (1 - eta) * (brought / held) * (chain.organic[i] as number)
    }
    work.entering[k] =
      (work.entering[k] as number) + incoming(network, 0) * (work.organic[o + n - 1] as number)
  }
}

/**
 * Newton from where the last steps lead, or from the last itself. One solve at least, so that what
 * hardly moves any more is followed to the end.
 */
function converge(motion: Motion, time: number, u: Float64Array): boolean {
  const { past, paced } = motion
  const { newton, step } = paced
  const { unknowns } = newton.state
  while ((past.at(-1)?.time ?? -1) >= time) past.pop()
  const last = past.at(-1)?.unknowns ?? unknowns.slice()
  for (const guess of [expected(past, time) ?? last, last]) {
    unknowns.set(guess)
    begin(newton, 1 / step)
    if (!settled(motion, u)) continue
    past.push({ time, unknowns: unknowns.slice() })
    if (past.length > 3) past.shift()
    return true
  }
  return false
}

/** Newton, repeated while the base for the reflux still follows the acid that Newton finds. */
function settled(motion: Motion, u: Float64Array): boolean {
  const { newton, step } = motion.paced
  const limits = { tolerance: 1e-7, iterations: 12, stride: 2, patience: 3, least: 1 }
  for (let pass = 0; pass < 8; pass++) {
    if (!Number.isFinite(newton.tally.merit)) return false
    if (iterate(newton, limits) !== 'solved') return false
    if (!neutralise(motion, u)) return true
    begin(newton, 1 / step)
  }
  return false
}

/** Sets the base by the acid of the strip liquor at hand; true where that changed it. */
function neutralise(motion: Motion, u: Float64Array): boolean {
  const { neutral, places, paced, work, built } = motion
  if (neutral === undefined) return false
  const { stages: n, exchanged } = places
  const { stage, to, cation, flow, rate } = neutral
  const { x } = paced.newton.state
  const share = at(paced.passing, stage)
  const out = (c: number, q: number) => share * c + at(work.aqueous, q * n + stage)
  let acid = out(at(u, exchanged * n + stage), exchanged)
  for (let k = 0; k < exchanged; k++)
    acid -= at(built.problem.protons, k) * out(at(x, k * n + stage), k)
  const next = flow * Math.max(acid, 0)
  if (Math.abs(next - rate) <= 1e-10 * Math.max(next, neutral.stated)) return false
  neutral.rate = next
  work.source[cation * n + to] = at(work.source, cation * n + to) + next - rate
  return true
}

/** Largest change of ln H or ln E that is expected of a step: beyond it fronts bend. */
const FAR = 0.5

/** The unknowns at a time as a parabola through the last three sees them. */
function expected(past: Motion['past'], time: number): Float64Array | undefined {
  const [a, b, c] = past
  if (a === undefined || b === undefined || c === undefined) return undefined
  const wa = ((time - b.time) * (time - c.time)) / ((a.time - b.time) * (a.time - c.time))
  const wb = ((time - a.time) * (time - c.time)) / ((b.time - a.time) * (b.time - c.time))
  const wc = 1 - wa - wb
  return c.unknowns.map((last, q) => {
    const next = wa * at(a.unknowns, q) + wb * at(b.unknowns, q) + wc * last
    return Math.min(last + FAR, Math.max(last - FAR, next))
  })
}

/** Mixers from the solution, the tanks from what the mixers send them, and the totals. */
function writeContents(motion: Motion, known: Float64Array, u: Float64Array): void {
  const { places, settling, vessels, paced } = motion
  const { stages: n, exchanged, all, tanks, organic } = places
  const { state } = paced.newton
  u.set(state.x)
  for (let q = 0; q < exchanged * n; q++)
    u[organic + q] = (state.m[q] as number) / (state.chain.organic[q % n] as number)
  for (let l = 1; l <= tanks; l++) {
    for (let i = 0; i < n; i++) {
      const held = at(vessels.settlerAqueous, i) / tanks / paced.step
      const share = held / (held + at(settling.aqueous, i))
      for (let q = i; q < all * n; q += n) {
        const before = u[(l - 1) * all * n + q] as number
        u[l * all * n + q] = before + share * ((known[l * all * n + q] as number) - before)
      }
      const heldOrganic = at(vessels.settlerOrganic, i) / tanks / paced.step
      const part = heldOrganic / (heldOrganic + at(settling.organic, i))
      for (let q = organic + i; q < organic + exchanged * n; q += n) {
        const before = u[(l - 1) * exchanged * n + q] as number
        const p = l * exchanged * n + q
        u[p] = before + part * ((known[p] as number) - before)
      }
    }
  }
  addTotals(motion, known, u)
}

function addTotals(motion: Motion, known: Float64Array, u: Float64Array): void {
  const { built, places, leaks, paced } = motion
  const { stages: n, exchanged, all, tanks, organic, left, entered } = places
  for (let p = left; p < places.size; p++) u[p] = known[p] as number
  const add = (p: number, rate: number) => {
    u[p] = (u[p] as number) + paced.step * rate
  }
  for (const leak of leaks) {
    for (let q = 0; q < all; q++) {
      const p = q * n + leak.stage
      let rate =
        leak.aqueous * (u[tanks * all * n + p] as number) + leak.entrained * (u[p] as number)
      if (q < exchanged) rate += leak.organic * (u[organic + tanks * exchanged * n + p] as number)
      add(left + leak.port * all + q, rate)
    }
  }
  const total = (source: Float64Array, from: number) => {
    let sum = 0
    for (let i = 0; i < n; i++) sum += source[from + i] as number
    return sum
  }
  for (let k = 0; k < exchanged; k++)
    add(
      entered + k,
      total(built.problem.source, k * n) + (built.problem.organicSource[k] as number),
    )
  const { neutral } = motion
  if (neutral !== undefined) add(entered + neutral.cation, neutral.rate - neutral.stated)
  add(entered + exchanged, total(built.problem.acid, 0))
  built.inert.forEach((source, q) => add(entered + exchanged + 1 + q, total(source, 0)))
}
