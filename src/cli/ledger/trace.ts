import { catchUp, codeOf, genealogy } from '../../ledger/index.ts'
import { genealogyText } from '../../report/index.ts'
import type { Command } from '../commands/command.ts'
import { exit, writeAll } from '../io.ts'
import { declareLedger, type LedgerOptions, type Opened, print, withLedger } from './open.ts'
import { wholeNumber } from './words.ts'

interface Options extends LedgerOptions {
  readonly down?: boolean
  readonly depth: string
  readonly all?: boolean
  readonly plot?: string
}

/** The URI of a lot that is known, by its code or URI. */
export async function lotUri({ ledger }: Opened, ref: string): Promise<string | undefined> {
  const [byUri, byCode] = [
    await ledger.store.lots([ref]),
    await ledger.store.lotsByCode([codeOf(ref)]),
  ]
  return byUri.has(ref) ? ref : byCode.get(ref)
}

export const trace: Command = {
  name: 'trace',
  about: 'Where a lot came from, or what became of it: by mass of each element, at any depth.',
  example: 'didymium ledger trace P-2026-0001 --up --plot trace.svg',
  json: '{ schema: didymium/ledger-genealogy@1, lot, direction, nodes, edges, ends, unknown, elements, isCut, limits, cycles }',
  declare: (parser) => {
    parser
      .argument('<lot>', 'code or URI of the lot')
      .option('--up', 'to what it came from; so if neither is said')
      .option('--down', 'to what became of it')
      .option('--depth <n>', 'steps between lots, 1 to 1000', '30')
      .option('--all', 'also what has less than 0.1 % of every element')
      .option('--plot <file>', 'write it as a graph, as SVG')
    declareLedger(parser)
  },
  action: ([ref = ''], given, io) => {
    const options = given as unknown as Options
    const depth = wholeNumber(options.depth, 1, 1000)
    if (depth === undefined) {
      io.err(`--depth ${options.depth}: a whole number, 1 to 1000`)
      return exit.input
    }
    return withLedger(options, io, async (opened) => {
      const { ledger, site } = opened
      await catchUp(ledger)
      const uri = await lotUri(opened, ref)
      if (uri === undefined) {
        io.err(`unknown-lot: no event speaks of a lot ${ref}`)
        return exit.no
      }
      const found = await genealogy(ledger, uri, {
        direction: options.down === true ? 'down' : 'up',
        depth,
      })
      const record = { schema: 'didymium/ledger-genealogy@1', ...found }
      print(io, options, record, () =>
        genealogyText(found, {
          isSynthetic: site.isSynthetic,
          ...(options.all === true ? { least: 0 } : {}),
        }),
      )
      if (options.plot === undefined) return exit.done
      io.progress?.(0.6, 'laying out the drawing')
      // Loaded when used: layout and charts would cost every command its start-up time.
      const { drawGenealogy } = await import('../../draw/index.ts')
      const svg = await drawGenealogy(found, { isSynthetic: site.isSynthetic })
      io.progress?.(1)
      return writeAll([[options.plot, svg]], io)
    })
  },
}
