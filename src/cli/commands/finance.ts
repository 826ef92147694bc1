import { cashFlowChart, financeText, financeWorkbook, fundingText } from '../../report/index.ts'
import {
  type Appraisal,
  cashFlowPeriods,
  findFunding,
  type Funding,
  type FundingFloors,
  type FundingRequest,
} from '../../scenario/index.ts'
import { methods, moneyJson, type MoneyOptions, openAppraisal } from '../appraising.ts'
import { exit, type FileList, type Io, writeAll } from '../io.ts'
import type { Command } from './command.ts'

interface Options extends MoneyOptions {
  readonly fund?: string
  readonly equityIrr?: string
  readonly dscr?: string
  readonly loan: string
  readonly json?: boolean
  readonly xlsx?: string
  readonly plot?: string
}

const seeks = ['least-grant', 'most-debt'] as const

/** `12 %` or `0.12` as a share; `undefined` where it is no number within the bounds. */
function shareOf(text: string, low: number, high: number): number | undefined {
  const [, number = '', sign] = /^\s*(\d+(?:\.\d+)?)\s*(%?)\s*$/.exec(text) ?? []
  const value = number === '' ? Number.NaN : Number(number) / (sign === '%' ? 100 : 1)
  return value >= low && value <= high ? value : undefined
}

/** What is sought of money, or what is wrong with an option. */
function requestOf(
  { fund, equityIrr, dscr, loan }: Options,
  { finance: { inputs } }: Appraisal,
): FundingRequest | string {
  const seek = seeks.find((known) => known === fund)
  if (seek === undefined) return `--fund ${fund ?? ''}: ${seeks.join(' or ')}`
  const rate = equityIrr === undefined ? undefined : shareOf(equityIrr, 0, 1)
  const cover = dscr === undefined ? undefined : shareOf(dscr, 1, 10)
  if (equityIrr !== undefined && rate === undefined) return `--equity-irr ${equityIrr}: 12 %`
  if (dscr !== undefined && cover === undefined) return `--dscr ${dscr}: a number from 1 to 10`
  const terms = /^\s*(\S+\s*%?)\s*,\s*(\d+)\s*y?\s*$/.exec(loan)
  const interest = shareOf(terms?.[1] ?? '', 0, 1)
  if (interest === undefined) return `--loan ${loan}: interest and years, "8 %, 10 y"`
  const [own] = inputs.debt ?? []
  const floors: FundingFloors = {
    ...(rate === undefined ? {} : { equityIrr: rate }),
    ...(cover === undefined ? {} : { dscr: cover }),
  }
  const [grant] = inputs.grants ?? []
  return {
    seek,
    floors,
    ...(grant === undefined ? {} : { grant }),
    debt: own ?? {
      name: 'loan',
      size: { shareOf: 'fixed-capital', share: 0 },
      rate: interest,
      term: Number(terms?.[2]),
      repayment: 'annuity',
      duringConstruction: 'capitalised',
    },
  }
}

async function filesOf(appraisal: Appraisal, { xlsx, plot }: Options): Promise<FileList> {
  const files: FileList[number][] = []
  if (xlsx !== undefined) files.push([xlsx, await financeWorkbook(appraisal)])
  if (plot !== undefined) {
    // Loaded when used: charts would cost every command its start-up time.
    const { drawCashFlow } = await import('../../draw/index.ts')
    files.push([plot, drawCashFlow(cashFlowChart(appraisal))])
  }
  return files
}

function print(appraisal: Appraisal, funding: Funding | undefined, options: Options, io: Io): void {
  const { plant, title, basis, sales, finance, assumptions, defaults, gaps } = appraisal
  if (options.json === true) {
    const periods = cashFlowPeriods(finance.cashFlow)
    const whole = { plant, title, basis, sales, finance: { ...finance, periods } }
    io.out(
      moneyJson({
        ...whole,
        ...(funding === undefined ? {} : { funding }),
        assumptions,
        defaults,
        gaps,
      }),
    )
  } else io.out(financeText(appraisal))
}

export const financeCommand: Command = {
  name: 'finance',
  about: 'What a plant earns: cash flow by year, value, return, payback, break-even, funding.',
  example: 'didymium finance plants/belfast-commercial.yaml --xlsx cash-flow.xlsx',
  json: 'plant, title, basis, sales, finance with its periods, funding where asked, and what they rest on',
  declare: (parser) => {
    parser
      .argument('<plant>', 'plant file (YAML)')
      .option('--deck <id>', 'sell all products at the prices of a deck of the data')
      .option('--method <name>', `capital by ${methods.join(', ')}`)
      .option('--fund <what>', `${seeks.join(' or ')}: the mix of grant, loan and equity`)
      .option('--equity-irr <rate>', 'least return of the equity in that mix')
      .option('--dscr <ratio>', 'least debt service cover in that mix')
      .option('--loan <terms>', 'interest and years of a loan, if the plant has none', '8 %, 10 y')
      .option('--json', 'print sales and cash flow as JSON')
      .option('--xlsx <file>', 'write the cash flow as an Excel workbook with live formulas')
      .option('--plot <file>', 'write the cash flow as SVG')
  },
  action: async ([file = ''], given, io) => {
    const options = given as unknown as Options
    const opened = openAppraisal(file, options, io, true)
    if (!opened.ok) return opened.code
    const { appraisal } = opened
    const request = options.fund === undefined ? undefined : requestOf(options, appraisal)
    if (typeof request === 'string') {
      io.err(request)
      return exit.input
    }
    const funding =
      request === undefined ? undefined : findFunding(appraisal.finance.inputs, request)
    print(appraisal, funding, options, io)
    if (request !== undefined && funding !== undefined && options.json !== true) {
      io.out(`\n${fundingText(appraisal, request.seek, request.floors, funding)}`)
    }
    const written = writeAll(await filesOf(appraisal, options), io)
    if (written !== exit.done) return written
    return funding?.outcome === 'not-possible' ? exit.no : exit.done
  },
}
