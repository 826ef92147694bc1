import { basename } from 'node:path'
import { compareChart, compareTable, compareText, sheetFile } from '../../report/index.ts'
import type { Appraisal } from '../../scenario/index.ts'
import { methods, moneyJson, type MoneyOptions, openAppraisal } from '../appraising.ts'
import { exit, type FileList, writeAll } from '../io.ts'
import type { Command } from './command.ts'

interface Options extends MoneyOptions {
  readonly json?: boolean
  readonly xlsx?: string
  readonly plot?: string
}

async function filesOf(
  names: readonly string[],
  appraisals: readonly Appraisal[],
  { xlsx, plot }: Options,
): Promise<FileList> {
  const files: FileList[number][] = []
  if (xlsx !== undefined) {
    files.push([xlsx, await sheetFile('compared', compareTable(names, appraisals))])
  }
  if (plot !== undefined) {
    // Loaded when used: charts would cost every command its start-up time.
    const { drawComparison } = await import('../../draw/index.ts')
    files.push([plot, drawComparison(compareChart(names, appraisals))])
  }
  return files
}

/** Names of files that tell them apart: without folder and ending where that is enough. */
function namesOf(files: readonly string[]): readonly string[] {
  const short = files.map((file) => basename(file).replace(/\.ya?ml$/, ''))
  return new Set(short).size === short.length ? short : files
}

export const compareCommand: Command = {
  name: 'compare',
  about: 'Plants side by side: capital, cost, sales, value, return, payback, footprint.',
  example: 'didymium compare plants/belfast-demonstration.yaml plants/belfast-commercial.yaml',
  json: '{ schema: didymium/comparison@1, names, appraisals }: whole appraisals in the order given',
  declare: (parser) => {
    parser
      .argument('<plant>', 'plant file (YAML)')
      .argument('<other>', 'plant file to set beside it, in the same currency')
      .argument('[third]', 'another one')
      .argument('[fourth]', 'another one')
      .option('--method <name>', `capital of all of them by ${methods.join(', ')}`)
      .option('--deck <id>', 'sell all products of all plants at the prices of a deck of the data')
      .option('--json', 'print the appraisals as JSON')
      .option('--xlsx <file>', 'write the table as an Excel workbook')
      .option('--plot <file>', 'write the figures as bars, SVG')
  },
  action: async (given, options, io) => {
    const asked = options as unknown as Options
    const files = given.filter((file) => file !== undefined)
    const appraisals: Appraisal[] = []
    for (const file of files) {
      const opened = openAppraisal(file, asked, io, true)
      if (!opened.ok) return opened.code
      appraisals.push(opened.appraisal)
    }
    const bases = new Set(
      appraisals.map(({ basis: { currency, year } }) => `${currency} of ${year}`),
    )
    if (bases.size > 1) {
      io.err(`the plants are counted in different money: ${[...bases].join(', ')}`)
      return exit.input
    }
    const names = namesOf(files)
    io.out(
      asked.json === true
        ? moneyJson({ schema: 'didymium/comparison@1', names, appraisals })
        : compareText(names, appraisals),
    )
    return writeAll(await filesOf(names, appraisals, asked), io)
  },
}
