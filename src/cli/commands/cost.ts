import { costCharts, costText, costWorkbook } from '../../report/index.ts'
import type { Appraisal } from '../../scenario/index.ts'
import { methods, moneyJson, type MoneyOptions, openAppraisal } from '../appraising.ts'
import { type FileList, writeAll } from '../io.ts'
import type { Command } from './command.ts'

interface Options extends MoneyOptions {
  readonly all?: boolean
  readonly json?: boolean
  readonly xlsx?: string
  readonly plot?: string
}

async function filesOf(appraisal: Appraisal, { xlsx, plot }: Options): Promise<FileList> {
  const files: FileList[number][] = []
  if (xlsx !== undefined) files.push([xlsx, await costWorkbook(appraisal)])
  if (plot !== undefined) {
    // Loaded when used: charts would cost every command its start-up time.
    const { drawBreakdown } = await import('../../draw/index.ts')
    files.push([plot, drawBreakdown(`${appraisal.title}: cost`, costCharts(appraisal))])
  }
  return files
}

export const costCommand: Command = {
  name: 'cost',
  about: 'What a plant costs to build and to run: equipment, capital, operating cost, per kg.',
  example: 'didymium cost plants/belfast-commercial.yaml --xlsx estimate.xlsx',
  json: 'plant, title, basis, capital, operating, staff and what they rest on, as didymium schema appraisal has them',
  declare: (parser) => {
    parser
      .argument('<plant>', 'plant file (YAML)')
      .option('--method <name>', `${methods.join(', ')}; that of the plant file if left out`)
      .option('--deck <id>', 'sell all products at the prices of a deck of the data')
      .option('--all', 'print every assumption, default and warning')
      .option('--json', 'print the estimate as JSON')
      .option('--xlsx <file>', 'write estimate and operating cost as an Excel workbook')
      .option('--plot <file>', 'write capital and operating cost by line as SVG')
  },
  action: async ([file = ''], given, io) => {
    const options = given as unknown as Options
    const opened = openAppraisal(file, options, io)
    if (!opened.ok) return opened.code
    const { appraisal } = opened
    const { plant, title, basis, capital, operating, staff } = appraisal
    const { assumptions, defaults, gaps, warnings } = appraisal
    const parts = { plant, title, basis, capital, operating, staff }
    io.out(
      options.json === true
        ? moneyJson({ ...parts, assumptions, defaults, gaps, warnings })
        : costText(appraisal, options.all === true),
    )
    return writeAll(await filesOf(appraisal, options), io)
  },
}
