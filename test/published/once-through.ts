import { compileDistribution } from '../../src/chemistry/index.ts'
import type { ExtractantSet } from '../../src/chemistry/index.ts'
import { composeCircuit } from '../../src/unitops/sx/compose.ts'
import { layOut } from '../../src/unitops/sx/layout.ts'
import type { SxProblem } from '../../src/unitops/sx/problem.ts'

/** An extraction section with once-through organic: stage 0 is where the organic enters. */
export interface OncethroughInput {
  readonly set: ExtractantSet
  readonly elements: readonly string[]
  readonly stages: number
  readonly aqueousFlow: number
  readonly organicFlow: number
  /** Stage of the feed, from 0, and aqueous entering the last stage besides, L/s. */
  readonly feedStage: number
  readonly scrubFlow: number
  /** mol/L of hydrogen in that aqueous. */
  readonly scrubHydrogen?: number
  /** mol/L */
  readonly feed: Readonly<Record<string, number>>
  readonly organicFeed: Readonly<Record<string, number>>
  readonly hydrogen: number
  readonly sulfate: number
  readonly extractant: number
  readonly loading?: Float64Array
}

export function onceThrough(input: OncethroughInput): SxProblem {
  const { elements, stages: n, aqueousFlow, organicFlow, feedStage } = input
  const aqueousIn = new Float64Array(n)
  aqueousIn[feedStage] = aqueousFlow
  aqueousIn[n - 1] = (aqueousIn[n - 1] as number) + input.scrubFlow
  const laid = layOut({
    sections: [
      { stages: n, efficiency: 1, aqueousInOrganic: 0, organicInAqueous: 0, aqueousTo: 'out' },
    ],
    organicFlow,
    aqueousIn,
    draws: [],
    bleed: 1,
    returnedAqueous: 0,
  })
  const source = new Float64Array(elements.length * n)
  const at = (flow: number) => {
    const field = new Float64Array(n)
    field[feedStage] = flow * aqueousFlow
    return field
  }
  const hydrogen = at(input.hydrogen)
  hydrogen[n - 1] = (hydrogen[n - 1] as number) + (input.scrubHydrogen ?? 0) * input.scrubFlow
  elements.forEach((e, k) => (source[k * n + feedStage] = (input.feed[e] ?? 0) * aqueousFlow))
  return composeCircuit({
    distribution: compileDistribution(input.set, elements),
    fixed: [],
    laid,
    extractant: input.extractant,
    source,
    organicSource: Float64Array.from(elements, (e) => (input.organicFeed[e] ?? 0) * organicFlow),
    hydrogen,
    sulfate: at(input.sulfate),
    ...(input.loading === undefined ? {} : { loading: input.loading }),
  })
}
