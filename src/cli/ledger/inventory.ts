import { catchUp, inventory, lotKinds } from '../../ledger/index.ts'
import { inventoryTable, inventoryText, sheetFile } from '../../report/index.ts'
import type { Command } from '../commands/command.ts'
import { exit, type FileList, writeAll } from '../io.ts'
import { several } from '../study.ts'
import { declareLedger, type LedgerOptions, print, withLedger } from './open.ts'
import { readTime, timeWanted } from './words.ts'

interface Options extends LedgerOptions {
  readonly at?: string
  readonly place?: string
  readonly kind: readonly string[]
  readonly xlsx?: string
  readonly plot?: string
}

export const inventoryCommand: Command = {
  name: 'inventory',
  about: 'What is there, by place, lot and element: wet, dry, contained; now or at a past time.',
  example: 'didymium ledger inventory --at 2026-03-01 --place store',
  json: '{ schema: didymium/ledger-inventory@1, at, lines, places, total }; masses in mg',
  declare: (parser) => {
    parser
      .option('--at <time>', `after everything up to then: ${timeWanted}`)
      .option('--place <place>', 'code or URI of one place')
      .option('--kind <kind>', `${lotKinds.join(', ')}; may be repeated`, several, [])
      .option('--xlsx <file>', 'write a row for each lot and place as an Excel workbook')
      .option('--plot <file>', 'write what is at each place as SVG')
    declareLedger(parser)
  },
  action: (_, given, io) => {
    const options = given as unknown as Options
    const at = options.at === undefined ? undefined : readTime(options.at)
    if (options.at !== undefined && at === undefined) {
      io.err(`--at ${options.at}: ${timeWanted}`)
      return exit.input
    }
    const kinds = options.kind.flatMap((kind) => lotKinds.find((known) => known === kind) ?? [])
    if (kinds.length < options.kind.length) {
      io.err(`--kind ${options.kind.join(', ')}: ${lotKinds.join(', ')}`)
      return exit.input
    }
    return withLedger(options, io, async ({ ledger, site, placeUri }) => {
      await catchUp(ledger)
      const report = await inventory(ledger, {
        ...(at === undefined ? {} : { at }),
        ...(options.place === undefined ? {} : { place: placeUri(options.place) }),
        ...(kinds.length === 0 ? {} : { kinds }),
      })
      const { isSynthetic } = site
      const record = { schema: 'didymium/ledger-inventory@1', isSynthetic, ...report }
      print(io, options, record, () => inventoryText(report, { isSynthetic }))
      const files: FileList[number][] = []
      if (options.xlsx !== undefined) {
        files.push([options.xlsx, await sheetFile('inventory', inventoryTable(report))])
      }
      if (options.plot !== undefined) {
        const { drawInventory } = await import('../../draw/index.ts')
        files.push([options.plot, drawInventory(report, { isSynthetic })])
      }
      return writeAll(files, io)
    })
  },
}
