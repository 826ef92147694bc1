import type { Draw, Influence, UncertaintyRequest } from '../../../../src/scenario/index.ts'
import type { Refused, Spread, tasks } from '../../engine/tasks/results.ts'
import type { Tasks } from '../../engine/client.ts'
import type { Told } from './run.ts'
import { sharedDraws } from './share-draws.ts'

type Worker = Tasks<typeof tasks>

/**
 * Makes the draws of a request on several workers and tells what they say so far. The same request
 * gives the same draws whatever the number of workers.
 */
export async function drawAll(
  workers: readonly Worker[],
  request: UncertaintyRequest,
  told: Told<Spread>,
): Promise<({ readonly ok: true } & Spread) | Refused> {
  const [first] = workers
  if (first === undefined) throw new Error('no worker was started')
  const planned = await first.plan(request)
  if (!planned.ok) return planned
  const found = await sharedDraws<Worker, Draw, Spread>(
    workers,
    {
      total: planned.plan.draws,
      make: (worker, from, count) => worker.draws({ request, from, count }),
      say: (worker, made) => worker.spread({ request, made }),
    },
    told,
  )
  return { ok: true, ...found }
}

/** Workers for a long task: one core is left to the live plant. */
export const workersFor = (cores: number) => Math.min(8, Math.max(1, cores - 1))

const strengthOf = ({ total, firstOrder, rankCorrelation }: Influence) =>
  total ?? Math.max(firstOrder, rankCorrelation ** 2)

/** The inputs that stand out of the noise of so many draws, at most five. */
export function strongest(influences: readonly Influence[], draws: number): readonly Influence[] {
  // The error of an index from n draws is about 1 / sqrt(n).
  const noise = Math.max(0.02, 1 / Math.sqrt(Math.max(1, draws)))
  return influences.filter((influence) => strengthOf(influence) > noise).slice(0, 5)
}
