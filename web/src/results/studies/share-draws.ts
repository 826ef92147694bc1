import type { Told } from './run.ts'

/** Draws that a worker makes in one go: short enough that the bar moves. */
const piece = 4
/** What the draws say is summed up at most in this share of the time. */
const summing = 0.15

/** How the draws of a study are made, and what they say. */
export interface Drawing<Worker, Draw, Some> {
  readonly total: number
  readonly make: (worker: Worker, from: number, count: number) => Promise<readonly Draw[]>
  readonly say: (worker: Worker, made: readonly Draw[]) => Promise<Some>
}

/** Makes all draws on several workers, and tells now and then what those made so far say. */
export async function sharedDraws<Worker, Draw, Some>(
  workers: readonly Worker[],
  { total, make, say }: Drawing<Worker, Draw, Some>,
  told: Told<Some>,
): Promise<Some> {
  const [first] = workers
  if (first === undefined) throw new Error('no worker was started')
  const made: Draw[] = []
  let next = 0
  let sumUpAt = performance.now() + 300
  const serve = async (worker: Worker) => {
    while (next < total) {
      const from = next
      next += piece
      made.push(...(await make(worker, from, piece)))
      told(made.length / total)
      if (worker !== first || performance.now() < sumUpAt || made.length === total) continue
      const begun = performance.now()
      told(made.length / total, await say(first, made))
      const ended = performance.now()
      sumUpAt = ended + Math.max(300, (ended - begun) / summing)
    }
  }
  await Promise.all(workers.map(serve))
  return await say(first, made)
}
