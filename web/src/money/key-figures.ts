import type { Appraisal } from '../../../src/scenario/economics/appraisal.ts'
import { breakEvenOf, rateOf } from './facts.ts'

/** How a figure is read: money, a share, or a plain number with a unit. */
export type Reading =
  | { readonly as: 'money'; readonly per?: string }
  | { readonly as: 'share' }
  | { readonly as: 'number'; readonly unit: string }

/** A figure by which plants are compared. */
export interface KeyFigure {
  readonly name: string
  readonly reading: Reading
  /** Whether more of it is good; absent for what only says how large a plant is. */
  readonly better?: 'more' | 'less'
  readonly of: (appraisal: Appraisal) => number | null | undefined
}

const money = (per = ''): Reading => ({ as: 'money', per })
const number = (unit: string): Reading => ({ as: 'number', unit })

/** What plants are compared by, in the order in which it is read. */
export const keyFigures: readonly KeyFigure[] = [
  {
    name: 'Rare earth oxides',
    reading: number('t/y'),
    of: ({ operating }) => operating.reo / 1000,
  },
  {
    name: 'Capital',
    reading: money(),
    of: ({ capital }) => capital.totals.total,
  },
  {
    name: 'Operating cost',
    reading: money('/y'),
    of: ({ operating }) => operating.perYear,
  },
  {
    name: 'Operating cost per kg of oxides',
    reading: money('/kg'),
    better: 'less',
    of: ({ operating }) => operating.perKgReo,
  },
  { name: 'Sales', reading: money('/y'), of: ({ sales }) => sales.perYear },
  {
    name: 'Net present value',
    reading: money(),
    better: 'more',
    of: ({ finance }) => finance.metrics.projectNpv,
  },
  {
    name: 'Rate of return',
    reading: { as: 'share' },
    better: 'more',
    of: ({ finance }) => rateOf(finance.metrics.projectIrr),
  },
  {
    name: 'Return on equity',
    reading: { as: 'share' },
    better: 'more',
    of: ({ finance }) => rateOf(finance.metrics.equityIrr),
  },
  {
    name: 'Paid back, from operation',
    reading: number('y'),
    better: 'less',
    of: ({ finance: { metrics } }) =>
      metrics.payback.outcome === 'found' ? metrics.payback.fromOperation : undefined,
  },
  {
    name: 'Levelised cost',
    reading: money('/kg'),
    better: 'less',
    of: ({ finance }) => finance.metrics.levelised.perKg,
  },
  {
    name: 'Break-even of all prices',
    reading: number('×'),
    better: 'less',
    of: ({ finance: { breakEvens } }) =>
      breakEvens === undefined ? undefined : breakEvenOf(breakEvens.basketFactor),
  },
  {
    name: 'Footprint per kg of oxides',
    reading: number('kg CO₂e/kg'),
    better: 'less',
    of: ({ footprint }) => ('missing' in footprint ? undefined : footprint.perKgReo),
  },
]
