import type { Draw, UncertaintyPlan, UncertaintyRequest } from '../scenario/index.ts'
import type { PlantTexts } from './answers.ts'
import { runPieces, type PoolOptions } from './pool.ts'
import { openResults } from './record.ts'

/** All that a worker needs to make any draw: texts and numbers only. */
export interface UncertaintyJob extends PlantTexts {
  /** Of this job among others of the same process. */
  readonly id: string
  readonly request: UncertaintyRequest
}

export interface RunOptions extends PoolOptions {
  /** Result file; made, or gone on with. Without one the draws are in memory only. */
  readonly out?: string
  /** What the result file is bound to besides the request: hashes of plant and sets, version. */
  readonly bound: Readonly<Record<string, unknown>>
  /** Called as draws come in. */
  readonly progress?: (done: number, total: number) => void
  /** Hears of the draws of each piece that is done. */
  readonly drawn?: (draws: readonly Draw[]) => void
}

export type UncertaintyRun =
  | {
      readonly ok: true
      /** In the order in which they came, each draw once. */
      readonly draws: readonly Draw[]
      /** Draws that the result file held already. */
      readonly resumed: number
      readonly isComplete: boolean
    }
  | { readonly ok: false; readonly message: string }

/** Draws that a worker makes in one go: about half a second, so that a kill costs no more. */
const pieceSize = 8

/**
 * Makes the draws of a plan on worker threads. With a result file every draw is on the disk before
 * it counts; the same call after a kill makes only the draws that are not there.
 */
export async function runUncertainty(
  job: UncertaintyJob,
  plan: UncertaintyPlan,
  options: RunOptions,
): Promise<UncertaintyRun> {
  const { out, bound, progress, drawn } = options
  const header = {
    schema: 'didymium/draws@1',
    ...bound,
    request: job.request,
    inputs: plan.inputs.map(({ parameter }) => parameter.path),
    results: [...plan.results, ...plan.requirements].map(({ text }) => text),
  }
  const opened = out === undefined ? undefined : openResults(out, header)
  if (opened?.ok === false) return opened
  const made = new Map<number, Draw>()
  for (const line of opened?.file.lines ?? []) {
    if (isDraw(line, plan.draws) && !made.has(line.draw)) made.set(line.draw, line)
  }
  const resumed = made.size
  const missing = Array.from({ length: plan.draws }, (_, k) => k).filter((k) => !made.has(k))
  const pieces = Array.from({ length: Math.ceil(missing.length / pieceSize) }, (_, k) => ({
    job,
    draws: missing.slice(k * pieceSize, (k + 1) * pieceSize),
  }))
  progress?.(made.size, plan.draws)
  try {
    await runPieces(
      pieces,
      (draws) => {
        opened?.file.append(draws)
        for (const draw of draws) made.set(draw.draw, draw)
        progress?.(made.size, plan.draws)
        drawn?.(draws)
      },
      options,
    )
  } finally {
    opened?.file.close()
  }
  const draws = [...made.values()]
  return { ok: true, draws, resumed, isComplete: draws.length === plan.draws }
}

function isDraw(line: unknown, count: number): line is Draw {
  if (typeof line !== 'object' || line === null || !('draw' in line)) return false
  const { draw } = line
  if (!(Number.isInteger(draw) && Number(draw) >= 0 && Number(draw) < count)) return false
  return 'values' in line ? Array.isArray(line.values) : 'outcome' in line
}
