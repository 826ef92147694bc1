import { catchUp, lotKinds, lotView, type LotState } from '../../ledger/index.ts'
import { lotText, textTable } from '../../report/index.ts'
import type { Command } from '../commands/command.ts'
import { exit } from '../io.ts'
import { several } from '../study.ts'
import { declareLedger, type LedgerOptions, print, withLedger } from './open.ts'
import { code, kg, when, wholeNumber } from './words.ts'

interface ListOptions extends LedgerOptions {
  readonly text?: string
  readonly kind: readonly string[]
  readonly product?: string
  readonly place?: string
  readonly inStock?: boolean
  readonly limit: string
  readonly offset: string
}

const lotTable = (lots: readonly LotState[]) =>
  textTable(lots, [
    { head: 'lot', cell: ({ uri, master }) => master?.code ?? code(uri) },
    { head: 'kind', cell: ({ master }) => master?.kind ?? 'unknown' },
    { head: 'product', cell: ({ master }) => master?.product ?? '' },
    { head: 'kg', cell: ({ mg }) => kg(mg), align: 'right' },
    { head: 'at', cell: ({ places }) => Object.keys(places).map(code).join(', ') },
    { head: 'since', cell: ({ first }) => when(first.time) },
    { head: 'findings', cell: ({ findings }) => (findings.length > 0 ? `${findings.length}` : '') },
  ])

export const lots: Command = {
  name: 'lots',
  about: 'Find lots by a part of their code or description, by kind, product and place.',
  example: 'didymium ledger lots --kind product --in-stock',
  json: '{ schema: didymium/ledger-lots@1, total, lots }',
  declare: (parser) => {
    parser
      .option('--text <text>', 'part of a code, a URI or a description')
      .option('--kind <kind>', `${lotKinds.join(', ')}; may be repeated`, several, [])
      .option('--product <name>', 'Nd2O3, didymium ...')
      .option('--place <place>', 'code or URI of the place where something of it is')
      .option('--in-stock', 'only lots of which something is there')
      .option('--limit <n>', 'lots to print, 1 to 10000', '100')
      .option('--offset <n>', 'lots to leave out first', '0')
    declareLedger(parser)
  },
  action: (_, given, io) => {
    const options = given as unknown as ListOptions
    const limit = wholeNumber(options.limit, 1, 10_000)
    const offset = wholeNumber(options.offset, 0, 1e9)
    const unknown = options.kind.find((kind) => !lotKinds.some((known) => known === kind))
    if (unknown !== undefined) {
      io.err(`--kind ${unknown}: ${lotKinds.join(', ')}`)
      return exit.input
    }
    if (limit === undefined || offset === undefined) {
      io.err('--limit and --offset: whole numbers, 1 to 10000 and from 0')
      return exit.input
    }
    return withLedger(options, io, async ({ ledger, placeUri }) => {
      await catchUp(ledger)
      const found = await ledger.store.searchLots({
        ...(options.text === undefined ? {} : { text: options.text }),
        ...(options.kind.length === 0 ? {} : { kinds: options.kind }),
        ...(options.product === undefined ? {} : { product: options.product }),
        ...(options.place === undefined ? {} : { place: placeUri(options.place) }),
        ...(options.inStock === true ? { inStock: true } : {}),
        offset,
        limit,
      })
      const record = { schema: 'didymium/ledger-lots@1', ...found }
      const rest = found.total - offset - found.lots.length
      print(io, options, record, () =>
        [
          ...(found.lots.length === 0 ? ['no lot'] : [lotTable(found.lots)]),
          ...(rest > 0 ? [`and ${rest} more (--offset ${offset + limit})`] : []),
        ].join('\n'),
      )
      return exit.done
    })
  },
}

export const lot: Command = {
  name: 'lot',
  about: 'All there is to say of one lot: what it holds, where it came from, what happened to it.',
  example: 'didymium ledger lot P-2026-0001',
  json: '{ schema: didymium/ledger-lot@1, lot, composition, recycled, origin, custody, movements, events, parents, children, flags }',
  declare: (parser) => {
    parser.argument('<lot>', 'code or URI of the lot')
    declareLedger(parser)
  },
  action: ([ref = ''], given, io) => {
    const options = given as LedgerOptions
    return withLedger(options, io, async ({ ledger, site }) => {
      await catchUp(ledger)
      const view = await lotView(ledger, ref)
      if (view === undefined) {
        io.err(`unknown-lot: no event speaks of a lot ${ref}`)
        return exit.no
      }
      const { isSynthetic } = site
      const record = { schema: 'didymium/ledger-lot@1', ...view }
      print(io, options, record, () => lotText(view, { isSynthetic }))
      return exit.done
    })
  },
}
