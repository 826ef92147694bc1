import { compileDistribution } from '../../src/chemistry/index.ts'
import type { ExtractantSet } from '../../src/chemistry/index.ts'
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
 * - organic flow for a loading of 5 to 110 % of stoichiometric if all were extracted; O:A of every
 *   section 0.05 to 50;
 * - saponification up to what the metals fed can exchange, and below 50 %: two monomers are bound
 *   for each one that was sodium, so more cannot be exchanged for metal;
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

export const sets = [
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

export function randomCircuit(random: Random, population: 'inside' | 'anything'): RandomCircuit {
  const inside = population === 'inside'
  const chance = (p: number) => random.uniform() < p
  const set = pickSet(random)
  const span = spanOf(set, inside)
  const known = Object.keys(set.parameters)
  const elements = random.shuffle(known).slice(0, random.integer(2, Math.min(known.length, 14)))
  const total = chance(0.4) ? random.integer(61, 150) : random.integer(2, 60)
  const counts = splitStages(random, total)
  const starts = counts.reduce<number[]>((list, c) => [...list, (list.at(-1) as number) + c], [0])
  const concentration = inside ? random.between(0.2, 1.5) : logBetween(random, 0.01, 3)
  const metals = elements.map(() => logBetween(random, inside ? 1e-4 : 1e-5, inside ? 0.3 : 3))
  const sum = metals.reduce((a, b) => a + b, 0)
  if (inside && sum > 0.6) metals.forEach((m, k) => (metals[k] = (m * 0.6) / sum))
  const fed = metals.reduce((a, b) => a + b, 0)
  const feedFlow = 1
  const loading = inside ? random.between(0.05, 1.1) : logBetween(random, 0.01, 20)
  let organicFlow = (fed * feedFlow * 6) / (concentration * loading)
  const bounded = (ratio: number) =>
    inside ? Math.min(Math.max(ratio, 0.05), 50) : Math.min(Math.max(ratio, 1e-4), 1e4)
  organicFlow = bounded(organicFlow / feedFlow) * feedFlow
  const exchange = (3 * fed * feedFlow) / (concentration * organicFlow)
  const saponification = chance(0.6)
    ? Math.min(random.uniform() * (inside ? Math.min(exchange, 0.48) : 2 * exchange), 0.9)
    : 0
  const strong = () => logBetween(random, Math.max(span.acid[1] / 30, span.acid[0]), span.acid[1])
  const feedH = inside
    ? Math.min(10 ** -random.between(span.pH[0] + 0.5, span.pH[1]), 2)
    : logBetween(random, 1e-8, 5)
  const scrubH = inside ? logBetween(random, span.acid[1] / 100, span.acid[1] / 3) : strong()
  const stripH = inside ? span.acid[1] * random.between(0.3, 1) : strong()
  // Strip acid: 0.8 to 4 times what the metals and the sodium need, where the O:A allows it.
  const need = (3 * fed * feedFlow) / stripH
  const stripFlow =
    organicFlow /
    bounded(organicFlow / (need * (inside ? random.between(1, 4) : logBetween(random, 0.1, 10))))
  const scrubFlow = counts[1] === 0 ? 0 : organicFlow / bounded(logBetween(random, 1, 30))
  const washFlow = counts[3] === 0 ? 0 : organicFlow / bounded(logBetween(random, 1, 30))
  const efficiency = chance(0.25) ? random.between(0.7, 1) : 1
  const entrained = chance(0.25) ? [random.uniform() * 0.01, random.uniform() * 0.01] : [0, 0]
  const sections: SectionLayout[] = []
  const kinds: string[] = []
  counts.forEach((stages, index) => {
    if (stages === 0) return
    kinds.push(['extraction', 'scrub', 'strip', 'wash'][index] as string)
    sections.push({
      stages,
      efficiency,
      aqueousInOrganic: entrained[0] as number,
      organicInAqueous: entrained[1] as number,
      aqueousTo: index === 1 ? 'previous' : 'out',
      unloads: index > 1,
    })
  })
  const aqueousIn = new Float64Array(total)
  const hydrogen = new Float64Array(total)
  const add = (stage: number, flow: number, acid: number) => {
    aqueousIn[stage] = (aqueousIn[stage] as number) + flow
    hydrogen[stage] = (hydrogen[stage] as number) + flow * acid
  }
  const e = elements.length
  const c = e + (saponification > 0 ? 1 : 0)
  const source = new Float64Array(c * total)
  const feedAt = (stage: number, flow: number, share: (k: number) => number) => {
    add(stage, flow, feedH)
    for (let k = 0; k < e; k++) {
      const q = k * total + stage
      source[q] = (source[q] as number) + flow * (metals[k] as number) * share(k)
    }
  }
  const feedStage = (starts[1] as number) - 1
  const second = chance(0.2) ? random.integer(0, feedStage) : -1
  if (second >= 0) {
    const part = random.between(0.1, 0.5)
    feedAt(second, part * feedFlow, (k) => (k % 2 === 0 ? 1 : 0.3))
    feedAt(feedStage, (1 - part) * feedFlow, () => 1)
  } else feedAt(feedStage, feedFlow, () => 1)
  if (scrubFlow > 0) add((starts[2] as number) - 1, scrubFlow, scrubH)
  if (counts[2] !== 0) add((starts[3] as number) - 1, stripFlow, stripH)
  if (washFlow > 0) add(total - 1, washFlow, 0)
  const reflux = counts[1] !== 0 && counts[2] !== 0 && chance(0.55)
  const draws = chance(0.25)
    ? [
        {
          phase: chance(0.5) ? ('aqueous' as const) : ('organic' as const),
          stage: random.integer(0, Math.max((starts[2] as number) - 1, 0)),
          fraction: random.between(0.01, 0.3),
        },
      ]
    : []
  const layout: CircuitLayout = {
    sections,
    organicFlow,
    aqueousIn,
    draws,
    bleed: chance(0.25) ? random.between(0.001, 0.05) : 0,
    returnedAqueous: saponification > 0 ? 0 : 1,
    ...(reflux
      ? {
          reflux: {
            section: kinds.indexOf('strip'),
            fraction: random.between(0.1, 0.9),
            to: (starts[2] as number) - 1,
          },
        }
      : {}),
  }
  const laid = layOut(layout)
  const organicSource = new Float64Array(c)
  if (saponification > 0) organicSource[c - 1] = saponification * concentration * organicFlow
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
  return {
    set,
    elements,
    layout,
    laid,
    problem,
    stages: total,
    reflux,
    about: `${set.id} ${counts.join('+')} ${elements.join(' ')} load ${loading.toFixed(2)} S ${saponification.toFixed(2)} O ${organicFlow.toPrecision(3)} reflux ${layout.reflux?.fraction.toFixed(2) ?? 0} H ${feedH.toPrecision(2)}/${scrubH.toPrecision(2)}/${stripH.toPrecision(2)} eff ${efficiency.toFixed(2)} ent ${(entrained[0] as number).toPrecision(1)}`,
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
