import type { Draw, Influence, UncertaintyRequest } from '../../../../src/scenario/index.ts'
import type { Refused, Spread, tasks } from '../../engine/tasks/results.ts'
import type { EngineClient } from '../../engine/client.ts'
import type { Told } from './run.ts'

const tasksOf = (client: EngineClient) => client.tasks<typeof tasks>('results')
type Worker = ReturnType<typeof tasksOf>

/** Draws that a worker makes in one go: short enough that the bar moves. */
const piece = 4
/** What the draws say is summed up at most in this share of the time. */
const summing = 0.15

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
  const total = planned.plan.draws
  const made: Draw[] = []
  let next = 0
  let sumUpAt = performance.now() + 300
  const serve = async (worker: Worker) => {
    while (next < total) {
      const from = next
      next += piece
      made.push(...(await worker.draws({ request, from, count: piece })))
      told(made.length / total)
      if (worker !== first || performance.now() < sumUpAt || made.length === total) continue
      const begun = performance.now()
      told(made.length / total, await first.spread({ request, made }))
      const ended = performance.now()
      sumUpAt = ended + Math.max(300, (ended - begun) / summing)
    }
  }
  await Promise.all(workers.map(serve))
  return { ok: true, ...(await first.spread({ request, made })) }
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
