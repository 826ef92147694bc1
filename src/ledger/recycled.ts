import type { RecycledElement, RecycledShare } from './account-types.ts'
import { catchUp } from './catch-up.ts'
import type { GenealogyEnd } from './genealogy-types.ts'
import type { Ledger } from './ledger.ts'
import type { LotMaster, SourceClass, SourceShare } from './lot.ts'
import { trace, type Trace } from './trace.ts'

type ClassShares = Record<SourceClass, number>

const nothing = (): ClassShares => ({
  'pre-consumer': 0,
  'post-consumer': 0,
  primary: 0,
  unknown: 0,
})

/** Class shares of one element of a lot as its master data say; what they do not is unknown. */
export function classesOf(
  sources: readonly SourceShare[] | undefined,
  element: string,
): Readonly<ClassShares> {
  const shares = nothing()
  const own = (sources ?? []).filter((one) => one.element === element)
  const said = own.length > 0 ? own : (sources ?? []).filter((one) => one.element === undefined)
  let sum = 0
  for (const { class: source, share } of said) {
    shares[source] += share
    sum += share
  }
  if (sum > 1) for (const source of Object.keys(shares) as SourceClass[]) shares[source] /= sum
  else shares.unknown += 1 - sum
  return shares
}

/** Elements that shares can be given for: of the genealogy, else those that its lots name. */
function elementsIn({ elements }: Trace['genealogy'], masters: readonly LotMaster[]): string[] {
  if (elements.length > 0) return [...elements]
  const named = masters.flatMap(({ sources = [] }) => sources.flatMap((one) => one.element ?? []))
  return [...new Set(named)].sort()
}

function sumOver(
  element: string,
  ends: readonly GenealogyEnd[],
  masterOf: (lot: string) => LotMaster | undefined,
): RecycledElement {
  const sum = nothing()
  let followed = 0
  for (const { lot, shares } of ends) {
    const share = shares[element] ?? 0
    followed += share
    const classes = classesOf(masterOf(lot)?.sources, element)
    for (const source of Object.keys(sum) as SourceClass[]) sum[source] += share * classes[source]
  }
  return {
    element,
    preConsumer: sum['pre-consumer'],
    postConsumer: sum['post-consumer'],
    primary: sum.primary,
    unknown: sum.unknown + Math.max(0, 1 - followed),
  }
}

/** Recycled share of a lot by a walk that was made before. */
export function recycledFrom({ genealogy, states }: Trace): RecycledShare {
  const { lot, ends, isCut } = genealogy
  const masterOf = (uri: string) => states.get(uri)?.master
  const elements = elementsIn(
    genealogy,
    ends.flatMap((end) => masterOf(end.lot) ?? []),
  )
  const isAlone = genealogy.elements.length === 0 && ends.length === 1
  const whole = Object.fromEntries(elements.map((element) => [element, 1]))
  const evidence = isAlone ? ends.map((end) => ({ lot: end.lot, shares: whole })) : ends
  return {
    lot,
    elements: elements.map((element) => sumOver(element, evidence, masterOf)),
    evidence,
    isCut,
  }
}

/**
 * Recycled share of a lot per element, by mass of the element, pre-consumer and post-consumer
 * apart (the words of ISO 14021), through all that the lot came from. What suppliers did not say
 * and what cannot be followed is unknown, not primary.
 */
export async function recycledShare(ledger: Ledger, lot: string): Promise<RecycledShare> {
  await catchUp(ledger)
  return recycledFrom(await trace(ledger, lot, { direction: 'up' }))
}
