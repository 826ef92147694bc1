import { catchUp } from '../../ledger/index.ts'
import { driftText } from '../../report/index.ts'
import type { Expectation } from '../../twin/index.ts'
import type { Command } from '../commands/command.ts'
import { type ExitCode, exit, type Io, writeAll } from '../io.ts'
import { loadPlant } from '../plant-file.ts'
import { balanceOptions, balancesOf } from './balance.ts'
import { declareLedger, type LedgerOptions, type Opened, print, withLedger } from './open.ts'
import { readTime, timeWanted, wholeNumber } from './words.ts'

interface Options extends LedgerOptions {
  readonly plant?: string
  readonly from?: string
  readonly to?: string
  readonly learnFrom: string
  readonly elements?: string
  readonly massU?: string
  readonly assayU?: string
  readonly plot?: string
}

interface Period {
  readonly from?: number
  readonly to?: number
}

function periodOf({ from, to }: Options): Period | string {
  const [begin, end] = [from, to].map((text) => (text === undefined ? undefined : readTime(text)))
  if (from !== undefined && begin === undefined) return `--from ${from}: ${timeWanted}`
  if (to !== undefined && end === undefined) return `--to ${to}: ${timeWanted}`
  return {
    ...(begin === undefined ? {} : { from: begin }),
    ...(end === undefined ? {} : { to: end }),
  }
}

async function look(
  opened: Opened,
  options: Options,
  period: Period,
  settings: Exclude<ReturnType<typeof balanceOptions>, string>,
  io: Io,
): Promise<ExitCode> {
  const { ledger } = opened
  const { drift, expectation, solvedHere } = await import('../../twin/index.ts')
  await catchUp(ledger)
  const campaigns = await ledger.store.campaigns({ time: period })
  const balances = await balancesOf(opened, campaigns, settings, io)
  const expectations: Expectation[] = []
  if (options.plant !== undefined) {
    const loaded = loadPlant(options.plant)
    if (!loaded.ok) {
      io.err(loaded.text)
      return exit.input
    }
    for (const [k, balance] of balances.entries()) {
      io.progress?.(k / balances.length, `solving the plant for ${balance.title}`)
      if (balance.campaign === undefined) continue
      const found = await expectation(ledger, solvedHere(loaded.plant), balance.campaign, balance)
      if (found !== undefined) expectations.push(found)
    }
    io.progress?.(1)
  }
  const found = drift(balances, expectations, { learnFrom: Number(options.learnFrom) })
  print(io, options, { schema: 'didymium/ledger-drift@1', ...found }, () => driftText(found))
  if (options.plot === undefined) return exit.done
  const { drawDrift } = await import('../../draw/index.ts')
  return writeAll([[options.plot, drawDrift(found)]], io)
}

export const driftCommand: Command = {
  name: 'drift',
  about:
    'How recoveries and gaps move over campaigns, with limits; beside the solved plant if named.',
  example: 'didymium ledger drift --elements Nd,Dy --plot drift.svg',
  json: '{ schema: didymium/ledger-drift@1, isSynthetic, series, method, notes }',
  reads: ['plant'],
  declare: (parser) => {
    parser
      .option('--plant <file>', 'solve this plant for the feed of each campaign, and compare')
      .option('--from <time>', `campaigns from then on: ${timeWanted}`)
      .option('--to <time>', 'campaigns before then')
      .option('--learn-from <n>', 'first campaigns that the limits are learnt from', '12')
      .option('--elements <list>', 'Nd,Pr,Dy; left out: all that are assayed')
      .option(
        '--mass-u <share>',
        "the site's own relative standard uncertainty of a mass that states none",
      )
      .option('--assay-u <share>', 'the same of an assay')
      .option('--plot <file>', 'write the control charts as SVG')
    declareLedger(parser)
  },
  action: (_, given, io) => {
    const options = given as unknown as Options
    const [period, settings] = [periodOf(options), balanceOptions(options)]
    const isCount = wholeNumber(options.learnFrom, 2, 1000) !== undefined
    if (typeof period === 'string' || typeof settings === 'string' || !isCount) {
      const wrong = [period, settings].find((one) => typeof one === 'string')
      io.err(wrong ?? `--learn-from ${options.learnFrom}: a whole number, 2 to 1000`)
      return exit.input
    }
    return withLedger(options, io, (opened) => look(opened, options, period, settings, io))
  },
}
