import { Piscina } from 'piscina'
import { entry } from './entry.ts'

/** How pieces of work are run. */
export interface PoolOptions {
  readonly threads: number
  /** Ends the work: pieces under way are given up. */
  readonly signal?: AbortSignal
}

/** Work for one thread in one go: a task of the worker, what it is given, who takes its answer. */
export interface Piece {
  readonly task: 'runDraws' | 'runRisks' | 'runSwing'
  readonly given: object
  readonly take: (answer: unknown) => void
}

/**
 * Does work piece by piece on worker threads, in order as threads come free, and hands each answer
 * over as it comes. Ends when all are done, when the signal says so, or with the error of a piece.
 */
export async function runPieces(
  pieces: readonly Piece[],
  { threads, signal }: PoolOptions,
): Promise<void> {
  const pool = new Piscina({
    filename: entry(),
    // With a least number, a pool that was stopped makes a thread anew for the one that it ended.
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 30_000,
    // A solve makes some 10 MB that nobody keeps: collected seldom, draws are about 5 % faster.
    resourceLimits: { maxYoungGenerationSizeMb: 128 },
  })
  const options = signal === undefined ? {} : { signal }
  const queue = pieces.values()
  const work = async () => {
    for (const { task, given, take } of queue) {
      if (signal?.aborted === true) return
      take(await pool.run(given, { ...options, name: task }))
    }
  }
  try {
    // Twice as many as threads: the next piece is there before the last is brought to the disk.
    await Promise.all(Array.from({ length: 2 * threads }, work))
  } catch (error) {
    if (signal?.aborted !== true) throw error
  } finally {
    await pool.destroy()
  }
}
