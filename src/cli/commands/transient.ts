import {
  transient,
  type Study,
  type Transient,
  type TransientRequest,
} from '../../scenario/index.ts'
import { csvText, profileTable, transientTable, transientText } from '../../report/index.ts'
import { type ExitCode, exit, type FileList, type Io, writeAll } from '../io.ts'
import { openStudy, refused, several } from '../study.ts'
import type { Command } from './command.ts'

interface Options {
  readonly circuit: string
  readonly from: string
  readonly totalReflux?: string | true
  readonly compare?: boolean
  readonly until: string
  readonly change: readonly string[]
  readonly require: readonly string[]
  readonly frames: string
  readonly tolerance: string
  readonly json?: boolean
  readonly csv?: string
  readonly profiles?: string
  readonly plot?: string
}

/** The request in numbers, or what is wrong with an option. */
function requestOf(options: Options): TransientRequest | string {
  const { from, totalReflux, compare, frames, tolerance } = options
  if (from !== 'empty' && from !== 'steady') return `--from ${from}: empty or steady`
  const closed = totalReflux !== undefined
  if (from === 'steady' && (closed || compare === true))
    return '--total-reflux and --compare are ways to start from empty'
  const count = Number(frames)
  if (!(Number.isInteger(count) && count >= 2 && count <= 1000))
    return `--frames ${frames}: a whole number from 2 to 1000`
  const error = Number(tolerance)
  if (!(error >= 1e-7 && error <= 0.1)) return `--tolerance ${tolerance}: 1e-7 to 0.1`
  return {
    circuit: options.circuit,
    start: from === 'steady' ? 'steady' : closed ? 'total-reflux' : 'direct',
    ...(typeof totalReflux === 'string' ? { refluxTime: totalReflux } : {}),
    compare: compare === true,
    until: options.until,
    frames: count,
    tolerance: error,
    changes: options.change,
    floors: options.require,
  }
}

async function writeFiles(options: Options, answer: Transient, io: Io): Promise<ExitCode> {
  const files: FileList[number][] = []
  if (options.csv !== undefined) files.push([options.csv, csvText(transientTable(answer))])
  if (options.profiles !== undefined) files.push([options.profiles, csvText(profileTable(answer))])
  if (options.plot !== undefined) {
    // Loaded when used: drawing would cost every command its start-up time.
    const { drawTransient } = await import('../../draw/transient.ts')
    files.push([options.plot, drawTransient(answer)])
  }
  return writeAll(files, io)
}

async function answerOf(
  study: Study,
  request: TransientRequest,
  options: Options,
  io: Io,
): Promise<ExitCode> {
  const answer = transient(study, request)
  io.progress?.(1)
  if (!answer.ok) {
    if ('refusals' in answer) return refused(answer.refusals, io)
    const { outcome, unit, at, detail, advice } = answer.failure
    io.err(`${outcome} at ${[unit, at].filter((w) => w !== '').join(', ')}: ${detail}. ${advice}`)
    return exit.no
  }
  io.out(options.json === true ? JSON.stringify(answer.transient) : transientText(answer.transient))
  return writeFiles(options, answer.transient, io)
}

export const transientCommand: Command = {
  name: 'transient',
  about: 'Follow a circuit in time: start-up, feed changes, hold-up, product off specification.',
  example:
    'didymium transient plants/belfast-demonstration.yaml --circuit sx3 --until "20 d" ' +
    '--require "strip-liquor Dy, Ho, Y >= 99 %" --plot start-up.svg',
  json: 'the transient with its series and stage profiles, didymium/transient@1 (didymium schema transient)',
  declare: (parser) => {
    parser
      .argument('<plant>', 'plant file (YAML)')
      .requiredOption('--circuit <name>', 'the circuit that is followed')
      .option('--from <state>', 'empty (of metals) or steady', 'empty')
      .option('--until <time>', 'time of operation that is followed', '30 d')
      .option(
        '--change <change>',
        '"PATH = VALUE @ TIME" or "PATH * FACTOR @ TIME"; may be repeated',
        several,
        [],
      )
      .option(
        '--require <purity>',
        '"OUTLET ELEMENTS >= PURITY", beside what the circuit holds; may be repeated',
        several,
        [],
      )
      .option('--total-reflux [time]', 'close the product end first: until it is pure, or so long')
      .option('--compare', 'start both ways, with and without total reflux')
      .option('--frames <n>', 'moments at which the stages are kept', '61')
      .option('--tolerance <share>', 'error of a step that is tolerated', '0.003')
      .option('--json', 'print everything as JSON (schema: didymium schema transient)')
      .option('--csv <file>', 'write outlets, hold-up and purities in time as CSV')
      .option('--profiles <file>', 'write every stage at every frame as CSV')
      .option('--plot <file>', 'draw hold-up, purity and the stages in time as SVG')
  },
  action: async ([file = ''], given, io) => {
    const options = given as unknown as Options
    const request = requestOf(options)
    if (typeof request === 'string') {
      io.err(request)
      return exit.input
    }
    const opened = openStudy(file, {}, io)
    if (!opened.ok) return opened.code
    const { progress } = io
    const shown = progress === undefined ? {} : { progress: barOf(progress, request.circuit) }
    return answerOf(opened.study, { ...request, ...shown }, options, io)
  },
}

/** A bar that is drawn anew only where it has moved. */
function barOf(progress: NonNullable<Io['progress']>, circuit: string) {
  let last = -1
  return (share: number) => {
    const now = Math.floor(100 * share)
    if (now === last) return
    last = now
    progress(share, `${circuit}: ${now} % of the time`)
  }
}
