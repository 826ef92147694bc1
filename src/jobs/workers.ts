import { MessageChannel } from 'node:worker_threads'
import { Piscina } from 'piscina'
import type {
  Draw,
  OptimiseQuestion,
  OptimumReport,
  Sensitivity,
  SensitivityQuestion,
  UncertaintyPlan,
  UncertaintyRequest,
  UncertaintySummary,
} from '../scenario/index.ts'
import type { ActualFeed, AsCharged } from '../twin/index.ts'
import type { Answered, PlantTexts, Solved } from './answers.ts'
import { entry } from './entry.ts'
import { runUncertainty, type UncertaintyJob } from './uncertainty.ts'

/** How one piece of work is followed, and ended before its time. */
export interface Following {
  /** Ends the work: the thread that is at it is stopped. */
  readonly signal: AbortSignal
  readonly told?: (done: number, total: number) => void
}

export interface FollowingDraws extends Following {
  readonly threads: number
  /** Hears what the draws that there are so far say, not more often than `every` milliseconds. */
  readonly partial?: (summary: UncertaintySummary) => void
  readonly every?: number
}

/** What was charged in how many hours of the calendar, where that is known. */
export interface ChargedQuestion {
  readonly feed: ActualFeed
  readonly calendar: number | undefined
}

/** Questions about plants, each answered on a thread of its own, so that the caller stays free. */
export interface Workers {
  solve(texts: PlantTexts, following: Following): Promise<Solved>
  optimise(
    texts: PlantTexts,
    question: OptimiseQuestion,
    following: Following,
  ): Promise<Answered<OptimumReport>>
  sensitivity(
    texts: PlantTexts,
    question: SensitivityQuestion,
    following: Following,
  ): Promise<Answered<Sensitivity>>
  uncertainty(
    texts: PlantTexts,
    request: UncertaintyRequest,
    following: FollowingDraws,
  ): Promise<Answered<UncertaintySummary>>
  /** The plant as charged; where nothing was, as its file has it, which each worker solves once. */
  charged(
    texts: PlantTexts,
    question: ChargedQuestion | undefined,
    following: Following,
  ): Promise<Answered<AsCharged>>
  /** Stops what is under way and lets the threads go. */
  close(): Promise<void>
}

const stopped = { ok: false, why: 'stopped' } as const

/** A pool of at most `threads` workers; they come when they are needed and go when idle. */
export function openWorkers(threads: number): Workers {
  const pool = new Piscina({
    filename: entry(),
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 30_000,
  })
  let jobs = 0
  async function run<T>(name: string, task: object, { signal, told }: Following) {
    const { port1, port2 } = new MessageChannel()
    port1.on('message', ([done, total]: readonly [number, number]) => told?.(done, total))
    try {
      const options = { name, signal, transferList: [port2] }
      return (await pool.run({ ...task, port: port2 }, options)) as Answered<T>
    } catch (error) {
      if (signal.aborted) return stopped
      throw error
    } finally {
      port1.close()
    }
  }
  const summarise = (job: UncertaintyJob, draws: readonly Draw[], { signal }: Following) =>
    pool.run({ job, draws }, { name: 'summariseDraws', signal }) as Promise<UncertaintySummary>

  return {
    solve: (texts, following) => run('solvePlant', texts, following),
    optimise: (texts, question, following) => run('findOptimum', { texts, question }, following),
    sensitivity: (texts, question, following) => run('findSlopes', { texts, question }, following),
    charged: (texts, question, following) => run('solveCharged', { texts, question }, following),
    uncertainty: async (texts, request, following) => {
      const planned = await run<UncertaintyPlan>(
        'planDraws',
        { texts, question: request },
        { signal: following.signal },
      )
      if (!planned.ok) return planned
      const job = { ...texts, id: `job ${++jobs}`, request }
      try {
        return await drawAndSummarise(job, planned.answer, following, summarise)
      } catch (error) {
        if (following.signal.aborted) return stopped
        throw error
      }
    },
    close: () => pool.destroy(),
  }
}

/** Makes the draws, and puts them together now and then on the way and at the end. */
async function drawAndSummarise(
  job: UncertaintyJob,
  plan: UncertaintyPlan,
  following: FollowingDraws,
  summarise: (
    job: UncertaintyJob,
    draws: readonly Draw[],
    following: Following,
  ) => Promise<UncertaintySummary>,
): Promise<Answered<UncertaintySummary>> {
  const { signal, told, threads, partial, every = 2000 } = following
  const made: Draw[] = []
  let next = performance.now() + every
  let summing: Promise<void> = Promise.resolve()
  const sum = async () => {
    partial?.(await summarise(job, [...made], following))
    next = performance.now() + every
  }
  const run = await runUncertainty(job, plan, {
    threads,
    signal,
    bound: {},
    ...(told === undefined ? {} : { progress: told }),
    drawn: (draws) => {
      made.push(...draws)
      if (partial === undefined || performance.now() < next || made.length >= plan.draws) return
      next = Number.POSITIVE_INFINITY
      // A summary on the way that fails is no failure of the work; the one at the end would be.
      summing = sum().catch(() => undefined)
    },
  })
  await summing
  if (!run.ok) throw new Error(run.message)
  if (!run.isComplete) return stopped
  return { ok: true, answer: await summarise(job, run.draws, following) }
}
