import type {
  CapitalEstimate,
  CapitalInputs,
  CapitalLine,
  WorkingCapitalRule,
  WorkingCapitalShare,
} from './capital-types.ts'
import { totalled } from './capital.ts'
import { rareEarthsHeld } from './hold-up.ts'
import { originOf } from './materials.ts'
import type { OperatingEstimate, OperatingLine } from './operating-types.ts'
import type { SolvedPlant } from './solved-plant.ts'
import { percent, plainNumber } from './words.ts'

const days = 365

const perYear = (lines: readonly OperatingLine[], groups: readonly OperatingLine['group'][]) =>
  lines.reduce((sum, l) => sum + (groups.includes(l.group) ? l.amount : 0), 0)

/** Reagents in store when the plant starts: bought once, as the solvent is. */
function reagentFill(
  operating: OperatingEstimate,
  { reagentDays, source, assumption }: NonNullable<CapitalInputs['firstFill']>,
): CapitalLine[] {
  const reagents = perYear(operating.lines, ['reagents'])
  if (reagentDays === undefined || !(reagents > 0)) return []
  return [
    {
      name: 'First fill: reagents in store',
      group: 'first-fill',
      amount: (reagents * reagentDays) / days,
      how: `${plainNumber(reagentDays)} days of reagents`,
      ...originOf({ source, assumption }),
    },
  ]
}

/** The value of the rare earths in the plant; what has none is a gap. */
function heldLines(plant: SolvedPlant, values: Readonly<Record<string, number>>) {
  const lines: CapitalLine[] = []
  const unpriced: { what: string; why: string }[] = []
  let amount = 0
  let mass = 0
  const bare = new Map<string, number>()
  for (const elements of Object.values(rareEarthsHeld(plant, rareEarths))) {
    for (const [el, kg] of Object.entries(elements)) {
      const value = values[el]
      if (value === undefined) bare.set(el, (bare.get(el) ?? 0) + kg)
      else {
        amount += kg * value
        mass += kg
      }
    }
  }
  for (const [el, kg] of bare) {
    if (kg > 0.001)
      unpriced.push({
        what: `${plainNumber(kg)} kg of ${el} held in the plant`,
        why: `no value of ${el}`,
      })
  }
  if (mass > 0)
    lines.push({
      name: 'Rare earths held in the plant',
      group: 'working-capital',
      amount,
      how: `${plainNumber(mass)} kg in circuits, tanks and kilns, at the value of their oxides`,
    })
  return { lines, unpriced }
}

const rareEarths = [
  'Sc',
  'Y',
  'La',
  'Ce',
  'Pr',
  'Nd',
  'Sm',
  'Eu',
  'Gd',
  'Tb',
  'Dy',
  'Ho',
  'Er',
  'Tm',
  'Yb',
  'Lu',
] as const

function tradeLines(
  rule: WorkingCapitalRule,
  operating: OperatingEstimate,
  revenue: number | undefined,
  stored: boolean,
): CapitalLine[] {
  const { lines } = operating
  const line = (name: string, count: number, of: number, what: string): CapitalLine[] =>
    count === 0 || of === 0
      ? []
      : [
          {
            name,
            group: 'working-capital',
            amount: (of * count) / days,
            how: `${plainNumber(Math.abs(count))} days of ${what}`,
            ...originOf(rule),
          },
        ]
  const bought = Math.max(0, perYear(lines, ['feed']))
  return [
    ...line('Feed in store', rule.feedDays, bought, 'feed'),
    ...(stored
      ? []
      : line('Reagents in store', rule.reagentDays, perYear(lines, ['reagents']), 'reagents')),
    ...line('Products in store', rule.productDays, operating.perYear, 'cash cost'),
    ...line('Receivables', rule.receivableDays, revenue ?? 0, 'revenue'),
    ...line(
      'Payables',
      -rule.payableDays,
      bought + perYear(lines, ['reagents', 'utilities', 'waste']),
      'feed, reagents, utilities and waste',
    ),
  ]
}

const shareLine = ({ fraction, ...origin }: WorkingCapitalShare, fixed: number): CapitalLine => ({
  name: 'Working capital',
  group: 'working-capital',
  amount: fraction * fixed,
  how: `${percent(fraction)} of the fixed capital`,
  ...originOf(origin),
})

/**
 * The capital estimate with what needs the operating cost: reagents in store, and working capital
 * as days of stock, receivables (given) and payables (taken) with the rare earths held at their
 * value. Reagents that are a first fill are not stock as well.
 */
export function withWorkingCapital(
  estimate: CapitalEstimate,
  plant: SolvedPlant,
  inputs: Pick<CapitalInputs, 'workingCapital' | 'firstFill' | 'holdUpValue'>,
  operating: OperatingEstimate,
  revenue?: number,
): CapitalEstimate {
  const { workingCapital: rule, firstFill, holdUpValue = {} } = inputs
  const fill = firstFill === undefined ? [] : reagentFill(operating, firstFill)
  const unpriced: { what: string; why: string }[] = []
  const working: CapitalLine[] = []
  if (rule !== undefined && 'fraction' in rule) {
    const fixed = estimate.totals.fixed + fill.reduce((sum, { amount }) => sum + amount, 0)
    working.push(shareLine(rule, fixed))
  } else if (rule !== undefined) {
    working.push(...tradeLines(rule, operating, revenue, fill.length > 0))
    const held = rule.holdUp ? heldLines(plant, holdUpValue) : { lines: [], unpriced: [] }
    working.push(...held.lines)
    unpriced.push(...held.unpriced)
    if (rule.receivableDays > 0 && revenue === undefined)
      unpriced.push({ what: 'receivables', why: 'no revenue is given' })
  }
  return totalled(estimate, [...fill, ...working], unpriced)
}
