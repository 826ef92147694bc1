import { bank } from '../../databank/index.ts'
import { nearest } from '../../quantities/index.ts'
import { textTable, validityText, wrapped } from '../../report/index.ts'
import { exit, type Io } from '../io.ts'
import { moneyRecords, moneyText } from '../money-records.ts'
import type { Command } from './command.ts'

const width = 100

function list(io: Io): void {
  const sets = [...bank.extractants.values()]
  io.out(
    textTable(sets, [
      { head: 'id', cell: (set) => set.id },
      { head: 'model', cell: (set) => set.model },
      { head: 'elements', cell: (set) => Object.keys(set.parameters).join(' ') },
      { head: 'points', cell: (set) => `${set.points.length}`, align: 'right' },
      { head: 'title', cell: (set) => set.title },
    ]),
  )
  io.out(
    `\n${sets.length} extractant sets, ${bank.species.length} species, ${bank.forms.length} aqueous ` +
      `forms, ${bank.solids.length} solids, ${bank.constants.size} constants, ${bank.feeds.length} ` +
      `feeds, ${bank.products.length} product grades, ${bank.sources.size} sources; ` +
      `${moneyRecords().size} records of costs and prices.\n` +
      'One of them in full: didymium data PC88A-T21, didymium data turton-mixer-settler',
  )
}

type Set = NonNullable<ReturnType<typeof bank.extractants.get>>

function setText(set: Set): string {
  const rows = Object.entries(set.parameters).flatMap(([element, parameters]) =>
    Object.entries(parameters).map(([name, number]) => ({ element, name, number })),
  )
  return [
    `${set.id}: ${set.title}`,
    `medium: ${set.medium}; diluent: ${set.diluent}; model: ${set.model}`,
    wrapped(`validity: ${validityText(set.validity)}`, width, '  '),
    wrapped(`worth: ${set.worth}`, width, '  '),
    ...set.notes.map((note) => wrapped(`note: ${note}`, width, '  ')),
    '',
    textTable(rows, [
      { head: 'element', cell: (row) => row.element },
      { head: 'parameter', cell: (row) => row.name },
      { head: 'value', cell: (row) => `${row.number.value}`, align: 'right' },
      { head: '±', cell: (row) => `${row.number.uncertainty ?? ''}`, align: 'right' },
      { head: 'method', cell: (row) => row.number.method },
      { head: 'quality', cell: (row) => set.quality[row.element] ?? '' },
      { head: 'source', cell: (row) => row.number.source },
    ]),
    '',
    ...set.sources.map((source) => `${source}: ${bank.sources.get(source)?.title ?? ''}`),
  ].join('\n')
}

/** What is known under an id: as JSON and as text. */
function found(id: string): { readonly value: unknown; readonly text: string } | undefined {
  const set = bank.extractants.get(id)
  if (set !== undefined) return { value: set, text: setText(set) }
  const constant = bank.constants.get(id)
  if (constant !== undefined) {
    const { value, unit = '', uncertainty, method, source, locator = '', note = '' } = constant
    const title = bank.sources.get(source)?.title ?? ''
    const text = [
      `${id} = ${value} ${unit}${uncertainty === undefined ? '' : ` ± ${uncertainty}`}`.trimEnd(),
      wrapped(`${method}; ${source}${locator === '' ? '' : `, ${locator}`}: ${title}`, width, '  '),
      ...(note === '' ? [] : [wrapped(note, width, '  ')]),
    ].join('\n')
    return { value: { id, ...constant }, text }
  }
  const money = moneyRecords().get(id)
  if (money !== undefined)
    return { value: { id, ...(money.value as object) }, text: moneyText(money) }
  const source = bank.sources.get(id)
  if (source === undefined) return undefined
  const value = { id, ...source }
  return { value, text: JSON.stringify(value, null, 2) }
}

export const data: Command = {
  name: 'data',
  about: 'Data sets with their validity and sources; any constant can be asked where it is from.',
  example: 'didymium data PC88A-T21-NdPr',
  json: '{ schema: didymium/data@1, ids, sets, constants, sources, costs }; with an id: that record',
  declare: (parser) => {
    parser
      .argument(
        '[id]',
        'an extractant set, a constant, a cost or price record, or a source; left out: the list',
      )
      .option('--json', 'print as JSON; the list has the ids')
  },
  action: ([id], options, io) => {
    const json = options['json'] === true
    if (id === undefined) {
      if (!json) list(io)
      else {
        const sets = [...bank.extractants.values()]
        const constants = Object.fromEntries(bank.constants)
        const sources = Object.fromEntries(bank.sources)
        const ids = sets.map((set) => set.id)
        const costs = [...moneyRecords().keys()]
        const answer = { schema: 'didymium/data@1', ids, sets, constants, sources, costs }
        io.out(JSON.stringify(answer, null, 2))
      }
      return exit.done
    }
    const record = found(id)
    if (record === undefined) {
      const known = [bank.extractants, bank.constants, bank.sources, moneyRecords()].flatMap(
        (records) => [...records.keys()],
      )
      const near = nearest(id, known)
      const advice = near === undefined ? 'the list: didymium data' : `did you mean "${near}"?`
      io.err(`nothing called "${id}" in the databank; ${advice}`)
      return exit.input
    }
    io.out(json ? JSON.stringify(record.value, null, 2) : record.text)
    return exit.done
  },
}
