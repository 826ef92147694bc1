import {
  cashFlowPeriods,
  describeConventions,
  type CashFlowPeriod,
} from '../../../../src/economics/finance/index.ts'
import { costBank } from '../../../../src/databank/costs.ts'
import { bank } from '../../../../src/databank/index.ts'
import { appraise as appraiseSolved } from '../../../../src/scenario/economics/appraise.ts'
import type { Appraisal } from '../../../../src/scenario/economics/appraisal.ts'
import type { TaskMap } from '../protocol.ts'
import { current } from '../in-hand.ts'
import type { SourceReport } from './sources.ts'

/** What the plant in hand costs, earns and emits, as the pages of money show it. */
export interface MoneyView {
  readonly appraisal: Appraisal
  readonly periods: readonly CashFlowPeriod[]
  /** What each convention of the cash flow means. */
  readonly conventions: readonly string[]
  /** What the figures rest on, by the ids that stand beside them. */
  readonly publications: SourceReport['publications']
}

/** An appraisal, or why there is none. */
export type MoneyAnswer =
  | { readonly ok: true; readonly view: MoneyView }
  | { readonly ok: false; readonly why: string }

/** The sources that are named beside the figures of an appraisal. */
function publicationsOf({
  capital,
  operating,
  defaults,
  footprint,
}: Appraisal): SourceReport['publications'] {
  const named: readonly { readonly source?: string | undefined }[] = [
    capital.estimateClass,
    ...capital.lines,
    ...capital.equipment.map(({ price }) => ('missing' in price ? {} : price)),
    ...operating.lines,
    ...defaults,
    ...('missing' in footprint ? [] : footprint.lines),
  ]
  const { sources } = costBank()
  const ids = named.flatMap(({ source }) => (source === undefined ? [] : [source]))
  return Object.fromEntries(
    [...new Set(ids)]
      .sort((a, b) => a.localeCompare(b))
      .flatMap((id) => {
        const found = sources.get(id)
        return found === undefined ? [] : [[id, found] as const]
      }),
  )
}

/** Appraises the solution in hand; asked after it was sent, so that no repaint waits for it. */
function appraise(): MoneyAnswer {
  const { plant, solution } = current()
  if (solution.status !== 'converged') {
    return { ok: false, why: 'The plant has no solution, so nothing can be said of its money.' }
  }
  const appraisal = appraiseSolved(plant, solution, { bank, breakEvens: true })
  const { cashFlow } = appraisal.finance
  const conventions = describeConventions(cashFlow.conventions).map(({ means }) => means)
  return {
    ok: true,
    view: {
      appraisal,
      periods: cashFlowPeriods(cashFlow),
      conventions,
      publications: publicationsOf(appraisal),
    },
  }
}

export const tasks = { appraise } satisfies TaskMap
