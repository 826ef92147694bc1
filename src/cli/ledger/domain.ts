/** The commands of the registry at the terminal: nothing here knows any of them by name. */
import { type AnyCommand, type EpcisEvent, inputSchema, runCommand } from '../../ledger/index.ts'
import type { Command } from '../commands/command.ts'
import { type ExitCode, exit, type Io } from '../io.ts'
import { readDocumentFile } from './document.ts'
import {
  declareFields,
  type FieldSchema,
  inputOf,
  isProblem,
  type OptionProblem,
  type Plain,
  positionalOf,
} from './fields.ts'
import { declareLedger, type LedgerOptions, type Opened, withLedger } from './open.ts'

type Options = LedgerOptions & Readonly<Record<string, unknown>>

/** Commands that stand under another word than their own: `campaign start`. */
const under: Readonly<Record<string, readonly [group: string, name: string]>> = {
  'start-campaign': ['campaign', 'start'],
  'end-campaign': ['campaign', 'end'],
  charge: ['campaign', 'charge'],
  draw: ['campaign', 'draw'],
}

/** The words at the terminal of a command of the registry. */
export const wordsOf = (name: string): readonly string[] => under[name] ?? [name]

function quoted(text: string): string {
  return /^[\w./:@=+-]+$/.test(text) ? text : `"${text}"`
}

const kebab = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

const plainText = (value: Plain) => (typeof value === 'string' ? value : JSON.stringify(value))

function lineText(record: object | null): string {
  const parts = Object.entries(record ?? {}) as readonly (readonly [string, Plain])[]
  const plain = parts.filter(([, value]) => typeof value !== 'object')
  return plain.map(([name, value]) => `${name}=${plainText(value)}`).join('; ')
}

/** Words of an example's input, as they would be typed. */
function exampleWords(entry: AnyCommand, schema: FieldSchema): readonly string[] {
  const input = entry.example as Readonly<Record<string, Plain>>
  const positional = positionalOf(schema)
  const words: string[] = []
  for (const [name, value] of Object.entries(input)) {
    if (name === positional) words.unshift(quoted(plainText(value)))
    else if (value === true) words.push(`--${kebab(name)}`)
    else {
      for (const one of [value].flat() as readonly Plain[]) {
        const text = typeof one === 'object' ? lineText(one) : plainText(one)
        words.push(`--${kebab(name)} ${quoted(text)}`)
      }
    }
  }
  return words
}

/** What an accepted command says: the events, and what it did in a line each. */
function eventText({ type, eventTime, bizStep, eventID }: EpcisEvent): string {
  const words = [type, bizStep, eventTime, eventID].filter((word) => word !== undefined)
  return `  ${words.join(' ')}`
}

interface Answer {
  readonly status: string
  readonly events?: readonly EpcisEvent[]
  readonly detail?: string
  readonly expected?: string
  readonly problems?: readonly { readonly path: string; readonly message: string }[]
}

interface Saying {
  readonly preview: boolean
  readonly json: boolean
  /** What the command is called here. */
  readonly words: readonly string[]
}

function say(answer: Answer, { preview, json, words }: Saying, io: Io): ExitCode {
  const isAccepted = answer.status === 'accepted'
  const code = isAccepted ? exit.done : answer.status === 'malformed' ? exit.input : exit.no
  if (json) {
    io.out(JSON.stringify({ schema: 'didymium/ledger-command@1', preview, ...answer }, null, 2))
    return code
  }
  if (isAccepted) {
    const count = answer.events?.length ?? 0
    const what = preview ? 'would be accepted' : 'accepted'
    io.out(`${what}: ${count} ${count === 1 ? 'event' : 'events'}`)
    for (const event of answer.events ?? []) io.out(eventText(event))
    return code
  }
  const { problems = [] } = answer
  if (problems.length > 0) {
    io.err(`${answer.status}: ${words.join(' ')}`)
    for (const { path, message } of problems)
      io.err(`  ${path === '' ? 'input' : path}: ${message}`)
    io.err(`  right: didymium ledger ${words.join(' ')} --help`)
    return code
  }
  io.err(`${answer.status}: ${answer.detail ?? ''}`.trimEnd())
  if (answer.expected !== undefined && answer.expected !== '') io.err(`  right: ${answer.expected}`)
  return code
}

async function readInput(
  schema: FieldSchema,
  argument: string | undefined,
  options: Options,
): Promise<Plain | OptionProblem> {
  let file: Plain | undefined
  if (typeof options['file'] === 'string') {
    const read = await readDocumentFile(options['file'])
    if (!read.ok) return { problem: read.message }
    file = read.value
  }
  return inputOf(schema, argument, options, file)
}

/** Runs a command of the registry as whoever is at the terminal, who may do all. */
export async function runAtTerminal(
  opened: Opened,
  name: string,
  input: unknown,
  preview = false,
): Promise<Answer> {
  const by = { account: opened.by, role: 'administrator' } as const
  return runCommand(opened.ledger, name, input, by, { preview })
}

/** A command of the registry as one of the terminal. */
export function domainCommand(entry: AnyCommand): Command {
  const schema = inputSchema(entry) as FieldSchema
  const words = wordsOf(entry.name)
  return {
    name: words.at(-1) ?? entry.name,
    about: entry.about,
    example: ['didymium ledger', ...words, ...exampleWords(entry, schema)].join(' '),
    json: '{ schema: didymium/ledger-command@1, preview, status, events } or { status, detail, expected, problems }',
    reads: ['file'],
    declare: (parser) => {
      declareFields(parser, schema)
      parser.option('--preview', 'say what would happen; write nothing')
      declareLedger(parser)
    },
    action: async (positional, given, io) => {
      const options = given as Options
      const [argument] = positionalOf(schema) === undefined ? [] : positional
      const input = await readInput(schema, argument, options)
      if (isProblem(input)) {
        io.err(input.problem)
        return exit.input
      }
      return withLedger(options, io, async (opened) => {
        const preview = options['preview'] === true
        const answer = await runAtTerminal(opened, entry.name, input, preview)
        return say(answer, { preview, json: options.json === true, words }, io)
      })
    },
  }
}
