import type { CommandEntry } from '../../command.ts'

/** A command whose input may be anything: it is read by the command's own schema first. */
export type AnyCommand = CommandEntry<unknown>

/** A command as the registry holds it. An input that its schema refuses is an assertion. */
export function defineCommand<Input>(entry: CommandEntry<Input>): AnyCommand {
  return {
    ...entry,
    needs: (input) => entry.needs(entry.input.parse(input)),
    judge: (input, known) => entry.judge(entry.input.parse(input), known),
  }
}
