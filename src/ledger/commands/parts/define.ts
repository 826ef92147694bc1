import type { CommandEntry } from '../../command.ts'

/** A command whose input may be anything: it is read by the command's own schema first. */
export type AnyCommand = CommandEntry<unknown>

/**
 * A command as the registry holds it. An input that its schema refuses is an assertion. An input
 * is a plain record that nobody changes: it is read once, however often it is asked about.
 */
export function defineCommand<Input>(entry: CommandEntry<Input>): AnyCommand {
  const known = new WeakMap<object, Input>()
  const read = (input: unknown): Input => {
    if (input === null || typeof input !== 'object') return entry.input.parse(input)
    const before = known.get(input)
    if (before !== undefined) return before
    const parsed = entry.input.parse(input)
    known.set(input, parsed)
    return parsed
  }
  return {
    ...entry,
    needs: (input) => entry.needs(read(input)),
    judge: (input, ledger) => entry.judge(read(input), ledger),
  }
}
