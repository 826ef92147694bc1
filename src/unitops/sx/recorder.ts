import type { PurityFloor, TransientReport } from '../../flowsheet/unit-op.ts'
import { heldBy } from './contents.ts'
import type { Leak, Places } from './contents.ts'
import { oxideMass } from './measure.ts'
import type { Built, SectionParams } from './model.ts'
import { lastUnknowns } from './motion.ts'
import type { Motion } from './motion.ts'
import type { Vessels } from './vessels.ts'

/** What a transient leaves behind, gathered step by step. */
export interface Recorder {
  readonly floors: readonly PurityFloor[]
  readonly times: number[]
  /** mol/s by port and place, mol held by place, mol left by port and place: one entry a step. */
  readonly rates: Float64Array[]
  readonly held: Float64Array[]
  readonly left: Float64Array[]
  readonly purities: (number | null)[][]
  readonly frames: {
    readonly time: number
    /** The mixers: mol/L by component and stage, and ln H with ln E. */
    readonly aqueous: Float64Array
    readonly organic: Float64Array
    readonly unknowns: Float64Array
    readonly built: Built
  }[]
  readonly gap: { worst: number; of: string }
}

export const makeRecorder = (floors: readonly PurityFloor[]): Recorder => ({
  floors,
  times: [],
  rates: [],
  held: [],
  left: [],
  purities: floors.map(() => []),
  frames: [],
  gap: { worst: 0, of: '' },
})

/** mol/s that a leak takes of a place. */
function leaking(places: Places, u: Float64Array, leak: Leak, q: number): number {
  const { stages: n, exchanged, all, tanks, organic } = places
  const p = q * n + leak.stage
  const rate = leak.aqueous * (u[tanks * all * n + p] as number) + leak.entrained * (u[p] as number)
  return q < exchanged
    ? rate + leak.organic * (u[organic + tanks * exchanged * n + p] as number)
    : rate
}

/** mol/s of every place by every port. */
export function ratesAt({ places, leaks }: Motion, u: Float64Array): Float64Array {
  const rates = new Float64Array(places.ports.length * places.all)
  for (const leak of leaks)
    for (let q = 0; q < places.all; q++) {
      const p = leak.port * places.all + q
      rates[p] = (rates[p] as number) + leaking(places, u, leak, q)
    }
  return rates
}

/** Notes a step. Rates below nothing, which a step may leave by its tolerance, are nothing. */
export function note(recorder: Recorder, motion: Motion, time: number, u: Float64Array): void {
  const { places, vessels, built } = motion
  const { left, entered, all, ports } = places
  recorder.times.push(time)
  recorder.rates.push(ratesAt(motion, u).map((v) => Math.max(v, 0)))
  recorder.held.push(heldBy(places, vessels, u))
  recorder.left.push(u.slice(left, entered))
  recorder.floors.forEach((floor, f) => {
    recorder.purities[f]?.push(purityAt(motion, u, floor) ?? null)
  })
  const [before, now] = [recorder.held[0], recorder.held.at(-1)]
  if (before === undefined || now === undefined) return
  for (let q = 0; q < all; q++) {
    let gone = 0
    for (let p = 0; p < ports.length; p++) gone += u[left + p * all + q] as number
    const fed = u[entered + q] as number
    const [a, b] = [before[q] as number, now[q] as number]
    const gap = Math.abs(b - a - fed + gone) / Math.max(Math.abs(a) + Math.abs(fed), 1e-30)
    if (!(gap <= recorder.gap.worst)) {
      recorder.gap.worst = gap
      recorder.gap.of = nameOf(built, q)
    }
  }
}

/** Keeps the contents of this moment for the profiles. */
export function keepFrame(recorder: Recorder, motion: Motion, time: number, u: Float64Array): void {
  const { organic: from, exchanged, stages } = motion.places
  const mixers = exchanged * stages
  recorder.frames.push({
    time,
    aqueous: u.slice(0, mixers),
    organic: u.slice(from, from + mixers),
    unknowns: lastUnknowns(motion).slice(),
    built: motion.built,
  })
}

