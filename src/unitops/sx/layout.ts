import type { Network, Recycle } from './problem.ts'

/** One section of the loop, in the order in which the organic passes. */
export interface SectionLayout {
  readonly stages: number
  /** Murphree efficiency of the organic, 0 to 1. */
  readonly efficiency: number
  /** Litres of aqueous that a litre of organic carries to the next stage. */
  readonly aqueousInOrganic: number
  /** Litres of organic that a litre of aqueous carries off. */
  readonly organicInAqueous: number
  /** Where the aqueous goes from the section's first stage. */
  readonly aqueousTo: 'out' | 'previous'
  /** Strip and wash: tells the solver's start which way the metals go. */
  readonly unloads?: boolean
}

export interface DrawLayout {
  readonly phase: 'aqueous' | 'organic'
  readonly stage: number
  /** Share of that phase leaving the stage. */
  readonly fraction: number
}

/** Part of a section's aqueous outlet returned to a stage. */
export interface RefluxLayout {
  readonly section: number
  readonly fraction: number
  readonly to: number
}

export interface CircuitLayout {
  readonly sections: readonly SectionLayout[]
  /** Organic entering the first stage, L/s. */
  readonly organicFlow: number
  /** Aqueous entering each stage from outside, L/s. */
  readonly aqueousIn: Float64Array
  readonly draws: readonly DrawLayout[]
  readonly reflux?: RefluxLayout
  /** Share of the returning organic that is bled. */
  readonly bleed: number
  /** Share of the aqueous entrained by the returning organic that enters the first stage. */
  readonly returnedAqueous: number
  /** Residence times for the hold-up, s. */
  readonly residence?: number
}

export interface LaidOut {
  readonly network: Network
  /** First stage of each section, and one past the last. */
  readonly starts: readonly number[]
  readonly sectionOf: Int32Array
  /** Aqueous leaving by each section's outlet (nothing where it joins the section before), L/s. */
  readonly outlets: Float64Array
  /** Draw flows in the order given, L/s. */
  readonly drawn: Float64Array
  /** Fresh organic needed to make up the loop, L/s. */
  readonly makeup: number
  readonly bled: number
  /** First stage left without aqueous or organic, or -1. */
  readonly dry: number
}

const at = (a: Float64Array, i: number) => a[i] as number

/**
 * Volume flows of both phases in every stage: volumes add, and transfer between the phases does not
 * change them. Entrainment couples the two phases, so the flows are iterated to rounding.
 */
export function layOut(layout: CircuitLayout): LaidOut {
  const { sections } = layout
  const starts: number[] = [0]
  for (const s of sections) starts.push((starts.at(-1) as number) + s.stages)
  const n = starts.at(-1) as number
  const sectionOf = new Int32Array(n)
  sections.forEach((s, index) => {
    for (let i = 0; i < s.stages; i++) sectionOf[(starts[index] as number) + i] = index
  })
  const flows = makeFlows(n)
  const drawn = new Float64Array(layout.draws.length)
  const outlets = new Float64Array(sections.length)
  for (let pass = 0; pass < 400; pass++) {
    const change = balanceVolumes(layout, starts, sectionOf, flows, drawn, outlets)
    if (change < 1e-16 * layout.organicFlow) break
  }
  const residence = layout.residence ?? 600
  const through = (a: Float64Array, b: Float64Array, c: Float64Array) =>
    a.map((v, i) => residence * (v + at(b, i) + at(c, i)))
  const recycles: Recycle[] = []
  if (flows.reflux > 0 && layout.reflux !== undefined) {
    const from = starts[layout.reflux.section] as number
    if (layout.reflux.to !== from - 1)
      recycles.push({ from, to: layout.reflux.to, flow: flows.reflux })
  }
  const bled = layout.bleed * at(flows.organicForward, n - 1)
  let dry = -1
  for (let i = n - 1; i >= 0; i--)
    if (!(at(flows.leaving, i) > 0) || !(at(flows.organicForward, i) > 0)) dry = i
  return {
    network: {
      stages: n,
      aqueousBack: flows.aqueousBack,
      aqueousForward: flows.aqueousForward,
      aqueousExit: flows.aqueousExit,
      organicForward: flows.organicForward,
      organicBack: flows.organicBack,
      organicExit: flows.organicExit,
      efficiency: Float64Array.from(sectionOf, (s) => sections[s]?.efficiency ?? 1),
      keepOrganic: 1 - layout.bleed,
      keepAqueous: layout.returnedAqueous,
      recycles,
      unloads: Uint8Array.from(sectionOf, (s) => (sections[s]?.unloads === true ? 1 : 0)),
      aqueousHold: through(flows.aqueousBack, flows.aqueousExit, flows.aqueousForward),
      organicHold: through(flows.organicForward, flows.organicBack, flows.organicExit),
    },
    starts,
    sectionOf,
    outlets,
    drawn,
    makeup: layout.organicFlow - at(flows.organicForward, n - 1) + bled,
    bled,
    dry,
  }
}

