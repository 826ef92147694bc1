import { Piscina } from 'piscina'
import { entry } from './entry.ts'

/** How pieces of work are run. */
export interface PoolOptions {
  readonly threads: number
  /** Ends the work: pieces under way are given up. */
  readonly signal?: AbortSignal
}

/** Some draws of a job. */
interface Piece {
  readonly job: object
  readonly draws: readonly number[]
}

/**
 * Solves draws piece by piece on worker threads, in order as threads come free, and hands each
 * answer over as it comes. Ends when all are done, when the signal says so, or with the error of a
 * piece.
 */
export async function runPieces(
  name: string,
  pieces: readonly Piece[],
  take: (draws: readonly unknown[]) => void,
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
  const options = { name, ...(signal === undefined ? {} : { signal }) }
  const queue = pieces.values()
  const work = async () => {
    for (const piece of queue) {
      if (signal?.aborted === true) return
      take((await pool.run(piece, options)) as readonly unknown[])
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
