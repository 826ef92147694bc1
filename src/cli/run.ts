import { Command, CommanderError } from 'commander'
import { commands } from './commands/index.ts'
import type { Command as Entry } from './commands/command.ts'
import { type ExitCode, exit, type Io, packageVersion } from './io.ts'
import { overwriting } from './overwriting.ts'

const about = `Didymium: the digital twin of rare-earth magnet recycling and refining.
A plant file (YAML) goes in; every stream, stage and product comes out, with every element balanced.`

/** What follows the options in a command's help. */
function footer({ example, json }: Entry): string {
  const document = json === undefined ? '' : `\nWith --json:\n  ${json}\n`
  return `${document}\nExample:\n  $ ${example}`
}

/** The parser of every command; `chosen` is told the exit code of the one that runs. */
function parserOf(io: Io, chosen: (code: ExitCode) => void): Command {
  const program = new Command('didymium')
    .description(about)
    .version(packageVersion(), '-V, --version', 'print the version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(text.trimEnd()),
      writeErr: (text) => io.err(text.trimEnd()),
      getOutHelpWidth: () => io.columns ?? 80,
      getErrHelpWidth: () => io.columns ?? 80,
    })
    .showSuggestionAfterError()
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 the answer is no (not converged), 2 wrong input.',
    )
  for (const command of commands) {
    const sub = program.command(command.name).description(command.about)
    command.declare(sub)
    sub.addHelpText('after', footer(command))
    sub.action(async (...given: unknown[]) => {
      const positional = given.slice(0, -2) as readonly (string | undefined)[]
      const problem = overwriting(sub, positional, command.reads)
      if (problem !== undefined) {
        io.err(problem)
        chosen(exit.input)
        return
      }
      chosen(await command.action(positional, given.at(-2) as Record<string, unknown>, io))
    })
  }
  return program
}

/** Runs one command line; returns its exit code (0 done, 1 the answer is no, 2 wrong input). */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = exit.done
  const program = parserOf(io, (chosen) => {
    code = chosen
  })
  try {
    await program.parseAsync([...argv], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? exit.done : exit.input
  }
  return code
}
