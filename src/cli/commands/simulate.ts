import { basename } from 'node:path'
import { type SimulationState, type Solution, simulateWarm } from '../../scenario/index.ts'
import { csvText, solutionText, streamTable, workbook } from '../../report/index.ts'
import { type ExitCode, exit, type FileList, type Io, writeAll } from '../io.ts'
import { loadPlant } from '../plant-file.ts'
import { eachChange } from '../watch.ts'
import type { Command } from './command.ts'

interface Options {
  readonly json?: boolean
  readonly csv?: string
  readonly xlsx?: string
  readonly plot?: string
  readonly watch?: boolean
  readonly windows?: boolean
  readonly warnings: string
}

/** The files that were asked for, each made only when it is wanted. */
async function filesOf(solution: Solution, options: Options, io: Io) {
  const files: FileList[number][] = []
  if (options.csv !== undefined) files.push([options.csv, csvText(streamTable(solution))])
  if (options.xlsx !== undefined) files.push([options.xlsx, await workbook(solution)])
  if (options.plot !== undefined) {
    // Loaded when used: layout and charts would cost every command its start-up time.
    io.progress?.(0.6, 'laying out the drawing')
    const { plotSolution } = await import('../../draw/plot-solution.ts')
    const today = new Date().toISOString().slice(0, 10)
    for (const { suffix, svg } of await plotSolution(solution, today)) {
      files.push([options.plot.replace(/(\.svg)?$/i, `${suffix}.svg`), svg])
    }
  }
  return files
}

interface Solved {
  readonly code: ExitCode
  readonly state?: SimulationState
}

async function once(
  file: string,
  options: Options,
  io: Io,
  warm?: SimulationState,
): Promise<Solved> {
  const loaded = loadPlant(file)
  if (!loaded.ok) {
    if (options.json === true)
      io.out(
        JSON.stringify({ schema: 'didymium/check@1', file, findings: loaded.findings }, null, 2),
      )
    else io.err(loaded.text)
    return { code: exit.input }
  }
  const { units } = loaded.plant
  io.progress?.(0.1, `solving ${units.length} units`)
  const { solution, state } = simulateWarm(loaded.plant, {
    // The report for people prints no pH of a stream.
    pH: [options.json, options.csv, options.xlsx].some((wanted) => wanted !== undefined),
    windows: options.windows === true,
    ...(warm === undefined ? {} : { warm }),
  })
  const files = await filesOf(solution, options, io)
  io.progress?.(1)
  const shown = options.warnings === 'all' ? Number.POSITIVE_INFINITY : Number(options.warnings)
  io.out(
    options.json === true
      ? JSON.stringify(solution, null, 2)
      : solutionText(solution, { warnings: shown }),
  )
  const written = writeAll(files, io)
  if (written !== exit.done) return { code: written, state }
  return { code: solution.status === 'converged' ? exit.done : exit.no, state }
}

/** Solves again at every change of the file, warm, until Ctrl-C. */
async function keepWatching(file: string, options: Options, io: Io): Promise<ExitCode> {
  let last = await once(file, options, io)
  await eachChange(
    file,
    () => io.err(`watching ${basename(file)}; Ctrl-C ends`),
    async () => {
      const next = await once(file, options, io, last.state)
      const state = next.state ?? last.state
      last = { code: next.code, ...(state === undefined ? {} : { state }) }
    },
  )
  return exit.done
}

export const simulateCommand: Command = {
  name: 'simulate',
  about: 'Solve a plant: products and purities, recoveries, balances, reagents, warnings.',
  example: 'didymium simulate plants/belfast-demonstration.yaml --plot belfast.svg',
  json: 'the whole solution, didymium/solution@1 (didymium schema solution); wrong input: as check --json',
  declare: (parser) => {
    parser
      .argument('<plant>', 'plant file (YAML)')
      .option('--json', 'print the whole solution (schema: didymium schema solution)')
      .option('--csv <file>', 'write the stream table as CSV')
      .option('--xlsx <file>', 'write products, streams and stages as an Excel workbook')
      .option('--plot <file>', 'write the flow diagram, and the profile of each circuit, as SVG')
      .option('--windows', 'find how far each circuit flow may move before a limit is missed')
      .option('--watch', 'solve again whenever the file changes')
      .option('--warnings <n>', 'warnings to print (all of rank 1 always are), or "all"', '12')
  },
  action: async ([file = ''], given, io) => {
    const options = given as unknown as Options
    if (options.warnings !== 'all' && !/^\d+$/.test(options.warnings)) {
      io.err(`--warnings ${options.warnings}: a whole number or "all"`)
      return exit.input
    }
    if (options.watch === true) return keepWatching(file, options, io)
    return (await once(file, options, io)).code
  },
}
