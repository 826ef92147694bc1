import type { Custody } from './account-types.ts'
import { catchUp } from './catch-up.ts'
import type { Ledger } from './ledger.ts'
import { custodyModels, type CustodyModel } from './lot.ts'
import { trace, type Trace } from './trace.ts'

type Model = CustodyModel | 'unknown'

const order: readonly Model[] = [...custodyModels, 'unknown']
const weaker = (a: Model, b: Model): Model => (order.indexOf(a) >= order.indexOf(b) ? a : b)

/** Chain of custody by a walk that was made before. */
export function custodyFrom({ genealogy, states }: Trace): Custody {
  const { lot, nodes, edges, isCut } = genealogy
  const made = new Set(edges.map(({ to }) => to))
  const lots = nodes.filter(({ type, kind }) => type === 'lot' && kind !== 'reagent')
  const origins = lots.filter(({ uri }) => !made.has(uri))
  const modelOf = (uri: string): Model | undefined =>
    states.get(uri)?.master?.custody ?? (made.has(uri) ? undefined : 'unknown')
  const models = lots.flatMap(({ uri }) => {
    const model = modelOf(uri)
    return model === undefined ? [] : [{ lot: uri, model }]
  })
  const suppliers = new Set(origins.map(({ uri }) => states.get(uri)?.master?.supplier ?? uri))
  // A mixture of several origins preserves the identity of none.
  const least: Model = suppliers.size > 1 ? 'segregated' : 'identity-preserved'
  const model = models.reduce<Model>((weakest, one) => weaker(weakest, one.model), least)
  const because = models.filter((one) => one.model === model)
  return { lot, model, because, origins: origins.length, isCut }
}

/**
 * Chain of custody of a lot (models of ISO 22095): the weakest of its own and of all that it came
 * from. Lots of several suppliers together are segregated at best; an origin of which nobody has
 * said a model makes it unknown. Reagents do not count.
 */
export async function custodyOf(ledger: Ledger, lot: string): Promise<Custody> {
  await catchUp(ledger)
  return custodyFrom(await trace(ledger, lot, { direction: 'up', shares: false }))
}
