import { useAsked, type Asked } from '../asked.ts'
import type { LedgerCommandInfo, LedgerCommandList } from '../said.ts'

/** Every command, as the server describes it. */
export const useCommands = (): Asked<LedgerCommandList> =>
  useAsked<LedgerCommandList>('api/ledger/commands')

/** One of them by its name. */
export const commandOf = (
  { commands }: LedgerCommandList,
  name: string,
): LedgerCommandInfo | undefined => commands.find((command) => command.name === name)
