import { statSync } from 'node:fs'
import { timeOf } from '../../ledger/index.ts'
import type { Command } from '../commands/command.ts'
import { exit } from '../io.ts'
import { importAssays } from './import-assays.ts'
import { importEvents } from './import-events.ts'
import { declareLedger, type LedgerOptions, withLedger } from './open.ts'

interface Options extends LedgerOptions {
  readonly apply?: boolean
  readonly sheet?: string
  readonly laboratory?: string
  readonly method?: string
  readonly time?: string
  readonly status?: string
  readonly condition?: string
  readonly k?: string
}

/** What the options say that the table leaves out, or what is wrong with one. */
function defaultsOf({ laboratory, method, time, status, condition, k }: Options) {
  const known = (['provisional', 'final'] as const).find((one) => one === status)
  if (status !== undefined && known === undefined) return `--status ${status}: provisional, final`
  const state = (['wet', 'dry'] as const).find((one) => one === condition)
  if (condition !== undefined && state === undefined) return `--condition ${condition}: wet, dry`
  if (k !== undefined && !(Number(k) >= 1 && Number(k) <= 10)) return `--k ${k}: a number, 1 to 10`
  if (time !== undefined && timeOf(time) === undefined) {
    return `--time ${time}: a time with an offset, 2026-03-01T08:00:00+00:00`
  }
  return {
    ...(laboratory === undefined ? {} : { laboratory }),
    ...(method === undefined ? {} : { method }),
    ...(time === undefined ? {} : { time }),
    ...(known === undefined ? {} : { status: known }),
    ...(state === undefined ? {} : { condition: state }),
    ...(k === undefined ? {} : { k: Number(k) }),
  }
}

export const importCommand: Command = {
  name: 'import',
  about:
    "Take in a laboratory's table of assays (CSV, XLSX), an EPCIS document (JSON), or the folder " +
    'of an export. Says what would happen; --apply does it.',
  example: 'didymium ledger import assays.csv --laboratory "site laboratory" --k 2 --apply',
  json: '{ schema: didymium/ledger-import@1, applied, changes, refused }; of events: events, problems or stored, known, head',
  declare: (parser) => {
    parser
      .argument('<file>', 'a table (.csv, .tsv, .txt, .xlsx), a document (.json) or a folder')
      .option('--apply', 'write it; without it nothing is written')
      .option('--sheet <name>', 'sheet of the workbook; the first if left out')
      .option('--laboratory <name>', 'who analysed it, where the table does not say')
      .option('--method <name>', 'method, where the table does not say')
      .option('--time <time>', 'when it was analysed, where the table does not say; else now')
      .option('--status <status>', 'provisional or final, where the table does not say; else final')
      .option('--condition <word>', 'wet or dry, where the table does not say; else wet')
      .option('--k <n>', 'coverage factor of the uncertainties, where the table does not say')
    declareLedger(parser)
  },
  action: ([file = ''], given, io) => {
    const options = given as Options
    const defaults = defaultsOf(options)
    if (typeof defaults === 'string') {
      io.err(defaults)
      return exit.input
    }
    const found = statSync(file, { throwIfNoEntry: false })
    if (found === undefined) {
      io.err(`${file}: no such file`)
      return exit.input
    }
    const { data, json, apply, sheet } = options
    const plain = {
      ...(data === undefined ? {} : { data }),
      ...(json === undefined ? {} : { json }),
      ...(apply === undefined ? {} : { apply }),
    }
    const isEvents = found.isDirectory() || /\.json(?:ld)?$/i.test(file)
    return withLedger(options, io, (opened) =>
      isEvents
        ? importEvents(opened, file, plain, io)
        : importAssays(
            opened,
            file,
            { ...plain, ...defaults, ...(sheet === undefined ? {} : { sheet }) },
            io,
          ),
    )
  },
}
