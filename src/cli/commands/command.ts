import type { Command as Parser } from 'commander'
import type { ExitCode, Io } from '../io.ts'

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
  /** Arguments and options, on the parser of this command. */
  declare(parser: Parser): void
  action(
    positional: readonly (string | undefined)[],
    options: Readonly<Record<string, unknown>>,
    io: Io,
  ): Promise<ExitCode> | ExitCode
}
