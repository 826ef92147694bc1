import { catchUp } from '../../ledger/index.ts'
import { textTable } from '../../report/index.ts'
import type { Command } from '../commands/command.ts'
import { exit, writeAll } from '../io.ts'
import { declareLedger, type LedgerOptions, print, withLedger } from './open.ts'
import { code, when } from './words.ts'

interface Options extends LedgerOptions {
  readonly plot?: string
}

export const campaignList: Command = {
  name: 'list',
  about: 'Every campaign, the newest last; --plot draws them over time.',
  example: 'didymium ledger campaign list --plot campaigns.svg',
  json: '{ schema: didymium/ledger-campaigns@1, campaigns }',
  declare: (parser) => {
    parser.option('--plot <file>', 'write the time line as SVG')
    declareLedger(parser)
  },
  action: (_, given, io) => {
    const options = given as Options
    return withLedger(options, io, async ({ ledger, site }) => {
      await catchUp(ledger)
      const found = await ledger.store.campaigns({})
      const campaigns = found.toSorted((a, b) => a.start - b.start)
      print(io, options, { schema: 'didymium/ledger-campaigns@1', campaigns }, () =>
        campaigns.length === 0
          ? 'no campaign'
          : textTable(campaigns, [
              { head: 'campaign', cell: (one) => one.code },
              { head: 'at', cell: ({ place }) => code(place) },
              { head: 'start', cell: ({ start }) => when(start) },
              { head: 'end', cell: ({ end }) => (end === undefined ? 'runs' : when(end)) },
              { head: 'plant', cell: ({ plant }) => plant ?? '' },
            ]),
      )
      if (options.plot === undefined) return exit.done
      const { drawTimeline } = await import('../../draw/index.ts')
      const { isSynthetic } = site
      const svg = drawTimeline(campaigns, { now: ledger.now(), isSynthetic })
      return writeAll([[options.plot, svg]], io)
    })
  },
}
