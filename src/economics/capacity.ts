import { capitalIn, type CostBasis, type PriceLevels } from './basis.ts'
import type { AccuracyClass, AnchorPlant, CapitalEstimate, CapitalLine } from './capital-types.ts'
import { classOf, totalled } from './capital.ts'
import { percent, plainNumber } from './words.ts'

export interface CapacityInputs {
  readonly basis: CostBasis
  readonly levels: PriceLevels
  readonly anchor: AnchorPlant
  /** Throughput of this plant in the unit and of what the anchor counts. */
  readonly capacity: number
  /** Exponent of scale; that of the anchor when left out. */
  readonly exponent?: number
  /** Accuracy of class 5: a plant scaled from one other is no better, however sure that one was. */
  readonly accuracy: AccuracyClass
  readonly workingCapital?: {
    readonly fraction: number
    readonly source?: string
    readonly assumption?: string
  }
}

/**
 * Capital by the rule of six-tenths: that of a named plant times the ratio of throughputs to an
 * exponent, escalated by the cost index. Battery limits are those of the anchor.
 */
export function capacityEstimate(
  inputs: CapacityInputs,
): CapitalEstimate | { readonly missing: string } {
  const { anchor, basis, levels, capacity, accuracy, workingCapital } = inputs
  const exponent = inputs.exponent ?? anchor.exponent
  const moved = capitalIn(anchor.capital, basis, levels)
  if ('missing' in moved) return moved
  if (!(capacity > 0)) return { missing: `a throughput of ${anchor.capacity.of} to scale to` }
  const { value, unit, of } = anchor.capacity
  const amount = moved.value * (capacity / value) ** exponent
  const how =
    `${plainNumber(anchor.capital.value)} ${anchor.capital.currency} (${anchor.capital.year}) x ` +
    `(${plainNumber(capacity)} / ${plainNumber(value)} ${unit} of ${of})^${plainNumber(exponent)}`
  const lines: CapitalLine[] = [
    {
      name: `Plant, scaled from ${anchor.title}`,
      group: 'other',
      amount,
      how: [how, moved.how].filter((t) => t !== '').join('; '),
      source: anchor.source,
    },
  ]
  if (workingCapital !== undefined) {
    const { fraction, source, assumption } = workingCapital
    lines.push({
      name: 'Working capital',
      group: 'working-capital',
      amount: fraction * amount,
      how: `${percent(fraction)} of fixed capital`,
      ...(source === undefined ? {} : { source }),
      ...(assumption === undefined ? {} : { assumption }),
    })
  }
  return totalled({
    method: 'capacity',
    basis,
    estimateClass: classOf(accuracy),
    equipment: [],
    lines,
    totals: { totalPlant: amount, fixed: 0, workingCapital: 0, total: 0 },
    batteryLimits: [anchor.batteryLimits],
    excluded: [],
    unpriced: [],
    warnings: [],
    assumptions: lines.flatMap(({ name, assumption }) =>
      assumption === undefined ? [] : [{ at: name, text: assumption }],
    ),
    scaled: {
      from: anchor.id,
      capacity: value,
      to: capacity,
      unit,
      exponent,
      amount,
      source: anchor.source,
    },
  })
}
