import { type Campaign, catchUp } from '../../ledger/index.ts'
import { balanceTable, balanceText, sheetFile } from '../../report/index.ts'
import { type BalanceOptions, type BalanceReport } from '../../twin/index.ts'
import type { Command } from '../commands/command.ts'
import { shareOf } from '../drawing.ts'
import { type ExitCode, exit, type FileList, type Io, writeAll } from '../io.ts'
import { declareLedger, type LedgerOptions, type Opened, print, withLedger } from './open.ts'
import { readTime, timeWanted } from './words.ts'

interface Options extends LedgerOptions {
  readonly campaign?: string
  readonly from?: string
  readonly to?: string
  readonly elements?: string
  readonly massU?: string
  readonly assayU?: string
  readonly plot?: string
  readonly xlsx?: string
}

/** What is asked: one campaign, or a period; or what is wrong with the options. */
type Asked = { readonly campaign: string } | { readonly from: number; readonly to: number } | string

function askedOf({ campaign, from, to }: Options): Asked {
  if (campaign !== undefined) {
    return from === undefined && to === undefined
      ? { campaign }
      : 'either --campaign or --from and --to'
  }
  if (from === undefined || to === undefined) return 'either --campaign or --from and --to'
  const [begin, end] = [readTime(from), readTime(to)]
  if (begin === undefined) return `--from ${from}: ${timeWanted}`
  if (end === undefined) return `--to ${to}: ${timeWanted}`
  return end > begin ? { from: begin, to: end } : `--to ${to}: a time after --from`
}

/** What the ledger does not say and the options do; or what is wrong with one. */
export function balanceOptions(options: Pick<Options, 'elements' | 'massU' | 'assayU'>) {
  const { elements, massU, assayU } = options
  for (const [name, text] of [
    ['--mass-u', massU],
    ['--assay-u', assayU],
  ] as const) {
    if (text !== undefined && Number.isNaN(shareOf(text)))
      return `${name} ${text}: a percentage, 0.2 %`
  }
  const listed = elements?.split(/[\s,]+/).filter((name) => name !== '')
  const wrong = listed?.find((name) => !/^[A-Z][a-z]?$/.test(name))
  if (wrong !== undefined) return `--elements ${wrong}: symbols, Nd,Pr,Dy`
  return {
    ...(listed === undefined ? {} : { elements: listed }),
    ...(massU === undefined ? {} : { massU: shareOf(massU) }),
    ...(assayU === undefined ? {} : { assayU: shareOf(assayU) }),
  } satisfies BalanceOptions
}

async function reportOf(
  { ledger, site }: Opened,
  asked: Exclude<Asked, string>,
  options: BalanceOptions,
): Promise<BalanceReport | undefined> {
  const { campaignBalance, periodBalance } = await import('../../twin/index.ts')
  const given = { ...options, isSynthetic: site.isSynthetic }
  await catchUp(ledger)
  return 'campaign' in asked
    ? campaignBalance(ledger, asked.campaign, given)
    : periodBalance(ledger, asked, given)
}

async function filesOf(report: BalanceReport, { plot, xlsx }: Options): Promise<FileList> {
  const files: FileList[number][] = []
  if (xlsx !== undefined) files.push([xlsx, await sheetFile('balance', balanceTable(report))])
  if (plot !== undefined) {
    // Loaded when used: charts would cost every command its start-up time.
    const { drawBalance } = await import('../../draw/index.ts')
    files.push([plot, drawBalance(report)])
  }
  return files
}

/** 1 where an element does not close. */
const codeOf = ({ elements }: BalanceReport): ExitCode =>
  elements.some(({ verdict }) => verdict === 'open') ? exit.no : exit.done

export const balance: Command = {
  name: 'balance',
  about:
    'What went in and came out of a campaign or a period, reconciled, and whether it closes. Ends ' +
    'with 1 where an element does not.',
  example: 'didymium ledger balance --campaign C-2026-01 --plot balance.svg --xlsx balance.xlsx',
  json: '{ schema: didymium/ledger-balance@1, title, elements, lines, holdUp, reconciliation, suspects, missing }; kg',
  declare: (parser) => {
    parser
      .option('--campaign <campaign>', 'code or URI of a campaign')
      .option('--from <time>', `of a period, inclusive: ${timeWanted}`)
      .option('--to <time>', 'of a period, exclusive')
      .option('--elements <list>', 'Nd,Pr,Dy; left out: all that are assayed')
      .option(
        '--mass-u <share>',
        "the site's own relative standard uncertainty of a mass that states none",
      )
      .option('--assay-u <share>', 'the same of an assay')
      .option('--xlsx <file>', 'write a row for each line and element as an Excel workbook')
      .option('--plot <file>', 'write the closing chart as SVG')
    declareLedger(parser)
  },
  action: (_, given, io) => {
    const options = given as unknown as Options
    const asked = askedOf(options)
    const settings = balanceOptions(options)
    const problem = [asked, settings].find((one) => typeof one === 'string')
    if (typeof asked === 'string' || typeof settings === 'string') {
      io.err(String(problem))
      return exit.input
    }
    return withLedger(options, io, async (opened) => {
      const report = await reportOf(opened, asked, settings)
      if (report === undefined) {
        io.err(`unknown-campaign: no campaign ${options.campaign} was started`)
        return exit.no
      }
      const record = { schema: 'didymium/ledger-balance@1', ...report }
      print(io, options, record, () => balanceText(report))
      const written = writeAll(await filesOf(report, options), io)
      return written === exit.done ? codeOf(report) : written
    })
  },
}

/** Balances of campaigns that have ended, with progress. */
export async function balancesOf(
  { ledger, site }: Opened,
  campaigns: readonly Campaign[],
  options: BalanceOptions,
  io: Io,
): Promise<readonly BalanceReport[]> {
  const { campaignBalance } = await import('../../twin/index.ts')
  const ended = campaigns.filter(({ end }) => end !== undefined)
  const reports: BalanceReport[] = []
  for (const [k, { uri, code }] of ended.entries()) {
    io.progress?.(k / ended.length, `balance of ${code}`)
    const given = { ...options, isSynthetic: site.isSynthetic }
    const report = await campaignBalance(ledger, uri, given)
    if (report !== undefined) reports.push(report)
  }
  io.progress?.(1)
  return reports
}
