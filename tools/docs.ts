/**
 * Writes the pages of `docs/reference/` that follow from the registries: the commands, the unit
 * operations, the data sets, the costs and the solution document; and a page for each program in
 * `examples/`.
 * `npm run docs` writes them, and pictures of the Belfast plant; a test compares the pages with
 * what is committed.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from '../src/cli/commands/command.ts'
import { commands } from '../src/cli/commands/index.ts'
import { run } from '../src/cli/run.ts'
import { validityText } from '../src/report/index.ts'
import { plotSolution } from '../src/draw/index.ts'
import {
  bank,
  economicsTables,
  formatFinding,
  readPlant,
  simulate,
  solutionJsonSchema,
  type UnitKind,
  unitKinds,
} from '../src/scenario/index.ts'
import { costsPage } from './docs-costs.ts'
import { footprintPage } from './docs-footprint.ts'
import { page, plain, table, type Row } from './markdown.ts'
import { ledgerCommandsPage } from './docs-ledger.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

async function helpOf(...argv: readonly string[]): Promise<string> {
  const said: string[] = []
  const io = { out: (text: string) => void said.push(text), err: () => undefined, columns: 96 }
  await run([...argv, '--help'], io)
  return `\`\`\`\n${said.join('\n')}\n\`\`\``
}

/** A section for a command, and one for each that stands below it. */
async function commandSections(
  { name, about, subs }: Command,
  before: readonly string[] = [],
): Promise<readonly string[]> {
  const words = [...before, name]
  const heading = '#'.repeat(Math.min(4, words.length + 1))
  const own = `${heading} ${words.join(' ')}\n\n${about}\n\n${await helpOf(...words)}`
  const below = await Promise.all(
    ((await subs?.()) ?? []).map((command) => commandSections(command, words)),
  )
  return [own, ...below.flat()]
}

async function commandPage(): Promise<string> {
  const parts = (await Promise.all(commands.map((command) => commandSections(command)))).flat()
  return page(
    'The terminal',
    'Every command answers `--help`, and ends with 0 (done), 1 (the answer is no: not converged) ' +
      'or 2 (the input is wrong). Tables are for people and may change; `--json` is a document ' +
      'whose shape is stable and versioned by its `schema`. Files are UTF-8 and at most 5 MB.',
    await helpOf(),
    ...parts,
  )
}

function portRows(kind: UnitKind): Row[] {
  const rows = (side: string, ports: UnitKind['inlets']) =>
    ports.map((port): Row => {
      const marks = [
        port.drawn === true ? 'drawn' : '',
        port.optional === true ? 'optional' : '',
        port.byParameter === true ? 'where a parameter asks for it' : '',
      ].filter((mark) => mark !== '')
      return [side, `\`${port.name}\``, port.phase, marks.join(', '), plain(port.about)]
    })
  return [...rows('inlet', kind.inlets), ...rows('outlet', kind.outlets)]
}

function unitSection(kind: UnitKind): string {
  const params = kind.params.map(
    (p): Row => [`\`${p.name}\``, plain(p.value), plain(p.default), plain(p.range), plain(p.about)],
  )
  const heads = ['parameter', 'value', 'default', 'range', 'about']
  return [
    `### ${kind.kind}`,
    `**${kind.title}.** ${plain(kind.about)}`,
    table(['', 'port', 'phase', '', 'about'], portRows(kind)),
    params.length === 0 ? 'No parameters.' : table(heads, params),
  ].join('\n\n')
}

function unitPage(): string {
  const kinds = unitKinds()
  const groups = [...new Set(kinds.map((kind) => kind.group))]
  return page(
    'Unit operations',
    'What a plant file can name as `type`. A *drawn* inlet takes what the unit needs from a ' +
      '`reagent`; other inlets take what arrives. NAME stands for a name that you choose in a ' +
      'parameter. Quantities are written with a unit; the one shown is how they are printed.',
    ...groups.flatMap((group) => [
      `## ${group}`,
      ...kinds.filter((kind) => kind.group === group).map(unitSection),
    ]),
  )
}

