import type { CommandStatus, Role } from './command.ts'
import type { EpcisEvent } from './epcis/event.ts'
import type { Ledger } from './ledger.ts'

export interface InputProblem {
  /** Where in the input: lots.0.mass. */
  readonly path: string
  readonly message: string
}

export interface CommandOutcome {
  readonly status: CommandStatus
  /** The events that it means, with their IDs; of an accepted command they are in the log. */
  readonly events?: readonly EpcisEvent[]
  /** Why it was refused, and what would be right: a sentence each. */
  readonly detail?: string
  readonly expected?: string
  /** Of a malformed input. */
  readonly problems?: readonly InputProblem[]
}

/** Runs a command of the registry; with `preview` nothing is stored. */
export function runCommand(
  ledger: Ledger,
  name: string,
  input: unknown,
  who: { readonly account: string; readonly role: Role },
  options: { readonly preview?: boolean } = {},
): Promise<CommandOutcome> {
  throw new Error(`${ledger.store.kind} ${name} ${String(input)} ${who.role} ${options.preview}`)
}
