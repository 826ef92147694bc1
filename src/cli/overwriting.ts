import { existsSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Command as Parser } from 'commander'

/** A file that is named on the command line, and what names it: `<plant>` or `--csv`. */
interface Named {
  readonly by: string
  readonly path: string
}

/**
 * What tells a file from every other, whatever path leads to it; undefined for what a write does
 * not destroy, such as /dev/null.
 */
function identity(path: string): string | undefined {
  const absolute = resolve(path)
  try {
    const there = statSync(absolute, { bigint: true, throwIfNoEntry: false })
    if (there !== undefined) return there.isFile() ? `${there.dev} ${there.ino}` : undefined
    return join(realpathSync(dirname(absolute)), basename(absolute))
  } catch {
    // Nothing can be there: its folder is missing, or may not be looked into.
    return absolute
  }
}

function filesOf(
  parser: Parser,
  given: readonly unknown[],
  reads: readonly string[],
): { readonly inputs: readonly Named[]; readonly outputs: readonly Named[] } {
  const named = (by: string, value: unknown): Named[] =>
    [value].flat().flatMap((path) => (typeof path === 'string' ? [{ by, path }] : []))
  const options = parser.options.map((option) => {
    const name = option.attributeName()
    const files = named(option.long ?? option.flags, parser.opts()[name])
    return { isRead: reads.includes(name), isFile: option.flags.includes('<file>'), files }
  })
  return {
    inputs: [
      ...parser.registeredArguments.flatMap((argument, k) =>
        named(`<${argument.name()}>`, given[k]),
      ),
      ...options.flatMap(({ isRead, files }) => (isRead ? files : [])),
    ],
    outputs: options.flatMap(({ isRead, isFile, files }) => (isFile && !isRead ? files : [])),
  }
}

/**
 * Which option would write over a file that is read, or over that of another option; undefined
 * where all are apart. `given`: the positional arguments; `reads`: names of the options that are
 * read, every other `<file>` being written.
 */
export function overwriting(
  parser: Parser,
  given: readonly unknown[],
  reads: readonly string[] = [],
): string | undefined {
  const { inputs, outputs } = filesOf(parser, given, reads)
  const taken = new Map<string, string>()
  for (const { by, path } of inputs) {
    // What is no file is the id of a data set, or is refused when it is read.
    const file = existsSync(path) ? identity(path) : undefined
    if (file !== undefined) taken.set(file, `what is read, ${by}`)
  }
  for (const { by, path } of outputs) {
    const file = identity(path)
    if (file === undefined) continue
    const other = taken.get(file)
    if (other !== undefined) return `${by} ${path}: would overwrite ${other}; name another file`
    taken.set(file, `the file of ${by}`)
  }
  return undefined
}
