import type { RiskDraw } from '../../../src/scenario/risk/types.ts'
import type { Tasks } from '../engine/client.ts'
import type { Refused } from '../engine/tasks/results.ts'
import type { Odds, OddsAsked, OddsSample, OddsSoFar, tasks } from '../engine/tasks/risk.ts'
import type { Told } from '../results/studies/run.ts'
import { sharedDraws } from '../results/studies/share-draws.ts'
import { formatNumber, formatPercent, formatWithUnit } from '../ui/format.ts'

type Worker = Tasks<typeof tasks>

/** The bar leaves this share to what comes after the draws: each input moved alone. */
const drawing = 0.9

/**
 * Makes the draws of a run on several workers and tells what they say so far. The same request
 * gives the same odds whatever the number of workers.
 */
export async function runOdds(
  workers: readonly Worker[],
  asked: OddsAsked,
  told: Told<OddsSoFar>,
): Promise<({ readonly ok: true } & Odds) | Refused> {
  const [first] = workers
  if (first === undefined) throw new Error('no worker was started')
  const planned = await first.plan(asked)
  if (!planned.ok) return planned
  const all: RiskDraw[] = []
  await sharedDraws<Worker, RiskDraw, OddsSoFar>(
    workers,
    {
      total: planned.plan.draws,
      make: async (worker, from, count) => {
        const made = await worker.draws({ asked, from, count })
        all.push(...made)
        return made
      },
      say: (worker, made) => worker.soFar({ asked, made }),
    },
    (share, partial) => told(drawing * share, partial),
  )
  const found = await first.summary({ asked, made: all }, (share) =>
    told(drawing + (1 - drawing) * share),
  )
  return { ok: true, ...found }
}

/** The form of a run as it is held; texts as lines. */
export interface OddsWish {
  readonly design: 'lhs' | 'sobol' | 'saltelli'
  readonly draws: number
  readonly seed: number
  readonly inputs: string
  readonly requirements: string
  /** `''`, `saved` or `baseline`: on the same draws beside it. */
  readonly against: string
}

export const firstWish: OddsWish = {
  design: 'lhs',
  draws: 200,
  seed: 1,
  inputs: '',
  requirements: 'npv > 0',
  against: '',
}

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

export const requestOf = (wish: OddsWish): OddsAsked['request'] => ({
  design: wish.design,
  draws: wish.draws,
  seed: wish.seed,
  inputs: lines(wish.inputs),
  results: [],
  requirements: lines(wish.requirements),
  unstatedConstants: 0,
  unstatedAssays: 0,
  tail: 0.05,
})

/** What the draws say of a measure, in words. */
export function oddsSentences({ measure, unit, cases }: OddsSample): readonly string[] {
  return cases.map(({ name, values, p10, p50, p90, belowZero }) => {
    const whose = cases.length > 1 ? `${name}: ` : ''
    if (values.length === 0) return `${whose}no draw has a value.`
    const of = (value: number) => formatNumber(value)
    const loss = measure.endsWith('npv')
      ? ` In ${formatPercent(belowZero, 3)} of the draws it is below zero.`
      : ''
    return `${whose}P10 ${of(p10)}, P50 ${of(p50)}, P90 ${formatWithUnit(p90, unit)}.${loss}`
  })
}
