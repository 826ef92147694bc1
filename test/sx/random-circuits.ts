import { compileDistribution } from '../../src/chemistry/index.ts'
import type { Distribution, ExtractantSet } from '../../src/chemistry/index.ts'
import { bank } from '../../src/databank/index.ts'
import type { Random } from '../../src/numerics/index.ts'
import { composeCircuit } from '../../src/unitops/sx/compose.ts'
import { layOut } from '../../src/unitops/sx/layout.ts'
import type { CircuitLayout, LaidOut, SectionLayout } from '../../src/unitops/sx/layout.ts'
import type { SxProblem } from '../../src/unitops/sx/problem.ts'

/**
 * Random circuits. Population `inside` stays within what each data set carries:
 * - a set out of `sets`, 2 elements to all of them, feed 1e-4 to 0.3 mol/L each (log-uniform), at
 *   most 0.6 mol/L together;
 * - hydrogen of feed, scrub and strip within one pH unit of the set's range (and at most 8 mol/L);
 * - extraction + scrub + strip (+ wash) of 2 to 150 stages together, 40 % of draws above 60;
 * - organic flow for a loading of 15 to 120 % of stoichiometric if all were extracted; O:A of every
 *   section 0.05 to 50;
 * - saponification (in 60 %) uniform up to what the rare earth throughput exchanges: the charge of
 *   the metals fed, of them no more than the organic has room for (`exchangeable`). A metal that
 *   takes six monomers gives up three protons, so a full organic has exchanged half of itself:
 *   the cap reaches 50 % for those sets, 98 % where the set counts three for three;
 * - reflux of 10 to 90 % of the strip liquor in 40 %; side draws, a second feed, entrainment up to
 *   1 %, efficiency down to 0.7, a bleed, each in a quarter; the organic loop closed in all.
 * Population `anything` drops the limits on acid, loading, saponification, O:A and pH.
 */
export interface RandomCircuit {
  readonly set: ExtractantSet
  readonly elements: readonly string[]
  readonly layout: CircuitLayout
  readonly laid: LaidOut
  readonly problem: SxProblem
  readonly about: string
  readonly stages: number
  readonly reflux: boolean
}

const sets = [
  'PC88A-T21-NdPr',
  'PC88A-T21',
  'PC88A-LI87-cube',
  'D2EHPA-P57M76-Nd',
  'CYANEX272-L14ZL93',
  'PC88A-ETR-P507-6pct',
  'PC88A-LLEPE-Pitzer',
] as const

const weights = [6, 2, 3, 4, 2, 1, 1]

function pickSet(random: Random): ExtractantSet {
  let u = random.uniform() * weights.reduce((a, b) => a + b, 0)
  let at = 0
  while (u > (weights[at] as number)) u -= weights[at++] as number
  const set = bank.extractants.get(sets[at] as string)
  if (set === undefined) throw new Error(`no set ${sets[at]}`)
  return set
}

const logBetween = (random: Random, low: number, high: number) =>
  Math.exp(random.between(Math.log(low), Math.log(high)))

interface Span {
  readonly pH: readonly [number, number]
  readonly acid: readonly [number, number]
}

function spanOf(set: ExtractantSet, inside: boolean): Span {
  const [low, high] = set.validity.pH ?? [0.5, 2.5]
  if (!inside) return { pH: [-1, 8], acid: [1e-8, 12] }
  return { pH: [low - 1, high + 1], acid: [10 ** -(high + 1), Math.min(10 ** (1 - low), 8)] }
}

/** The numbers of a circuit before it is laid out. */
interface Draw {
  readonly elements: readonly string[]
  readonly counts: readonly number[]
  readonly starts: readonly number[]
  readonly concentration: number
  readonly metals: readonly number[]
  readonly organicFlow: number
  readonly saponification: number
  /** Hydrogen of feed, scrub and strip; flows of scrub, strip and wash (the feed is 1 L/s). */
  readonly acids: readonly [number, number, number]
  readonly flows: readonly [number, number, number]
  readonly efficiency: number
  readonly entrained: readonly [number, number]
  /** Stage and share of a second feed. */
  readonly second: readonly [number, number] | undefined
  readonly reflux: number
  readonly draws: CircuitLayout['draws']
  readonly bleed: number
  readonly loading: number
}

