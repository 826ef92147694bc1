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

/** What is told the exit code of the command that runs. */
type Chosen = (code: ExitCode) => void

/** Puts a command on the parser, and those below it where it is the one that is called. */
async function add(
  parent: Command,
  entry: Entry,
  argv: readonly string[],
  io: Io,
  chosen: Chosen,
): Promise<void> {
  const sub = parent.command(entry.name).description(entry.about)
  entry.declare(sub)
  sub.addHelpText('after', footer(entry))
  if (entry.subs !== undefined) {
    if (!argv.includes(entry.name)) return
    for (const below of await entry.subs()) await add(sub, below, argv, io, chosen)
    return
  }
  sub.action(async (...given: unknown[]) => {
    const positional = given.slice(0, -2) as readonly (string | undefined)[]
    const problem = overwriting(sub, positional, entry.reads)
    if (problem !== undefined) {
      io.err(problem)
      chosen(exit.input)
      return
    }
    chosen(await entry.action(positional, given.at(-2) as Record<string, unknown>, io))
  })
}

/** The parser of a command line. */
async function parserOf(argv: readonly string[], io: Io, chosen: Chosen): Promise<Command> {
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
  for (const command of commands) await add(program, command, argv, io, chosen)
  return program
}

/** Runs one command line; returns its exit code (0 done, 1 the answer is no, 2 wrong input). */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = exit.done
  const program = await parserOf(argv, io, (chosen) => {
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
