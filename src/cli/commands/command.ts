import type { Command as Parser } from 'commander'
import { exit, type ExitCode, type Io } from '../io.ts'

/** One command of the terminal: one file and one line in `index.ts`. */
export interface Command {
  readonly name: string
  readonly about: string
  /** A command line that works, shown in the help. */
  readonly example: string
  /** The document that `--json` prints, in words; absent where there is none. */
  readonly json?: string
  /** Options that name a file to read; every other option of a `<file>` names one to write. */
  readonly reads?: readonly string[]
  /**
   * Commands below this one (`didymium ledger receive`), loaded when this one is called; it then
   * has no arguments and no action of its own.
   */
  readonly subs?: () => Promise<readonly Command[]>
  /** Arguments and options, on the parser of this command. */
  declare(parser: Parser): void
  action(
    positional: readonly (string | undefined)[],
    options: Readonly<Record<string, unknown>>,
    io: Io,
  ): Promise<ExitCode> | ExitCode
}

type Group = Pick<Command, 'name' | 'about' | 'example'> & Required<Pick<Command, 'subs'>>

/** A command that only holds others. */
export const group = (parts: Group): Command => ({
  ...parts,
  declare: () => undefined,
  action: () => exit.input,
})
