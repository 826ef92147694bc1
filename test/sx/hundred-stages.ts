import { compileDistribution } from '../../src/chemistry/index.ts'
import { bank } from '../../src/databank/index.ts'
import { composeCircuit } from '../../src/unitops/sx/compose.ts'
import { layOut } from '../../src/unitops/sx/layout.ts'
import type { SectionLayout } from '../../src/unitops/sx/layout.ts'
import type { SxProblem } from '../../src/unitops/sx/problem.ts'

/** A circuit of extraction, scrub and strip by its main numbers; flows in L/s (or any unit). */
export interface ThreeSections {
  readonly set?: string
  readonly feed: Readonly<Record<string, number>>
  readonly feedH: number
  readonly feedFlow: number
  readonly stages: readonly [number, number, number]
  readonly organicFlow: number
  readonly extractant?: number
  readonly saponification: number
  readonly scrubFlow: number
  readonly scrubH: number
  readonly stripFlow: number
  readonly stripH: number
}

/** Elements in the order of the feed, then sodium where the organic is saponified. */
export function threeSections(c: ThreeSections): SxProblem {
  const [a, b, s] = c.stages
  const n = a + b + s
  const elements = Object.keys(c.feed)
  const set = bank.extractants.get(c.set ?? 'PC88A-T21-NdPr')
  if (set === undefined) throw new Error(`no set ${c.set}`)
  const aqueousIn = new Float64Array(n)
  const hydrogen = new Float64Array(n)
  const enter = (stage: number, flow: number, acid: number) => {
    aqueousIn[stage] = (aqueousIn[stage] as number) + flow
    hydrogen[stage] = (hydrogen[stage] as number) + flow * acid
  }
  enter(a - 1, c.feedFlow, c.feedH)
  enter(a + b - 1, c.scrubFlow, c.scrubH)
  enter(n - 1, c.stripFlow, c.stripH)
  const section = (
    stages: number,
    aqueousTo: 'out' | 'previous',
    unloads: boolean,
  ): SectionLayout => ({
    stages,
    efficiency: 1,
    aqueousInOrganic: 0,
    organicInAqueous: 0,
    aqueousTo,
    unloads,
  })
  const laid = layOut({
    sections: [section(a, 'out', false), section(b, 'previous', false), section(s, 'out', true)],
    organicFlow: c.organicFlow,
    aqueousIn,
    draws: [],
    bleed: 0,
    returnedAqueous: 0,
  })
  const extractant = c.extractant ?? 1
  const count = elements.length + 1
  const source = new Float64Array(count * n)
  elements.forEach((e, k) => (source[k * n + a - 1] = (c.feed[e] as number) * c.feedFlow))
  const organicSource = new Float64Array(count)
  organicSource[count - 1] = c.saponification * extractant * c.organicFlow
  return composeCircuit({
    distribution: compileDistribution(set, elements),
    fixed: [],
    exchange: { constant: 1e-6, count: 1 },
    laid,
    extractant,
    source,
    organicSource,
    hydrogen,
  })
}

/** Nd | Pr (beta 1.4) on 100 stages: 11 rare earths and sodium. */
export const neodymium: ThreeSections = {
  feed: {
    La: 0.002,
    Ce: 0.004,
    Pr: 0.05,
    Nd: 0.2,
    Sm: 0.003,
    Eu: 0.0005,
    Gd: 0.004,
    Tb: 0.002,
    Dy: 0.015,
    Ho: 0.0005,
    Y: 0.0003,
  },
  feedH: 0.05,
  feedFlow: 1,
  stages: [42, 48, 10],
  organicFlow: 5,
  saponification: 0.28,
  scrubFlow: 1,
  scrubH: 1,
  stripFlow: 0.25,
  stripH: 4.5,
}

/** Dy | Tb on 100 stages, 12 elements of which two hardly matter. */
export const dysprosium: ThreeSections = {
  feed: {
    La: 0.0001,
    Ce: 0.0001,
    Pr: 0.0005,
    Nd: 0.002,
    Sm: 0.01,
    Eu: 0.002,
    Gd: 0.02,
    Tb: 0.03,
    Dy: 0.15,
    Ho: 0.005,
    Y: 0.003,
  },
  feedH: 0.05,
  feedFlow: 1,
  stages: [42, 48, 10],
  organicFlow: 3.5,
  saponification: 0.24,
  scrubFlow: 0.35,
  scrubH: 2,
  stripFlow: 0.28,
  stripH: 6,
}

/** The same with 12 rare earths: D2EHPA, whose set reaches to Lu. */
export const twelve: ThreeSections = {
  set: 'D2EHPA-P57M76-Nd',
  feed: {
    La: 0.02,
    Ce: 0.03,
    Pr: 0.02,
    Nd: 0.08,
    Sm: 0.01,
    Eu: 0.002,
    Gd: 0.008,
    Tb: 0.002,
    Dy: 0.008,
    Ho: 0.001,
    Er: 0.001,
    Y: 0.004,
  },
  feedH: 0.1,
  feedFlow: 1,
  stages: [40, 48, 12],
  organicFlow: 1.2,
  saponification: 0.15,
  scrubFlow: 0.25,
  scrubH: 1,
  stripFlow: 0.2,
  stripH: 6,
}
