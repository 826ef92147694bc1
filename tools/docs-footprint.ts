/** The reference page of emission factors: each with its unit, year, source and what limits it. */
import { costBank } from '../src/databank/costs.ts'
import type { EmissionFactor } from '../src/economics/index.ts'
import { page, plain, table, type Row } from './markdown.ts'

const bank = costBank()
const files = [...bank.footprint.values()]
const factors = files.flatMap((file) => file.factors ?? [])

const id = (name: string) => `\`${name}\``

const heads = ['chosen as', 'id', 'what', 'value', 'covers', 'year, where', 'source', 'limits']

function factorRow(factor: EmissionFactor): Row {
  const { locator = '', surrogate, note = '', upstream } = factor
  const limits = [...(surrogate === undefined ? [] : [`stands in: ${surrogate}`]), note]
  return [
    upstream ? '' : plain(factor.of),
    id(factor.id),
    plain(factor.title),
    plain(`${factor.value} ${factor.unit}`),
    plain(factor.boundary),
    `${factor.year}, ${plain(factor.region)}`,
    plain([factor.source, locator].filter((text) => text !== '').join(', ')),
    plain(limits.filter((text) => text !== '').join('; ')),
  ]
}

function factorTable(kind: EmissionFactor['kind']): string {
  const own = factors.filter((factor) => factor.kind === kind)
  return table(heads, own.map(factorRow))
}

const routes = files
  .flatMap((file) => file.routes ?? [])
  .map(({ title, functionalUnit, range, claim = '', boundary, source }): Row => {
    const figures = range === undefined ? '' : `${range[0]} to ${range[1]} kg CO2e/kg`
    return [title, functionalUnit, figures, claim, boundary, source].map(plain)
  })

const missing = files
  .flatMap((file) => Object.entries(file.missing ?? {}))
  .map(([what, why]): Row => [plain(what), plain(why)])

/** `docs/reference/footprint.md`. */
export function footprintPage(): string {
  return page(
    'Emission factors',
    'What `didymium footprint` multiplies the flows of a plant with, in the units in which the sources print it, and what ' +
      'the results are set beside. `didymium data ID` prints a record. A row without a name under *chosen as* is added to the ' +
      'one above it unless `--direct` is given. How it is used: [Say what a product emits](../how-to/footprint.md).',
    '## Electricity',
    factorTable('grid'),
    '## Fuels',
    factorTable('fuel'),
    '## Substances',
    'Per kg of the pure substance, cradle to gate.',
    factorTable('substance'),
    '## Waste',
    factorTable('waste'),
    '## Transport',
    factorTable('transport'),
    '## Published routes',
    table(['route', 'one kg of', 'result', 'claim', 'boundary', 'source'], routes),
    '## Looked for and not found',
    'These stay gaps until a plant gives a figure of its own.',
    table(['what', 'why'], missing),
    '## Sources',
    'The sources are listed with those of [costs](costs.md).',
  )
}
