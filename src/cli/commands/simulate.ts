import { watch, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { type SimulationState, type Solution, simulateWarm } from '../../scenario/index.ts'
import { csvText, solutionText, streamTable, workbook } from '../../report/index.ts'
import { type ExitCode, exit, type Io } from '../io.ts'
import { loadPlant } from '../plant-file.ts'
import type { Command } from './command.ts'

interface Options {
  readonly json?: boolean
  readonly csv?: string
  readonly xlsx?: string
  readonly plot?: string
  readonly watch?: boolean
  readonly warnings: string
}

async function writeFiles(solution: Solution, options: Options, io: Io): Promise<void> {
  if (options.csv !== undefined) {
    writeFileSync(options.csv, csvText(streamTable(solution)))
    io.err(`wrote ${options.csv}`)
  }
  if (options.xlsx !== undefined) {
    writeFileSync(options.xlsx, await workbook(solution))
    io.err(`wrote ${options.xlsx}`)
  }
  if (options.plot !== undefined) {
    const { plotSolution } = await import('../../draw/plot-solution.ts')
    for (const { suffix, svg } of await plotSolution(solution)) {
      const file = options.plot.replace(/(\.svg)?$/i, `${suffix}.svg`)
      writeFileSync(file, svg)
      io.err(`wrote ${file}`)
    }
  }
}

async function once(
  file: string,
  options: Options,
  io: Io,
  warm?: SimulationState,
): Promise<{ code: ExitCode; state?: SimulationState }> {
  const loaded = loadPlant(file)
  if (!loaded.ok) {
    if (options.json === true) io.out(JSON.stringify({ findings: loaded.findings }, null, 2))
    else io.err(loaded.text)
    return { code: exit.input }
  }
  const { solution, state } = simulateWarm(loaded.plant, warm === undefined ? {} : { warm })
  const shown = options.warnings === 'all' ? Number.POSITIVE_INFINITY : Number(options.warnings)
  io.out(
    options.json === true
      ? JSON.stringify(solution, null, 2)
      : solutionText(solution, { warnings: shown }),
  )
  await writeFiles(solution, options, io)
  const code = solution.status === 'converged' ? exit.done : exit.no
  return { code, state }
}

/** Solves again at every change of the file, warm, until the process is ended. */
async function keepWatching(file: string, options: Options, io: Io): Promise<ExitCode> {
  let { code, state } = await once(file, options, io)
  io.err(`watching ${basename(file)}; Ctrl-C ends`)
  let pending: NodeJS.Timeout | undefined
  await new Promise<void>((resolve) => {
    const watcher = watch(file, () => {
      clearTimeout(pending)
      pending = setTimeout(async () => {
        const next = await once(file, options, io, state)
        code = next.code
        state = next.state ?? state
      }, 60)
    })
    process.once('SIGINT', () => {
      watcher.close()
      clearTimeout(pending)
      resolve()
    })
  })
  return code
}

export const simulateCommand: Command = {
  name: 'simulate',
  about: 'Solve a plant: products and purities, recoveries, balances, reagents, warnings.',
  example: 'didymium simulate plants/belfast-demonstration.yaml --plot belfast.svg',
  declare: (parser) => {
    parser
      .argument('<plant>', 'plant file (YAML)')
      .option('--json', 'print the whole solution (schema: didymium schema solution)')
      .option('--csv <file>', 'write the stream table as CSV')
      .option('--xlsx <file>', 'write products, streams and stages as an Excel workbook')
      .option('--plot <file>', 'write the flow diagram, and the profile of each circuit, as SVG')
      .option('--watch', 'solve again whenever the file changes')
      .option('--warnings <n>', 'warnings of ranks 2 and 3 to print, or "all"', '12')
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
