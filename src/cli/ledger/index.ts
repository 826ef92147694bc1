import { commands as registry } from '../../ledger/index.ts'
import { type Command, group } from '../commands/command.ts'
import { account, token } from './accounts.ts'
import { balance } from './balance.ts'
import { campaignList } from './campaigns.ts'
import { backup, rebuildCommand, restoreCommand, verifyCommand } from './care.ts'
import { certificate } from './certificate.ts'
import { domainCommand, wordsOf } from './domain.ts'
import { driftCommand } from './drift.ts'
import { expect } from './expect.ts'
import { exportCommand } from './export.ts'
import { findingsCommand } from './findings.ts'
import { importCommand } from './import.ts'
import { init } from './init.ts'
import { inventoryCommand } from './inventory.ts'
import { lot, lots } from './lots.ts'
import { printLabel } from './print-label.ts'
import { trace } from './trace.ts'

const below = (words: readonly string[]) => words.length > 1

const campaign = group({
  name: 'campaign',
  about: 'Start, charge, draw, end and list runs of the plant.',
  example: 'didymium ledger campaign list',
  subs: async () => [
    ...registry.filter(({ name }) => below(wordsOf(name))).map(domainCommand),
    campaignList,
  ],
})

/** What stands below `didymium ledger`: what people do, what is computed, and the care of it. */
export const ledgerCommands: readonly Command[] = [
  init,
  ...registry.filter(({ name }) => !below(wordsOf(name))).map(domainCommand),
  campaign,
  lots,
  lot,
  inventoryCommand,
  trace,
  balance,
  expect,
  driftCommand,
  certificate,
  printLabel,
  importCommand,
  exportCommand,
  findingsCommand,
  verifyCommand,
  rebuildCommand,
  backup,
  restoreCommand,
  account,
  token,
]
