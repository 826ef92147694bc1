import { group } from './command.ts'

export const ledger = group({
  name: 'ledger',
  about:
    'Lots, assays, campaigns and shipments as events that are never lost: receive, trace, balance, certify.',
  example: 'didymium ledger lots --in-stock',
  subs: async () => (await import('../ledger/index.ts')).ledgerCommands,
})