/**
 * Share of the extractant that metals can exchange, fed at `fed` mol/s to `extractant` mol/s: all
 * of the feed, or as much of it as the organic has room for.
 */
function exchangeable(distribution: Distribution, fed: number, extractant: number): number {
  const protons = distribution.protons[0] as number
  const bound = distribution.bound[0] as number
  return Math.min((protons * fed) / extractant, protons / bound, 0.98)
}

function drawNumbers(random: Random, set: ExtractantSet, inside: boolean): Draw {
  const chance = (p: number) => random.uniform() < p
  const span = spanOf(set, inside)
  const known = Object.keys(set.parameters)
  const elements = random.shuffle(known).slice(0, random.integer(2, Math.min(known.length, 14)))
  const counts = splitStages(random, chance(0.4) ? random.integer(61, 150) : random.integer(2, 60))
  const starts = counts.reduce<number[]>((list, c) => [...list, (list.at(-1) as number) + c], [0])
  const concentration = inside ? random.between(0.2, 1.5) : logBetween(random, 0.01, 3)
  const drawn = elements.map(() => logBetween(random, inside ? 1e-4 : 1e-5, inside ? 0.3 : 3))
  const sum = drawn.reduce((x, y) => x + y, 0)
  const fed = inside ? Math.min(sum, 0.6) : sum
  const metals = drawn.map((m) => (m * fed) / sum)
  const loading = inside ? random.between(0.15, 1.2) : logBetween(random, 0.01, 20)
  const bounded = (ratio: number) =>
    inside ? Math.min(Math.max(ratio, 0.05), 50) : Math.min(Math.max(ratio, 1e-4), 1e4)
  const organicFlow = bounded((fed * 6) / (concentration * loading))
  const extractant = concentration * organicFlow
  const most = inside
    ? exchangeable(compileDistribution(set, elements), fed, extractant)
    : Math.min((6 * fed) / extractant, 0.98)
  const share = random.uniform() * most
  const saponification = chance(0.6) ? share : 0
  const [weakest, strongest] = span.acid
  const strong = () => logBetween(random, Math.max(strongest / 30, weakest), strongest)
  const pH = random.between(span.pH[0] + 0.5, span.pH[1])
  const feedH = inside ? Math.min(10 ** -pH, 2) : logBetween(random, 1e-8, 5)
  const scrubH = inside ? logBetween(random, strongest / 100, strongest / 3) : strong()
  const stripH = inside ? strongest * random.between(0.3, 1) : strong()
  // Strip acid: 1 to 4 times what the metals need, where the O:A allows it.
  const times = inside ? random.between(1, 4) : logBetween(random, 0.1, 10)
  const strip = organicFlow / bounded((organicFlow * stripH) / (3 * fed * times))
  const aside = (stages: number) =>
    stages === 0 ? 0 : organicFlow / bounded(logBetween(random, 1, 30))
  const [feedStage, scrubEnd] = [(starts[1] as number) - 1, (starts[2] as number) - 1]
  return {
    elements,
    counts,
    starts,
    concentration,
    metals,
    organicFlow,
    saponification,
    acids: [feedH, scrubH, stripH],
    flows: [aside(counts[1] as number), strip, aside(counts[3] as number)],
    efficiency: chance(0.25) ? random.between(0.7, 1) : 1,
    entrained: chance(0.25) ? [random.uniform() * 0.01, random.uniform() * 0.01] : [0, 0],
    second: chance(0.2) ? [random.integer(0, feedStage), random.between(0.1, 0.5)] : undefined,
    reflux: counts[1] !== 0 && chance(0.55) ? random.between(0.1, 0.9) : 0,
    draws: chance(0.25)
      ? [
          {
            phase: chance(0.5) ? 'aqueous' : 'organic',
            stage: random.integer(0, scrubEnd),
            fraction: random.between(0.01, 0.3),
          },
        ]
      : [],
    bleed: chance(0.25) ? random.between(0.001, 0.05) : 0,
    loading,
  }
}

