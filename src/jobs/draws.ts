import { runPieces, type Piece, type PoolOptions } from './pool.ts'
import { openResults } from './record.ts'

/** What one draw of a job ended with. */
export interface NumberedDraw {
  readonly draw: number
}

/** Draws that are to be made. */
export interface DrawWork<D extends NumberedDraw> {
  /** The function of the worker that makes them. */
  readonly task: 'runDraws' | 'runRisks'
  /** All that a worker needs to make any of them: texts and numbers only. */
  readonly job: object
  readonly draws: number
  /** What the result file is bound to. */
  readonly header: Readonly<Record<string, unknown>>
  readonly isDraw: (line: unknown) => line is D
  /** What else the threads do for the job: the first work that they are given. */
  readonly beside?: readonly Piece[]
}

export interface RunOptions<D extends NumberedDraw> extends PoolOptions {
  /** Result file; made, or gone on with. Without one the draws are in memory only. */
  readonly out?: string
  /** Called as work comes in; `share` counts what is done beside the draws as well. */
  readonly progress?: (done: number, total: number, share: number) => void
  /** Hears of the draws of each piece that is done. */
  readonly drawn?: (draws: readonly D[]) => void
}

export type DrawRun<D extends NumberedDraw> =
  | {
      readonly ok: true
      /** In the order in which they came, each draw once. */
      readonly draws: readonly D[]
      /** Draws that the result file held already. */
      readonly resumed: number
      readonly isComplete: boolean
    }
  | { readonly ok: false; readonly message: string }

/** Draws that a worker makes in one go: about half a second, so that a kill costs no more. */
const pieceSize = 8

/**
 * Makes the draws of a job on worker threads. With a result file every draw is on the disk before
 * it counts; the same call after a kill makes only the draws that are not there.
 */
export async function runDrawWork<D extends NumberedDraw>(
  work: DrawWork<D>,
  options: RunOptions<D>,
): Promise<DrawRun<D>> {
  const { task, job, draws: total, header, isDraw, beside = [] } = work
  const { out, progress, drawn } = options
  const opened = out === undefined ? undefined : openResults(out, header)
  if (opened?.ok === false) return opened
  const made = new Map<number, D>()
  for (const line of opened?.file.lines ?? []) {
    if (isDraw(line) && isNumber(line, total) && !made.has(line.draw)) made.set(line.draw, line)
  }
  const resumed = made.size
  const missing = Array.from({ length: total }, (_, k) => k).filter((k) => !made.has(k))
  let besides = 0
  const tell = () => progress?.(made.size, total, (made.size + besides) / (total + beside.length))
  const first = beside.map((piece): Piece => {
    const take = (answer: unknown) => {
      piece.take(answer)
      besides++
      tell()
    }
    return { ...piece, take }
  })
  const take = (answer: unknown) => {
    // What a worker answers is what the task that was named makes.
    const draws = answer as readonly D[]
    opened?.file.append(draws)
    for (const draw of draws) made.set(draw.draw, draw)
    tell()
    drawn?.(draws)
  }
  const pieces = Array.from({ length: Math.ceil(missing.length / pieceSize) }, (_, k): Piece => {
    const draws = missing.slice(k * pieceSize, (k + 1) * pieceSize)
    return { task, given: { job, draws }, take }
  })
  tell()
  try {
    await runPieces([...first, ...pieces], options)
  } finally {
    opened?.file.close()
  }
  const draws = [...made.values()]
  return { ok: true, draws, resumed, isComplete: draws.length === total }
}

const isNumber = ({ draw }: NumberedDraw, count: number) =>
  Number.isInteger(draw) && draw >= 0 && draw < count
