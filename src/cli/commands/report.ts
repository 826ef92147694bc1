import { basename } from 'node:path'
import { costBank } from '../../databank/costs.ts'
import { bank } from '../../databank/index.ts'
import { financeWorkbook } from '../../report/index.ts'
import { methods, type MoneyOptions, openAppraisal } from '../appraising.ts'
import { fonts } from '../fonts.ts'
import { type ExitCode, exit, type FileList, type Io, packageVersion, writeAll } from '../io.ts'
import type { Command } from './command.ts'

interface Options extends MoneyOptions {
  readonly pdf?: string
  readonly html?: string
  readonly xlsx?: string
  readonly revision: string
  readonly date?: string
  readonly description: string
  readonly prepared: string
  readonly checked: string
  readonly approved: string
}

/** A source of the data in words: who published what, and where. */
function citation(key: string): string | undefined {
  const source = bank.sources.get(key) ?? costBank().sources.get(key)
  if (source === undefined) return undefined
  return Object.values(source)
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .join('. ')
}

/** The date that was given, or today's; undefined where it is no date. */
function dateOf(given: string | undefined): Date | undefined {
  if (given === undefined) return new Date()
  const date = new Date(`${given}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(given) && Number.isFinite(date.getTime()) ? date : undefined
}

/** The files that are asked for, or both in this folder, named after the plant. */
function targetsOf(file: string, { pdf, html, xlsx }: Options) {
  if (pdf !== undefined || html !== undefined || xlsx !== undefined) return { pdf, html, xlsx }
  const stem = basename(file).replace(/\.ya?ml$/i, '')
  return { pdf: `${stem}.pdf`, html: `${stem}.html`, xlsx }
}

async function run(file: string, options: Options, io: Io): Promise<ExitCode> {
  const date = dateOf(options.date)
  if (date === undefined) {
    io.err(`--date ${options.date ?? ''}: a date such as 2026-11-22`)
    return exit.input
  }
  const opened = openAppraisal(file, options, io, false, true)
  if (!opened.ok) return opened.code
  const { plant, solution, appraisal } = opened
  const targets = targetsOf(file, options)
  // Loaded when used: layout, charts and the print would cost every command its start-up time.
  io.progress?.(0.4, 'drawing and setting the pages')
  const { engineeringPackage, packagePage, packagePdf } = await import(
    '../../report/package/index.ts'
  )
  const { revision, description, prepared, checked, approved } = options
  const day = date.toISOString().slice(0, 10)
  const document = await engineeringPackage({
    plant,
    solution,
    appraisal,
    date: day,
    program: `Didymium ${packageVersion()}`,
    citation,
    revisions: [{ revision, date: day, description, prepared, checked, approved }],
  })
  const files: FileList[number][] = []
  if (targets.pdf !== undefined)
    files.push([targets.pdf, await packagePdf(document, fonts(), date)])
  if (targets.html !== undefined) files.push([targets.html, packagePage(document)])
  if (targets.xlsx !== undefined) files.push([targets.xlsx, await financeWorkbook(appraisal)])
  io.progress?.(1)
  const { title, alerts, sections } = document
  io.out([`${title}: engineering package, ${sections.length} chapters`, ...alerts].join('\n'))
  return writeAll(files, io)
}

export const reportCommand: Command = {
  name: 'report',
  about:
    'The engineering package of a plant as PDF and HTML: drawing, balances, equipment, estimate, economics, footprint.',
  example: 'didymium report plants/belfast-commercial.yaml --pdf belfast.pdf --revision A',
  declare: (parser) => {
    parser
      .argument('<plant>', 'plant file (YAML)')
      .option('--pdf <file>', 'write the package as PDF')
      .option('--html <file>', 'write it as one HTML page; both, named after the plant, if neither')
      .option('--xlsx <file>', 'write the appraisal as an Excel workbook that recalculates')
      .option('--method <name>', `${methods.join(', ')}; that of the plant file if left out`)
      .option('--deck <id>', 'sell all products at the prices of a deck of the data')
      .option('--revision <name>', 'in the revision block', '0')
      .option('--date <date>', "of the revision, 2026-11-22; today's if left out")
      .option('--description <text>', 'in the revision block', 'issued for comment')
      .option('--prepared <name>', 'who prepared it', '')
      .option('--checked <name>', 'who checked it', '')
      .option('--approved <name>', 'who approved it', '')
  },
  action: ([file = ''], given, io) => run(file, given as unknown as Options, io),
}