/** What a place is called: an element, `acid`, or a species that only rides on the water. */
function nameOf({ circuit }: Built, q: number): string {
  const { exchanged, inert } = circuit.inventory
  const known = exchanged[q]
  if (known !== undefined) return known.element
  if (q === exchanged.length) return 'acid'
  return circuit.table.species[inert[q - exchanged.length - 1] ?? -1]?.id ?? ''
}

/** Below this much rare earth in a liquor (mol/L) nobody can say how pure it is. */
const assayable = 1e-7

/**
 * Purity of the liquor at an outlet, as oxides over all rare earth oxides, with the organic that it
 * entrains; of a closed outlet, of what stands there.
 */
function purityAt(motion: Motion, u: Float64Array, floor: PurityFloor): number | undefined {
  const { places, built, leaks } = motion
  const { exchanged } = built.circuit.inventory
  const port = places.ports.indexOf(floor.outlet)
  let [wanted, all, flow] = [0, 0, 0]
  for (const leak of leaks) {
    if (leak.port !== port) continue
    const closed = leak.aqueous === 0 && leak.organic === 0
    const open = closed ? { ...leak, aqueous: 1 } : leak
    flow += open.aqueous > 0 ? open.aqueous : open.organic
    exchanged.forEach((e, k) => {
      if (!built.circuit.rareEarths.includes(e.element)) return
      const mass = oxideMass(built, e.element) * Math.max(leaking(places, u, open, k), 0)
      if (floor.elements.includes(e.element)) wanted += mass
      all += mass
    })
  }
  // About 0.17 kg of oxide a mole of rare earth.
  return all > 0.17 * assayable * flow ? wanted / all : undefined
}

/** kg of rare earth oxides that a flow by port and place (or an amount) holds, of one port. */
function oxides(motion: Motion, amounts: Float64Array, port: number): number {
  const { places, built } = motion
  let sum = 0
  built.circuit.inventory.exchanged.forEach((e, k) => {
    if (built.circuit.rareEarths.includes(e.element))
      sum += oxideMass(built, e.element) * (amounts[port * places.all + k] as number)
  })
  return sum
}

/** What was made of each product, and how much of it below its floor. */
export function productsOf(recorder: Recorder, motion: Motion): TransientReport['products'] {
  const { times, left } = recorder
  return recorder.floors.map((floor, f) => {
    const purity = recorder.purities[f] ?? []
    const port = motion.places.ports.indexOf(floor.outlet)
    let [off, pureFrom]: [number, number | null] = [0, null]
    for (let j = 0; j < times.length; j++) {
      const here = (purity[j] ?? 0) - floor.atLeast
      const before = j === 0 ? here : (purity[j - 1] ?? 0) - floor.atLeast
      const [t, t0] = [times[j] as number, times[Math.max(j - 1, 0)] as number]
      // Where the floor is crossed within a step, the purity is taken as a line.
      const below = here >= 0 && before >= 0 ? 0 : here < 0 && before < 0 ? 1 : share(before, here)
      if (j > 0) {
        const made =
          oxides(motion, left[j] as Float64Array, port) -
          oxides(motion, left[j - 1] as Float64Array, port)
        off += below * Math.max(made, 0)
      }
      if (here < 0) pureFrom = null
      else if (pureFrom === null) pureFrom = before < 0 ? t0 + below * (t - t0) : t
    }
    const made = oxides(motion, left.at(-1) as Float64Array, port)
    return { floor, purity, offSpecification: off, made, pureFrom }
  })
}

/** Share of a step that lies below nothing when a line runs from one value to the other. */
function share(before: number, after: number): number {
  const cut = before / (before - after)
  return before < 0 ? cut : 1 - cut
}