function economicsPage(): string {
  const heads = ['field', 'value', 'default', 'range', 'about']
  return page(
    'The economics of a plant',
    'What the `economics` section of a plant file may hold, block by block; all of it is optional. ' +
      'What is left out is taken from the data where a source has it, and listed in the result. ' +
      'Money is written `15 USD/kg`, `120 GBP/t`, `1.5 MUSD` or, of another price level, ' +
      '`108.7 MUSD (2024)`. Any single value may be `{ value: ..., source: ..., assumption: ... }`, ' +
      'and any block may hold `source`, `assumption` and `note`. Every number is a parameter: ' +
      'studies, sliders and odds can move it by its path, `economics.operating.electricity`.',
    ...economicsTables().flatMap(({ name, about, params }) => [
      `## ${name}`,
      about,
      table(
        heads,
        params.map(
          (p): Row => [
            `\`${p.name}\``,
            plain(p.value),
            plain(p.default),
            plain(p.range),
            plain(p.about),
          ],
        ),
      ),
    ]),
  )
}

function setSection(set: typeof bank.extractants extends ReadonlyMap<string, infer S> ? S : never) {
  const elements = Object.entries(set.parameters).map(([element, parameters]): Row => {
    const values = Object.entries(parameters).map(
      ([name, { value, uncertainty }]) =>
        `${name} ${value}${uncertainty === undefined ? '' : ` ± ${uncertainty}`}`,
    )
    const sources = new Set(Object.values(parameters).map(({ source }) => source))
    return [
      element,
      plain(values.join(', ')),
      plain(set.quality[element] ?? ''),
      [...sources].join(' '),
    ]
  })
  return [
    `### ${set.id}`,
    `${plain(set.title)}. Model \`${set.model}\`; medium: ${plain(set.medium)}; diluent: ` +
      `${plain(set.diluent)}; measured points behind it: ${set.points.length}.`,
    `*Valid for* ${plain(validityText(set.validity))}.`,
    `*Worth outside:* ${plain(set.worth)}`,
    ...(set.notes.length === 0 ? [] : [set.notes.map((note) => `- ${plain(note)}`).join('\n')]),
    table(['element', 'parameters', 'quality', 'source'], elements),
  ].join('\n\n')
}

function dataPage(): string {
  const constants = [...bank.constants].map(
    ([id, { value, unit = '', uncertainty, method, source, note = '' }]): Row => [
      `\`${id}\``,
      plain(`${value}${uncertainty === undefined ? '' : ` ± ${uncertainty}`} ${unit}`.trim()),
      method,
      source,
      plain(note),
    ],
  )
  const sources = [...bank.sources].map(([id, source]): Row => {
    const { title, authors, doi, url, kind, bibliography, confidence, access, licence, note } =
      source
    const more = [authors, doi, url, kind, bibliography, confidence, access, licence, note]
    const known = more.filter((part) => part !== undefined)
    return [`\`${id}\``, plain(title), plain(known.join('; '))]
  })
  return page(
    'Data sets',
    'Every number from outside carries its source. `didymium data ID` prints any of these records ' +
      'in full; a plant may name a set of your own by a path relative to the plant file.',
    '## Extractant sets',
    ...[...bank.extractants.values()].map(setSection),
    '## Constants of the unit operations',
    table(['id', 'value', 'method', 'source', 'note'], constants),
    '## Sources',
    table(['id', 'title', 'where'], sources),
  )
}

interface Schema {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema | boolean
  readonly items?: Schema
  readonly prefixItems?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
}

function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined)
    return schema.enum.map((value) => JSON.stringify(value)).join(' or ')
  if (schema.anyOf !== undefined) return schema.anyOf.map(typeOf).join(' or ')
  if (schema.prefixItems !== undefined) return `[${schema.prefixItems.map(typeOf).join(', ')}]`
  if (schema.type === 'array') return `array of ${typeOf(schema.items ?? {})}`
  if (schema.type !== 'object') return String(schema.type ?? 'any')
  const values = schema.additionalProperties
  const named = schema.properties === undefined && typeof values === 'object'
  return named ? `object of ${typeOf(values)} by name` : 'object'
}

