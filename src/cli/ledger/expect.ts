import { catchUp } from '../../ledger/index.ts'
import { expectationText } from '../../report/index.ts'
import type { Command } from '../commands/command.ts'
import { exit } from '../io.ts'
import { loadPlant } from '../plant-file.ts'
import { declareLedger, type LedgerOptions, print, withLedger } from './open.ts'

interface Options extends LedgerOptions {
  readonly campaign: string
}

export const expect: Command = {
  name: 'expect',
  about:
    'What the plant file makes of the lots that a campaign was charged with, beside what the ' +
    'campaign made: products, purities, recoveries.',
  example: 'didymium ledger expect plants/belfast-demonstration.yaml --campaign C-2026-01',
  json: '{ schema: didymium/ledger-expectation@1, campaign, plant, outcome, masses, purities, recoveries, notes }',
  declare: (parser) => {
    parser
      .argument('<plant>', 'plant file (YAML)')
      .requiredOption('--campaign <campaign>', 'code or URI of a campaign')
    declareLedger(parser)
  },
  action: ([file = ''], given, io) => {
    const options = given as unknown as Options
    const loaded = loadPlant(file)
    if (!loaded.ok) {
      io.err(loaded.text)
      return exit.input
    }
    return withLedger(options, io, async ({ ledger, site }) => {
      const { campaignBalance, expectation, solvedHere } = await import('../../twin/index.ts')
      await catchUp(ledger)
      const { isSynthetic } = site
      const balance = await campaignBalance(ledger, options.campaign, { isSynthetic })
      if (balance?.campaign === undefined) {
        io.err(`unknown-campaign: no campaign ${options.campaign} was started`)
        return exit.no
      }
      io.progress?.(0.3, 'solving the plant for what was charged')
      const found = await expectation(ledger, solvedHere(loaded.plant), balance.campaign, balance)
      io.progress?.(1)
      if (found === undefined) {
        io.err(`${options.campaign}: nothing was charged that the plant could be solved for`)
        return exit.no
      }
      const record = { schema: 'didymium/ledger-expectation@1', ...found }
      print(io, options, record, () => expectationText(found, { isSynthetic }))
      return exit.done
    })
  },
}
