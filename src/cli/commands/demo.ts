import { join } from 'node:path'
import { type ExitCode, exit, type Io, packageFolder, readTextFile } from '../io.ts'
import type { Command } from './command.ts'

interface Options {
  readonly seed: string
  readonly data?: string
  readonly to?: string
  readonly days: string
  readonly json?: boolean
}

const plantFile = 'plants/belfast-demonstration.yaml'
const day = 86_400_000

interface Asked {
  readonly seed: number
  readonly to: number
  readonly days: number
}

/** What the options ask for in numbers, or what is wrong with one. */
function askedOf({ seed, to, days }: Options): Asked | string {
  const end = to === undefined ? Math.floor(Date.now() / day) * day : Date.parse(`${to}T00:00:00Z`)
  if (to !== undefined && (!/^\d{4}-\d\d-\d\d$/.test(to) || Number.isNaN(end))) {
    return `--to ${to}: a day, 2026-03-01`
  }
  if (end > Date.now()) return `--to ${to}: has not come yet`
  const asked = { seed: Number(seed), to: end, days: Number(days) }
  if (!/^\d{1,9}$/.test(seed)) return `--seed ${seed}: a whole number`
  if (!/^\d+$/.test(days) || asked.days < 60 || asked.days > 3650) {
    return `--days ${days}: a whole number, 60 to 3650`
  }
  return asked
}

async function fill(asked: Asked, options: Options, io: Io): Promise<ExitCode> {
  const read = readTextFile(join(packageFolder(), plantFile))
  if (!read.ok) {
    io.err(read.message)
    return exit.input
  }
  // Loaded when used: a database and an engine would cost every command its start-up time.
  const { fillLedger } = await import('../ledger/fill.ts')
  return fillLedger({ ...asked, plant: read.text }, options, io)
}

export const demo: Command = {
  name: 'demo',
  about:
    'Fill a new ledger with a made-up history of the Belfast demonstration plant: two years of feed ' +
    'lots, campaigns, assays and shipments. Every page of it says that it is synthetic.',
  example: 'didymium demo --data demonstration',
  json: '{ schema: didymium/demo@1, at, seed, from, to, lots, campaigns, events, head, planted }',
  declare: (parser) => {
    parser
      .option('--seed <n>', 'the same seed and day make the same ledger, to the last hash', '1')
      .option(
        '--data <folder>',
        'a new folder; left out: DATABASE_URL (PostgreSQL), DIDYMIUM_DATA or ./didymium-data',
      )
      .option('--to <day>', 'the day that it ends, 2026-03-01; today if left out')
      .option('--days <n>', 'how long it is, 60 to 3650', '730')
      .option('--json', 'print what was made as JSON')
  },
  action: (_, given, io) => {
    const options = given as unknown as Options
    const asked = askedOf(options)
    if (typeof asked !== 'string') return fill(asked, options, io)
    io.err(asked)
    return exit.input
  },
}
