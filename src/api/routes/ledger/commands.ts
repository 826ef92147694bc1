import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import {
  type AnyCommand,
  type CommandOutcome,
  commands,
  inputSchema,
  type Json,
  mayDo,
  roles,
  runCommand,
  statuses,
} from '../../../ledger/index.ts'
import { type ErrorCode, refuse, refused } from '../../errors.ts'
import { audit } from '../../ledger/audit.ts'
import { type LedgerEnv, ledgerRoute } from '../../ledger/env.ts'
import { ledgerRefusals } from '../../ledger/refusals.ts'
import { json } from '../../schemas.ts'
import { commandAnswerSchema, commandListSchema, yes } from './schemas.ts'

/** What commands take, written when it is first asked: it never changes. */
const schemas = new Map<string, ReturnType<typeof inputSchema>>()

function schemaOf(command: AnyCommand) {
  const known = schemas.get(command.name)
  if (known !== undefined) return known
  const schema = inputSchema(command)
  schemas.set(command.name, schema)
  return schema
}

export const listCommands = ledgerRoute({
  needs: 'read',
  route: createRoute({
    method: 'get',
    path: '/api/ledger/commands',
    summary: 'What can be done, who may do it, what it takes: forms are made of it',
    responses: { 200: json(commandListSchema, 'commands'), ...ledgerRefusals() },
  }),
  handler: (c) => {
    const { role } = c.var.actor
    const listed = commands.map((command) => ({
      name: command.name,
      about: command.about,
      roles: roles.filter((one) => mayDo(one, `command ${command.name}`)),
      mayI: mayDo(role, `command ${command.name}`),
      input: schemaOf(command),
      example: command.example as Json,
    }))
    return c.json({ commands: listed, statuses: [...statuses] }, 200)
  },
})

/** What a command was about, for the audit: the first code that its input names. */
function subjectOf(input: unknown): string {
  if (typeof input !== 'object' || input === null) return ''
  const fields = input as Readonly<Record<string, unknown>>
  for (const name of ['lot', 'code', 'campaign', 'event', 'lots', 'package']) {
    const value = fields[name]
    const first: unknown = Array.isArray(value) ? value[0] : value
    if (typeof first === 'string') return first
    if (typeof first === 'object' && first !== null && 'lot' in first) return String(first.lot)
  }
  return ''
}

/** The reason of a refused command as an error: forbidden, in the way, or not as it should be. */
function refusedCommand(outcome: CommandOutcome) {
  const { status, detail = '', expected = '', problems } = outcome
  const codes: Readonly<Record<string, ErrorCode>> = {
    forbidden: 'not-allowed',
    conflict: 'conflict',
    'already-exists': 'conflict',
  }
  const code = codes[status] ?? 'refused-command'
  const told = problems?.map((problem) => ({ expected: '', ...problem }))
  const more = told === undefined ? { status } : { status, problems: told }
  const first = problems?.[0]
  const why = first === undefined ? status : `${first.path}: ${first.message}`
  return refused(code as CommandRefusal, detail === '' ? why : detail, expected, more)
}

type CommandRefusal = 'not-allowed' | 'conflict' | 'refused-command'

/** Runs a command for who asks, and keeps who did it; a preview is no deed. */
export async function runFor(
  c: Context<LedgerEnv>,
  name: string,
  input: unknown,
  isPreview: boolean,
): Promise<CommandOutcome> {
  const { ledger, actor } = c.var
  const { account, role } = actor
  const outcome = await runCommand(ledger, name, input, { account, role }, { preview: isPreview })
  if (!isPreview) {
    await audit(c, {
      action: `command ${name}`,
      subject: subjectOf(input),
      outcome: outcome.status,
      detail:
        outcome.status === 'accepted'
          ? (outcome.events ?? []).map(({ eventID }) => eventID ?? '').join(' ')
          : (outcome.detail ?? ''),
    })
  }
  return outcome
}

export const doCommand = ledgerRoute({
  needs: 'read',
  route: createRoute({
    method: 'post',
    path: '/api/ledger/commands/{name}',
    summary: 'Does something: the events that it means are kept, or it is refused with a status',
    request: {
      params: z.object({
        name: z
          .string()
          .max(100)
          .openapi({ param: { name: 'name', in: 'path' } }),
      }),
      query: z.object({ preview: yes }),
      body: {
        required: true,
        content: {
          'application/json': {
            schema: z
              .record(z.string(), z.unknown())
              .openapi('CommandInput', { description: 'as /api/ledger/commands describes it' }),
          },
        },
      },
    },
    responses: {
      200: json(commandAnswerSchema, 'accepted; with preview=1 what would be kept'),
      ...ledgerRefusals('not-found', 'conflict', 'refused-command', 'too-large'),
    },
  }),
  handler: async (c) => {
    const { name } = c.req.valid('param')
    if (!commands.some((command) => command.name === name)) {
      const known = commands.map((command) => command.name).join(', ')
      return refuse(c, refused('not-found', `no command ${name}`, `one of ${known}`))
    }
    const { preview = false } = c.req.valid('query')
    const outcome = await runFor(c, name, c.req.valid('json'), preview)
    if (outcome.status !== 'accepted') return refuse(c, refusedCommand(outcome))
    const { events = [], changes, isRepeated: repeated = false } = outcome
    const answer = { status: 'accepted' as const, events: [...events], preview, repeated }
    return c.json(changes === undefined ? answer : { ...answer, changes: [...changes] }, 200)
  },
})
