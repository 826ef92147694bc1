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
export function layOut(layout: CircuitLayout, ways: Ways = waysOf(layout)): LaidOut {
  const { starts, sectionOf, efficiency, unloads } = ways
  const n = sectionOf.length
  const flows = makeFlows(n)
  for (let pass = 0; pass < 400; pass++) {
    const aqueous = passAqueous(layout, ways, flows)
    const organic = passOrganic(layout, ways, flows)
    if (Math.max(aqueous, organic) < 1e-16 * layout.organicFlow) break
  }
  const outlets = new Float64Array(layout.sections.length)
  for (let s = 0; s < outlets.length; s++) {
    const first = starts[s] as number
    if (at(ways.out, first) === 1) outlets[s] = at(flows.sent, first)
  }
  const drawn = Float64Array.from(layout.draws, ({ phase, stage, fraction }) =>
    phase === 'aqueous' ? fraction * at(flows.leaving, stage) : fraction * at(flows.settled, stage),
  )
  const residence = layout.residence ?? 600
  const through = (a: Float64Array, b: Float64Array, c: Float64Array) => {
    const held = new Float64Array(n)
    for (let i = 0; i < n; i++) held[i] = residence * (at(a, i) + at(b, i) + at(c, i))
    return held
  }
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
      efficiency,
      keepOrganic: 1 - layout.bleed,
      keepAqueous: layout.returnedAqueous,
      recycles,
      unloads,
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
  /** Aqueous sent out by the section outlet of the stage; organic left by its settler. */
  readonly sent: Float64Array
  readonly settled: Float64Array
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
    sent: field(),
    settled: field(),
    reflux: 0,
  }
}

/** What decides the flows of a stage, by stage: the same at any flow. */
export interface Ways {
  /** First stage of each section, and one past the last; the section of each stage. */
  readonly starts: readonly number[]
  readonly sectionOf: Int32Array
  readonly efficiency: Float64Array
  readonly unloads: Uint8Array
  /** Aqueous carried by the organic, organic carried by the aqueous, litres per litre. */
  readonly aqueousCarried: Float64Array
  readonly organicCarried: Float64Array
  /** Shares drawn. */
  readonly aqueousDrawn: Float64Array
  readonly organicDrawn: Float64Array
  /** 1 where the aqueous leaves the section, and the share of it that is reflux. */
  readonly out: Float64Array
  readonly reflux: Float64Array
  /** Stage that takes reflux from elsewhere than its neighbour; -1: none. */
  readonly apart: number
  /** First stage of the section whose reflux runs into the stage just before; -1: none. */
  readonly beside: number
}

/** Reads the ways of a layout off its sections, draws and reflux. */
export function waysOf(layout: Pick<CircuitLayout, 'sections' | 'draws' | 'reflux'>): Ways {
  const { sections, draws, reflux } = layout
  const starts: number[] = [0]
  for (const s of sections) starts.push((starts.at(-1) as number) + s.stages)
  const n = starts.at(-1) as number
  const sectionOf = new Int32Array(n)
  sections.forEach((_, index) => sectionOf.fill(index, starts[index], starts[index + 1]))
  const each = (value: (s: SectionLayout) => number) =>
    Float64Array.from(sectionOf, (index) => value(sections[index] as SectionLayout))
  const shares = (phase: DrawLayout['phase']) => {
    const sum = new Float64Array(n)
    for (const d of draws) {
      if (d.phase === phase && d.stage >= 0) sum[d.stage] = at(sum, d.stage) + d.fraction
    }
    return sum
  }
  const out = new Float64Array(n)
  sections.forEach((s, index) => {
    if (index === 0 || s.aqueousTo === 'out') out[starts[index] as number] = 1
  })
  const from = reflux === undefined ? -1 : (starts[reflux.section] as number)
  const share = new Float64Array(n)
  if (reflux !== undefined && at(out, from) === 1) share[from] = reflux.fraction
  return {
    starts,
    sectionOf,
    efficiency: each((s) => s.efficiency),
    unloads: Uint8Array.from(sectionOf, (index) => (sections[index]?.unloads === true ? 1 : 0)),
    aqueousCarried: each((s) => s.aqueousInOrganic),
    organicCarried: each((s) => s.organicInAqueous),
    aqueousDrawn: shares('aqueous'),
    organicDrawn: shares('organic'),
    out,
    reflux: share,
    apart: reflux !== undefined && reflux.to !== from - 1 ? reflux.to : -1,
    beside: reflux !== undefined && reflux.to === from - 1 ? from : -1,
  }
}

/** One pass over the aqueous, from the last stage to the first; largest change. */
function passAqueous(layout: CircuitLayout, ways: Ways, flows: Flows): number {
  const { aqueousIn, returnedAqueous } = layout
  const { aqueousCarried, aqueousDrawn, out, reflux, apart, beside } = ways
  const { aqueousBack, aqueousForward, aqueousExit, organicForward, leaving, sent } = flows
  const n = leaving.length
  let change = 0
  let above = 0
  for (let i = n - 1; i >= 0; i--) {
    const carried = i > 0 ? at(aqueousForward, i - 1) : returnedAqueous * at(aqueousForward, n - 1)
    const total = at(aqueousIn, i) + above + carried + (i === apart ? flows.reflux : 0)
    const forward = Math.min(at(aqueousCarried, i) * at(organicForward, i), 0.5 * total)
    const left = Math.max(total - forward, 0)
    const moved = Math.abs(left - at(leaving, i))
    if (moved > change) change = moved
    leaving[i] = left
    aqueousForward[i] = forward
    const drawn = at(aqueousDrawn, i) * left
    const rest = left - drawn
    if (out[i] === 0) {
      aqueousBack[i] = rest
      aqueousExit[i] = drawn
      above = rest
      continue
    }
    const back = at(reflux, i) * rest
    if (at(reflux, i) > 0) flows.reflux = back
    sent[i] = (1 - at(reflux, i)) * rest
    aqueousExit[i] = drawn + at(sent, i)
    // Reflux into the stage just before runs like any aqueous; further away it is a recycle.
    above = i === beside ? back : 0
    aqueousBack[i] = above
  }
  return change
}

/** One pass over the organic, from the first stage to the last; largest change. */
function passOrganic(layout: CircuitLayout, ways: Ways, flows: Flows): number {
  const { organicCarried, organicDrawn } = ways
  const { aqueousBack, organicForward, organicBack, organicExit, leaving, settled } = flows
  const n = leaving.length
  let change = 0
  let arriving = layout.organicFlow
  for (let i = 0; i < n; i++) {
    const left = at(leaving, i)
    const total = arriving + (i + 1 < n ? at(organicBack, i + 1) : 0)
    const carried = Math.min(at(organicCarried, i) * left, 0.5 * total)
    const back = left > 0 ? carried * (at(aqueousBack, i) / left) : 0
    const own = total - carried
    const exit = carried - back + at(organicDrawn, i) * own
    const forward = Math.max(total - back - exit, 0)
    const moved = Math.abs(forward - at(organicForward, i))
    if (moved > change) change = moved
    settled[i] = own
    organicBack[i] = back
    organicExit[i] = exit
    organicForward[i] = forward
    arriving = forward
  }
  return change
}