/** mol/s by port and element; ports that carry nothing at any time are left out. */
export function outletColumns(
  recorder: Pick<Recorder, 'rates'>,
  { places, built }: Motion,
): Record<string, Record<string, number[]>> {
  const result: Record<string, Record<string, number[]>> = {}
  places.ports.forEach((port, p) => {
    const columns: Record<string, number[]> = {}
    built.circuit.inventory.exchanged.forEach((e, k) => {
      const mine = (columns[e.element] ??= recorder.rates.map(() => 0))
      recorder.rates.forEach((rates, j) => {
        mine[j] = (mine[j] as number) + (rates[p * places.all + k] as number)
      })
    })
    if (Object.values(columns).some((c) => c.some((v) => v > 0))) result[port] = columns
  })
  return result
}

/** kg held by element, and by species where it only rides; water and acid are left out. */
export function holdUpColumns(
  held: readonly Float64Array[],
  { built }: Motion,
): Record<string, number[]> {
  const { exchanged, inert, water } = built.circuit.inventory
  const { molarMass } = built.circuit.table
  const columns: Record<string, number[]> = {}
  const add = (q: number, species: number) => {
    const mine = (columns[nameOf(built, q)] ??= held.map(() => 0))
    held.forEach((amounts, j) => {
      mine[j] =
        (mine[j] as number) + Math.max(amounts[q] as number, 0) * (molarMass[species] as number)
    })
  }
  exchanged.forEach((e, k) => add(k, e.aqueous))
  inert.forEach((species, q) => {
    if (species !== water) add(exchanged.length + 1 + q, species)
  })
  return columns
}

/** Share of the stoichiometric loading of the organic in each mixer. */
function loadingAt(built: Built, places: Places, organic: Float64Array): number[] {
  const { problem, circuit } = built
  return Array.from({ length: places.stages }, (_, i) =>
    circuit.inventory.exchanged.reduce((sum, e, k) => {
      const y = Math.max(organic[k * places.stages + i] as number, 0)
      const share = (problem.bound[k] as number) / (problem.extractant[i] as number)
      return e.charge < 2 ? sum : sum + share * y
    }, 0),
  )
}

/** The mixers at every frame. */
export function framesOf(recorder: Recorder, places: Places): TransientReport['frames'] {
  const [first] = recorder.frames
  if (first === undefined) throw new Error('a transient has at least one frame')
  const { circuit, laid } = first.built
  const n = places.stages
  const columns = (phase: 'aqueous' | 'organic') => {
    const result: Record<string, number[][]> = {}
    circuit.inventory.exchanged.forEach((e, k) => {
      const mine = (result[e.element] ??= recorder.frames.map(() =>
        Array.from({ length: n }, () => 0),
      ))
      recorder.frames.forEach((frame, j) => {
        for (let i = 0; i < n; i++)
          (mine[j] as number[])[i] =
            (mine[j]?.[i] as number) + Math.max(frame[phase][k * n + i] as number, 0)
      })
    })
    return result
  }
  return {
    times: recorder.frames.map((f) => f.time),
    stages: Array.from({ length: n }, (_, i) => ({
      index: i + 1,
      section: (circuit.sections[laid.sectionOf[i] as number] as SectionParams).name,
    })),
    aqueous: columns('aqueous'),
    organic: columns('organic'),
    pH: recorder.frames.map(({ unknowns }) =>
      Array.from(unknowns.subarray(0, n), (ln) => -ln / Math.LN10),
    ),
    loading: recorder.frames.map(({ organic, built }) => loadingAt(built, places, organic)),
  }
}

/** kg held at a state of the contents, as `holdUpColumns` names it. */
export function holdUpAt(
  motion: Motion,
  vessels: Vessels,
  u: Float64Array,
): Record<string, number> {
  const columns = holdUpColumns([heldBy(motion.places, vessels, u)], motion)
  return Object.fromEntries(Object.entries(columns).map(([name, [kg = 0]]) => [name, kg]))
}
