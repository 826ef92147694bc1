import type { OriginReport, OriginShare } from './account-types.ts'
import { catchUp } from './catch-up.ts'
import type { Site } from './command.ts'
import type { Ledger } from './ledger.ts'
import { processingSteps, type OriginStep, type ProcessingStep } from './lot.ts'
import { siteOf } from './site.ts'
import { trace, type Trace } from './trace.ts'

const unknown = 'unknown'

/** Where a step was done, as a key: the same place is one line. */
const keyOf = ({ country, facility, operator, owner }: Omit<OriginShare, 'share'>) =>
  JSON.stringify([country, facility ?? null, operator ?? null, owner ?? null])

function placeOf({ country, facility, operator, owner }: OriginStep): Omit<OriginShare, 'share'> {
  return {
    country,
    ...(facility === undefined ? {} : { facility }),
    ...(operator === undefined ? {} : { operator }),
    ...(owner === undefined ? {} : { owner }),
  }
}

/** Adds up shares by place; what is left of the whole is unknown. */
function summed(parts: readonly OriginShare[]): OriginShare[] {
  const sums = new Map<string, OriginShare>()
  let said = 0
  for (const part of parts) {
    const key = keyOf(part)
    sums.set(key, { ...part, share: (sums.get(key)?.share ?? 0) + part.share })
    said += part.share
  }
  const key = keyOf({ country: unknown })
  const rest = 1 - said + (sums.get(key)?.share ?? 0)
  if (rest > 1e-9) sums.set(key, { country: unknown, share: rest })
  return [...sums.values()].sort((a, b) => b.share - a.share || (keyOf(a) < keyOf(b) ? -1 : 1))
}

/** Lots that came to the lot asked for through no campaign: by splits and blends alone. */
function withoutCampaign({ genealogy }: Trace): ReadonlySet<string> {
  const { nodes, edges, lot } = genealogy
  const campaigns = new Set(nodes.filter(({ type }) => type === 'campaign').map(({ uri }) => uri))
  const into = new Map<string, string[]>()
  for (const { from, to } of edges) {
    const before = into.get(to)
    if (before === undefined) into.set(to, [from])
    else before.push(from)
  }
  const seen = new Set([lot])
  const open = [lot]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const from of into.get(at) ?? []) {
      if (seen.has(from) || campaigns.has(from)) continue
      seen.add(from)
      open.push(from)
    }
  }
  return seen
}

/**
 * Share of an element that a campaign of this site separated: all but what came without one. The
 * part that cannot be followed came out of a campaign too when everything else did.
 */
function separatedHere({ genealogy }: Trace, element: string, untouched: ReadonlySet<string>) {
  const { ends, unknown } = genealogy
  let through = 0
  let without = 0
  for (const { lot, shares } of ends) {
    if (untouched.has(lot)) without += shares[element] ?? 0
    else through += shares[element] ?? 0
  }
  return without === 0 ? through + (unknown[element] ?? 0) : through
}

/** Origin of a lot by a walk that was made before. */
export function originFrom(traced: Trace, site: Site): OriginReport {
  const { lot, ends, elements, isCut } = traced.genealogy
  const steps: OriginReport['steps'][number][] = []
  const masterOf = (uri: string) => traced.states.get(uri)?.master
  const untouched = withoutCampaign(traced)
  for (const element of elements) {
    const through = separatedHere(traced, element, untouched)
    const own: OriginShare = { country: site.country, facility: site.name, share: through }
    const partsOf = (step: ProcessingStep) => [
      ...(step === 'separated' && through > 0 ? [own] : []),
      ...ends.flatMap((end): OriginShare[] => {
        const said = (masterOf(end.lot)?.origin ?? []).filter((one) => one.step === step)
        const counts = step !== 'separated' || untouched.has(end.lot)
        const share = counts ? (end.shares[element] ?? 0) / said.length : 0
        return share > 0 ? said.map((one) => ({ ...placeOf(one), share })) : []
      }),
    ]
    for (const step of processingSteps) {
      const isSaid = ends.some(({ lot: uri, shares }) => {
        const origin = masterOf(uri)?.origin ?? []
        return shares[element] !== undefined && origin.some((one) => one.step === step)
      })
      if (!isSaid && !(step === 'separated' && through > 0) && step !== 'mined') continue
      steps.push({ step, element, shares: summed(partsOf(step)) })
    }
  }
  return { lot, steps, isCut }
}

/**
 * Where each processing step of what is in a lot was done, by share of each element. Our own
 * campaigns are the step `separated` at the site. Unknown is an answer; the mine is always asked.
 */
export async function originOf(ledger: Ledger, lot: string): Promise<OriginReport> {
  await catchUp(ledger)
  const traced = await trace(ledger, lot, { direction: 'up' })
  return originFrom(traced, await siteOf(ledger.store))
}
