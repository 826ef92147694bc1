import { availableParallelism } from 'node:os'
import type { Command as Parser } from 'commander'
import { type Design, designs } from '../scenario/index.ts'
import { type ExitCode, exit, type Io } from './io.ts'

/** What every command that draws is told, as it stands on the command line. */
export interface DrawingOptions {
  readonly draws: string
  readonly seed: string
  readonly design: string
  readonly unstatedConstants: string
  readonly unstatedAssays: string
  readonly threads?: string
  readonly out?: string
}

/** Declares how many draws are made and how they are spread. */
export function declareSample(parser: Parser): Parser {
  return parser
    .option('--draws <n>', 'number of draws', '1000')
    .option('--seed <n>', 'the same seed draws the same numbers', '1')
    .option('--design <name>', `${designs.join(', ')} (also total Sobol indices)`, 'lhs')
}

/** Declares what is assumed of numbers that state no deviation, and how the draws are run. */
export function declareRun(parser: Parser): Parser {
  return parser
    .option(
      '--unstated-constants <x>',
      'deviation of constants that state none, an assumption',
      '0',
    )
    .option(
      '--unstated-assays <x>',
      'relative deviation of assays that state none, an assumption',
      '0 %',
    )
    .option('--out <file>', 'keep every draw (NDJSON); the same command goes on after a kill')
    .option('--threads <n>', 'worker threads; all cores if left out')
}

/** A fraction written as a percentage; NaN for any other text. */
export function shareOf(text: string): number {
  const digits = /^(\d+\.?\d*)\s*%$/.exec(text.trim())?.[1]
  return digits === undefined ? Number.NaN : Number(digits) / 100
}

interface Sample {
  readonly design: Design
  readonly draws: number
  readonly seed: number
  readonly unstatedConstants: number
  readonly unstatedAssays: number
}

/** The draws asked for, in numbers, or what is wrong with an option. */
export function sampleOf(options: DrawingOptions): Sample | string {
  const design = designs.find((known) => known === options.design)
  if (design === undefined) return `--design ${options.design}: ${designs.join(', ')}`
  const numbers = { draws: Number(options.draws), seed: Number(options.seed) }
  for (const name of ['draws', 'seed'] as const) {
    if (!Number.isSafeInteger(numbers[name])) return `--${name} ${options[name]}: a whole number`
  }
  const unstatedConstants = Number(options.unstatedConstants)
  const unstatedAssays = shareOf(options.unstatedAssays)
  if (!(unstatedConstants >= 0 && unstatedConstants <= 10)) {
    return `--unstated-constants ${options.unstatedConstants}: 0 to 10, in the unit of the constants`
  }
  if (Number.isNaN(unstatedAssays)) {
    return `--unstated-assays ${options.unstatedAssays}: a percentage, 5 %`
  }
  return { design, ...numbers, unstatedConstants, unstatedAssays }
}

/** How a run is started: what the worker pool and the result file need. */
interface Start {
  readonly threads: number
  readonly signal: AbortSignal
  readonly out?: string
  readonly progress: (done: number, total: number, share: number) => void
}

type Ended<Draw> =
  | {
      readonly ok: true
      readonly draws: readonly Draw[]
      readonly resumed: number
      readonly isComplete: boolean
    }
  | { readonly ok: false; readonly message: string }

/**
 * Makes draws on worker threads with progress, stopped by an interrupt: all of them, or the exit
 * code after saying why they are not all there. `mostThreads`: when the user names no number.
 */
export async function makeDraws<Draw>(
  { threads: given, out }: DrawingOptions,
  { asked, mostThreads = Number.POSITIVE_INFINITY }: { asked: number; mostThreads?: number },
  start: (how: Start) => Promise<Ended<Draw>>,
  io: Io,
): Promise<readonly Draw[] | ExitCode> {
  const threads =
    given === undefined ? Math.min(availableParallelism(), mostThreads) : Number(given)
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= 256)) {
    io.err(`--threads ${given}: a whole number from 1 to 256`)
    return exit.input
  }
  const stop = new AbortController()
  const interrupt = () => stop.abort()
  process.once('SIGINT', interrupt)
  const ended = await start({
    threads,
    signal: stop.signal,
    ...(out === undefined ? {} : { out }),
    progress: (done, total, share) => io.progress?.(share, `${done} of ${total} draws`),
  })
  process.off('SIGINT', interrupt)
  io.progress?.(1)
  if (!ended.ok) {
    io.err(ended.message)
    return exit.input
  }
  const { draws, resumed, isComplete } = ended
  if (resumed > 0) io.err(`${resumed} draws were in ${out} already`)
  if (isComplete) return draws
  const kept = out === undefined ? 'none is kept (--out keeps them)' : `kept in ${out}`
  io.err(`stopped after ${draws.length} of ${asked} draws: ${kept}`)
  return exit.no
}
