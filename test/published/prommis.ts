import type { ExtractantSet } from '../../src/chemistry/index.ts'
import type { SxProblem } from '../../src/unitops/sx/problem.ts'
import { builtIn, readCase } from './case.ts'
import { onceThrough } from './once-through.ts'

interface Prommis {
  readonly given: {
    readonly aq_feed_mg_L: Readonly<Record<string, number>>
    readonly org_feed_mg_L: Readonly<Record<string, number>>
    readonly MW_used: Readonly<Record<string, number>>
    readonly DEHPA_MW: number
  }
  readonly published: {
    readonly aq_out_mg_L: Readonly<Record<string, number | string>>
    readonly org_out_mg_L: Readonly<Record<string, number>>
  }
}

export const prommis = readCase('prommis-3s') as Prommis

export const prommisElements = 'La Ce Pr Nd Sm Gd Al Ca Fe Sc Y Dy'.split(' ')

export function prommisSet(): ExtractantSet {
  return builtIn('D2EHPA-PROMMIS')
}

/** PROMMIS-3S as given: flows in L/h, so rates come out in mol/h. */
export function prommisProblem(set: ExtractantSet): SxProblem {
  const { given } = prommis
  const molar = (mg: number, element: string) => mg / 1000 / (given.MW_used[element] as number)
  const each = (table: Readonly<Record<string, number>>) =>
    Object.fromEntries(prommisElements.map((e) => [e, molar(table[e] as number, e)]))
  const feed = each(given.aq_feed_mg_L)
  const organicFeed = each(given.org_feed_mg_L)
  const bisulfate = molar(given.aq_feed_mg_L.HSO4 as number, 'HSO4')
  const free = (given.org_feed_mg_L.DEHPA as number) / 1000 / given.DEHPA_MW
  const bound = prommisElements.reduce(
    (sum, e) => sum + (e === 'Ca' ? 2 : 3) * (organicFeed[e] as number),
    0,
  )
  return onceThrough({
    set,
    elements: prommisElements,
    stages: 3,
    aqueousFlow: 62.01,
    organicFlow: 62.01,
    feedStage: 2,
    scrubFlow: 0,
    feed,
    organicFeed,
    hydrogen: molar(given.aq_feed_mg_L.H as number, 'H') + bisulfate,
    sulfate: molar(given.aq_feed_mg_L.SO4 as number, 'SO4') + bisulfate,
    extractant: free + bound,
  })
}
