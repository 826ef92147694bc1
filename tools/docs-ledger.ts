/** The reference page of the ledger's commands: what they do, who may, and their inputs. */
import * as z from 'zod'
import {
  actions,
  commands,
  type CommandStatus,
  mayDo,
  roles,
  statuses,
} from '../src/ledger/index.ts'
import { page, plain, table, type Row } from './markdown.ts'

const meanings: Readonly<Record<CommandStatus, string>> = {
  accepted: 'its events are in the log.',
  forbidden: 'the role may not do it.',
  malformed: 'the input cannot be read; the problems name its fields.',
  'unknown-lot': 'no event speaks of the lot.',
  'unknown-campaign': 'no such campaign was started.',
  'unknown-event': 'there is no event of that ID to be corrected.',
  'unknown-place': 'the site keeps a list of its places, and this is none of them.',
  'already-exists': 'a lot or campaign of that code is there.',
  'already-corrected': 'the event was declared wrong before.',
  'campaign-ended': 'the campaign had ended at that time.',
  'before-its-time': 'the lot or the campaign had not begun at that time.',
  'in-the-future': 'that time has not come.',
  'not-there': 'the lot is elsewhere, or at several places of which none is named.',
  'not-enough': 'less is there than is asked for.',
  'mass-not-conserved': 'what comes out is not what goes in, to the milligram.',
  'mixes-custody': 'a lot would lose its model of the chain of custody without anybody saying so.',
  'not-released': 'a product that quality has not released, or a lot that it has blocked.',
  'already-shipped': 'all that there was of the lot has been shipped.',
  'would-break-later-events': 'events at later times would contradict it.',
  conflict: 'others wrote meanwhile, again and again; send it again.',
}

interface Schema {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
}

function typeOf(schema: Schema): string {
  if (schema.enum !== undefined) return schema.enum.map(String).join(' or ')
  if (schema.type === 'array') return `list of ${typeOf(schema.items ?? {})}`
  return schema.type === 'string' ? 'text' : String(schema.type ?? 'any')
}

/** Every field of an input with its path, in the order in which a form shows it. */
function fields(schema: Schema, path = ''): Row[] {
  const { properties = {}, required = [] } = schema
  return Object.entries(properties).flatMap(([name, field]) => {
    const at = `${path}${name}`
    const need = required.includes(name) ? 'must be there' : ''
    const row = [`\`${at}\``, plain(typeOf(field)), need, plain(field.description ?? '')]
    const inner = field.items ?? field
    return [row, ...fields(inner, `${at}${field.items === undefined ? '' : '[]'}.`)]
  })
}

const command = ({ name, about, roles: may, input, example }: (typeof commands)[number]) =>
  [
    `## ${name}`,
    plain(about),
    `Roles: ${[...may, 'administrator'].join(', ')}.`,
    table(['field', 'type', '', 'about'], fields(z.toJSONSchema(input) as Schema)),
    `\`\`\`json\n${JSON.stringify(example, null, 2)}\n\`\`\``,
  ].join('\n\n')

const rights = (): string =>
  table(
    ['action', ...roles],
    actions.map(
      (action): Row => [action, ...roles.map((role) => (mayDo(role, action) ? 'yes' : ''))],
    ),
  )

/** `docs/reference/ledger-commands.md`. */
export function ledgerCommandsPage(): string {
  return page(
    'The commands of the ledger',
    'What people do with lots, as the terminal, the API and the forms of the page have it. Masses ' +
      'are written with their unit, at most to the milligram; what follows ± is the expanded ' +
      'uncertainty. Times have an offset; a time that is left out is now. Lots, campaigns, places ' +
      'and parties are named by a code or by a URI. Each command means EPCIS 2.0 events, which are ' +
      'appended to the log; the same command sent again with the same time writes nothing new.',
    '## How a command ends',
    'A command that is refused says the first of these that applies, in this order; programs may ' +
      'rely on the words and on the order.',
    statuses.map((status, i) => `${i + 1}. \`${status}\`: ${meanings[status]}`).join('\n'),
    ...commands.map(command),
    '## Who may do what',
    rights(),
  )
}
