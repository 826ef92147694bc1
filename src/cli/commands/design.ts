import { designText } from '../../report/index.ts'
import {
  type Designed,
  type DesignReport,
  designPlant,
  designReport,
  formatFinding,
  readDesign,
} from '../../scenario/index.ts'
import {
  type ExitCode,
  exit,
  type FileList,
  type Io,
  readTextFile,
  setReader,
  writeAll,
} from '../io.ts'
import type { Command } from './command.ts'

interface Options {
  readonly json?: boolean
  readonly out?: string
  readonly plot?: string
  readonly page?: string
}

/** The files asked for, each made only when it is wanted. */
async function filesOf(designed: Designed, report: DesignReport, options: Options) {
  const files: FileList[number][] = []
  if (options.out !== undefined) files.push([options.out, report.plant])
  if (options.plot !== undefined || options.page !== undefined) {
    const { designPage, drawDesign } = await import('../../draw/design-page.ts')
    if (options.plot !== undefined) {
      for (const { suffix, svg } of drawDesign(report, designed.solution))
        files.push([options.plot.replace(/(\.svg)?$/i, `${suffix}.svg`), svg])
    }
    if (options.page !== undefined) {
      const content = designPage(report, designed.solution, designText(report))
      files.push([options.page, content])
    }
  }
  return files
}

function refused(
  findings: readonly Parameters<typeof formatFinding>[0][],
  options: Options,
  io: Io,
) {
  if (options.json === true)
    io.out(JSON.stringify({ schema: 'didymium/check@1', findings }, null, 2))
  else io.err(findings.map(formatFinding).join('\n'))
  return exit.input
}

async function run(file: string, options: Options, io: Io): Promise<ExitCode> {
  const read = readTextFile(file)
  if (!read.ok) {
    io.err(read.message)
    return exit.input
  }
  const readSet = setReader(file)
  const reading = readDesign(read.text, { file, readSet })
  if (!reading.ok) return refused(reading.findings, options, io)
  const { design } = reading
  const sets = Object.fromEntries(design.extractants.map(({ path }) => [path, readSet(path) ?? '']))
  const answer = designPlant(design, {
    sets,
    tell: (share, what) => io.progress?.(share, what),
  })
  io.progress?.(1)
  if ('findings' in answer) return refused(answer.findings, options, io)
  if ('notFound' in answer) {
    const { circuit, at, detail, advice } = answer.notFound
    if (options.json === true) {
      const outcome = { name: 'infeasible', unit: circuit, at, detail, advice }
      io.out(JSON.stringify({ schema: 'didymium/designed@1', outcome }, null, 2))
    } else io.err(`no design: ${circuit} ${at}: ${detail}; ${advice}`)
    return exit.no
  }
  const report = designReport(answer)
  const files = await filesOf(answer, report, options)
  io.out(options.json === true ? JSON.stringify(report, null, 2) : designText(report))
  const written = writeAll(files, io)
  if (written !== exit.done) return written
  return report.products.every((p) => p.met) ? exit.done : exit.no
}

export const design: Command = {
  name: 'design',
  about: 'Design the circuits for a split: stages, flows, acids and reflux at the least cost.',
  example: 'didymium design split.yaml --out plant.yaml --page design.html',
  json:
    '{ schema: didymium/designed@1, order, circuits: [{ theory, setting, cost, curve, survival, ' +
    'hold }], products, plant }; no design: { outcome }; wrong input: as check --json',
  declare: (parser) => {
    parser
      .argument('<design>', 'design file (YAML, didymium/design@1)')
      .option('--out <file>', 'write the designed plant, ready for simulate')
      .option('--plot <file>', 'write trade-off, hold-up and stage profiles as SVG')
      .option('--page <file>', 'write the design with its pictures as one HTML page')
      .option('--json', 'print the whole design')
  },
  action: ([file = ''], options, io) => run(file, options, io),
}