interface Flows {
  readonly aqueousBack: Float64Array
  readonly aqueousForward: Float64Array
  readonly aqueousExit: Float64Array
  readonly organicForward: Float64Array
  readonly organicBack: Float64Array
  readonly organicExit: Float64Array
  /** Aqueous leaving the stage by its settler: back, out or recycled. */
  readonly leaving: Float64Array
  reflux: number
}

function makeFlows(n: number): Flows {
  const field = () => new Float64Array(n)
  return {
    aqueousBack: field(),
    aqueousForward: field(),
    aqueousExit: field(),
    organicForward: field(),
    organicBack: field(),
    organicExit: field(),
    leaving: field(),
    reflux: 0,
  }
}

/** One pass over all stages, aqueous from the last, organic from the first; largest change. */
function balanceVolumes(
  layout: CircuitLayout,
  starts: readonly number[],
  sectionOf: Int32Array,
  flows: Flows,
  drawn: Float64Array,
  outlets: Float64Array,
): number {
  const n = sectionOf.length
  const { sections, draws, reflux } = layout
  let change = 0
  for (let i = n - 1; i >= 0; i--) {
    const index = sectionOf[i] as number
    const section = sections[index] as SectionLayout
    const entrained =
      i > 0
        ? at(flows.aqueousForward, i - 1)
        : layout.returnedAqueous * at(flows.aqueousForward, n - 1)
    const above = i + 1 < n ? at(flows.aqueousBack, i + 1) : 0
    const apart = reflux !== undefined && reflux.to === i && i + 1 !== starts[reflux.section]
    const returned = apart ? flows.reflux : 0
    const total = at(layout.aqueousIn, i) + above + entrained + returned
    const forward = Math.min(section.aqueousInOrganic * at(flows.organicForward, i), 0.5 * total)
    const left = Math.max(total - forward, 0)
    change = Math.max(change, Math.abs(left - at(flows.leaving, i)))
    flows.leaving[i] = left
    flows.aqueousForward[i] = forward
    let exit = 0
    draws.forEach((d, q) => {
      if (d.phase !== 'aqueous' || d.stage !== i) return
      drawn[q] = d.fraction * left
      exit += d.fraction * left
    })
    const first = i === starts[index]
    const rest = left - exit
    const out = i === 0 || (first && section.aqueousTo === 'out')
    if (out) {
      const share = reflux !== undefined && first && reflux.section === index ? reflux.fraction : 0
      if (share > 0) flows.reflux = share * rest
      outlets[index] = (1 - share) * rest
      exit += (1 - share) * rest
      // Reflux into the stage just before runs like any aqueous; further away it is a recycle.
      flows.aqueousBack[i] = share > 0 && reflux?.to === i - 1 ? share * rest : 0
    } else flows.aqueousBack[i] = rest
    flows.aqueousExit[i] = exit
  }
  let arriving = layout.organicFlow
  for (let i = 0; i < n; i++) {
    const section = sections[sectionOf[i] as number] as SectionLayout
    const fromNext = i + 1 < n ? at(flows.organicBack, i + 1) : 0
    const total = arriving + fromNext
    const carried = Math.min(section.organicInAqueous * at(flows.leaving, i), 0.5 * total)
    const back = at(flows.leaving, i) > 0 ? at(flows.aqueousBack, i) / at(flows.leaving, i) : 0
    flows.organicBack[i] = carried * back
    let exit = carried * (1 - back)
    draws.forEach((d, q) => {
      if (d.phase !== 'organic' || d.stage !== i) return
      drawn[q] = d.fraction * (total - carried)
      exit += d.fraction * (total - carried)
    })
    const forward = Math.max(total - at(flows.organicBack, i) - exit, 0)
    change = Math.max(change, Math.abs(forward - at(flows.organicForward, i)))
    flows.organicForward[i] = forward
    flows.organicExit[i] = exit
    arriving = forward
  }
  return change
}