/** What enters the stages: aqueous, its hydrogen, and the metals (component-major). */
function enter(d: Draw, components: number) {
  const total = d.starts.at(-1) as number
  const aqueousIn = new Float64Array(total)
  const hydrogen = new Float64Array(total)
  const source = new Float64Array(components * total)
  const add = (stage: number, flow: number, acid: number) => {
    aqueousIn[stage] = (aqueousIn[stage] as number) + flow
    hydrogen[stage] = (hydrogen[stage] as number) + flow * acid
  }
  const feed = (stage: number, flow: number, share: (k: number) => number) => {
    add(stage, flow, d.acids[0])
    d.metals.forEach((m, k) => {
      const q = k * total + stage
      source[q] = (source[q] as number) + flow * m * share(k)
    })
  }
  const part = d.second?.[1] ?? 0
  if (d.second !== undefined) feed(d.second[0], part, (k) => (k % 2 === 0 ? 1 : 0.3))
  feed((d.starts[1] as number) - 1, 1 - part, () => 1)
  const [scrub, strip, wash] = d.flows
  if (scrub > 0) add((d.starts[2] as number) - 1, scrub, d.acids[1])
  add((d.starts[3] as number) - 1, strip, d.acids[2])
  if (wash > 0) add(total - 1, wash, 0)
  return { aqueousIn, hydrogen, source }
}

function layoutOf(d: Draw, aqueousIn: Float64Array): CircuitLayout {
  const sections: SectionLayout[] = []
  let strip = 0
  d.counts.forEach((stages, index) => {
    if (stages === 0) return
    if (index === 2) strip = sections.length
    sections.push({
      stages,
      efficiency: d.efficiency,
      aqueousInOrganic: d.entrained[0],
      organicInAqueous: d.entrained[1],
      aqueousTo: index === 1 ? 'previous' : 'out',
      unloads: index > 1,
    })
  })
  const to = (d.starts[2] as number) - 1
  return {
    sections,
    organicFlow: d.organicFlow,
    aqueousIn,
    draws: d.draws,
    bleed: d.bleed,
    returnedAqueous: d.saponification > 0 ? 0 : 1,
    ...(d.reflux > 0 ? { reflux: { section: strip, fraction: d.reflux, to } } : {}),
  }
}

/** One circuit of a population; what was drawn is in `about`. */
export function randomCircuit(random: Random, population: 'inside' | 'anything'): RandomCircuit {
  const set = pickSet(random)
  const d = drawNumbers(random, set, population === 'inside')
  const { elements, concentration, organicFlow, saponification } = d
  const components = elements.length + (saponification > 0 ? 1 : 0)
  const { aqueousIn, hydrogen, source } = enter(d, components)
  const layout = layoutOf(d, aqueousIn)
  const laid = layOut(layout)
  const organicSource = new Float64Array(components)
  if (saponification > 0)
    organicSource[components - 1] = saponification * concentration * organicFlow
  const problem = composeCircuit({
    distribution: compileDistribution(set, elements),
    fixed: [],
    ...(saponification > 0 ? { exchange: { constant: 1e-6, count: 1 } } : {}),
    laid,
    extractant: concentration,
    source,
    organicSource,
    hydrogen,
  })
  const short = (v: number) => v.toPrecision(3)
  return {
    set,
    elements,
    layout,
    laid,
    problem,
    stages: d.starts.at(-1) as number,
    reflux: d.reflux > 0,
    about: [
      `${set.id} ${d.counts.join('+')} ${elements.join(' ')}`,
      `loading ${short(d.loading)} saponified ${short(saponification)} O:A ${short(organicFlow)}`,
      `reflux ${short(d.reflux)} H ${d.acids.map(short).join('/')}`,
      `efficiency ${short(d.efficiency)} entrained ${d.entrained.map(short).join('/')}`,
    ].join(', '),
  }
}

/** Stages of extraction, scrub, strip and wash; small circuits leave sections out. */
function splitStages(random: Random, total: number): number[] {
  if (total === 2) return [1, 0, 1, 0]
  const wash = total > 6 && random.uniform() < 0.25 ? random.integer(1, 3) : 0
  const left = total - wash
  const strip = Math.max(
    1,
    Math.min(left - 2, random.integer(2, Math.max(2, Math.min(12, left >> 2)))),
  )
  const scrub =
    random.uniform() < 0.85 ? Math.round((left - strip - 1) * random.between(0.2, 0.7)) : 0
  return [left - strip - scrub, scrub, strip, wash]
}
