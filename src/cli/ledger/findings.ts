import { catchUp, type Flag, findings, flagged } from '../../ledger/index.ts'
import { textTable } from '../../report/index.ts'
import type { Command } from '../commands/command.ts'
import { exit } from '../io.ts'
import { declareLedger, type LedgerOptions, print, withLedger } from './open.ts'
import { code, when } from './words.ts'

/** What changed of a lot, in words. */
const changed: Readonly<Record<Flag['changes'][number]['kind'], (lot: string) => string>> = {
  'declared-wrong': (lot) => `an event of ${lot} was declared wrong`,
  corrected: (lot) => `an event of ${lot} was corrected`,
  'assayed-later': (lot) => `${lot} was analysed`,
  'recorded-later': (lot) => `an earlier analysis of ${lot} was recorded`,
}

export const findingsCommand: Command = {
  name: 'findings',
  about:
    'What is not as it should be, and shipped lots of which something changed after they had left. ' +
    'Ends with 1 where there is any.',
  example: 'didymium ledger findings',
  json: '{ schema: didymium/ledger-findings@1, findings, flagged }',
  declare: (parser) => void declareLedger(parser),
  action: (_, given, io) => {
    const options = given as LedgerOptions
    return withLedger(options, io, async ({ ledger }) => {
      await catchUp(ledger)
      const [found, flags] = [await findings(ledger), await flagged(ledger)]
      const record = { schema: 'didymium/ledger-findings@1', findings: found, flagged: flags }
      print(io, options, record, () => {
        const parts: string[] = []
        if (found.length > 0) {
          const table = textTable(found, [
            { head: 'when', cell: ({ time }) => when(time) },
            { head: '', cell: ({ severity }) => severity },
            { head: 'lot', cell: ({ lot }) => code(lot) },
            { head: 'what', cell: ({ message }) => message },
          ])
          parts.push(table)
        }
        if (flags.length > 0) {
          const table = textTable(
            flags.flatMap((flag) => flag.changes.map((change) => ({ flag, change }))),
            [
              { head: 'shipped lot', cell: ({ flag }) => flag.code },
              { head: 'shipped', cell: ({ flag }) => when(flag.shipment.time) },
              { head: 'to', cell: ({ flag }) => code(flag.shipment.party) },
              { head: 'changed since', cell: ({ change }) => when(change.time) },
              { head: 'what', cell: ({ change }) => changed[change.kind](code(change.of)) },
            ],
          )
          parts.push(table)
        }
        return parts.length === 0 ? 'nothing to find' : parts.join('\n\n')
      })
      return found.length + flags.length === 0 ? exit.done : exit.no
    })
  },
}