/** Every member of a document with its path, in the order in which it is written. */
function members(schema: Schema, path: string): Row[] {
  const { properties = {}, required = [], additionalProperties: values, items, anyOf = [] } = schema
  const own = Object.entries(properties).flatMap(([name, member]) => {
    const at = path === '' ? name : `${path}.${name}`
    const optional = required.includes(name) ? '' : 'may be absent'
    const row = [`\`${at}\``, plain(typeOf(member)), optional, plain(member.description ?? '')]
    return [row, ...members(member, at)]
  })
  const named = typeof values === 'object' ? members(values, `${path}.NAME`) : []
  const listed = items === undefined ? [] : members(items, `${path}[]`)
  return [...own, ...named, ...listed, ...anyOf.flatMap((one) => members(one, path))]
}

function solutionPage(): string {
  return page(
    'The solution document',
    'What `didymium simulate FILE --json` prints and `simulate()` of the library answers: plain ' +
      'JSON, `schema: didymium/solution@1`. Species flows are mol/s, element and mass flows kg/s, ' +
      'temperatures K, stage concentrations mol/L, volumes m3/s, powers W. Rates are while ' +
      'operating; `t/y` is the same over the operating hours of the plant. Within version 1 members ' +
      'are only added. The JSON Schema: `didymium schema solution`.',
    table(['member', 'type', '', 'about'], members(solutionJsonSchema(), '')),
    'When `status` is `failed`, `outcome` names what stopped the solution, the unit, where in it, ' +
      'and what to do; streams, units and balance are then those of the last sweep.',
  )
}

/** The question of an example: the first comment of its program. */
function exampleSection(name: string): string {
  const source = readFileSync(join(root, 'examples', name), 'utf8').trimEnd()
  const comment = /^\/\*\*([\s\S]*?)\*\//.exec(source)
  const [, text = ''] = comment ?? []
  const words = text.replaceAll(/\s*\n \*/g, '\n').trim()
  const [question = name, ...answer] = words.split('\n').map((line) => line.trim())
  const program = source.slice(comment?.[0].length ?? 0).trim()
  const heading = `## ${question}\n\n${answer.join('\n').trim()}`
  return `${heading.trim()}\n\n\`examples/${name}\`:\n\n\`\`\`ts\n${program}\n\`\`\``
}

function examplesPage(): string {
  const names = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.ts'))
  return page(
    'Examples',
    'Short programs, one question each. Run one with `npx tsx examples/NAME.ts`; in a project of ' +
      "your own, import from `'didymium'`.",
    ...names.sort().map(exampleSection),
  )
}

/** The generated pages by path from the root of the repository. */
export async function generatedPages(): Promise<ReadonlyMap<string, string>> {
  return new Map([
    ['docs/reference/cli.md', await commandPage()],
    ['docs/reference/ledger-commands.md', ledgerCommandsPage()],
    ['docs/reference/units.md', unitPage()],
    ['docs/reference/economics.md', economicsPage()],
    ['docs/reference/data.md', dataPage()],
    ['docs/reference/costs.md', costsPage()],
    ['docs/reference/footprint.md', footprintPage()],
    ['docs/reference/solution.md', solutionPage()],
    ['docs/reference/examples.md', examplesPage()],
  ])
}

/** Pictures of a plant: they change with every improvement of a model and are not compared. */
async function pictures(name: string): Promise<ReadonlyMap<string, string>> {
  const reading = readPlant(readFileSync(join(root, `plants/${name}.yaml`), 'utf8'))
  if (!reading.ok) throw new Error(reading.findings.map(formatFinding).join('\n'))
  const drawn = await plotSolution(simulate(reading.plant))
  return new Map(drawn.map(({ suffix, svg }) => [`docs/images/${name}${suffix}.svg`, `${svg}\n`]))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const pages = await generatedPages()
  for (const [path, text] of [...pages, ...(await pictures('belfast-demonstration'))]) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
    process.stdout.write(`${path}\n`)
  }
}
