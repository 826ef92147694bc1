import type { BreakEven, InternalRate, Payback } from '../../../src/economics/finance/index.ts'
import type { CapitalEstimate, EquipmentLine } from '../../../src/economics/index.ts'
import { formatNumber } from '../ui/format.ts'
import { inScale, scaleOf } from './amount.ts'

/** A rate of return, where there is exactly one. */
export const rateOf = (found: InternalRate): number | undefined =>
  found.outcome === 'found' ? found.rate : undefined

const noReturn = {
  'never-invested': 'no return: nothing is invested',
  'never-earned': 'no return: what is spent never comes back',
  'no-rate-found': 'no rate brings the value to zero',
} as const

/** Why there is no single rate of return. */
export function whyNoRate(found: InternalRate): string {
  if (found.outcome === 'none') return noReturn[found.why]
  if (found.outcome === 'found') return ''
  const rates = found.rates.map((rate) => `${formatNumber(100 * rate, 3)}\u202f%`).join(', ')
  return `none: ${rates} all bring the value to zero`
}

/** Why nothing is paid back. */
export const whyNoPayback = (found: Payback): string =>
  found.outcome === 'never' ? 'never' : 'nothing is spent'

/** The value at which something becomes zero. */
export const breakEvenOf = (found: BreakEven): number | undefined =>
  found.outcome === 'found' ? found.x : undefined

/** Why it becomes zero nowhere. */
export function whyNoBreakEven(found: BreakEven): string {
  if (found.outcome === 'always-positive') return 'earns at any price'
  if (found.outcome === 'always-negative') return 'loses at any price that was tried'
  return found.outcome === 'failed' ? `not found: ${found.why}` : ''
}

/** What all items of a line cost; undefined where no price is known. */
export const priceOf = ({ price }: EquipmentLine): number | undefined =>
  'missing' in price ? undefined : price.total

/** `class 4, −30 to +50 %`. */
export function classText({ estimateClass }: CapitalEstimate): string {
  const { class: of, low, high } = estimateClass
  const percent = (share: number) => formatNumber(100 * share, 3)
  return `class ${of}, ${percent(low)} to +${percent(high)}\u202f%`
}

/** What the estimate lies between, by its class: `12.1 to 26 MUSD`. */
export function rangeText({ estimateClass, totals, basis }: CapitalEstimate): string {
  const ends = [1 + estimateClass.low, 1 + estimateClass.high].map((by) => by * totals.total)
  const scale = scaleOf(ends, basis.currency)
  const [low = '', high = ''] = ends.map((amount) => inScale(amount, scale, 3))
  return `${low} to ${high}\u202f${scale.unit}`
}

export const capitalGroups = {
  equipment: 'Equipment',
  direct: 'Direct costs',
  indirect: 'Indirect costs',
  contingency: 'Contingency',
  owner: "Owner's costs",
  spares: 'Spare parts',
  'start-up': 'Start-up',
  'first-fill': 'First fill',
  other: 'Other',
  'working-capital': 'Working capital',
} as const

export const operatingGroups = {
  feed: 'Feed',
  reagents: 'Reagents',
  utilities: 'Utilities',
  waste: 'Waste',
  labour: 'Labour',
  maintenance: 'Maintenance',
  overhead: 'Overhead',
  other: 'Other',
} as const

/** Sums of lines by group, in the order of the groups; empty groups are left out. */
export function byGroup<G extends string>(
  lines: readonly { readonly group: G; readonly amount: number }[],
  groups: Readonly<Record<G, string>>,
): readonly { readonly name: string; readonly amount: number }[] {
  const sums = new Map<G, number>()
  for (const { group, amount } of lines) sums.set(group, (sums.get(group) ?? 0) + amount)
  return (Object.keys(groups) as G[]).flatMap((group) => {
    const amount = sums.get(group)
    return amount === undefined || amount === 0 ? [] : [{ name: groups[group], amount }]
  })
}

/** How many things without a price a chart names before it counts the rest. */
const named = 3

/** What a sum does not contain, for below its chart. */
export function unpricedText(
  gaps: readonly { readonly what: string; readonly why: string }[],
): readonly string[] {
  const rest = gaps.length - named
  return [
    ...gaps.slice(0, named).map(({ what }) => what),
    ...(rest > 0 ? [`${rest} more, listed below`] : []),
  ]
}
